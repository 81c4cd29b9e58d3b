import type { TimeBox } from '../calendar/expected-progress.ts'
import { measured, type MeasureEvidence } from '../measures/measured.ts'
import type { Measure } from '../measures/measure.ts'
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

/** By the evidence there was at the start and at the end, measured by the measure of today. */
export function progressAround(
  measure: Measure,
  timeBox: TimeBox,
  evidence: { readonly before: MeasureEvidence; readonly after: MeasureEvidence },
): ProgressAround {
  const progress = (known: MeasureEvidence) => {
    const { current, baseline, target } = measured(measure, known, timeBox)
    return current === null || target === null ? null : rawProgress(current, baseline, target)
  }
  return {
    before: progress(evidence.before),
    after: progress(evidence.after),
    countedAs: evidence.after.delivery.unestimated.countedAs,
  }
}
