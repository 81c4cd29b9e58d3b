import type { Cycle, KeyResult } from '../goals.ts'
import { canonicalText } from '../mirror/facts.ts'
import type { Measure } from '../measures/measure.ts'
import {
  baselineOf,
  isBaselineEasier,
  isRuleEasier,
  isTargetEasier,
  targetOf,
  withoutTarget,
} from '../measures/measure-change.ts'
import type { CalendarDay, EpochMs } from '../time.ts'
import { endDayAt, type CycleRevision, type Revision, type Why } from './revision.ts'

/** What changed of the goal itself. */
export type Move =
  | {
      readonly kind: 'target_moved'
      /** null: all linked work. */
      readonly before: number | null
      readonly after: number | null
      readonly isEasier: boolean
    }
  | {
      readonly kind: 'baseline_moved'
      readonly before: number
      readonly after: number
      readonly isEasier: boolean
    }
  | {
      readonly kind: 'rule_changed'
      /** null: not known, of a cycle that was closed before it was kept. */
      readonly before: Measure | null
      readonly after: Measure | null
      readonly isEasier: boolean
    }
  | { readonly kind: 'weight_moved'; readonly before: number; readonly after: number }
  | {
      readonly kind: 'due_date_moved'
      /** null: not known, of a cycle that was closed before it was kept. */
      readonly before: CalendarDay | null
      readonly after: CalendarDay | null
    }
  /** After the end of the cycle: it is graded all the same. */
  | { readonly kind: 'archived' }

/** A change of the goal itself. It is drawn on the chart and never counts as progress. */
export type GoalMove = Move &
  Why & {
    readonly at: EpochMs
    /** After the end of the cycle: told, and not graded by. */
    readonly isLate: boolean
  }

/** Asks for less than before, as far as that can be told. */
export function isEasier(move: GoalMove): boolean {
  return 'isEasier' in move && move.isEasier
}

/** What the moves of a key result follow from. Both lists are ascending. */
export interface GoalPast {
  readonly revisions: readonly Revision[]
  readonly cycleRevisions: readonly CycleRevision[]
}

/**
 * The moves of a key result since it has been in the cycle, in order of time: that it came about, or was carried into the
 * cycle with another time and another start, is none. What moves the last day of the cycle is never late: it is graded
 * as of the last day it has.
 * @param keyResult as it is stored now
 */
export function movesOf(
  keyResult: Pick<KeyResult, 'dueDay'>,
  { revisions, cycleRevisions }: GoalPast,
  cycle: Pick<Cycle, 'endDay'>,
  asOf: EpochMs,
): GoalMove[] {
  const entry = revisions.findLastIndex(({ kind }) => kind === 'entered')
  const entered = revisions[entry]?.at ?? Number.NEGATIVE_INFINITY
  const changes = revisions
    .slice(entry + 1)
    .flatMap((revision) => (revision.kind === 'changed' ? [revision] : []))
  const ownDueDayAt = (at: EpochMs) => {
    const next = changes.find((change) => change.at > at)
    return next === undefined ? keyResult.dueDay : next.before.dueDay
  }
  const withCycle = cycleRevisions.filter(({ at }) => at > entered && ownDueDayAt(at) === null)
  return [
    ...changes.flatMap((change) => {
      const isLate = change.at > asOf
      const endDay = endDayAt(cycle, cycleRevisions, change.at)
      const { at, by, reason } = change
      return movesBetween(change, endDay, isLate).map((move) => ({ ...move, at, isLate, by, reason }))
    }),
    ...withCycle.map((revision): GoalMove => {
      return { kind: 'due_date_moved', ...revision, isLate: false }
    }),
  ].toSorted((a, b) => a.at - b.at)
}

function movesBetween(
  { before, after }: { readonly before: KeyResult; readonly after: KeyResult },
  endDay: CalendarDay,
  isLate: boolean,
): Move[] {
  const moves = measureMoves(before.measure, after.measure)
  if (before.weight !== after.weight)
    moves.push({ kind: 'weight_moved', before: before.weight, after: after.weight })
  const dueDays = { before: before.dueDay ?? endDay, after: after.dueDay ?? endDay }
  if (dueDays.before !== dueDays.after) moves.push({ kind: 'due_date_moved', ...dueDays })
  if (isLate && before.archivedAt === null && after.archivedAt !== null) moves.push({ kind: 'archived' })
  return moves
}

function measureMoves(before: Measure, after: Measure): Move[] {
  if (before.kind !== after.kind) return [{ kind: 'rule_changed', before, after, isEasier: false }]
  const moves: Move[] = []
  const targets = { before: targetOf(before), after: targetOf(after) }
  if (targets.before !== targets.after)
    moves.push({ kind: 'target_moved', ...targets, isEasier: isTargetEasier(before, after) })
  const [start, startAfter] = [baselineOf(before), baselineOf(after)]
  if (start !== null && startAfter !== null && start !== startAfter) {
    const isEasier = isBaselineEasier(before, after)
    moves.push({ kind: 'baseline_moved', before: start, after: startAfter, isEasier })
  }
  if (canonicalText(ruleOf(before)) !== canonicalText(ruleOf(after)))
    moves.push({ kind: 'rule_changed', before, after, isEasier: isRuleEasier(before, after) })
  return moves
}

/** How it is measured, whatever it starts at and aims at. */
function ruleOf(measure: Measure): unknown {
  return { rule: withoutTarget('baseline' in measure ? { ...measure, baseline: 0 } : measure) }
}

/** What happened to the linked work after the first tenth of the cycle, in which it was still being planned. */
export interface ScopeChange {
  /** In the size of the measure. */
  readonly atStart: number
  readonly atEnd: number
  readonly added: number
  readonly removed: number
  readonly reEstimated: number
  readonly reopened: number
}
