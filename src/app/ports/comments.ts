import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { WarningLevel } from '../../domain/warnings/signal.ts'
import type { CommentContent } from '../../domain/writeback/comment-content.ts'

/**
 * What one comment is about, beside its subject: the status of a key result, one warning of it (by the episode's
 * number), or a team's digest of one day.
 */
export type CommentTopic = 'status' | `warning-${number}` | `digest-${string}`

/** There is never a second comment about the same topic of the same subject on the same issue. */
export interface CommentId {
  /** A key result's key; for a digest, a team's. */
  readonly subject: string
  readonly topic: CommentTopic
  readonly siteId: SiteId
  readonly issueId: IssueId
}

/**
 * A comment in Jira as it should be and as it is.
 *
 *   wanted ≠ written → due → taken by a relay → written          a failure puts it later
 *                                    ↘ the relay died: due again at once
 */
export interface OutboxComment extends CommentId {
  readonly commentId: string | null
  readonly wanted: CommentContent
  /** Up to which movement `wanted` tells. */
  readonly wantedCursor: number
  readonly written: WrittenComment | null
  /** Somebody deleted it in Jira: a status stays away until the health changes, all else for good. */
  readonly isMuted: boolean
  /** A request to create it was sent, and nobody knows what became of it. */
  readonly mayExist: boolean
  /** When people were told by it last, and of what level of warning. Said before it is sent: never told twice. */
  readonly notifiedAt: EpochMs | null
  readonly toldLevel: WarningLevel | null
  readonly attempts: number
}

export interface WrittenComment {
  readonly content: CommentContent
  readonly cursor: number
  readonly at: EpochMs
}

/** That people are about to be told, of which level of warning if it is one. */
export interface Notice {
  readonly at: EpochMs
  readonly level: WarningLevel | null
}

/** The outbox of Jira comments: wanted state against written state, so that a lost or doubled run changes nothing. */
export interface CommentRecords {
  /** Every topic of these key results, in a fixed order, so that transactions that change several never wait for one another. */
  ofKeyResults(keys: readonly KeyResultKey[]): Promise<OutboxComment[]>
  /** One topic of a subject, in the order of anchors. */
  about(subject: string, topic: CommentTopic): Promise<OutboxComment[]>
  /** Says what the comment should show, and in how long to write it; null: not for now. */
  want(
    id: CommentId,
    wanted: { content: CommentContent; cursor: number },
    dueInMs: number | null,
  ): Promise<void>
  /** Nothing is to be written there until it is wanted again. */
  unwant(id: CommentId): Promise<void>
  /** Nothing is to be written of what was wanted then; `dueInMs` null: until something changes. */
  postpone(comment: OutboxComment, dueInMs: number | null): Promise<void>
  /**
   * The comment that has been due longest, locked against other takers until this transaction ends, whatever is
   * wanted meanwhile; null when there is none. A lock ends with its process, at once. Of those due at the same time
   * warnings come first, the oldest of them before the others.
   */
  takeDue(): Promise<OutboxComment | null>
  /** Keeps others from telling people of this subject until the transaction ends. */
  lockNotices(subject: string): Promise<void>
  /** When people were told of the subject last; an attempt to create this very comment does not count. */
  lastNotifiedAt(id: CommentId): Promise<EpochMs | null>
  /**
   * Says that a request to create it may be under way for this long, also should the process die that sends it. False
   * when one may be already, when there is a comment by now, or when nothing is to be written any more.
   */
  beginCreating(id: CommentId, windowMs: number, notice: Notice): Promise<boolean>
  /** Says that a request that tells people may be under way, also should the process die that sends it. */
  beginTelling(id: CommentId, notice: Notice): Promise<void>
  /** Jira refused what was begun: nothing is under way, and nobody was told beyond what this says. */
  refused(comment: OutboxComment): Promise<void>
  written(id: CommentId, commentId: string, written: WrittenComment): Promise<void>
  /** It was deleted in Jira: of what was wanted then nothing is to be written. */
  muted(comment: OutboxComment): Promise<void>
  retryLater(id: CommentId, reason: string, delayMs: number, countsAsAttempt: boolean): Promise<void>
  /** How long the oldest due comment has waited to be written, taken or not; null when none is due. */
  oldestDueAgeMs(): Promise<number | null>
}
