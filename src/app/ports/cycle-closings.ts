import type { Objective } from '../../domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { DeliveredWork } from '../../domain/retrospective/investment.ts'
import type { SaidPast } from '../../domain/retrospective/check-in-discipline.ts'
import type { ScopeChange } from '../../domain/retrospective/moves.ts'
import type { Changes } from '../../domain/retrospective/passages.ts'
import type { Retrospective } from '../../domain/retrospective/retrospective.ts'
import type { Carriage, CycleRevision, Revision } from '../../domain/retrospective/revision.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'
import type { LevelSpell } from '../../domain/warnings/level-spells.ts'

/** What a closed cycle came to, and what of it went on. */
export interface CycleClosing {
  readonly cycle: CycleKey
  readonly closedAt: EpochMs
  /** As it was when the cycle was closed. */
  readonly retrospective: Retrospective
  /** Key results that went on into another cycle afterwards. */
  readonly rolledOver: readonly RolledOver[]
}

export interface RolledOver {
  readonly keyResult: KeyResultKey
  readonly from: ObjectiveKey
  readonly into: CycleKey
  readonly to: ObjectiveKey
}

/** The stretch that is looked at of one key result. */
export interface KeyResultStretch extends Stretch {
  readonly keyResult: KeyResultKey
}

/** A stretch of the past: from an instant to another, both included. */
export interface Stretch {
  readonly from: EpochMs
  readonly until: EpochMs
}

export interface CycleClosingRecords {
  closing(cycle: CycleKey): Promise<CycleClosing | null>
  saveClosing(closing: CycleClosing): Promise<void>
  removeClosing(cycle: CycleKey): Promise<void>
  /** Closings of cycles that ended before a day, the last ones first. */
  earlierClosings(before: CalendarDay, limit: number): Promise<Retrospective[]>

  /** What was made of these key results since an instant, of each in order of time. */
  revisions(
    keys: readonly KeyResultKey[],
    since: EpochMs,
  ): Promise<ReadonlyMap<KeyResultKey, readonly (Revision | Carriage)[]>>
  /** How the cycle’s end was moved since an instant, in order of time. */
  cycleRevisions(cycle: CycleKey, since: EpochMs): Promise<readonly CycleRevision[]>
  /** Objectives that were changed after an instant as they were at it; those that are younger are left out. */
  objectivesAt(keys: readonly ObjectiveKey[], at: EpochMs): Promise<ReadonlyMap<ObjectiveKey, Objective>>
  /**
   * Objectives and key results that went from one cycle or objective to another since an instant, whatever the cycle.
   */
  changesOfPlace(since: EpochMs): Promise<Changes>
  /** The key results of objectives, archived ones too. */
  keysUnder(objectives: readonly ObjectiveKey[]): Promise<readonly KeyResultKey[]>
  /** The levels that warnings of these key results had, as far as they were written down, by the warning’s number. */
  warningLevels(keys: readonly KeyResultKey[]): Promise<ReadonlyMap<number, readonly LevelSpell[]>>
  /** How the linked work of these key results was changed; those without any are left out. */
  scopeMoves(
    stretches: readonly KeyResultStretch[],
  ): Promise<ReadonlyMap<KeyResultKey, Omit<ScopeChange, 'atStart' | 'atEnd'>>>
  /**
   * Work that drives these key results and was delivered at the end of the stretch, not yet at its beginning. Points are
   * those of the issues, whatever the measure sizes them by.
   */
  deliveredWork(stretches: readonly KeyResultStretch[]): Promise<ReadonlyMap<KeyResultKey, DeliveredWork>>
  /** What was said of these key results; those of which nothing was are left out. */
  said(keys: readonly KeyResultKey[], stretch: Stretch): Promise<ReadonlyMap<KeyResultKey, SaidPast>>
  /** The probability of the last snapshot up to each instant, unless it is older than the stretch it belongs to. */
  forecastsAt(
    marks: readonly { readonly keyResult: KeyResultKey; readonly from: EpochMs; readonly at: EpochMs }[],
  ): Promise<
    readonly { readonly keyResult: KeyResultKey; readonly at: EpochMs; readonly probability: number }[]
  >
}
