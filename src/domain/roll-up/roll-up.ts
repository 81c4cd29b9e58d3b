import { byNumber, circularOf, deepestFirst, objectiveAbove } from '../alignment/lineage.ts'
import type { GoalKey } from '../goals.ts'
import type { ObjectiveKey } from '../ids.ts'
import type { LeftOut, RollUp, RollUpKeyResult, RollUpObjective, RollUpPart, RollUpTerm } from './terms.ts'
import { medianHealth, totalWeight, weightedMean, worstHealth } from './weighted-mean.ts'

/** Objectives with everything that counts for them, in any order; what is missing counts as not there. */
export interface RollUpGoals {
  readonly objectives: readonly RollUpObjective[]
  readonly keyResults: readonly RollUpKeyResult[]
}

/**
 * How objectives stand by their key results and by the objectives that contribute to them.
 *
 * Progress is the weighted mean of the shown progress of the terms. A term is a key result, or an objective whose
 * parent is this one and that has a contribution weight. An objective that contributes to a key result enters that
 * key result's term: the mean of the key result's own progress with weight 1 and of each contributing objective with
 * its weight; the key result's own numbers stay what they are. What is archived or has no data is left out of a mean.
 *
 * Health is the worst of the terms', or the one in the middle by weight; a term's is the worst of its parts. What has
 * no data counts there as `no_data`: an objective is not on track while one of its parts is unknown. One whose terms
 * are all `done` is done. Without terms it has no data.
 *
 * The order of what is given does not matter. Objectives that count for themselves, over others, are left out where
 * they would: nothing that is stored can make this run in a circle.
 *
 * @returns what contributes before what it contributes to
 */
export function rollUp({ objectives, keyResults }: RollUpGoals): ReadonlyMap<ObjectiveKey, RollUp> {
  const objectiveOf = new Map(keyResults.map(({ key, objective }) => [key, objective]))
  const keyResultsOf = Map.groupBy(keyResults.toSorted(byNumber), ({ objective }) => objective)
  const supporters = objectives.filter(({ parent }) => parent !== null).toSorted(byNumber)
  const supportersOf = Map.groupBy<GoalKey | null, RollUpObjective>(supporters, ({ parent }) => parent)
  const above = new Map(objectives.map(({ key, parent }) => [key, objectiveAbove(parent, objectiveOf)]))
  const circular = circularOf(above)
  const known = new Map<ObjectiveKey, RollUp>()

  const partOf = (supporter: RollUpObjective): RollUpPart => {
    const isCircular = circular.has(supporter.key)
    const { progress, rawProgress, health } = (isCircular ? null : known.get(supporter.key)) ?? UNKNOWN
    const leftOut = whyLeftOut(supporter, progress, circular)
    const weight = supporter.contributionWeight ?? 0
    return { key: supporter.key, weight, progress, rawProgress, health, leftOut, ...UNSHARED }
  }
  const supporting = (goal: GoalKey) => (supportersOf.get(goal) ?? []).map(partOf)

  for (const objective of deepestFirst(objectives, above, circular)) {
    const terms = shared([
      ...(keyResultsOf.get(objective.key) ?? []).map((own) => termOf(own, supporting(own.key))),
      ...supporting(objective.key).map((part) => ({ ...part, parts: [] })),
    ])
    known.set(objective.key, standingOf(objective, terms, keyResultsOf.get(objective.key) ?? []))
  }
  return known
}

const UNSHARED = { weightShare: null, adds: null }

/** What is on a circle has no standing below others: it would follow from theirs. */
const UNKNOWN = { progress: null, rawProgress: null, health: 'no_data' } as const

function standingOf(
  { key, healthRollUp }: RollUpObjective,
  terms: readonly RollUpTerm[],
  own: readonly RollUpKeyResult[],
): RollUp {
  const judged = terms.filter(({ leftOut }) => leftOut === null || leftOut === 'no_data')
  return {
    objective: key,
    ...meanOf(terms),
    health: healthRollUp === 'worst' ? worstHealth(judged.map(({ health }) => health)) : medianHealth(judged),
    terms,
    missing: own.filter((one) => !one.isArchived && one.progress === null).map((one) => one.key),
  }
}

function termOf(own: RollUpKeyResult, supporters: readonly RollUpPart[]): RollUpTerm {
  const { key, weight, progress, rawProgress, health } = own
  const leftOut: LeftOut | null = own.isArchived ? 'archived' : progress === null ? 'no_data' : null
  const itself = { key, weight: 1, progress, rawProgress, health, leftOut, ...UNSHARED }
  if (supporters.length === 0) return { ...itself, weight, parts: [] }
  const parts = shared([itself, ...supporters])
  const judged = parts.filter((part) => part.leftOut === null || part.leftOut === 'no_data')
  const mean = own.isArchived ? { progress, rawProgress } : meanOf(parts)
  return {
    key,
    weight,
    ...mean,
    health: own.isArchived ? health : worstHealth(judged.map((part) => part.health)),
    leftOut: own.isArchived ? 'archived' : mean.progress === null ? 'no_data' : null,
    ...UNSHARED,
    parts,
  }
}

function meanOf(parts: readonly RollUpPart[]) {
  const counting = parts.filter(({ leftOut }) => leftOut === null)
  const mean = (valueOf: (part: RollUpPart) => number | null) =>
    weightedMean(counting.map((part) => ({ weight: part.weight, value: valueOf(part) ?? 0 })))
  return {
    progress: mean(({ progress }) => progress),
    rawProgress: mean(({ progress, rawProgress }) => rawProgress ?? progress),
  }
}

/** Each with its part of the weight, and what that adds. */
function shared<Part extends RollUpPart>(parts: readonly Part[]): Part[] {
  const total = totalWeight(parts.filter(({ leftOut }) => leftOut === null))
  return parts.map((part) => {
    if (part.leftOut !== null || part.progress === null) return part
    const weightShare = part.weight / total
    return { ...part, weightShare, adds: weightShare * part.progress }
  })
}

function whyLeftOut(
  supporter: RollUpObjective,
  progress: number | null,
  circular: ReadonlySet<ObjectiveKey>,
): LeftOut | null {
  if (supporter.archivedAt !== null) return 'archived'
  if (supporter.contributionWeight === null) return 'supports_only'
  if (circular.has(supporter.key)) return 'circular'
  return progress === null ? 'no_data' : null
}
