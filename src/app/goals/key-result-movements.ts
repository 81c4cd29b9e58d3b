import type { Movement, MovementKind } from '../../domain/explanation.ts'
import type { KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { EpochMs } from '../../domain/time.ts'

export type KeyResultMovement = Movement & { readonly keyResult: KeyResultKey }

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
export function movementsOfEdit(before: KeyResult, after: KeyResult, at: EpochMs): KeyResultMovement[] {
  const movements: KeyResultMovement[] = []
  if (canonicalText(ruleOf(before.measure)) !== canonicalText(ruleOf(after.measure))) {
    movements.push(movementOf(after.key, 'rule_changed', at, { before: null, after: null }))
  }
  const targets = { before: targetOf(before.measure), after: targetOf(after.measure) }
  if (targets.before !== targets.after) {
    movements.push(movementOf(after.key, 'target_moved', at, targets))
  }
  if (before.dueDay !== after.dueDay) {
    movements.push(movementOf(after.key, 'due_date_moved', at, { before: null, after: null }))
  }
  return movements
}

/** The fixed number a measure aims at; null when all linked work is the target. */
function targetOf(measure: Measure): number | null {
  switch (measure.kind) {
    case 'delivery':
      return measure.target.kind === 'fixed' ? measure.target.amount : null
    case 'metric':
      return measure.target
  }
}

/** A measure without its target. */
function ruleOf(measure: Measure): unknown {
  switch (measure.kind) {
    case 'delivery':
      return { kind: measure.kind, size: measure.size }
    case 'metric':
      return { kind: measure.kind, unit: measure.unit, baseline: measure.baseline }
  }
}
