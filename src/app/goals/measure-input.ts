import type { AnchorIssue, KeyResult } from '../../domain/goals.ts'
import {
  sizeUnitOf,
  type Measure,
  type MilestonesMeasure,
  type MilestoneStep,
} from '../../domain/measures/measure.ts'
import { hasDirection } from '../../domain/measures/progress.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { ThroughlineError } from '../errors.ts'
import type { Records } from '../ports/records.ts'
import { findLiveIssue, type NamedIssue } from './find-issue.ts'

/** A measure as it is written: the issues of its steps are named as people name them. */
export type MeasureInput =
  | Exclude<Measure, MilestonesMeasure>
  | {
      readonly kind: 'milestones'
      readonly steps: readonly (Omit<MilestoneStep, 'issue'> & { readonly issue: NamedIssue | null })[]
    }

/**
 * The measure with its issues looked up. Throws `OKR_MEASURE_WITHOUT_DIRECTION` for one that cannot move,
 * `OKR_SITE_UNKNOWN` and `OKR_ISSUE_UNKNOWN`.
 */
export async function resolveMeasure(records: Records, input: MeasureInput): Promise<Measure> {
  requireDirection(input)
  if (input.kind !== 'milestones') return input
  const steps: MilestoneStep[] = []
  for (const { issue, ...step } of input.steps) {
    const found = issue === null ? null : await findLiveIssue(records, issue)
    steps.push({
      ...step,
      issue: found === null ? null : { siteId: found.siteId, issueId: found.issueId },
    })
  }
  return { kind: 'milestones', steps }
}

/** The issues whose delivery ticks steps. */
export function tickingIssues(measure: Measure): AnchorIssue[] {
  return measure.kind === 'milestones' ? measure.steps.flatMap(({ issue }) => issue ?? []) : []
}

/** Refuses a measure that cannot move. Throws `OKR_MEASURE_WITHOUT_DIRECTION`. */
export function requireDirection(measure: Measure | MeasureInput): void {
  if (measure.kind !== 'metric' && measure.kind !== 'field_sum') return
  const { kind, baseline, target } = measure
  if (!hasDirection(baseline, target)) {
    throw withoutDirection(
      `Baseline and target are both ${target}, so no progress can be made. Give two different numbers: ` +
        'the target above the baseline to raise a metric, below it to lower one.',
      `equals measure.baseline, which is ${baseline}`,
    )
  }
  if (kind === 'field_sum' && target < baseline) {
    throw withoutDirection(
      `The target ${target} is below the baseline ${baseline}, but delivered work only adds to the sum. Give a target ` +
        'above the baseline, or measure it by a metric.',
      `is below measure.baseline, which is ${baseline}`,
    )
  }
}

function withoutDirection(message: string, problem: string): ThroughlineError {
  const problems = [{ field: 'measure.target', message: problem }]
  return new ThroughlineError('OKR_MEASURE_WITHOUT_DIRECTION', message, { problems })
}

/** Issues are sized by the measure: another kind or unit sizes every linked issue anew. */
export function sizesDiffer(before: KeyResult, after: KeyResult): boolean {
  return (
    before.measure.kind !== after.measure.kind ||
    canonicalText(sizeUnitOf(before.measure)) !== canonicalText(sizeUnitOf(after.measure))
  )
}
