import type { IssueId, SiteId, SprintId } from '../../domain/ids.ts'
import type {
  BlockingLinkFact,
  BoardFact,
  ChangesFact,
  IssueDeletedFact,
  IssueFact,
  IssueSeenFact,
  IssueVanishedFact,
  ProjectFact,
  Sprint,
  SprintDeletedFact,
  SprintFact,
  StatusFact,
} from '../../domain/mirror/facts.ts'
import type { KnownBlocking } from '../../domain/mirror/blocking.ts'
import type { ChangedField, IssueHistory, IssueState } from '../../domain/mirror/issue.ts'
import type { StatusCategories } from '../../domain/mirror/as-of.ts'
import type { EpochMs } from '../../domain/time.ts'

/**
 * What an issue refers to or ever referred to. Grow-only, so that the issues touched by a change elsewhere (a label
 * on an epic, a status that changes its category) are found without scanning.
 */
export type ReferenceKind = 'key' | 'parent' | 'parent_key' | 'status' | 'sprint' | 'key_result' | 'project'

export interface IssueReference {
  readonly issueId: IssueId
  readonly kind: ReferenceKind
  readonly reference: string
}

/** An issue's state before and after a save; `before` is null when it was not known. */
export interface IssueTransition {
  readonly issueId: IssueId
  readonly before: IssueState | null
  readonly after: IssueState
}

export interface StoredSprint extends Sprint {
  readonly siteId: SiteId
  readonly deletedAt: EpochMs | null
}

/** Our copy of Jira, per site. Saving keeps the greater version, so any order of arrival ends alike. */
export interface MirrorRecords {
  /** Serialises writers of one site until the transaction ends. */
  lockSite(siteId: SiteId): Promise<void>
  /** The issues whose stored state changed. */
  saveIssues(siteId: SiteId, issues: readonly IssueFact[]): Promise<IssueTransition[]>
  /** The fields whose history changed. REST's times replace a webhook's. */
  saveChanges(
    siteId: SiteId,
    changes: readonly ChangesFact[],
  ): Promise<{ issueId: IssueId; field: ChangedField }[]>
  saveBlockingLinks(siteId: SiteId, links: readonly BlockingLinkFact[]): Promise<void>
  /** Issues a backfill could not find. What was seen before is older: we looked just now. */
  saveVanishedIssues(siteId: SiteId, vanished: readonly IssueVanishedFact[]): Promise<IssueId[]>
  /** Takes back that issues vanished, where they were seen since; gives their ids. */
  saveSeenIssues(siteId: SiteId, sightings: readonly IssueSeenFact[]): Promise<IssueId[]>
  saveDeletedIssues(siteId: SiteId, deletions: readonly IssueDeletedFact[]): Promise<IssueId[]>
  /** Sprints whose stored content changed, with the state they had before. */
  saveSprints(
    siteId: SiteId,
    sprints: readonly SprintFact[],
  ): Promise<{ before: Sprint | null; after: Sprint; at: EpochMs }[]>
  /** Known sprints that were there before and are deleted now. */
  saveDeletedSprints(siteId: SiteId, deletions: readonly SprintDeletedFact[]): Promise<Sprint[]>
  saveBoards(siteId: SiteId, boards: readonly BoardFact[]): Promise<void>
  /** Ids of the projects that were deleted or came back. */
  saveProjects(siteId: SiteId, projects: readonly ProjectFact[]): Promise<string[]>
  /** Ids of the statuses whose category changed or became known. */
  saveStatuses(siteId: SiteId, statuses: readonly StatusFact[]): Promise<string[]>

  statusCategories(siteId: SiteId): Promise<StatusCategories>
  /** Issues with their whole past; an issue whose project was deleted is deleted with it. */
  histories(siteId: SiteId, issueIds: readonly IssueId[]): Promise<IssueHistory[]>
  /** What Jira said of the links that block these issues, beside what their changes tell. */
  blockings(siteId: SiteId, issueIds: readonly IssueId[]): Promise<Map<IssueId, KnownBlocking>>
  /** When those of these issues were deleted that were; also of one of which nothing else is known. */
  deletionsOf(siteId: SiteId, issueIds: readonly IssueId[]): Promise<Map<IssueId, EpochMs>>
  addReferences(siteId: SiteId, references: readonly IssueReference[]): Promise<void>
  /** Every key these issues have or had. */
  keysEver(siteId: SiteId, issueIds: readonly IssueId[]): Promise<string[]>
  referencingIssues(siteId: SiteId, kind: ReferenceKind, references: readonly string[]): Promise<IssueId[]>
  /** Issue ids by the keys they have or had. */
  issueIdsByKey(siteId: SiteId, keys: readonly string[]): Promise<ReadonlyMap<string, IssueId>>
  /** Ids of issues in id order, after one; for walks over everything. */
  issueIdsAfter(siteId: SiteId, after: IssueId | null, limit: number): Promise<IssueId[]>

  sprint(siteId: SiteId, sprintId: SprintId): Promise<StoredSprint | null>
  sprints(filter: SprintFilter): Promise<StoredSprint[]>
  /** Every sprint of this id: one per site that has it. */
  sprintsWithId(sprintId: SprintId): Promise<StoredSprint[]>
  /** Sites on which a sprint began on this board. */
  sitesOfBoard(boardId: number): Promise<SiteId[]>
  /**
   * Closed sprints that began on a board and were not deleted, the one that ended last first.
   * @param page.after goes on below this one
   */
  closedSprints(
    siteId: SiteId,
    boardId: number,
    page: { after: SprintId | null; limit: number },
  ): Promise<StoredSprint[]>
  /** Notes that a backfill saw these issues. */
  markSeen(siteId: SiteId, issueIds: readonly IssueId[], backfillId: number): Promise<void>
  markSprintsSeen(siteId: SiteId, sprintIds: readonly SprintId[], backfillId: number): Promise<void>
  /** Live sprints that a finished backfill did not see. */
  unseenSprints(siteId: SiteId, backfillId: number): Promise<SprintId[]>
  /** Live issues that a finished backfill did not see. */
  unseenIssues(siteId: SiteId, backfillId: number, after: IssueId | null, limit: number): Promise<IssueId[]>
  countIssues(siteId: SiteId): Promise<number>
  /** Sites that have issues. */
  siteIds(): Promise<SiteId[]>
}

export interface SprintFilter {
  readonly siteId: SiteId | null
  readonly state: Sprint['state'] | null
  readonly boardId: number | null
  /** Keyset: sprints after this one in (siteId, sprintId) order. */
  readonly after: { siteId: SiteId; sprintId: SprintId } | null
  readonly limit: number
}
