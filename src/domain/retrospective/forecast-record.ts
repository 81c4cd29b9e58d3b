import { mean } from '../backtest/scores.ts'
import { endOf, expectedProgress, type TimeBox } from '../calendar/expected-progress.ts'
import { nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import type { TrendDay } from './trend.ts'

/** When forecasts are held against what came of it: shares of the key result's working time. */
const FORECAST_MARKS = [0.25, 0.5, 0.75] as const

/** What was forecast when a share of the time had passed. */
export interface MarkedForecast {
  readonly timeShare: number
  readonly day: CalendarDay
  /** That the target would be reached in time; null: nothing was forecast then. */
  readonly probability: number | null
}

/** `reached` by the end of its due day, `missed`, or `open`: graded before its time was over. */
export type Outcome = 'reached' | 'missed' | 'open'

/** The days at whose end these shares of the working time had passed; none that lies after `until`. */
export function markDays(
  box: TimeBox,
  until: EpochMs,
): { timeShare: number; day: CalendarDay; at: EpochMs }[] {
  const marks: { timeShare: number; day: CalendarDay; at: EpochMs }[] = []
  let from = box.startDay
  for (const timeShare of FORECAST_MARKS) {
    const mark = dayAtShare(box, timeShare, from)
    if (mark.at <= until) marks.push({ timeShare, ...mark })
    from = mark.day
  }
  return marks
}

/**
 * The first day at whose end a share of the working time had passed, and its last instant.
 * @param from the first day that may be it
 */
export function dayAtShare(
  box: TimeBox,
  share: number,
  from: CalendarDay = box.startDay,
): { day: CalendarDay; at: EpochMs } {
  const { timeZone } = box.calendar
  let day = from
  for (; day < box.dueDay; day = nextDay(day)) {
    if (expectedProgress(startOfDay(nextDay(day), timeZone), box) >= share) break
  }
  return { day, at: startOfDay(nextDay(day), timeZone) - 1 }
}

/** Whether the target was reached at the end of the due day, seen from `asOf`. */
export function outcomeOf(days: readonly TrendDay[], box: TimeBox, asOf: EpochMs): Outcome {
  const atDue = days.findLast(({ day }) => day <= box.dueDay)
  if ((atDue?.rawProgress ?? 0) >= 1) return 'reached'
  return asOf >= endOf(box) - 1 ? 'missed' : 'open'
}

/** Forecasts beside what came of them. */
export interface ForecastScore {
  readonly forecasts: number
  /** Mean squared distance of the probabilities from what happened: 0 is perfect, a coin gets 0.25; null for none. */
  readonly brier: number | null
}

export function scoreForecasts(
  known: readonly { readonly forecasts: readonly MarkedForecast[]; readonly outcome: Outcome }[],
): ForecastScore {
  const distances = known.flatMap(({ forecasts, outcome }) =>
    outcome === 'open'
      ? []
      : forecasts.flatMap(({ probability }) =>
          probability === null ? [] : (probability - Number(outcome === 'reached')) ** 2,
        ),
  )
  return { forecasts: distances.length, brier: mean(distances.sort((a, b) => a - b)) }
}
