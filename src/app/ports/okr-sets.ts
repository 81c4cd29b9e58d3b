import type { AnchorIssue } from '../../domain/goals.ts'
import type {
  CycleKey,
  InitiativeKey,
  IssueId,
  KeyResultKey,
  KpiKey,
  ObjectiveKey,
  SiteId,
} from '../../domain/ids.ts'
import type { Origin } from '../../domain/okrs/applied.ts'
import type { GoalKind, GoalSet, Properties } from '../../domain/okrs/goal-set.ts'
import type { EpochMs } from '../../domain/time.ts'

/** Which goals are read, archived ones too. Whatever any of these names is part of it. */
export interface GoalSelection {
  /** With all their objectives, key results and initiatives. */
  readonly cycles: readonly CycleKey[]
  readonly objectives: readonly ObjectiveKey[]
  /** Objectives with their key results and initiatives. */
  readonly wholeObjectives: readonly ObjectiveKey[]
  /** With their objectives and initiatives. */
  readonly keyResults: readonly KeyResultKey[]
  readonly initiatives: readonly InitiativeKey[]
  readonly kpis: readonly KpiKey[] | 'all'
}

/** An issue as the mirror has it. */
export interface KnownIssueState {
  /** The key it has now. */
  readonly key: string
  readonly isDeleted: boolean
}

/** Goals by the thousand, each kind in a statement or a few. */
export interface OkrSetRecords {
  /** All cycles and teams, and the goals selected; each kind in the order people count it. */
  read(selection: GoalSelection): Promise<GoalSet>
  /** Writes goals as they are, new ones and known ones. KPIs have their own records. */
  save(set: Omit<GoalSet, 'kpis'>): Promise<void>
  /** Replaces the issues that tick steps of these key results. */
  saveMilestoneIssues(
    ofKeyResults: readonly { readonly keyResult: KeyResultKey; readonly issues: readonly AnchorIssue[] }[],
  ): Promise<void>
  /** Comments of these key results are no longer wanted where they are due. */
  unwantComments(keys: readonly KeyResultKey[]): Promise<void>
  /** The next key that is given is above every key somebody chose. */
  passChosenKeys(): Promise<void>

  /** What files said of these subjects last. */
  applied(subjects: readonly string[]): Promise<ReadonlyMap<string, Properties>>
  saveApplied(
    said: readonly { readonly subject: string; readonly properties: Properties }[],
    at: EpochMs,
  ): Promise<void>
  /** Who made goals of this kind, by key; one the audit log does not tell of is left out. */
  origins(kind: GoalKind, keys: readonly string[]): Promise<ReadonlyMap<string, Origin>>

  /** Issues of a site by their ids; those that are not known are left out. */
  issuesWithIds(siteId: SiteId, ids: readonly IssueId[]): Promise<ReadonlyMap<IssueId, KnownIssueState>>
}
