import { dayOf, DAY_MS, type EpochMs } from '../time.ts'

/** A reported value with its instant. */
export interface MetricValue {
  readonly at: EpochMs
  readonly value: number
}

/** A straight line through readings, and how far off it may be. */
export interface MetricTrend {
  readonly perDay: number
  /** Where the line is at an instant. */
  valueAt(at: EpochMs): number
  /** Where the value is at an instant, if the line goes on: in four cases of five, or more. */
  rangeAt(at: EpochMs): { readonly low: number; readonly high: number }
}

/** Two-sided 80 % of the normal distribution. */
const NORMAL_QUANTILE = 1.2816

/** Slopes grow with the square of the days: a year of daily pushes would have 66,000. */
const DAYS_AT_MOST = 100

/** The last reading of each day, ascending: what was reported before it on the same day has been corrected. */
export function lastOfEachDay(readings: readonly MetricValue[], timeZone: string): readonly MetricValue[] {
  const last = new Map<string, MetricValue>()
  for (const reading of readings) {
    const day = dayOf(reading.at, timeZone)
    const known = last.get(day)
    if (known === undefined || known.at <= reading.at) last.set(day, reading)
  }
  return [...last.values()].sort((a, b) => a.at - b.at)
}

/**
 * The median of the slopes between all pairs of readings (Theil and Sen): a wild reading or two do not bend it. In days of
 * the calendar, because what a metric measures does not rest on Sundays.
 *
 * The range has two parts that are added up: the slope's own 80 % interval, from the rank statistic of the slopes
 * (Sen 1968), swung around the middle of the readings; and the middle 80 % of what the readings are off the line. With 4
 * to 30 simulated readings round a straight line, and half as much time ahead, the value came out inside in 89 to 94 %;
 * where it wandered like a random walk besides, in 65 to 91 %.
 *
 * @param readings of distinct days, ascending, at least two; the last hundred are used
 */
export function metricTrend(readings: readonly MetricValue[]): MetricTrend {
  const used = readings.slice(-DAYS_AT_MOST)
  const slopes = slopesOf(used)
  const perDay = quantile(slopes, 0.5)
  const [lowSlope, highSlope] = slopeInterval(slopes, used.length)
  const middleAt = quantile(Float64Array.from(used, ({ at }) => at).sort(), 0.5)
  const daysFromMiddle = (at: EpochMs): number => (at - middleAt) / DAY_MS
  const height = quantile(
    Float64Array.from(used, ({ at, value }) => value - perDay * daysFromMiddle(at)).sort(),
    0.5,
  )
  const valueAt = (at: EpochMs): number => height + perDay * daysFromMiddle(at)
  const off = Float64Array.from(used, ({ at, value }) => value - valueAt(at)).sort()
  const below = Math.min(0, quantile(off, 0.1))
  const above = Math.max(0, quantile(off, 0.9))
  return {
    perDay,
    valueAt,
    rangeAt(at) {
      const swing = [lowSlope, highSlope].map((slope) => height + slope * daysFromMiddle(at))
      return { low: Math.min(...swing) + below, high: Math.max(...swing) + above }
    },
  }
}

/** Ascending, in value per day. */
function slopesOf(readings: readonly MetricValue[]): Float64Array {
  const count = readings.length
  const slopes = new Float64Array((count * (count - 1)) / 2)
  let next = 0
  for (const [index, later] of readings.entries()) {
    for (let before = 0; before < index; before++) {
      const earlier = readings[before]!
      slopes[next++] = (later.value - earlier.value) / ((later.at - earlier.at) / DAY_MS)
    }
  }
  return slopes.sort()
}

/** The slopes between which the true one is in four cases of five, by the variance of Kendall's statistic. */
function slopeInterval(slopes: Float64Array, readings: number): readonly [low: number, high: number] {
  const spread = NORMAL_QUANTILE * Math.sqrt((readings * (readings - 1) * (2 * readings + 5)) / 18)
  const outside = Math.max(0, Math.floor((slopes.length - spread) / 2) - 1)
  return [slopes[outside]!, slopes[slopes.length - 1 - outside]!]
}

/** @param sorted ascending, not empty */
function quantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const above = Math.min(sorted.length - 1, below + 1)
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (position - below)
}
