import type { CycleKey } from '../ids.ts'
import { canonicalText } from '../mirror/facts.ts'
import { baseOf, type AppliedGoals, type Origin } from './applied.ts'
import { archived, type PlacedGoal } from './document-goals.ts'
import {
  archivedSinceText,
  conflictText,
  existsArchivedText,
  existsText,
  restoredSinceText,
} from './conflict-text.ts'
import { isArchived, propertiesOf, subjectOf, type Goal } from './goal-set.ts'
import { missingGoals } from './missing-goals.ts'
import type { PlannedChange, PlanOptions, PlanProblem, PropertyChange } from './plan.ts'

/** Everything a comparison needs. Subjects are told as in `subjectOf`. */
export interface Comparison {
  readonly placed: readonly PlacedGoal[]
  /** Archived goals too, each kind after those it hangs on. */
  readonly stored: ReadonlyMap<string, Goal>
  readonly applied: AppliedGoals
  /** Of goals no file was applied to, as far as it is known. */
  readonly origins: ReadonlyMap<string, Origin>
  /** Cycles the document speaks for as a whole. */
  readonly cycles: ReadonlySet<CycleKey>
  readonly options: PlanOptions
  readonly now: number
}

export interface Compared {
  /** Without what they do to progress. */
  readonly changes: readonly PlannedChange[]
  readonly conflicts: readonly PlanProblem[]
  /** Goals of the document's cycles that it does not name, and that no file ever did. */
  readonly leftAlone: readonly Goal[]
}

/**
 * What would make the stored goals those of a document. Property by property: what is equal stays; what still is as a
 * file left it becomes what the document says; what somebody changed since, or made beside all files, is a conflict.
 */
export function compareGoals(comparison: Comparison): Compared {
  const { placed, stored, applied, cycles, options, now } = comparison
  const changes: PlannedChange[] = []
  const conflicts: PlanProblem[] = []
  const named = new Map<string, Goal>()
  for (const { path, known } of placed) {
    const subject = subjectOf(known.kind, known.goal.key)
    named.set(subject, known)
    const before = stored.get(subject)
    if (before === undefined) {
      changes.push(changeOf('create', { path, before: null, after: known }))
      continue
    }
    const change = changeBetween(path, before, known)
    if (change === null) continue
    changes.push(change)
    if (options.overwrite) continue
    for (const conflict of conflictsOf(comparison, subject, change)) {
      conflicts.push({ ...conflict, path: [...path, ...placeOf(conflict.field)] })
    }
  }
  if (!options.archiveMissing) return { changes, conflicts, leftAlone: [] }
  const missing = missingGoals({ stored, applied, cycles, named, overwrite: options.overwrite })
  for (const before of missing.archived) {
    changes.push(changeOf('archive', { path: null, before, after: archived(before, now) }))
  }
  return { changes, conflicts: [...conflicts, ...missing.conflicts], leftAlone: missing.leftAlone }
}

function changeOf(
  action: PlannedChange['action'],
  goal: Pick<PlannedChange, 'path' | 'before' | 'after'>,
  properties: readonly PropertyChange[] = [],
): PlannedChange {
  const { kind, goal: own } = goal.after
  return { kind, key: own.key, title: own.title, action, properties, progress: null, ...goal }
}

/** null: it is as the document says. */
function changeBetween(path: PlacedGoal['path'], before: Goal, after: Goal): PlannedChange | null {
  const was = propertiesOf(before)
  const says = propertiesOf(after)
  const properties = [...new Set([...Object.keys(says), ...Object.keys(was)])]
    .map((name) => ({ name, before: was[name], after: says[name] }))
    .filter((property) => !isSame(property.before, property.after))
  const isRestored = isArchived(before)
  if (properties.length === 0 && !isRestored) return null
  return changeOf(isRestored ? 'restore' : 'change', { path, before, after }, properties)
}

function conflictsOf(
  { applied, origins }: Comparison,
  subject: string,
  { action, properties }: PlannedChange,
): PlanProblem[] {
  const conflict = (field: string, message: string): PlanProblem => ({
    kind: 'conflict',
    path: null,
    subject,
    field,
    message,
  })
  const base = baseOf(applied, subject)
  if (action === 'restore') {
    if (base.kind === 'put_aside') return []
    const message =
      base.kind === 'said' ? archivedSinceText(subject) : existsArchivedText(subject, origins.get(subject))
    return [conflict('', message)]
  }
  const [first] = properties
  if (first === undefined) return []
  switch (base.kind) {
    case 'never':
      return [conflict('', existsText(subject, first, origins.get(subject)))]
    case 'put_aside':
      return [conflict('', restoredSinceText(subject, first))]
    case 'said':
      return properties
        .filter(({ name, before }) => !isSame(before, base.properties[name]))
        .map((property) =>
          conflict(property.name, conflictText(subject, property, base.properties[property.name])),
        )
  }
}

/** A change as people read it: another kind of measure is one, not properties that came and went. */
export function toldChange(change: PlannedChange): PlannedChange {
  const { before, after, properties } = change
  if (before?.kind !== 'key_result' || after.kind !== 'key_result') return change
  if (before.goal.measure.kind === after.goal.measure.kind) return change
  return {
    ...change,
    properties: [
      ...properties.filter(({ name }) => !name.startsWith('measure.')),
      { name: 'measure', before: before.goal.measure, after: after.goal.measure },
    ],
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalText(one) === canonicalText(other)
}

/** Where a property stands in a document: a goal's place in it says whose it is. */
function placeOf(field: string): string[] {
  return field === '' || field === 'objective' || field === 'keyResult' ? [] : field.split('.')
}
