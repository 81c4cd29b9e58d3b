import type { IssueId, SprintId } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import type { Blocker, IssueChange, IssueState, StatusCategory } from './issue.ts'

/**
 * What a webhook or a REST answer says about Jira, in our own terms. Facts commute: applying any set of them in any
 * order, any number of times, ends in the same mirror, because each register keeps its greatest version.
 */
export type Fact =
  | IssueFact
  | IssueSeenFact
  | ChangesFact
  | BlockingLinkFact
  | IssueDeletedFact
  | IssueVanishedFact
  | SprintFact
  | SprintDeletedFact
  | BoardFact
  | ProjectFact
  | StatusFact

/**
 * Orders two sightings of the same thing. `at` is Jira's own time (`updated` of an issue, `timestamp` of an event,
 * the moment of a fetch); `rank` breaks ties: the changelog id of a webhook, or `FETCHED_RANK` for a REST read,
 * which is never older than its `updated` says.
 */
export interface Version {
  readonly at: EpochMs
  readonly rank: number
}

export const FETCHED_RANK = Number.MAX_SAFE_INTEGER

/**
 * The rank of an issue read over REST: above every changelog id, and growing with the moment of the read, so that of
 * two reads of an unedited issue the later one counts (a field was found or configured in between).
 */
export function fetchedRank(at: EpochMs): number {
  return 2 ** 52 + at
}

/** How far Jira's search may lag behind what has happened, and its clock behind ours, together. Ten times what is usual. */
const READ_LAG_MS = 10 * 60_000

/**
 * Up to when a version of an issue surely tells what was so: its `updated`; of one read over REST also the moment of
 * the read, less what search and clocks may lag. What goes without a change of the issue, as a link goes with the issue at its
 * other end, is told by nothing else.
 */
export function toldUntil({ at, rank }: Version): EpochMs {
  return rank < 2 ** 52 ? at : Math.max(at, rank - 2 ** 52 - READ_LAG_MS)
}

export interface IssueFact {
  readonly kind: 'issue'
  readonly issueId: IssueId
  readonly createdAt: EpochMs
  readonly version: Version
  readonly state: IssueState
  /** null: the payload does not say. */
  readonly blockers: readonly Blocker[] | null
}

/** Jira showed the issue at this instant: it had not vanished before (a permission may be gone for a day). */
export interface IssueSeenFact {
  readonly kind: 'issue_seen'
  readonly issueId: IssueId
  readonly at: EpochMs
}

export interface ChangesFact {
  readonly kind: 'changes'
  readonly issueId: IssueId
  /** REST carries the history's own time; a webhook only the issue's `updated`, a few milliseconds beside it. */
  readonly source: 'rest' | 'webhook'
  readonly changes: readonly IssueChange[]
}

/**
 * Jira said that one issue blocks another, or does so no more. A link never changes and its id is never used again:
 * it is made once and removed once. Making one sends this and no event of the two issues.
 */
export interface BlockingLinkFact {
  readonly kind: 'blocking_link'
  readonly linkId: string
  readonly blockerId: IssueId
  readonly blockedId: IssueId
  readonly event: 'made' | 'removed'
  readonly at: EpochMs
}

/** Jira did not show the issue when a backfill asked for it by id: deleted, or out of this account's sight. */
export interface IssueVanishedFact {
  readonly kind: 'issue_vanished'
  readonly issueId: IssueId
  readonly at: EpochMs
}

/** Jira said that the issue was deleted. Ids are never used again, so this is final. */
export interface IssueDeletedFact {
  readonly kind: 'issue_deleted'
  readonly issueId: IssueId
  readonly at: EpochMs
}

export type SprintState = 'future' | 'active' | 'closed'

/** A sprint as Jira describes it. Names are historic and re-dating is normal: only the id identifies it. */
export interface Sprint {
  readonly sprintId: SprintId
  readonly name: string
  readonly state: SprintState
  readonly startAt: EpochMs | null
  readonly endAt: EpochMs | null
  readonly completeAt: EpochMs | null
  readonly goal: string
  readonly boardId: number | null
}

export interface SprintFact {
  readonly kind: 'sprint'
  readonly version: Version
  readonly sprint: Sprint
}

export interface SprintDeletedFact {
  readonly kind: 'sprint_deleted'
  readonly sprintId: SprintId
  readonly at: EpochMs
}

export interface BoardFact {
  readonly kind: 'board'
  readonly version: Version
  readonly boardId: number
  /** null in a deletion, which names the board by id alone. */
  readonly name: string | null
  readonly deleted: boolean
}

export interface ProjectFact {
  readonly kind: 'project'
  readonly version: Version
  readonly projectId: string
  readonly key: string
  /** Deleting a project sends no `jira:issue_deleted` for its issues: they leave with the project. */
  readonly deleted: boolean
}

export interface StatusFact {
  readonly kind: 'status'
  readonly version: Version
  readonly statusId: string
  readonly name: string
  readonly category: StatusCategory
}

/**
 * Whether `incoming` replaces `stored` in a last-writer-wins register: greater `at`, then greater `rank`, then the
 * greater text of the content, so that two different contents of one version still converge in any order.
 */
export function supersedes(
  incoming: { version: Version; content: unknown },
  stored: { version: Version; content: unknown },
): boolean {
  if (incoming.version.at !== stored.version.at) return incoming.version.at > stored.version.at
  if (incoming.version.rank !== stored.version.rank) return incoming.version.rank > stored.version.rank
  return canonicalText(incoming.content) > canonicalText(stored.content)
}

/** JSON with object keys in order: equal contents have equal text, whatever order their keys were written in. */
export function canonicalText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`)
  return `{${entries.join(',')}}`
}
