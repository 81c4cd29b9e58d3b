import { timeBoxOf, type Cycle, type KeyResult, type Objective } from '../../domain/goals.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { hasDirection } from '../../domain/measures/progress.ts'
import { fittingPlan } from '../../domain/templates/goal-template.ts'
import type { CalendarDay } from '../../domain/time.ts'
import { changedProperties } from '../goals/change-goals.ts'
import type { KeyResultInContext } from '../ports/goals.ts'

/** A key result in its new cycle, and what of it had to be left behind. */
export interface CarriedKeyResult {
  readonly keyResult: KeyResult
  readonly changed: readonly string[]
  /** The due day that lay outside the new cycle; null: it had none, or it fits. */
  readonly clearedDueDay: CalendarDay | null
  /** How many targets of its plan lay outside the new cycle. */
  readonly clearedTargets: number
  /** null: its baseline stays. */
  readonly rebaselined: { readonly from: number; readonly to: number } | null
}

/**
 * A key result goes on with its key, and with what hangs on it: links, ticks, reported values.
 * @param current what it ended at, for a metric that is to start from there; null: its baseline stays
 */
export function carriedInto(
  { keyResult: before, cycle }: KeyResultInContext,
  { into, to, current }: { readonly into: Cycle; readonly to: Objective; readonly current: number | null },
): CarriedKeyResult {
  const { dueDay, measure } = before
  const fits = dueDay === null || (dueDay >= into.startDay && dueDay <= into.endDay)
  const moved = { ...before, objective: to.key, rolledFrom: cycle.key, dueDay: fits ? dueDay : null }
  const { plan, cleared } = fittingPlan(before.plan, timeBoxOf(moved, into))
  const rebaselined = newBaseline(measure, current)
  const keyResult: KeyResult = {
    ...moved,
    plan,
    measure:
      measure.kind === 'metric' && rebaselined !== null ? { ...measure, baseline: rebaselined.to } : measure,
  }
  return {
    keyResult,
    changed: changedProperties(before, keyResult),
    clearedDueDay: fits ? null : dueDay,
    clearedTargets: cleared,
    rebaselined,
  }
}

/** A baseline that is the target would leave no way to go. */
function newBaseline(measure: Measure, current: number | null): CarriedKeyResult['rebaselined'] {
  if (measure.kind !== 'metric' || current === null) return null
  if (current === measure.baseline || !hasDirection(current, measure.target)) return null
  return { from: measure.baseline, to: current }
}
