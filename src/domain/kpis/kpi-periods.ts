import type { Kpi } from '../kpi.ts'
import { isInside } from '../measures/band.ts'
import { foldDays, type DayValues } from '../measures/day-values.ts'
import { periodEnd, periodStart } from '../measures/period.ts'
import type { CalendarDay } from '../time.ts'

/** What the values of a KPI come to are compared with. */
export type KpiRule = Pick<Kpi, 'band' | 'period' | 'valueOfPeriod' | 'timeZone' | 'checkEveryDays'>

/** A period of a KPI that has a value. */
export interface KpiPeriod {
  readonly fromDay: CalendarDay
  readonly toDay: CalendarDay
  readonly value: number
  readonly isInside: boolean
  /** More values may still change it. */
  readonly isRunning: boolean
}

/**
 * The periods that have a value, oldest first. One nobody reported is neither inside nor outside: it is left out.
 *
 * @param days ascending, whole periods of them, in the KPI's time zone
 */
export function kpiPeriods(
  { band, period, valueOfPeriod }: KpiRule,
  days: readonly DayValues[],
  today: CalendarDay,
): KpiPeriod[] {
  const byPeriod = Map.groupBy(days, ({ day }) => periodStart(day, period))
  return [...byPeriod].map(([fromDay, [first, ...rest]]) => {
    const folded = foldDays([first!, ...rest])
    const value = valueOfPeriod === 'mean' ? folded.sum / folded.count : folded[valueOfPeriod]
    const toDay = periodEnd(fromDay, period)
    return { fromDay, toDay, value, isInside: isInside(value, band), isRunning: toDay >= today }
  })
}
