import { endOf, type TimeBox } from '../calendar/expected-progress.ts'
import { isWorkingDay } from '../calendar/working-time.ts'
import type { DayTally, Tally } from '../contributions/tally.ts'
import { deliveryEvidence } from '../measures/delivery.ts'
import type { DeliveryTarget, MetricMeasure } from '../measures/measure.ts'
import { rawProgress } from '../measures/progress.ts'
import { DAY_MS, dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { dailyThroughput, type DailyThroughput } from './daily-throughput.ts'
import { lastOfEachDay, metricTrend, type MetricValue } from './metric-trend.ts'
import { resampleArrivals } from './resampling.ts'
import { workingDaysFrom } from '../calendar/working-days.ts'

export type { MetricValue }

/** How much there is of what a forecast needs. */
export interface Shortage {
  readonly have: number
  readonly need: number
}

/**
 * What is to be expected of a key result.
 * - `probability`: linked work; the chance to reach the target by the end of the due day.
 * - `trend`: reported values; where they are heading. Never a probability: nothing says that the line goes on.
 * - `not_enough_data`: what is missing for either.
 * - `none`: nothing is left to forecast.
 */
export type KeyResultForecast =
  | {
      readonly kind: 'probability'
      /** 0.01 to 0.99. */
      readonly probability: number
      /** The day by which half of the trials reached the target; null when they did not within the horizon. */
      readonly p50Day: CalendarDay | null
      readonly p85Day: CalendarDay | null
      readonly p95Day: CalendarDay | null
      /** What is left to deliver now, in the measure's size. */
      readonly remaining: number
      readonly trials: number
      /** The past it was drawn from. */
      readonly sample: {
        readonly fromDay: CalendarDay
        readonly toDay: CalendarDay
        readonly workingDays: number
        readonly deliveredItems: number
        readonly deliveryDays: number
      }
    }
  | {
      readonly kind: 'trend'
      readonly perWeek: number
      readonly valueAtDue: number
      /** Should the line go on, the value is between these in at least four cases of five. */
      readonly low: number
      readonly high: number
      /** The day the line reaches the target; null when it heads elsewhere or needs more than two years. */
      readonly reachesDay: CalendarDay | null
      readonly checkIns: number
    }
  | {
      readonly kind: 'not_enough_data'
      readonly missing:
        | { readonly deliveredItems: Shortage; readonly deliveryDays: Shortage }
        | { readonly checkIns: Shortage; readonly checkInDays: Shortage }
    }
  | {
      readonly kind: 'none'
      readonly reason: 'reached' | 'past_due' | 'nothing_to_deliver' | 'not_forecast'
    }

/** Of measures that neither work nor a trend leads up to: a band, a ladder, a yes or no. */
export const NOT_FORECAST: KeyResultForecast = { kind: 'none', reason: 'not_forecast' }

export interface DeliveryForecastInput {
  /** What was known at `now`: the tally of each day that moved, in any order. Later days are passed over. */
  readonly days: readonly DayTally[]
  readonly target: DeliveryTarget
  readonly box: TimeBox
  readonly now: EpochMs
  /** The key result's key, say: equal data with an equal seed give an equal forecast. */
  readonly seed: string
  readonly windowWorkingDays?: number
  readonly trials?: number
}

const WINDOW_WORKING_DAYS = 60
const TRIALS = 10_000
const DELIVERED_ITEMS_NEEDED = 8
const DELIVERY_DAYS_NEEDED = 5
/** Four windows ahead the past says nothing any more; the dates end there. */
const HORIZON_WINDOWS = 4
const PROBABILITY_SHOWN = { least: 0.01, most: 0.99 }

/**
 * The chance that a key result reaches its target by the end of its due day, and by when 50, 85 and 95 % of the trials
 * did, by resampling what its own last working days gained (`dailyThroughput`, `resampleArrivals`).
 *
 * A trial succeeds when it reaches the target once: a key result that is reached is done, whatever is added to it later.
 * Only working days to come count; today counts in as many trials as it has time left, so the forecast slides through
 * the day and does not jump at midnight.
 */
export function forecastDelivery(input: DeliveryForecastInput): KeyResultForecast {
  const { days, target, box, now, windowWorkingDays = WINDOW_WORKING_DAYS, trials = TRIALS } = input
  const today = dayOf(now, box.calendar.timeZone)
  const remaining = remainingWork(latestTally(days, today), target)
  if (remaining !== null && remaining <= 0) return { kind: 'none', reason: 'reached' }
  if (now >= endOf(box)) return { kind: 'none', reason: 'past_due' }
  if (remaining === null) return { kind: 'none', reason: 'nothing_to_deliver' }

  const past = dailyThroughput({ days, target, calendar: box.calendar, today, windowWorkingDays })
  if (past.deliveredItems < DELIVERED_ITEMS_NEEDED || past.deliveryDays < DELIVERY_DAYS_NEEDED)
    return { kind: 'not_enough_data', missing: shortageOf(past) }

  const workingDays = workingDaysFrom(today, box.calendar)
  const daysAhead = workingDays.countUpTo(box.dueDay)
  const arrivals = resampleArrivals({
    remaining,
    gains: past.gains,
    horizonDays: Math.max(daysAhead, HORIZON_WINDOWS * windowWorkingDays),
    firstDayShare: isWorkingDay(today, box.calendar) ? shareLeft(today, now, box) : 1,
    trials,
    seed: input.seed,
  })
  const inTime = arrivals.subarray(0, daysAhead).reduce((sum, count) => sum + count, 0)
  const dayOfShare = (share: number): CalendarDay | null => {
    const index = indexOfShare(arrivals, share * trials)
    return index === null ? null : workingDays.at(index)
  }
  return {
    kind: 'probability',
    probability: Math.min(PROBABILITY_SHOWN.most, Math.max(PROBABILITY_SHOWN.least, inTime / trials)),
    p50Day: dayOfShare(0.5),
    p85Day: dayOfShare(0.85),
    p95Day: dayOfShare(0.95),
    remaining,
    trials,
    sample: {
      fromDay: past.days[0]!,
      toDay: past.days.at(-1)!,
      workingDays: past.days.length,
      deliveredItems: past.deliveredItems,
      deliveryDays: past.deliveryDays,
    },
  }
}

function latestTally(days: readonly DayTally[], today: CalendarDay): Tally {
  let latest: DayTally | null = null
  for (const entry of days) {
    if (entry.day <= today && (latest === null || entry.day > latest.day)) latest = entry
  }
  return latest?.tally ?? []
}

/** What is left to deliver; null when there is no work to measure by. */
function remainingWork(tally: Tally, target: DeliveryTarget): number | null {
  const { scope, toDo, inProgress, delivered } = deliveryEvidence(tally)
  if (target.kind === 'fixed') return target.amount - delivered.size
  return scope.size > 0 ? toDo.size + inProgress.size : null
}

function shortageOf({ deliveredItems, deliveryDays }: DailyThroughput) {
  return {
    // More can have been taken out again than was delivered.
    deliveredItems: { have: Math.max(0, deliveredItems), need: DELIVERED_ITEMS_NEEDED },
    deliveryDays: { have: deliveryDays, need: DELIVERY_DAYS_NEEDED },
  }
}

function shareLeft(today: CalendarDay, now: EpochMs, { calendar: { timeZone } }: TimeBox): number {
  const start = startOfDay(today, timeZone)
  const end = startOfDay(nextDay(today), timeZone)
  return (end - now) / (end - start)
}

/** The first day by whose end this many trials have arrived. */
function indexOfShare(arrivals: Int32Array, needed: number): number | null {
  let arrived = 0
  for (const [index, count] of arrivals.entries()) {
    arrived += count
    if (arrived >= needed) return index
  }
  return null
}

export interface MetricForecastInput {
  /** In any order; those after `now` are passed over. */
  readonly checkIns: readonly MetricValue[]
  readonly measure: MetricMeasure
  readonly box: TimeBox
  readonly now: EpochMs
}

const CHECK_INS_NEEDED = 4
const CHECK_IN_DAYS_NEEDED = 3
const TREND_HORIZON_DAYS = 731

/** Where a key result's reported values are heading: the line of `metricTrend` at the end of the due day. */
export function forecastMetric({ checkIns, measure, box, now }: MetricForecastInput): KeyResultForecast {
  const { timeZone } = box.calendar
  const known = checkIns.filter(({ at }) => at <= now)
  const readings = lastOfEachDay(known, timeZone)
  const latest = readings.at(-1)
  if (latest !== undefined && rawProgress(latest.value, measure.baseline, measure.target) >= 1)
    return { kind: 'none', reason: 'reached' }
  const due = endOf(box)
  if (now >= due) return { kind: 'none', reason: 'past_due' }
  if (known.length < CHECK_INS_NEEDED || readings.length < CHECK_IN_DAYS_NEEDED)
    return {
      kind: 'not_enough_data',
      missing: {
        checkIns: { have: known.length, need: CHECK_INS_NEEDED },
        checkInDays: { have: readings.length, need: CHECK_IN_DAYS_NEEDED },
      },
    }

  const trend = metricTrend(readings)
  const valueNow = trend.valueAt(now)
  const isThere = rawProgress(valueNow, measure.baseline, measure.target) >= 1
  const daysToTarget = isThere ? 0 : (measure.target - valueNow) / trend.perDay
  const isInSight = daysToTarget >= 0 && daysToTarget <= TREND_HORIZON_DAYS
  return {
    kind: 'trend',
    perWeek: trend.perDay * 7,
    valueAtDue: trend.valueAt(due),
    ...trend.rangeAt(due),
    reachesDay: isInSight ? dayOf(now + Math.floor(daysToTarget * DAY_MS), timeZone) : null,
    checkIns: known.length,
  }
}
