import type { DayTally } from '../contributions/tally.ts'
import { deliveryEvidence, deliveryTarget } from '../measures/delivery.ts'
import type { DeliveryMeasure, MetricMeasure } from '../measures/measure.ts'
import { rawProgress } from '../measures/progress.ts'
import { dayOf, type EpochMs } from '../time.ts'

/** A key result's raw progress before and after a sprint; null where there was nothing to measure yet. */
export interface ProgressAround {
  readonly before: number | null
  readonly after: number | null
  /** What an unestimated issue counted as when the sprint ended. */
  readonly countedAs: number
}

export interface Run {
  readonly startAt: EpochMs
  readonly endAt: EpochMs
}

/**
 * By linked work, measured by the measure of today. It is known by the day: before is the end of the day before the
 * sprint's first, after is the end of its last day, in the key result's time zone.
 *
 * @param days ascending, only those on which something moved
 */
export function deliveryAround(
  measure: DeliveryMeasure,
  days: readonly DayTally[],
  run: Run,
  timeZone: string,
): ProgressAround {
  const firstDay = dayOf(run.startAt, timeZone)
  const lastDay = dayOf(run.endAt, timeZone)
  const evidenceOf = (tally: DayTally | undefined) => deliveryEvidence(tally?.tally ?? [])
  const before = evidenceOf(days.findLast(({ day }) => day < firstDay))
  const after = evidenceOf(days.findLast(({ day }) => day <= lastDay))
  const progress = (evidence: typeof before) => {
    const target = deliveryTarget(measure, evidence)
    return target === null ? null : rawProgress(evidence.delivered.size, 0, target)
  }
  return {
    before: progress(before),
    after: progress(after),
    countedAs: after.unestimated.countedAs,
  }
}

/** By reported values: the last one at or before the start, and at or before the end. */
export function metricAround(
  { baseline, target }: MetricMeasure,
  values: { readonly before: number | null; readonly after: number | null },
): ProgressAround {
  const progress = (value: number | null) => (value === null ? null : rawProgress(value, baseline, target))
  return { before: progress(values.before), after: progress(values.after), countedAs: 1 }
}
