import type { CalendarDay } from '../time.ts'
import type { Hint } from './hints.ts'
import type { GoalMove } from './moves.ts'
import type {
  GoalChanges,
  KeyResultRetrospective,
  ObjectiveRetrospective,
  PastWarning,
  Retrospective,
  RetrospectiveSummary,
} from './retrospective.ts'

/** A retrospective as it may be stored: in the form of today, or in one before, which lacks some of it. */
export type FrozenRetrospective = Retrospective | SecondForm | FirstForm

interface SecondForm extends Omit<Retrospective, 'version' | 'objectives' | 'movedAway'> {
  readonly version: 2
  readonly objectives: readonly SecondObjective[]
}

type SecondObjective = Omit<ObjectiveRetrospective, 'keyResults'> & {
  readonly keyResults: readonly SecondKeyResult[]
}

type SecondKeyResult = Omit<KeyResultRetrospective, 'entered' | 'warnings'> & {
  readonly warnings: readonly Omit<PastWarning, 'levels'>[]
}

interface FirstForm extends Lacking<
  Omit<SecondForm, 'version' | 'summary' | 'objectives' | 'hints'>,
  'dropped'
> {
  readonly version: 1
  readonly summary: Omit<RetrospectiveSummary, 'changes'> & { readonly changes: FirstChanges }
  readonly hints: readonly FirstHint[]
  readonly objectives: readonly FirstObjective[]
}

type FirstObjective = Omit<SecondObjective, 'hints' | 'keyResults'> & {
  readonly hints: readonly FirstHint[]
  readonly keyResults: readonly FirstKeyResult[]
}

type FirstKeyResult = Lacking<Omit<SecondKeyResult, 'moves' | 'changes' | 'hints'>, 'parts'> & {
  readonly moves: readonly FirstMove[]
  readonly changes: FirstChanges
  readonly hints: readonly FirstHint[]
}

type FirstChanges = Lacking<GoalChanges, 'baselines' | 'weights' | 'easier' | 'late'>

type FirstHint = Hint | { readonly kind: 'target_lowered'; readonly times: number }

type RuleMove = Extract<GoalMove, { readonly kind: 'rule_changed' }>
type Unsaid = 'isLate' | 'by' | 'reason'
type FirstMove =
  Lacking<Exclude<GoalMove, RuleMove>, Unsaid> | Lacking<RuleMove, Unsaid | 'before' | 'after' | 'isEasier'>

type Lacking<Whole, Name extends PropertyKey> = Whole extends unknown
  ? Omit<Whole, Name> & Partial<Pick<Whole, Name & keyof Whole>>
  : never

/** What was frozen, in the form of today: what a form before it did not tell is none, or not known. */
export function retrospectiveOf(frozen: FrozenRetrospective): Retrospective {
  switch (frozen.version) {
    case 1:
      return thirdFormOf(secondFormOf(frozen))
    case 2:
      return thirdFormOf(frozen)
    case 3:
      return frozen
  }
}

function thirdFormOf(frozen: SecondForm): Retrospective {
  const known = (keyResult: SecondKeyResult): KeyResultRetrospective => ({
    ...keyResult,
    entered: null,
    warnings: keyResult.warnings.map((warning) => ({ ...warning, levels: [] })),
  })
  return {
    ...frozen,
    version: 3,
    movedAway: [],
    objectives: frozen.objectives.map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.map(known),
    })),
  }
}

function secondFormOf(frozen: FirstForm): SecondForm {
  const { summary, hints, objectives, cycle } = frozen
  return {
    dropped: [],
    ...frozen,
    version: 2,
    summary: { ...summary, changes: changesOf(summary.changes) },
    hints: hints.map(hintOf),
    objectives: objectives.map((objective) => ({
      ...objective,
      hints: objective.hints.map(hintOf),
      keyResults: objective.keyResults.map((keyResult) => keyResultOf(keyResult, cycle.endDay)),
    })),
  }
}

function keyResultOf(keyResult: FirstKeyResult, endDay: CalendarDay): SecondKeyResult {
  return {
    parts: null,
    ...keyResult,
    moves: keyResult.moves.map((move) => moveOf(move, endDay)),
    changes: changesOf(keyResult.changes),
    hints: keyResult.hints.map(hintOf),
  }
}

function changesOf(changes: FirstChanges): GoalChanges {
  return { baselines: 0, weights: 0, easier: changes.targetsLowered, late: 0, ...changes }
}

function hintOf(hint: FirstHint): Hint {
  return hint.kind === 'target_lowered' ? { kind: 'made_easier', times: hint.times } : hint
}

function moveOf(move: FirstMove, endDay: CalendarDay): GoalMove {
  const unsaid = { isLate: false, by: null, reason: null }
  switch (move.kind) {
    case 'rule_changed':
      return { before: null, after: null, isEasier: false, ...unsaid, ...move }
    case 'due_date_moved': {
      // No day of its own meant the end of the cycle; without either nothing was known.
      const isKnown = move.before !== null || move.after !== null
      const dueDay = (own: CalendarDay | null) => (isKnown ? (own ?? endDay) : null)
      return { ...unsaid, ...move, before: dueDay(move.before), after: dueDay(move.after) }
    }
    default:
      return { ...unsaid, ...move }
  }
}
