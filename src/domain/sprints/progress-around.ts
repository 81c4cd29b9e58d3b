import type { Tally } from '../contributions/tally.ts'
import { deliveryEvidence, deliveryTarget } from '../measures/delivery.ts'
import type { DeliveryMeasure, MetricMeasure } from '../measures/measure.ts'
import { rawProgress } from '../measures/progress.ts'
import type { EpochMs } from '../time.ts'

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

/** By linked work as it stood at the start and at the end, measured by the measure of today. */
export function deliveryAround(
  measure: DeliveryMeasure,
  tallies: { readonly before: Tally; readonly after: Tally },
): ProgressAround {
  const before = deliveryEvidence(tallies.before)
  const after = deliveryEvidence(tallies.after)
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
