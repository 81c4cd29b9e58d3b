import type { AlignedKeyResult } from '../../domain/alignment/aligned-goals.ts'
import type { GoalKey, Objective } from '../../domain/goals.ts'
import type { EpicClaim } from '../../domain/health/signals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'

export type NamedEpicClaim = EpicClaim & { readonly epicKey: string }

/**
 * How goals hang together. Each is one statement, whose work follows from what it gives and not from what else is
 * stored; all give archived goals too unless they say otherwise, in no order.
 */
export interface AlignmentRecords {
  /** Objectives of these cycles that are not archived. */
  objectivesOfCycles(cycles: readonly CycleKey[]): Promise<Objective[]>
  /** These objectives and all whose progress counts in theirs, over any number of steps and cycles. */
  contributingTo(keys: readonly ObjectiveKey[]): Promise<Objective[]>
  /** Objectives whose parent is one of these goals, whether they contribute or only support. */
  supportersOf(goals: readonly GoalKey[]): Promise<Objective[]>
  /** These objectives and all that they support, over any number of steps and cycles. */
  withAncestors(keys: readonly ObjectiveKey[]): Promise<Objective[]>
  /** Key results of these objectives with their latest numbers. */
  keyResultsOf(objectives: readonly ObjectiveKey[]): Promise<AlignedKeyResult[]>
  /** The key results among these that exist, with their latest numbers. */
  keyResultsNamed(keys: readonly KeyResultKey[]): Promise<AlignedKeyResult[]>
  /** Who is driven by epics that drive one of these key results and one of another objective, and has time left. */
  sharedEpics(keys: readonly KeyResultKey[], at: EpochMs): Promise<NamedEpicClaim[]>
}
