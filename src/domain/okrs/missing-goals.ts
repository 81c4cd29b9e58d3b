import type { CycleKey } from '../ids.ts'
import { canonicalText } from '../mirror/facts.ts'
import { baseOf, type AppliedGoals } from './applied.ts'
import { changedSinceText, heldText } from './conflict-text.ts'
import { isArchived, propertiesOf, type Goal } from './goal-set.ts'
import type { PlanProblem } from './plan.ts'

/** What becomes of goals a document does not name. */
export interface MissingGoals {
  readonly archived: readonly Goal[]
  /** They were never in a file: it does not speak of them. */
  readonly leftAlone: readonly Goal[]
  readonly conflicts: readonly PlanProblem[]
}

interface Surroundings {
  /** By subject, archived ones too; each kind after those it hangs on. */
  readonly stored: ReadonlyMap<string, Goal>
  readonly applied: AppliedGoals
  /** Cycles the document speaks for as a whole. */
  readonly cycles: ReadonlySet<CycleKey>
  /** What the document says, by subject: goals stand where it puts what they hang on. */
  readonly named: ReadonlyMap<string, Goal>
  /** The document wins: all of its cycles that it does not name goes. */
  readonly overwrite: boolean
}

/**
 * What a file left in its cycles and no longer names is archived; what somebody changed since is a conflict; what no
 * file ever named stays. An initiative that goes with its key result stays as it is, and comes back with it.
 */
export function missingGoals({ stored, applied, cycles, named, overwrite }: Surroundings): MissingGoals {
  const isSpokenFor = within({ stored, cycles, named })
  const archived = new Map<string, Goal>()
  const leftAlone: Goal[] = []
  const conflicts: PlanProblem[] = []
  for (const [subject, known] of stored) {
    if (isArchived(known) || named.has(subject) || !isSpokenFor(known)) continue
    if (known.kind === 'initiative' && isGoing(known.goal.keyResult, stored, archived)) continue
    const base = baseOf(applied, subject)
    if (!overwrite && base.kind !== 'said') {
      leftAlone.push(known)
      continue
    }
    const moved = overwrite || base.kind !== 'said' ? [] : differing(propertiesOf(known), base.properties)
    if (moved.length === 0) archived.set(subject, known)
    else conflicts.push(conflictOf(subject, changedSinceText(subject, moved)))
  }
  const held = Map.groupBy(
    leftAlone.flatMap(({ kind, goal }) => (kind === 'key_result' ? [goal] : [])),
    ({ objective }) => objective,
  )
  for (const [objective, keyResults] of held) {
    if (!archived.delete(objective)) continue
    conflicts.push(
      conflictOf(
        objective,
        heldText(
          objective,
          keyResults.map(({ key }) => key),
        ),
      ),
    )
  }
  return { archived: [...archived.values()], leftAlone, conflicts }
}

/** Tells whether a goal is, by the document, in one of its cycles. */
function within({ stored, cycles, named }: Omit<Surroundings, 'applied' | 'overwrite'>) {
  const isSpokenFor = (known: Goal | undefined): boolean => {
    switch (known?.kind) {
      case 'objective':
        return cycles.has(known.goal.cycle)
      case 'key_result':
        return isHolderSpokenFor(known.goal.objective)
      case 'initiative':
        return isHolderSpokenFor(known.goal.keyResult)
      default:
        return false
    }
  }
  const isHolderSpokenFor = (key: string) => isSpokenFor(named.get(key) ?? stored.get(key))
  return isSpokenFor
}

function isGoing(
  key: string,
  stored: ReadonlyMap<string, Goal>,
  archived: ReadonlyMap<string, Goal>,
): boolean {
  const holder = stored.get(key)
  return archived.has(key) || (holder !== undefined && isArchived(holder))
}

function differing(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].filter((name) => canonicalText(one[name]) !== canonicalText(other[name]))
}

function conflictOf(subject: string, message: string): PlanProblem {
  return { kind: 'conflict', path: null, subject, field: '', message }
}

/** Goals somebody archived and the document agrees to: it no longer names them. By subject. */
export function agreedArchived(surroundings: Omit<Surroundings, 'overwrite'>): string[] {
  const { stored, applied, named } = surroundings
  const isSpokenFor = within(surroundings)
  return [...stored].flatMap(([subject, known]) => {
    const isUnnamed = isArchived(known) && !named.has(subject) && isSpokenFor(known)
    return isUnnamed && baseOf(applied, subject).kind === 'said' ? [subject] : []
  })
}
