import type { KeyResult } from '../goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../ids.ts'
import { canonicalText } from '../mirror/facts.ts'
import { deliveryTarget } from '../measures/delivery.ts'
import type { Measure } from '../measures/measure.ts'
import { rawProgress } from '../measures/progress.ts'
import type { Numbers } from '../snapshot.ts'

/** The part of a key result's numbers that a new measure is applied to. */
export type KnownNumbers = Pick<Numbers, 'current' | 'rawProgress' | 'delivery'>

/**
 * What a change of a measure does to the progress of a key result, though nobody got any further.
 * - `moves`: the same value on another way.
 * - `recomputed`: what is measured is another thing; the numbers follow when the plan is applied.
 */
export type ProgressEffect =
  | { readonly kind: 'moves'; readonly before: number; readonly after: number }
  | { readonly kind: 'recomputed'; readonly before: number | null }

/** What a plan does to the progress of an objective, though nobody got any further. */
export interface ObjectiveEffect {
  readonly objective: ObjectiveKey
  readonly title: string
  /** Shown progress, 0 to 1; null: nothing is measured. */
  readonly before: number | null
  /** null: nothing is measured any more, or it is known when what is awaited is recomputed. */
  readonly after: number | null
  /** Key results that count from their first number after the plan is applied: its own, and unknown ones below it. */
  readonly awaited: readonly KeyResultKey[]
  /** Which changes move it: key results and objectives, by key. */
  readonly because: readonly string[]
}

/**
 * @param numbers the latest of the key result; null before the first
 * @returns null when progress stays as it is
 */
export function progressEffect(
  before: Pick<KeyResult, 'measure'>,
  after: Pick<KeyResult, 'measure'>,
  numbers: KnownNumbers | null,
): ProgressEffect | null {
  if (canonicalText(before.measure) === canonicalText(after.measure)) return null
  const known = numbers?.rawProgress ?? null
  if (numbers === null || numbers.current === null || known === null) {
    return numbers === null || sameValue(before.measure, after.measure)
      ? null
      : { kind: 'recomputed', before: null }
  }
  const moved = movedProgress(before.measure, after.measure, numbers.current, numbers.delivery)
  if (moved === undefined) return { kind: 'recomputed', before: known }
  return moved === null || moved === known ? null : { kind: 'moves', before: known, after: moved }
}

/** Progress of the known value on the new way; undefined when the value itself becomes another. */
function movedProgress(
  before: Measure,
  after: Measure,
  current: number,
  delivery: Numbers['delivery'],
): number | null | undefined {
  if (!sameValue(before, after)) return undefined
  switch (after.kind) {
    case 'metric':
      return rawProgress(current, after.baseline, after.target)
    case 'field_sum': {
      const from = before.kind === 'field_sum' ? before.baseline : after.baseline
      return rawProgress(current - from + after.baseline, after.baseline, after.target)
    }
    case 'delivery': {
      const target = deliveryTarget(after, delivery)
      return target === null ? null : rawProgress(current, 0, target)
    }
    case 'range':
      return rawProgress(current, 0, after.targetShare)
    case 'milestones':
    case 'binary':
      return undefined
  }
}

/** Whether two measures read the same value from the same evidence: only where it should go differs. */
function sameValue(before: Measure, after: Measure): boolean {
  return canonicalText(readingOf(before)) === canonicalText(readingOf(after))
}

/** What of a measure decides how its value is read. */
function readingOf(measure: Measure): unknown {
  switch (measure.kind) {
    case 'metric':
      return { kind: measure.kind }
    case 'field_sum':
      return { kind: measure.kind, field: measure.field }
    case 'delivery':
      return { ...measure, target: null }
    case 'range':
      return { ...measure, targetShare: null, unit: null }
    case 'milestones':
    case 'binary':
      return measure
  }
}
