import type { Cycle, Objective } from '../goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../ids.ts'
import { rollUp } from '../roll-up/roll-up.ts'
import type { RollUp } from '../roll-up/terms.ts'
import type { AlignedKeyResult } from './aligned-goals.ts'
import { conflictsAmong, LEVELS, type AlignmentConflict, type ConflictGoals } from './conflicts.ts'
import { byNumber, circularOf, objectiveAbove } from './lineage.ts'

/** An objective in its place. */
export interface AlignmentNode {
  readonly objective: Objective
  readonly standing: RollUp
  /** Of another cycle than those asked for: shown because something here supports it. */
  readonly isElsewhere: boolean
  /** Those that are not archived, by number. */
  readonly keyResults: readonly AlignedKeyResult[]
  /** What supports it or one of its key results. */
  readonly children: readonly AlignmentNode[]
}

export interface Alignment {
  /** Those asked for, the earliest end first. */
  readonly cycles: readonly Cycle[]
  /** Top down by level, then by number: never by how somebody stands. */
  readonly roots: readonly AlignmentNode[]
  /** Objectives below the company that support nothing. */
  readonly orphans: readonly ObjectiveKey[]
  readonly conflicts: readonly AlignmentConflict[]
}

/** What is stored, as far as the alignment of some cycles needs it; all in any order, archived goals too. */
export interface AlignmentGoals {
  readonly asked: readonly Cycle[]
  /** Objectives of the asked cycles, all they support, and all that counts for any of these. */
  readonly objectives: readonly Objective[]
  /** Key results of these objectives, and all that they depend on. */
  readonly keyResults: readonly AlignedKeyResult[]
  readonly cycles: readonly Pick<Cycle, 'key' | 'endDay'>[]
  readonly claims: ConflictGoals['claims']
}

/** How the goals of some cycles hang together: the tree, who supports nothing, what does not fit. */
export function alignment(goals: AlignmentGoals): Alignment {
  const { asked, objectives, keyResults } = goals
  const askedKeys = new Set<CycleKey>(asked.map(({ key }) => key))
  const live = objectives.filter(({ archivedAt }) => archivedAt === null)
  const here = live.filter(({ cycle }) => askedKeys.has(cycle)).sort(byNumber)
  const parents = new Map(objectives.map((objective) => [objective.key, objective]))
  const objectiveOf = new Map(keyResults.map(({ key, objective }) => [key, objective]))
  const above = new Map(objectives.map(({ key, parent }) => [key, objectiveAbove(parent, objectiveOf)]))
  const circular = circularOf(above)
  const shown = shownFrom(here, parents, above)
  const standings = rollUp({ objectives, keyResults })

  const childrenOf = Map.groupBy(shown, ({ key }) => {
    const parent = circular.has(key) ? null : (above.get(key) ?? null)
    return parent === null || parents.get(parent)?.archivedAt !== null ? null : parent
  })
  const keyResultsOf = Map.groupBy(keyResults.toSorted(byNumber), ({ objective }) => objective)
  const nodesBelow = (key: ObjectiveKey | null): AlignmentNode[] =>
    (childrenOf.get(key) ?? []).toSorted(byLevel).map((objective) => ({
      objective,
      standing: standings.get(objective.key)!,
      isElsewhere: !askedKeys.has(objective.cycle),
      keyResults: (keyResultsOf.get(objective.key) ?? []).filter(({ isArchived }) => !isArchived),
      children: nodesBelow(objective.key),
    }))

  const hereKeys = new Set(here.map(({ key }) => key))
  return {
    cycles: asked.toSorted((a, b) => compare(a.endDay, b.endDay) || compare(a.key, b.key)),
    roots: nodesBelow(null),
    orphans: here.filter(({ level, parent }) => level !== 'company' && parent === null).map(({ key }) => key),
    conflicts: conflictsAmong({
      objectives: here.filter(({ key }) => !circular.has(key)),
      parents,
      keyResults: keyResults.filter(({ objective }) => hereKeys.has(objective)),
      known: new Map(keyResults.map((one): [KeyResultKey, AlignedKeyResult] => [one.key, one])),
      cycles: new Map(goals.cycles.map((cycle) => [cycle.key, cycle])),
      circles: circlesOf(
        here.filter(({ key }) => circular.has(key)),
        above,
      ),
      claims: goals.claims,
    }),
  }
}

/** The objectives of the asked cycles and what they support, as far up as nothing is archived. */
function shownFrom(
  here: readonly Objective[],
  parents: ReadonlyMap<ObjectiveKey, Objective>,
  above: ReadonlyMap<ObjectiveKey, ObjectiveKey | null>,
): Objective[] {
  const shown = new Set<Objective>()
  for (const start of here) {
    let at: Objective | undefined = start
    while (at !== undefined && at.archivedAt === null && !shown.has(at)) {
      shown.add(at)
      const parent: ObjectiveKey | null = above.get(at.key) ?? null
      at = parent === null ? undefined : parents.get(parent)
    }
  }
  return [...shown]
}

/** Each circle once, from its lowest key on. */
function circlesOf(
  circular: readonly Objective[],
  above: ReadonlyMap<ObjectiveKey, ObjectiveKey | null>,
): ObjectiveKey[][] {
  const told = new Set<ObjectiveKey>()
  return circular.toSorted(byNumber).flatMap(({ key }) => {
    const circle: ObjectiveKey[] = []
    for (let at: ObjectiveKey | null = key; at !== null && !told.has(at); at = above.get(at) ?? null) {
      told.add(at)
      circle.push(at)
    }
    return circle.length === 0 ? [] : [circle]
  })
}

function byLevel(a: Objective, b: Objective): number {
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || byNumber(a, b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
