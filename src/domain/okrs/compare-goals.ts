import type { CycleKey, KeyResultKey } from '../ids.ts'
import { canonicalText } from '../mirror/facts.ts'
import { archived, type PlacedGoal } from './document-goals.ts'
import { conflictText, createdSinceText } from './conflict-text.ts'
import { isArchived, propertiesOf, subjectOf, type Goal, type Properties } from './goal-set.ts'
import type { PlannedChange, PlanOptions, PlanProblem, PropertyChange } from './plan.ts'
import { progressEffect, type KnownNumbers } from './progress-effect.ts'

/** Everything a comparison needs. Subjects are told as in `subjectOf`. */
export interface Comparison {
  readonly placed: readonly PlacedGoal[]
  /** Archived goals too. */
  readonly stored: ReadonlyMap<string, Goal>
  /** What a file last said of each goal. */
  readonly applied: ReadonlyMap<string, Properties>
  /** Cycles the document speaks for as a whole. */
  readonly cycles: ReadonlySet<CycleKey>
  readonly numbers: ReadonlyMap<KeyResultKey, KnownNumbers>
  readonly options: PlanOptions
  readonly now: number
}

interface Compared {
  readonly changes: readonly PlannedChange[]
  readonly conflicts: readonly PlanProblem[]
}

/**
 * What would make the stored goals those of a document. Property by property: what is equal stays; what still is as a
 * file left it, or as it was before any file, becomes what the document says; what somebody changed since is a
 * conflict.
 */
export function compareGoals(comparison: Comparison): Compared {
  const { placed, stored } = comparison
  const changes: PlannedChange[] = []
  const conflicts: PlanProblem[] = []
  const named = new Set<string>()
  for (const { path, known } of placed) {
    const subject = subjectOf(known.kind, known.goal.key)
    named.add(subject)
    const before = stored.get(subject)
    const found =
      before === undefined
        ? { change: creation(path, known), conflicts: [] }
        : comparedWith(comparison, subject, { path, known }, before)
    if (found.change !== null) changes.push(found.change)
    conflicts.push(...found.conflicts)
  }
  if (comparison.options.archiveMissing) {
    for (const [subject, known] of missing(comparison, named)) {
      const conflict = conflictOfArchiving(comparison, subject, known)
      if (conflict === null) changes.push(archiving(known, comparison.now))
      else conflicts.push(conflict)
    }
  }
  return { changes, conflicts }
}

function comparedWith(
  comparison: Comparison,
  subject: string,
  { path, known }: PlacedGoal,
  before: Goal,
): { change: PlannedChange | null; conflicts: PlanProblem[] } {
  const was = propertiesOf(before)
  const says = propertiesOf(known)
  const base = comparison.applied.get(subject)
  const names = [...new Set([...Object.keys(says), ...Object.keys(was)])]
  const changed = names
    .map((name) => ({ name, before: was[name], after: says[name] }))
    .filter((property) => !isSame(property.before, property.after))
  const isRestored = isArchived(before)
  if (changed.length === 0 && !isRestored) return { change: null, conflicts: [] }
  const conflicts = comparison.options.overwrite
    ? []
    : conflictsOf(comparison, subject, before, { base, changed, isRestored })
  return {
    change: {
      kind: known.kind,
      key: known.goal.key,
      title: known.goal.title,
      action: isRestored ? 'restore' : 'change',
      path,
      properties: told(changed, before, known),
      progress: effectOf(comparison, before, known),
      before,
      after: known,
    },
    conflicts: conflicts.map((conflict) => ({ ...conflict, path: [...path, ...placeOf(conflict.field)] })),
  }
}

function conflictsOf(
  comparison: Comparison,
  subject: string,
  before: Goal,
  {
    base,
    changed,
    isRestored,
  }: { base: Properties | undefined; changed: readonly PropertyChange[]; isRestored: boolean },
): PlanProblem[] {
  const conflict = (field: string, message: string): PlanProblem => ({
    kind: 'conflict',
    path: null,
    subject,
    field,
    message,
  })
  if (base === undefined) {
    const isNewer = !isRestored && wasApplied(comparison, before)
    return isNewer ? [conflict('', createdSinceText(subject, changed[0]!))] : []
  }
  if (isRestored) {
    const message = `${subject} was archived after the file was applied; take it out of the file, or pass --overwrite to restore it`
    return [conflict('', message)]
  }
  return changed
    .filter(({ name, before: stored }) => !isSame(stored, base[name]))
    .map((property) => conflict(property.name, conflictText(subject, property, base[property.name])))
}

/** Live goals of the document's cycles that it does not name. */
function* missing(
  { stored, cycles }: Comparison,
  named: ReadonlySet<string>,
): Generator<readonly [string, Goal]> {
  const goes = (known: Goal | undefined): boolean => {
    if (known === undefined || isArchived(known) || named.has(subjectOf(known.kind, known.goal.key)))
      return false
    if (known.kind === 'objective') return cycles.has(known.goal.cycle)
    if (known.kind === 'key_result') {
      const holder = stored.get(known.goal.objective)
      return holder?.kind === 'objective' && cycles.has(holder.goal.cycle)
    }
    if (known.kind !== 'initiative') return false
    const holder = stored.get(known.goal.keyResult)
    // One that goes with its key result stays as it is, and comes back with it.
    return (
      holder?.kind === 'key_result' && !isArchived(holder) && !goes(holder) && isOf(holder, stored, cycles)
    )
  }
  for (const entry of stored) if (goes(entry[1])) yield entry
}

function isOf(
  known: Goal & { kind: 'key_result' },
  stored: Comparison['stored'],
  cycles: Comparison['cycles'],
): boolean {
  const holder = stored.get(known.goal.objective)
  return holder?.kind === 'objective' && cycles.has(holder.goal.cycle)
}

function conflictOfArchiving(comparison: Comparison, subject: string, known: Goal): PlanProblem | null {
  if (comparison.options.overwrite) return null
  const base = comparison.applied.get(subject)
  const conflict = (message: string): PlanProblem => ({
    kind: 'conflict',
    path: null,
    subject,
    field: '',
    message: `${subject} ${message}: name it in the file (export again), or pass --overwrite to archive it`,
  })
  if (base === undefined) {
    return wasApplied(comparison, known)
      ? conflict('was made after the file was applied, and the file does not name it')
      : null
  }
  const now = propertiesOf(known)
  const moved = [...new Set([...Object.keys(now), ...Object.keys(base)])].filter(
    (name) => !isSame(now[name], base[name]),
  )
  return moved.length === 0
    ? null
    : conflict(
        `was changed (${moved.join(', ')}) after the file was applied, and the file no longer names it`,
      )
}

/** Whether a file was applied to the cycle a goal is in. */
function wasApplied({ applied, stored }: Comparison, known: Goal): boolean {
  switch (known.kind) {
    case 'objective':
      return applied.has(subjectOf('cycle', known.goal.cycle))
    case 'key_result': {
      const holder = stored.get(known.goal.objective)
      return holder !== undefined && wasApplied({ applied, stored } as Comparison, holder)
    }
    case 'initiative': {
      const holder = stored.get(known.goal.keyResult)
      return holder !== undefined && wasApplied({ applied, stored } as Comparison, holder)
    }
    default:
      return false
  }
}

function creation(path: PlacedGoal['path'], known: Goal): PlannedChange {
  const { kind, goal } = known
  const { key, title } = goal
  return {
    kind,
    key,
    title,
    action: 'create',
    path,
    properties: [],
    progress: null,
    before: null,
    after: known,
  }
}

function archiving(known: Goal, now: number): PlannedChange {
  const { kind, goal } = known
  const { key, title } = goal
  const after = archived(known, now)
  return {
    kind,
    key,
    title,
    action: 'archive',
    path: null,
    properties: [],
    progress: null,
    before: known,
    after,
  }
}

/** Another kind of measure is told as one change, not as properties that came and went. */
function told(changed: readonly PropertyChange[], before: Goal, after: Goal): PropertyChange[] {
  if (before.kind !== 'key_result' || after.kind !== 'key_result') return [...changed]
  if (before.goal.measure.kind === after.goal.measure.kind) return [...changed]
  return [
    ...changed.filter(({ name }) => !name.startsWith('measure.')),
    { name: 'measure', before: before.goal.measure, after: after.goal.measure },
  ]
}

function effectOf({ numbers }: Comparison, before: Goal, after: Goal) {
  if (before.kind !== 'key_result' || after.kind !== 'key_result') return null
  return progressEffect(before.goal, after.goal, numbers.get(after.goal.key) ?? null)
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalText(one) === canonicalText(other)
}

/** Where a property stands in a document: a goal's place in it says whose it is. */
function placeOf(field: string): string[] {
  return field === '' || field === 'objective' || field === 'keyResult' ? [] : field.split('.')
}
