import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { valueOfDays, type DayValues } from './day-values.ts'
import type { RangeMeasure } from './measure.ts'
import { periodEnd, periodStart } from './period.ts'
import { verdictOf, type Verdict } from './verdict.ts'

/** The smallest share of periods that can be aimed at. */
export const LEAST_SHARE = 0.001

/** One period of a key result's time that has a value and counts. */
export interface JudgedPeriod {
  /** Cut to the key result's time. */
  readonly fromDay: CalendarDay
  readonly toDay: CalendarDay
  readonly value: number
  readonly isInside: boolean
}

/** The running period while it is outside and may still get inside: it does not count yet. */
export interface OpenPeriod extends Pick<JudgedPeriod, 'fromDay' | 'toDay' | 'value'> {
  readonly verdict: Exclude<Verdict, 'inside' | 'outside'>
}

export interface RangePeriods {
  /** Oldest first. */
  readonly judged: readonly JudgedPeriod[]
  readonly open: OpenPeriod | null
}

interface Time {
  readonly startDay: CalendarDay
  readonly dueDay: CalendarDay
}

/**
 * The periods of a key result's time that have a value. A period nobody reported is no period inside and none outside:
 * it is left out, and staleness tells of it. One that runs counts as soon as it is inside, and as outside only when no
 * later value can change that.
 *
 * @param days ascending, none after today
 * @param today what ends before it is over
 */
export function rangePeriods(
  measure: RangeMeasure,
  days: readonly DayValues[],
  time: Time,
  today: CalendarDay,
): RangePeriods {
  const judged: JudgedPeriod[] = []
  let open: OpenPeriod | null = null
  const byPeriod = Map.groupBy(daysIn(days, time), ({ day }) => periodStart(day, measure.period))
  for (const [start, [first, ...rest]] of byPeriod) {
    const value = valueOfDays([first!, ...rest], measure.valueOfPeriod)
    const toDay = lastDayOf(start, measure, time)
    const period = { fromDay: start < time.startDay ? time.startDay : start, toDay, value }
    const verdict = verdictOf(value, measure, toDay >= today)
    if (verdict === 'inside' || verdict === 'outside')
      judged.push({ ...period, isInside: verdict === 'inside' })
    else open = { ...period, verdict }
  }
  return { judged, open }
}

/** A share from the end of a day on; null: no period counts yet. */
export interface ShareFrom {
  readonly day: CalendarDay
  readonly share: number | null
}

/**
 * The share inside at the end of each day on which it may have changed, each day of values looked at once: equal to
 * `shareInside` of the periods as they were judged when the day was over.
 *
 * @param days ascending, none after today
 * @param today is not over: what ends with it still runs
 */
export function sharesByDay(
  measure: RangeMeasure,
  days: readonly DayValues[],
  time: Time,
  today: CalendarDay,
): ShareFrom[] {
  const shares: ShareFrom[] = []
  const over = { periods: 0, inside: 0 }
  const shareWith = (verdict: Verdict) => {
    const inside = over.inside + (verdict === 'inside' ? 1 : 0)
    const periods = over.periods + (verdict === 'inside' || verdict === 'outside' ? 1 : 0)
    return periods === 0 ? null : inside / periods
  }
  const byPeriod = Map.groupBy(daysIn(days, time), ({ day }) => periodStart(day, measure.period))
  for (const [start, [first, ...rest]] of byPeriod) {
    const toDay = lastDayOf(start, measure, time)
    const known: [DayValues, ...DayValues[]] = [first!]
    const verdict = (isRunning: boolean) =>
      verdictOf(valueOfDays(known, measure.valueOfPeriod), measure, isRunning)
    const lookAt = (day: CalendarDay) =>
      shares.push({ day, share: shareWith(verdict(day < toDay || toDay >= today)) })
    lookAt(first!.day)
    for (const values of rest) {
      known.push(values)
      lookAt(values.day)
    }
    if (toDay < today) lookAt(toDay)
    over.periods += 1
    over.inside += verdict(false) === 'inside' ? 1 : 0
  }
  return shares
}

function lastDayOf(start: CalendarDay, { period }: RangeMeasure, { dueDay }: Time): CalendarDay {
  const end = periodEnd(start, period)
  return end > dueDay ? dueDay : end
}

function daysIn(days: readonly DayValues[], { startDay, dueDay }: Time): readonly DayValues[] {
  return days.filter(({ day }) => day >= startDay && day <= dueDay)
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
