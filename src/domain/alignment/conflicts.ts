import type { Cycle, GoalKey, Objective, ObjectiveLevel } from '../goals.ts'
import type { EpicClaim } from '../health/signals.ts'
import { numberOf, type CycleKey, type KeyResultKey, type ObjectiveKey } from '../ids.ts'
import type { WarningLevel } from '../warnings/signal.ts'
import type { AlignedKeyResult } from './aligned-goals.ts'

/** What does not fit together, from what stops work to what merely looks odd. */
export const CONFLICT_KINDS = [
  'shared_epic',
  'dependency_missed',
  'dependency_in_danger',
  'dependency_due_later',
  'dependency_archived',
  'parent_archived',
  'parent_ends_earlier',
  'circular_parents',
  'level_above_parent',
  'individual_without_parent',
] as const

export type ConflictKind = (typeof CONFLICT_KINDS)[number]

export interface AlignmentConflict {
  readonly kind: ConflictKind
  /** How bad the dependency stands; null for other kinds. */
  readonly level: WarningLevel | null
  /** The goals it is about, the one that has to do something first. */
  readonly goals: readonly [GoalKey, ...GoalKey[]]
  /** The epic two objectives claim; null for other kinds. */
  readonly issue: { readonly siteId: string; readonly issueId: string; readonly key: string } | null
  readonly sentence: string
}

/** Everything conflicts are found in. */
export interface ConflictGoals {
  /** Those whose conflicts are told, but for those on a circle. */
  readonly objectives: readonly Objective[]
  /** All that may be a parent, by key, archived ones too. */
  readonly parents: ReadonlyMap<ObjectiveKey, Objective>
  readonly keyResults: readonly AlignedKeyResult[]
  /** All that may be depended on or be a parent, by key, archived ones too. */
  readonly known: ReadonlyMap<KeyResultKey, AlignedKeyResult>
  readonly cycles: ReadonlyMap<CycleKey, Pick<Cycle, 'key' | 'endDay'>>
  readonly circles: readonly (readonly ObjectiveKey[])[]
  readonly claims: readonly (EpicClaim & { readonly epicKey: string })[]
}

/** Conflicts among goals, by kind and then by key. Archived goals, and key results that are done, have none. */
export function conflictsAmong(goals: ConflictGoals): AlignmentConflict[] {
  const open = goals.keyResults.filter(({ isArchived, health }) => !isArchived && health !== 'done')
  const found = [
    ...sharedEpics(goals.claims),
    ...open.flatMap((keyResult) => dependencyConflicts(keyResult, goals.known)),
    ...goals.objectives.flatMap((objective) => parentConflicts(objective, goals)),
    ...goals.circles.map(circleConflict),
  ]
  return found.sort(
    (a, b) =>
      CONFLICT_KINDS.indexOf(a.kind) - CONFLICT_KINDS.indexOf(b.kind) ||
      numberOf(a.goals[0]) - numberOf(b.goals[0]) ||
      a.sentence.localeCompare(b.sentence, 'en'),
  )
}

/** Two key results of one objective may share an epic; what only supports is promised to nobody. */
function sharedEpics(claims: ConflictGoals['claims']): AlignmentConflict[] {
  const driving = claims.filter(({ role }) => role === 'drives')
  const byEpic = Map.groupBy(driving, ({ siteId, epicId }) => `${siteId} ${epicId}`)
  return [...byEpic.values()].flatMap((shared) => {
    const [first] = shared
    if (first === undefined || new Set(shared.map(({ objective }) => objective)).size < 2) return []
    const claimants = [...new Map(shared.map((claim) => [claim.keyResult, claim])).values()].sort(
      (a, b) => numberOf(a.keyResult) - numberOf(b.keyResult),
    )
    const [one, ...others] = claimants.map(({ keyResult }) => keyResult)
    if (one === undefined) return []
    const { siteId, epicId: issueId, epicKey: key } = first
    const words = claimants.map(({ keyResult, objective }) => `${keyResult} (${objective})`)
    const sentence = `${key} drives key results of several objectives: ${words.join(', ')}.`
    return [
      {
        kind: 'shared_epic',
        level: null,
        goals: [one, ...others],
        issue: { siteId, issueId, key },
        sentence,
      },
    ]
  })
}

function dependencyConflicts(
  { key, dueDay, dependsOn }: AlignedKeyResult,
  known: ConflictGoals['known'],
): AlignmentConflict[] {
  return dependsOn.flatMap((needed): AlignmentConflict[] => {
    const dependency = known.get(needed)
    if (dependency === undefined || dependency.health === 'done') return []
    const plain = { level: null, goals: [key, needed] as const, issue: null }
    if (dependency.isArchived) {
      const sentence = `${key} depends on ${needed}, which is archived.`
      return [{ kind: 'dependency_archived', ...plain, sentence }]
    }
    const { health } = dependency
    if (health === 'missed') {
      return [
        { kind: 'dependency_missed', ...plain, sentence: `${key} depends on ${needed}, which was missed.` },
      ]
    }
    const conflicts: AlignmentConflict[] = []
    if (health === 'off_track' || health === 'at_risk') {
      const sentence = `${key} depends on ${needed}, which is ${health.replace('_', ' ')}.`
      conflicts.push({ kind: 'dependency_in_danger', ...plain, level: health, sentence })
    }
    if (dependency.dueDay > dueDay) {
      const sentence = `${key} is due on ${dueDay} and depends on ${needed}, which is due later, on ${dependency.dueDay}.`
      conflicts.push({ kind: 'dependency_due_later', ...plain, sentence })
    }
    return conflicts
  })
}

export const LEVELS: readonly ObjectiveLevel[] = ['company', 'department', 'team', 'individual']

function parentConflicts(
  objective: Objective,
  { parents, known, cycles }: ConflictGoals,
): AlignmentConflict[] {
  const { key, parent, level, cycle } = objective
  const plain = { level: null, issue: null }
  if (parent === null) {
    if (level !== 'individual') return []
    const sentence = `${key} is of an individual and supports nothing: give it a parent.`
    return [{ kind: 'individual_without_parent', ...plain, goals: [key], sentence }]
  }
  const keyResult = known.get(parent as KeyResultKey)
  const above = parents.get(keyResult?.objective ?? (parent as ObjectiveKey))
  if (above === undefined) return []
  const goals = [key, parent] as const
  if (above.archivedAt !== null || keyResult?.isArchived === true) {
    return [
      { kind: 'parent_archived', ...plain, goals, sentence: `${key} supports ${parent}, which is archived.` },
    ]
  }
  const conflicts: AlignmentConflict[] = []
  const ends = cycles.get(cycle)?.endDay
  const endsAbove = cycles.get(above.cycle)?.endDay
  if (ends !== undefined && endsAbove !== undefined && endsAbove < ends) {
    const sentence = `${key} runs until ${ends} and supports ${parent} of ${above.cycle}, which ends earlier, on ${endsAbove}.`
    conflicts.push({ kind: 'parent_ends_earlier', ...plain, goals, sentence })
  }
  if (LEVELS.indexOf(level) < LEVELS.indexOf(above.level)) {
    const sentence = `${key} of level ${level} supports ${parent} of level ${above.level}: the cascade runs the other way.`
    conflicts.push({ kind: 'level_above_parent', ...plain, goals, sentence })
  }
  return conflicts
}

function circleConflict(circle: readonly ObjectiveKey[]): AlignmentConflict {
  const [first, ...rest] = circle
  if (first === undefined) throw new RangeError('A circle of no objectives')
  const sentence = `${circle.join(', ')} support each other in a circle: none of them counts for another.`
  return { kind: 'circular_parents', level: null, goals: [first, ...rest], issue: null, sentence }
}
