import type { Movement, MovementKind } from '../../domain/explanation.ts'
import type { Cycle } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { targetOf, withoutTarget } from '../../domain/measures/measure-change.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'
import type { KeyResultInContext } from '../ports/goals.ts'

export type KeyResultMovement = Movement & { readonly keyResult: KeyResultKey }

type InCycle = Pick<KeyResultInContext, 'keyResult' | 'cycle'>

/** Something that happened to the key result itself rather than to one of its issues. */
export function movementOf(
  keyResult: KeyResultKey,
  kind: MovementKind,
  at: EpochMs,
  sizes: { readonly before: number | null; readonly after: number | null },
): KeyResultMovement {
  return {
    keyResult,
    kind,
    siteId: null,
    issueId: null,
    issueKey: null,
    at,
    sizeBefore: sizes.before,
    sizeAfter: sizes.after,
  }
}

/**
 * What an edit does to the meaning of a key result's progress, so that it is told and never counts as progress: a
 * target that moved, a due date that moved, another way of measuring.
 */
export function movementsOfEdit(before: InCycle, after: InCycle, at: EpochMs): KeyResultMovement[] {
  const { key, measure } = after.keyResult
  const measureBefore = before.keyResult.measure
  const movements: KeyResultMovement[] = []
  if (canonicalText(withoutTarget(measureBefore)) !== canonicalText(withoutTarget(measure))) {
    movements.push(movementOf(key, 'rule_changed', at, { before: null, after: null }))
  }
  const targets = { before: targetOf(measureBefore), after: targetOf(measure) }
  if (targets.before !== targets.after) movements.push(movementOf(key, 'target_moved', at, targets))
  if (dueDayOf(before) !== dueDayOf(after)) {
    movements.push(movementOf(key, 'due_date_moved', at, { before: null, after: null }))
  }
  return movements
}

/** What it does to key results that the cycle around them becomes another: those without a day of their own move. */
export function movementsOfCycle(before: readonly InCycle[], cycle: Cycle, at: EpochMs): KeyResultMovement[] {
  return before.flatMap((was) => movementsOfEdit(was, { keyResult: was.keyResult, cycle }, at))
}

function dueDayOf({ keyResult, cycle }: InCycle): CalendarDay {
  return keyResult.dueDay ?? cycle.endDay
}
