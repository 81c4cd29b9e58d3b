import type { Contribution } from '../../domain/contributions/contribution.ts'
import type { DayFlow, DayTally, Tally } from '../../domain/contributions/tally.ts'
import type { Turn } from '../../domain/contributions/tally-as-of.ts'
import type { Explanation, Movement } from '../../domain/explanation.ts'
import type { HealthStanding } from '../../domain/health/assess-health.ts'
import type { Health } from '../../domain/health/health.ts'
import type { HealthPolicy } from '../../domain/health/health-policy.ts'
import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { Numbers } from '../../domain/snapshot.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'

export type KeyResultFlow = DayFlow & { readonly keyResult: KeyResultKey }

/** Derived from mirror and goals: dropping and rebuilding them gives equal rows. */
export interface ContributionRecords {
  ofIssues(siteId: SiteId, issueIds: readonly IssueId[]): Promise<Contribution[]>
  /** The key results that these issues count for, or ever did. */
  keyResultsOf(siteId: SiteId, issueIds: readonly IssueId[]): Promise<KeyResultKey[]>
  /** Drops everything derived for these key results, before it is built anew. */
  forget(keys: readonly KeyResultKey[]): Promise<void>
  save(contributions: readonly Contribution[]): Promise<void>
  remove(contributions: readonly Pick<Contribution, 'keyResult' | 'siteId' | 'issueId'>[]): Promise<void>
  /** Adds to the daily flow; lines that cancel out vanish. */
  addFlow(flow: readonly KeyResultFlow[]): Promise<void>
  flowFrom(key: KeyResultKey, day: CalendarDay | null): Promise<DayFlow[]>
  /**
   * What makes up a key result's tally at an instant, seen at one moment: the tally when the instant's day began, and
   * what turned since. Gives few lines, and reads none but this key result's contributions.
   *
   * @param dayBegan when the day began, in the key result's time zone
   */
  turnsUntil(
    key: KeyResultKey,
    at: EpochMs,
    day: CalendarDay,
    dayBegan: EpochMs,
  ): Promise<{ opening: Tally; turns: Turn[] }>
  /** Contributions of a key result in (siteId, issueId) order with their issues, for people. */
  linksOf(
    key: KeyResultKey,
    after: { siteId: SiteId; issueId: IssueId } | null,
    limit: number,
  ): Promise<LinkedIssue[]>
  /** Up to `limit` epics that name the key result themselves, oldest id first. */
  anchorCandidates(key: KeyResultKey, limit: number): Promise<{ siteId: SiteId; issueId: IssueId }[]>
  addMovements(movements: readonly (Movement & { keyResult: KeyResultKey })[]): Promise<void>
  /** What moved since a cursor: all of it in counts, the newest few in full, and the cursor it reaches to. */
  movementsSince(key: KeyResultKey, cursor: number): Promise<{ explanation: Explanation; cursor: number }>
  /** Drops every derived row of the site's issues and all daily numbers, before a rebuild. */
  clear(): Promise<void>
}

export interface LinkedIssue {
  readonly contribution: Contribution
  readonly key: string
  readonly summary: string
  readonly statusName: string
}

export interface Snapshot {
  readonly id: number
  readonly keyResult: KeyResultKey
  readonly asOf: EpochMs
  readonly numbers: Numbers
  readonly explanation: Explanation
}

/** A wish to recompute a key result. */
export interface DirtyMark {
  readonly keyResult: KeyResultKey
  /** The first day whose numbers may differ; null: none. */
  readonly day: CalendarDay | null
  /** Its links must be evaluated anew, too. */
  readonly relink: boolean
}

/** A key result that has to be recomputed: since when, and from which day its history may differ. */
export interface DirtyKeyResult {
  readonly keyResult: KeyResultKey
  readonly generation: number
  /** null: its daily numbers stand. */
  readonly earliestDay: CalendarDay | null
  /** Its links must be evaluated anew over all issues that name it (created, measure changed). */
  readonly needsRelink: boolean
}

/** A wish to evaluate the links of a key result anew, by a number that no other wish of it ever has. */
export interface RelinkWish {
  readonly keyResult: KeyResultKey
  readonly wish: number
}

/** A standing is good for the policy that made it. */
export interface JudgedStanding {
  /** null: in no band. */
  readonly standing: HealthStanding | null
  readonly policy: HealthPolicy
}

export interface ProgressRecords {
  /**
   * Marks are locks until the transaction ends, taken in key order. A transaction marks once: a second call would take
   * locks out of order, and two transactions could wait for each other.
   */
  markDirty(marks: readonly DirtyMark[]): Promise<void>
  /** Locks the marks for this transaction; without those that another run already cleared. */
  claimDirty(keys: readonly KeyResultKey[]): Promise<DirtyKeyResult[]>
  /** Clears the marks that were not renewed since they were claimed. */
  clearDirty(claimed: readonly DirtyKeyResult[]): Promise<void>
  /** Keeps other relinks of these key results out until the transaction ends; waits for those under way. */
  lockKeyResults(keys: readonly KeyResultKey[]): Promise<void>
  /** The same without waiting: gives those that no other relink has under way, which alone are locked. */
  tryLockKeyResults(keys: readonly KeyResultKey[]): Promise<KeyResultKey[]>
  /** Which of them are to be linked anew. */
  relinkWishes(keys: readonly KeyResultKey[]): Promise<RelinkWish[]>
  /** Fulfils wishes, each unless there was another since. */
  linksEvaluated(wishes: readonly RelinkWish[]): Promise<void>
  /** The longest marked first, without those that are excepted. */
  dirtyKeyResults(limit: number, except?: readonly KeyResultKey[]): Promise<KeyResultKey[]>
  /** Those that have been marked this long or longer, the last marked first: a mark that was renewed is as new as that. */
  lastDirtyKeyResults(
    limit: number,
    minAgeMs: number,
    except?: readonly KeyResultKey[],
  ): Promise<KeyResultKey[]>
  oldestDirtyAgeMs(): Promise<number | null>

  /** The last daily tally before a day; the last of all for null. */
  dayBefore(key: KeyResultKey, day: CalendarDay | null): Promise<DayTally | null>
  /** Replaces the daily tallies from a day on (all of them for null). */
  replaceDays(key: KeyResultKey, from: CalendarDay | null, days: readonly DayTally[]): Promise<void>
  days(key: KeyResultKey): Promise<DayTally[]>
  /** From a day on, with the last one before it: what a forecast learns from. */
  daysFrom(key: KeyResultKey, day: CalendarDay): Promise<DayTally[]>

  /** How its health stands, and by which policy; null when it was never assessed. */
  healthStanding(key: KeyResultKey): Promise<JudgedStanding | null>
  /**
   * @param judged.health what is shown, which an override decides while one is in force
   * @param dueAt when time alone may change it next; null: never
   */
  saveHealthStanding(
    key: KeyResultKey,
    judged: JudgedStanding & { readonly health: Health },
    dueAt: EpochMs | null,
  ): Promise<void>
  /** Says that it is to be looked at again by an instant, if not before. */
  lookAgainBy(key: KeyResultKey, at: EpochMs): Promise<void>
  /** Key results whose health time alone may have changed by now, the longest due first. */
  healthDue(now: EpochMs, limit: number): Promise<KeyResultKey[]>
  /** Key results that are shown at risk or off track, whoever or whatever says so. */
  keyResultsInDanger(): Promise<KeyResultKey[]>
  /** Says that they were taken up. */
  clearHealthDue(keys: readonly KeyResultKey[]): Promise<void>

  latestSnapshot(key: KeyResultKey): Promise<(Snapshot & { movementCursor: number }) | null>
  latestSnapshots(keys: readonly KeyResultKey[]): Promise<ReadonlyMap<KeyResultKey, Snapshot>>
  addSnapshot(snapshot: Omit<Snapshot, 'id'>, movementCursor: number): Promise<Snapshot>
  /** Newest first, before an id. */
  snapshots(key: KeyResultKey, before: number | null, limit: number): Promise<Snapshot[]>
}
