import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StatusFacts } from '../../domain/writeback/status-facts.ts'

/**
 * The status comment of one key result on one anchor issue, as it should be and as it is.
 *
 *   wanted ≠ written → due → taken by a relay → written          a failure puts it later
 *                                    ↘ the relay died: due again at once
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
  /** In the order of anchors, so that transactions that change several never wait for one another. */
  ofKeyResult(key: KeyResultKey): Promise<StatusComment[]>
  /** Says what the comment should show, and in how long to write it; null: not for now. */
  want(
    id: StatusCommentId,
    wanted: { facts: StatusFacts; cursor: number },
    dueInMs: number | null,
  ): Promise<void>
  /** Nothing is to be written there until it is wanted again. */
  unwant(id: StatusCommentId): Promise<void>
  /** Nothing is to be written of what was wanted then; `dueInMs` null: until something changes. */
  postpone(comment: StatusComment, dueInMs: number | null): Promise<void>
  /**
   * The comment that has been due longest, locked against other takers until this transaction ends, whatever is
   * wanted meanwhile; null when there is none. A lock ends with its process, at once.
   */
  takeDue(): Promise<StatusComment | null>
  /**
   * Says that a request to create it may be under way for this long, also should the process die that sends it. False
   * when one may be already, when there is a comment by now, or when nothing is to be written any more.
   */
  beginCreating(id: StatusCommentId, windowMs: number): Promise<boolean>
  /** Jira refused to create it: nothing is under way. */
  notCreated(id: StatusCommentId): Promise<void>
  written(id: StatusCommentId, commentId: string, written: WrittenComment): Promise<void>
  /** It was deleted in Jira: of what was wanted then nothing is to be written. */
  muted(comment: StatusComment): Promise<void>
  retryLater(id: StatusCommentId, reason: string, delayMs: number, countsAsAttempt: boolean): Promise<void>
  /** How long the oldest due comment has waited to be written, taken or not; null when none is due. */
  oldestDueAgeMs(): Promise<number | null>
}
