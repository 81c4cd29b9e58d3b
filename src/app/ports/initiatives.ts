import type { Initiative } from '../../domain/goals.ts'
import type { InitiativeKey, IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { IssueGroup } from '../../domain/initiatives/output.ts'

/** An issue as people know it. */
export interface KnownIssue {
  readonly key: string
  readonly summary: string
  readonly statusName: string
}

/** An initiative's issue, and the live work below it in groups. */
export interface IssueTree {
  readonly issue: KnownIssue
  readonly groups: readonly IssueGroup[]
}

export interface InitiativeRecords {
  /** The next free `INI-n`; keys that somebody chose by hand are skipped. */
  nextKey(): Promise<InitiativeKey>
  insert(initiative: Initiative): Promise<void>
  update(initiative: Initiative): Promise<void>
  initiative(key: InitiativeKey): Promise<Initiative | null>
  of(
    keyResult: KeyResultKey,
    page: { readonly after: InitiativeKey | null; readonly limit: number },
    includeArchived: boolean,
  ): Promise<Initiative[]>
  /**
   * What the mirror holds of these issues of a site and of everything that is below them now, at most `MAX_LEVELS`
   * down; nothing for an issue that is not known or was deleted. One query for any number of them.
   */
  treesOf(siteId: SiteId, issueIds: readonly IssueId[]): Promise<ReadonlyMap<IssueId, IssueTree>>
}
