import type { AnchorIssue, CheckIn, Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { HealthPolicy } from '../../domain/health/health-policy.ts'
import type { CycleKey, IssueId, KeyResultKey, ObjectiveKey, SiteId, TeamKey } from '../../domain/ids.ts'
import type { ManualLink } from '../../domain/links/manual-link.ts'
import type { DayValues } from '../../domain/measures/day-values.ts'
import type { MilestoneTick } from '../../domain/measures/milestones.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import type { Team } from '../../domain/team.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'

interface Page<Key> {
  readonly after: Key | null
  readonly limit: number
}

export interface NewMilestoneTick extends MilestoneTick {
  readonly keyResult: KeyResultKey
  readonly note: string
  readonly author: string
}

/** A key result with everything its numbers depend on. */
export interface KeyResultInContext {
  readonly keyResult: KeyResult
  readonly objective: Objective
  readonly cycle: Cycle
}

export interface GoalRecords {
  /**
   * One change of goals at a time, until the transaction ends: what a change has checked (the cycle is empty, the
   * key is free) still holds when it commits. Taken before any other lock.
   */
  lockForChange(): Promise<void>

  /** False when the key is taken. */
  insertCycle(cycle: Cycle): Promise<boolean>
  updateCycle(cycle: Cycle): Promise<void>
  cycle(key: CycleKey): Promise<Cycle | null>
  cycles(page: Page<CycleKey>, includeArchived: boolean): Promise<Cycle[]>

  /** The next free `O-n`. */
  nextObjectiveKey(): Promise<ObjectiveKey>
  insertObjective(objective: Objective): Promise<void>
  updateObjective(objective: Objective): Promise<void>
  objective(key: ObjectiveKey): Promise<Objective | null>
  objectives(
    page: Page<ObjectiveKey>,
    filter: { cycle: CycleKey | null; includeArchived: boolean },
  ): Promise<Objective[]>

  /** The next free `KR-n`; keys that somebody chose by hand are skipped. */
  nextKeyResultKey(): Promise<KeyResultKey>
  /** False when the key is taken. */
  insertKeyResult(keyResult: KeyResult): Promise<boolean>
  updateKeyResult(keyResult: KeyResult): Promise<void>
  keyResult(key: KeyResultKey): Promise<KeyResultInContext | null>
  keyResults(
    page: Page<KeyResultKey>,
    filter: { cycle: CycleKey | null; objective: ObjectiveKey | null; includeArchived: boolean },
  ): Promise<KeyResultInContext[]>
  /** Key results that are not archived, nor is what holds them, and whose time is not over at an instant. */
  runningKeyResults(page: Page<KeyResultKey>, at: EpochMs): Promise<KeyResultInContext[]>
  /** The key results among these that exist, archived ones too, in no order. */
  keyResultsIn(keys: readonly KeyResultKey[]): Promise<KeyResultInContext[]>
  /** Measure and time zone of the key results among these that exist, archived ones too; what an evaluation needs of them. */
  measuresOf(
    keys: readonly KeyResultKey[],
  ): Promise<ReadonlyMap<KeyResultKey, { measure: Measure; timeZone: string }>>

  /** Policies that somebody wrote or edited, by name; the built-in ones are not stored. */
  healthPolicies(): Promise<HealthPolicy[]>
  healthPolicy(name: string): Promise<HealthPolicy | null>
  saveHealthPolicy(policy: HealthPolicy): Promise<void>
  removeHealthPolicy(name: string): Promise<void>
  /** Live key results that are judged by this policy, theirs, their objective's or, without either, the default. */
  keyResultsUnderPolicy(name: string, defaultName: string): Promise<KeyResultKey[]>

  /** By key. */
  teams(): Promise<Team[]>
  team(key: TeamKey): Promise<Team | null>
  saveTeam(team: Team): Promise<void>

  /** A check-in with a known idempotency key is not stored twice; the first one is returned. */
  addCheckIn(
    checkIn: Omit<CheckIn, 'id'>,
    idempotencyKey: string | null,
  ): Promise<{ checkIn: CheckIn; isNew: boolean }>
  /**
   * Check-ins with values, in the order they are given, without those whose idempotency key is known: for each of them
   * the check-in that is stored.
   */
  addCheckIns(
    key: KeyResultKey,
    checkIns: readonly {
      readonly checkIn: Omit<CheckIn, 'id' | 'keyResult'>
      readonly idempotencyKey: string | null
    }[],
  ): Promise<{ checkIn: CheckIn; isNew: boolean }[]>
  /** The newest entry first; a page goes on below an id. */
  checkIns(key: KeyResultKey, page: Page<number>): Promise<CheckIn[]>
  /** Every reported value by its date, then by id: what a chart of a metric is drawn from. */
  checkInValues(key: KeyResultKey): Promise<{ at: EpochMs; value: number }[]>
  /** The newest reported values at or before an instant, oldest first: what a trend is drawn through. */
  recentValues(key: KeyResultKey, at: EpochMs, limit: number): Promise<{ at: EpochMs; value: number }[]>
  /** The latest confidence anybody gave at or before an instant, with or without a value. */
  latestConfidence(key: KeyResultKey, at: EpochMs): Promise<{ at: EpochMs; confidence: number } | null>
  /** The latest by its date, then by id, at or before an instant, that carries a value. */
  latestCheckIn(key: KeyResultKey, at: EpochMs): Promise<CheckIn | null>

  /** Reported values folded by the day of a time zone, from a day to an instant, ascending. */
  dayValues(
    key: KeyResultKey,
    range: { readonly fromDay: CalendarDay; readonly until: EpochMs; readonly timeZone: string },
  ): Promise<DayValues[]>

  addMilestoneTick(tick: NewMilestoneTick): Promise<void>
  /** Words on the steps of a ladder up to an instant, in order of their dates. */
  milestoneTicks(key: KeyResultKey, until: EpochMs): Promise<MilestoneTick[]>
  /** What was ticked of a step stays ticked under its new title. */
  renameMilestone(key: KeyResultKey, from: string, to: string): Promise<void>
  /** Replaces the issues that tick steps of a key result. */
  saveMilestoneIssues(key: KeyResultKey, issues: readonly AnchorIssue[]): Promise<void>
  /** Key results with a step that one of these issues ticks. */
  keyResultsTickedBy(siteId: SiteId, issueIds: readonly IssueId[]): Promise<KeyResultKey[]>

  /** Links made by hand on these issues, also those taken back. */
  manualLinks(siteId: SiteId, issueIds: readonly IssueId[]): Promise<ManualLink[]>
  saveManualLink(link: ManualLink): Promise<void>
  /** Issues of a site that are or were linked to one of these key results by hand. */
  issuesLinkedByHand(siteId: SiteId, keys: readonly KeyResultKey[]): Promise<IssueId[]>
}
