import { canonicalText } from '../mirror/facts.ts'
import type { Measure } from '../measures/measure.ts'
import { HOUR_MS, type EpochMs } from '../time.ts'
import type { StatusFacts } from './status-facts.ts'

/** What to do about one status comment: product section 8, quiet by design. */
export type CommentPlan =
  | { readonly kind: 'none'; readonly reason: 'nothing_to_show' | 'unchanged' | 'muted' }
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' }
  /** There is something to say, but the last word is less than an hour old: plan again at `until`. */
  | { readonly kind: 'wait'; readonly until: EpochMs }

export interface CommentState {
  /** What the comment was last made to say, and when; null when none was ever written. */
  readonly written: { readonly facts: StatusFacts; readonly at: EpochMs } | null
  readonly facts: StatusFacts
  readonly now: EpochMs
  /** People deleted it: it comes back, as a new comment, when the health changes. */
  readonly muted: boolean
}

const QUIET_MS = HOUR_MS
const PROGRESS_STEP_POINTS = 5

/**
 * Decides whether the status comment is created, edited or left alone. Change is measured from what was last
 * written, not from the last snapshot, so a slow drift is told in the end and a jitter never is.
 */
export function planStatusComment({ written, facts, now, muted }: CommentState): CommentPlan {
  if (written === null) {
    if (muted) return { kind: 'none', reason: 'muted' }
    return facts.health === 'no_data' ? { kind: 'none', reason: 'nothing_to_show' } : { kind: 'create' }
  }
  if (muted && facts.health === written.facts.health) return { kind: 'none', reason: 'muted' }
  if (!readsDifferently(written.facts, facts)) return { kind: 'none', reason: 'unchanged' }
  const until = written.at + QUIET_MS
  if (now < until) return { kind: 'wait', until }
  return { kind: muted ? 'create' : 'edit' }
}

/**
 * True when a reader would want to know: health, a warning, a sprint that closed, five points of
 * progress, or the promise itself.
 */
function readsDifferently(before: StatusFacts, after: StatusFacts): boolean {
  return (
    before.health !== after.health ||
    progressMoved(before.progressPercent, after.progressPercent) ||
    before.title !== after.title ||
    before.objectiveTitle !== after.objectiveTitle ||
    before.dueDay !== after.dueDay ||
    warningsOf(before) !== warningsOf(after) ||
    before.lastSprint?.sprintId !== after.lastSprint?.sprintId ||
    !measuresAlike(before.measure, after.measure)
  )
}

function warningsOf({ warnings }: StatusFacts): string {
  return warnings
    .map(({ kind, level }) => `${kind} ${level}`)
    .toSorted()
    .join()
}

function progressMoved(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after
  return Math.abs(after - before) >= PROGRESS_STEP_POINTS
}

/**
 * By field: stored JSON comes back with its keys in another order. A `scope` target is all linked work, whatever it
 * amounts to today, so work added to scope is not a target that moved.
 */
function measuresAlike(a: Measure, b: Measure): boolean {
  return canonicalText(a) === canonicalText(b)
}
