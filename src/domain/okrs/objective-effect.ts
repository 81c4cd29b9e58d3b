import { objectiveAbove } from '../alignment/lineage.ts'
import type { GoalKey, KeyResult, Objective } from '../goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../ids.ts'
import { shownProgress } from '../measures/progress.ts'
import { rollUp, type RollUpGoals } from '../roll-up/roll-up.ts'
import type { RollUp, RollUpKeyResult, RollUpObjective, RollUpPart } from '../roll-up/terms.ts'
import type { PlannedChange } from './plan.ts'
import type { ObjectiveEffect } from './progress-effect.ts'

/** Objectives as they stand, with everything that counts for them. */
export interface StandingGoals extends RollUpGoals {
  readonly objectives: readonly (RollUpObjective & Pick<Objective, 'title'>)[]
}

/** Stored objectives whose progress a plan moves, over any number of steps of the alignment. */
export function objectiveEffects(
  changes: readonly PlannedChange[],
  stored: StandingGoals,
): ObjectiveEffect[] {
  const planned = plannedGoals(changes, stored)
  const before = rollUp(stored)
  const after = rollUp(planned)
  const causes = causesOf(changes, stored, planned)
  const awaitedIn = Map.groupBy(planned.awaited, (own) => own.objective)
  const unknownBehind = unknownBehindEach(after, planned.awaited)
  const live = new Map(planned.objectives.map((own) => [own.key, own]))
  return stored.objectives.flatMap((objective) => {
    const { key } = objective
    if (objective.archivedAt !== null || live.get(key)?.archivedAt !== null) return []
    const was = before.get(key)?.progress ?? null
    const is = after.get(key)?.progress ?? null
    const unknown = unknownBehind.get(key) ?? new Set()
    const first = awaitedIn.get(key) ?? []
    const awaited = [...new Set([...first.map((own) => own.key), ...unknown])]
    if (was === is && (was === null || awaited.length === 0)) return []
    return [
      {
        objective: key,
        title: live.get(key)?.title ?? objective.title,
        before: was,
        after: unknown.size > 0 ? null : is,
        awaited,
        because: [...(causes.get(key) ?? [])],
      },
    ]
  })
}

interface Awaited {
  readonly key: KeyResultKey
  readonly objective: ObjectiveKey
  /** It had numbers, of what it measured before. */
  readonly isRemeasured: boolean
}

interface PlannedGoals extends StandingGoals {
  readonly awaited: readonly Awaited[]
}

/**
 * The key results without a known number that each objective follows from, in it or in what contributes to it.
 *
 * @param standings what contributes before what it contributes to, as a roll-up tells them
 */
function unknownBehindEach(
  standings: ReadonlyMap<ObjectiveKey, RollUp>,
  awaited: readonly Awaited[],
): ReadonlyMap<GoalKey, ReadonlySet<KeyResultKey>> {
  const remeasured = new Set<string>(awaited.flatMap(({ key, isRemeasured }) => (isRemeasured ? [key] : [])))
  const behind = new Map<GoalKey, ReadonlySet<KeyResultKey>>()
  const behindPart = ({ key, leftOut }: RollUpPart): KeyResultKey[] => {
    if (leftOut !== null && leftOut !== 'no_data') return []
    return remeasured.has(key) ? [key as KeyResultKey] : [...(behind.get(key) ?? [])]
  }
  for (const [objective, { terms }] of standings) {
    const unknown = terms.flatMap((term) =>
      term.leftOut === 'archived' ? [] : [term, ...term.parts].flatMap(behindPart),
    )
    if (unknown.length > 0) behind.set(objective, new Set(unknown))
  }
  return behind
}

function plannedGoals(changes: readonly PlannedChange[], stored: StandingGoals): PlannedGoals {
  const objectives = new Map(stored.objectives.map((own) => [own.key, own]))
  const keyResults = new Map(stored.keyResults.map((own) => [own.key, own]))
  const awaited: Awaited[] = []
  for (const { after, progress } of changes) {
    if (after.kind === 'objective') objectives.set(after.goal.key, after.goal)
    if (after.kind !== 'key_result') continue
    const { key, objective } = after.goal
    const known = keyResults.get(key)
    const isRemeasured = progress?.kind === 'recomputed'
    const isLive = after.goal.archivedAt === null
    if (isLive && (known === undefined || isRemeasured)) {
      awaited.push({ key, objective, isRemeasured: isRemeasured && progress.before !== null })
    }
    keyResults.set(key, { ...standingOf(after.goal), ...numbersAfter(known, progress) })
  }
  return { objectives: [...objectives.values()], keyResults: [...keyResults.values()], awaited }
}

function standingOf({ key, objective, weight, archivedAt }: KeyResult) {
  return { key, objective, weight, isArchived: archivedAt !== null }
}

const NOT_MEASURED = { progress: null, rawProgress: null, health: 'no_data' } as const

function numbersAfter(known: RollUpKeyResult | undefined, effect: PlannedChange['progress']) {
  if (known === undefined || effect?.kind === 'recomputed') return NOT_MEASURED
  const { progress, rawProgress, health } = known
  if (effect === null) return { progress, rawProgress, health }
  return { progress: shownProgress(effect.after), rawProgress: effect.after, health }
}

/** The changes behind each objective: those in it, and those below it that count in it. */
function causesOf(
  changes: readonly PlannedChange[],
  ...worlds: readonly StandingGoals[]
): ReadonlyMap<ObjectiveKey, ReadonlySet<string>> {
  const aboveIn = worlds.map(({ objectives, keyResults }) => {
    const objectiveOf = new Map(keyResults.map(({ key, objective }) => [key, objective]))
    return new Map(
      objectives.map(({ key, parent, contributionWeight }) => [
        key,
        contributionWeight === null ? null : objectiveAbove(parent, objectiveOf),
      ]),
    )
  })
  const causes = new Map<ObjectiveKey, Set<string>>()
  const addUpwards = (cause: string, start: ObjectiveKey | null) => {
    const open = [start]
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (key === null || causes.get(key)?.has(cause) === true) continue
      causes.set(key, (causes.get(key) ?? new Set()).add(cause))
      for (const above of aboveIn) open.push(above.get(key) ?? null)
    }
  }
  for (const { key, before, after } of changes.filter(movesObjectives)) {
    for (const goal of [before, after]) {
      if (goal?.kind === 'key_result') addUpwards(key, goal.goal.objective)
      if (goal?.kind === 'objective') {
        for (const above of aboveIn) addUpwards(key, above.get(goal.goal.key) ?? null)
      }
    }
  }
  return causes
}

/** Whether a change can move the progress of an objective. */
export function movesObjectives({ kind, action, properties }: PlannedChange): boolean {
  if (kind !== 'key_result' && kind !== 'objective') return false
  if (action !== 'change') return true
  return properties.some(({ name }) =>
    kind === 'key_result'
      ? name === 'weight' || name === 'objective' || name.startsWith('measure')
      : name === 'parent' || name === 'contributionWeight',
  )
}
