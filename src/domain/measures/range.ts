import type { CalendarDay } from '../time.ts'
import { isInside } from './band.ts'
import { foldDays, type DayValues } from './day-values.ts'
import type { RangeMeasure } from './measure.ts'
import { periodEnd, periodStart } from './period.ts'

/** One period of a key result's time that has a value. */
export interface JudgedPeriod {
  /** Cut to the key result's time. */
  readonly fromDay: CalendarDay
  readonly toDay: CalendarDay
  readonly value: number
  readonly isInside: boolean
}

/**
 * The periods of a key result's time that have a value, oldest first. A period nobody reported is no period inside and
 * none outside: it is left out, and staleness tells of it.
 *
 * @param days ascending, within the key result's time
 */
export function judgedPeriods(
  { band, period, valueOfPeriod }: RangeMeasure,
  days: readonly DayValues[],
  time: { readonly startDay: CalendarDay; readonly dueDay: CalendarDay },
): JudgedPeriod[] {
  const inTime = days.filter(({ day }) => day >= time.startDay && day <= time.dueDay)
  const byPeriod = Map.groupBy(inTime, ({ day }) => periodStart(day, period))
  return [...byPeriod].map(([start, [first, ...rest]]) => {
    const folded = foldDays([first!, ...rest])
    const value = valueOfPeriod === 'mean' ? folded.sum / folded.count : folded[valueOfPeriod]
    const end = periodEnd(start, period)
    return {
      fromDay: start < time.startDay ? time.startDay : start,
      toDay: end > time.dueDay ? time.dueDay : end,
      value,
      isInside: isInside(value, band),
    }
  })
}

/** The share of the judged periods that are inside; null before there is one. */
export function shareInside(periods: readonly JudgedPeriod[]): number | null {
  if (periods.length === 0) return null
  return periods.filter((period) => period.isInside).length / periods.length
}
