import type { Objective } from '../goals.ts'
import type { Health } from '../health/health.ts'
import type { KeyResultKey, ObjectiveKey } from '../ids.ts'

/** What a roll-up needs of an objective. */
export type RollUpObjective = Pick<
  Objective,
  'key' | 'parent' | 'contributionWeight' | 'healthRollUp' | 'archivedAt'
>

/** What a roll-up needs of a key result: its latest numbers, as they are. */
export interface RollUpKeyResult {
  readonly key: KeyResultKey
  readonly objective: ObjectiveKey
  readonly weight: number
  readonly isArchived: boolean
  /** 0 to 1; null: nothing measured yet. */
  readonly progress: number | null
  readonly rawProgress: number | null
  /** As it is shown; `no_data` when it was never computed. */
  readonly health: Health
}

/**
 * Why something does not count:
 * - `archived` it was taken out
 * - `no_data` nothing of it is measured yet; its health still counts
 * - `supports_only` an objective without a contribution weight: it is shown and moves nothing
 * - `circular` an objective that, over its parents, counts for itself
 */
export type LeftOut = 'archived' | 'no_data' | 'supports_only' | 'circular'

interface Standing {
  /** 0 to 1, for people. */
  readonly progress: number | null
  readonly rawProgress: number | null
  readonly health: Health
}

/** A goal with what it brings into a weighted mean. */
export interface RollUpPart extends Standing {
  readonly key: ObjectiveKey | KeyResultKey
  readonly weight: number
  /** Its part of the weight of all that count, 0 to 1; null when it is left out. */
  readonly weightShare: number | null
  /** What it adds to the mean, 0 to 1; null when it is left out. */
  readonly adds: number | null
  /** null: it counts. */
  readonly leftOut: LeftOut | null
}

/** One term of an objective's progress: a key result, or an objective that contributes to it. */
export interface RollUpTerm extends RollUpPart {
  /** Of a key result with objectives that contribute: its own numbers first, then theirs; else empty. */
  readonly parts: readonly RollUpPart[]
}

/** An objective's standing, with everything it follows from. */
export interface RollUp extends Standing {
  readonly objective: ObjectiveKey
  /** By the number of their keys, key results first. */
  readonly terms: readonly RollUpTerm[]
  /** Its key results that have nothing measured yet. */
  readonly missing: readonly KeyResultKey[]
}
