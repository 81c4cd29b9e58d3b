import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
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
 * @param days ascending
 */
export function judgedPeriods(
  measure: RangeMeasure,
  days: readonly DayValues[],
  time: { readonly startDay: CalendarDay; readonly dueDay: CalendarDay },
): JudgedPeriod[] {
  const byPeriod = Map.groupBy(daysIn(days, time), ({ day }) => periodStart(day, measure.period))
  return [...byPeriod].map(([start, [first, ...rest]]) => {
    const end = periodEnd(start, measure.period)
    const value = valueOf([first!, ...rest], measure)
    return {
      fromDay: start < time.startDay ? time.startDay : start,
      toDay: end > time.dueDay ? time.dueDay : end,
      value,
      isInside: isInside(value, measure.band),
    }
  })
}

/**
 * The share inside at the end of each day that has values, each day looked at once: equal to `shareInside` of the periods
 * judged by the values up to it.
 *
 * @param days ascending
 */
export function sharesByDay(
  measure: RangeMeasure,
  days: readonly DayValues[],
  time: { readonly startDay: CalendarDay; readonly dueDay: CalendarDay },
): { readonly day: CalendarDay; readonly share: number }[] {
  const inTime = daysIn(days, time)
  let start: CalendarDay | null = null
  let ofPeriod: [DayValues, ...DayValues[]] | null = null
  const before = { periods: 0, inside: 0 }
  const judged = () => (ofPeriod !== null && isInside(valueOf(ofPeriod, measure), measure.band) ? 1 : 0)
  return inTime.map((values) => {
    const period = periodStart(values.day, measure.period)
    if (ofPeriod !== null && period === start) ofPeriod.push(values)
    else {
      before.inside += judged()
      before.periods += ofPeriod === null ? 0 : 1
      ofPeriod = [values]
      start = period
    }
    return { day: values.day, share: (before.inside + judged()) / (before.periods + 1) }
  })
}

function daysIn(
  days: readonly DayValues[],
  { startDay, dueDay }: { readonly startDay: CalendarDay; readonly dueDay: CalendarDay },
): readonly DayValues[] {
  return days.filter(({ day }) => day >= startDay && day <= dueDay)
}

function valueOf(days: readonly [DayValues, ...DayValues[]], { valueOfPeriod }: RangeMeasure): number {
  const folded = foldDays(days)
  return valueOfPeriod === 'mean' ? folded.sum / folded.count : folded[valueOfPeriod]
}

/** The share of the judged periods that are inside; null before there is one. */
export function shareInside(periods: readonly JudgedPeriod[]): number | null {
  if (periods.length === 0) return null
  return periods.filter((period) => period.isInside).length / periods.length
}

/**
 * When a whole period has passed without a value: the end of the one after the period that a value lies in.
 * @param timeZone of the calendar by which days are told
 */
export function nextPeriodOver({ period }: RangeMeasure, valueAt: EpochMs, timeZone: string): EpochMs {
  const over = (day: CalendarDay) => nextDay(periodEnd(periodStart(day, period), period))
  return startOfDay(over(over(dayOf(valueAt, timeZone))), timeZone)
}
