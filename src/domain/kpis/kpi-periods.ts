import type { Kpi } from '../kpi.ts'
import { valueOfDays, type DayValues } from '../measures/day-values.ts'
import { periodEnd, periodStart } from '../measures/period.ts'
import { verdictOf, type Verdict } from '../measures/verdict.ts'
import type { CalendarDay } from '../time.ts'

/** What the values of a KPI come to are compared with. */
export type KpiRule = Pick<Kpi, 'band' | 'period' | 'valueOfPeriod' | 'timeZone' | 'checkEveryDays'>

/** A period of a KPI that has a value. */
export interface KpiPeriod {
  readonly fromDay: CalendarDay
  readonly toDay: CalendarDay
  readonly value: number
  /** While it runs, so far. */
  readonly isInside: boolean
  /** More values may still change it. */
  readonly isRunning: boolean
  readonly verdict: Verdict
}

/**
 * The periods that have a value, oldest first. One nobody reported is neither inside nor outside: it is left out.
 *
 * @param days ascending, whole periods of them, in the KPI's time zone
 */
export function kpiPeriods(rule: KpiRule, days: readonly DayValues[], today: CalendarDay): KpiPeriod[] {
  const { period, valueOfPeriod } = rule
  const byPeriod = Map.groupBy(days, ({ day }) => periodStart(day, period))
  return [...byPeriod].map(([fromDay, [first, ...rest]]) => {
    const value = valueOfDays([first!, ...rest], valueOfPeriod)
    const toDay = periodEnd(fromDay, period)
    const isRunning = toDay >= today
    const verdict = verdictOf(value, rule, isRunning)
    return { fromDay, toDay, value, isInside: verdict === 'inside', isRunning, verdict }
  })
}
