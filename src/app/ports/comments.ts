import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StatusFacts } from '../../domain/writeback/status-facts.ts'

/**
 * The status comment of one key result on one anchor issue, as it should be and as it is.
 *
 *   wanted ≠ written → due → leased by a relay → written          a failure puts `dueInMs` later
 */
export interface StatusComment {
  readonly keyResult: KeyResultKey
  readonly siteId: SiteId
  readonly issueId: IssueId
  readonly commentId: string | null
  readonly wanted: StatusFacts
  /** Up to which movement `wanted` tells. */
  readonly wantedCursor: number
  readonly written: WrittenComment | null
  /** Somebody deleted it in Jira: it stays away until the health changes. */
  readonly isMuted: boolean
  readonly attempts: number
}

export interface WrittenComment {
  readonly facts: StatusFacts
  readonly cursor: number
  readonly at: EpochMs
}

export type StatusCommentId = Pick<StatusComment, 'keyResult' | 'siteId' | 'issueId'>

/** The outbox of Jira comments: wanted state against written state, so that a lost or doubled run changes nothing. */
export interface CommentRecords {
  ofKeyResult(key: KeyResultKey): Promise<StatusComment[]>
  /** Says what the comment should show, and in how long to write it; null: not for now. */
  want(
    id: StatusCommentId,
    wanted: { facts: StatusFacts; cursor: number },
    dueInMs: number | null,
  ): Promise<void>
  /** Nothing is to be written now; `dueInMs` null: until something changes. */
  postpone(id: StatusCommentId, dueInMs: number | null): Promise<void>
  /** Takes due comments for `leaseMs`; nobody else gets them until then. */
  lease(limit: number, leaseMs: number): Promise<StatusComment[]>
  written(id: StatusCommentId, commentId: string, written: WrittenComment): Promise<void>
  muted(id: StatusCommentId): Promise<void>
  retryLater(id: StatusCommentId, reason: string, delayMs: number, countsAsAttempt: boolean): Promise<void>
  oldestDueAgeMs(): Promise<number | null>
}
