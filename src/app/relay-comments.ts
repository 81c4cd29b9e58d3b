import type { SiteId } from '../domain/ids.ts'
import type { CommentDocument } from '../domain/writeback/comment-document.ts'
import { planStatusComment } from '../domain/writeback/comment-plan.ts'
import type { StatusFacts } from '../domain/writeback/status-facts.ts'
import { nameOf } from './failure.ts'
import type { Clock } from './ports/clock.ts'
import type { StatusComment } from './ports/comments.ts'
import { JiraError, type CommentMarker, type Jira } from './ports/jira.ts'
import type { Log } from './ports/log.ts'
import type { Database } from './ports/records.ts'

export interface RelayDeps {
  readonly database: Database
  readonly clock: Clock
  /** null for a site without credentials: its comments stay wanted. */
  readonly jiraOf: (siteId: SiteId) => Jira | null
  readonly renderStatusComment: (facts: StatusFacts) => CommentDocument
  readonly log: Log
}

/** Longer than a request to create a comment can be under way: 5 s until it is its turn, 20 s for its answer. */
const CREATION_MS = 26_000
/** How soon to look again for a comment that may be on its way. */
const ON_ITS_WAY_MS = 2_000
const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 30 * 60_000
const NO_JIRA_RETRY_MS = 10 * 60_000

/**
 * Writes every status comment that is due, each held by one relay at a time. Between Jira's answer and our commit a
 * process may die, or the database and with it every lock: the marker in the comment is looked for before one is
 * created, and none is created while a request for it may be under way, so that there is never a second.
 */
export async function relayComments(deps: RelayDeps): Promise<void> {
  for (;;) {
    const hasTaken = await deps.database.transaction(async ({ comments }) => {
      const comment = await comments.takeDue()
      if (comment !== null) await relayComment(deps, comment)
      return comment !== null
    })
    if (!hasTaken) return
  }
}

async function relayComment(deps: RelayDeps, comment: StatusComment): Promise<void> {
  const { comments, goals } = deps.database.records
  const goal = await goals.keyResult(comment.keyResult)
  // Archiving makes its comments not due; a recompute that began before may still have asked for one.
  if (goal !== null && goal.keyResult.archivedAt !== null) return comments.postpone(comment, null)
  const now = deps.clock.now()
  const plan = planStatusComment({
    written: comment.written,
    facts: comment.wanted,
    now,
    muted: comment.isMuted,
  })
  if (plan.kind === 'none') return comments.postpone(comment, null)
  if (plan.kind === 'wait') return comments.postpone(comment, plan.until - now)
  const jira = deps.jiraOf(comment.siteId)
  if (jira === null)
    return comments.retryLater(comment, 'the site has no credentials', NO_JIRA_RETRY_MS, false)
  try {
    await write(deps, jira, comment)
  } catch (error) {
    const { reason, delayMs, countsAsAttempt } = retryOf(error, comment.attempts)
    deps.log.warn(
      { keyResult: comment.keyResult, issue: comment.issueId, reason, delayMs },
      'a comment is tried again later',
    )
    await comments.retryLater(comment, reason, delayMs, countsAsAttempt)
  }
}

async function write(deps: RelayDeps, jira: Jira, comment: StatusComment): Promise<void> {
  const document = deps.renderStatusComment(comment.wanted)
  const marker: CommentMarker = { keyResult: comment.keyResult, kind: 'status' }
  const known = comment.commentId ?? (await jira.findComment(comment.issueId, marker))
  if (known === null) return create(deps, jira, comment, document, marker)
  const outcome = await jira.updateComment(comment.issueId, known, document)
  if (outcome === 'written') return record(deps, comment, known, 'comment.edit')
  deps.log.info(
    { keyResult: comment.keyResult, issue: comment.issueId },
    'the comment was deleted in Jira and stays away',
  )
  return deps.database.records.comments.muted(comment)
}

async function create(
  deps: RelayDeps,
  jira: Jira,
  comment: StatusComment,
  document: CommentDocument,
  marker: CommentMarker,
): Promise<void> {
  const { comments } = deps.database.records
  if (!(await comments.beginCreating(comment, CREATION_MS))) {
    return comments.retryLater(comment, 'it may be on its way', ON_ITS_WAY_MS, false)
  }
  let commentId: string
  try {
    commentId = await jira.createComment(comment.issueId, document, marker)
  } catch (error) {
    if (isRefusal(error)) await comments.notCreated(comment)
    throw error
  }
  return record(deps, comment, commentId, 'comment.create')
}

/** Jira said no. Without an answer, or with one that makes no sense, the comment may be there all the same. */
function isRefusal(error: unknown): boolean {
  return error instanceof JiraError && error.failure !== 'unavailable' && error.failure !== 'unexpected'
}

async function record(
  deps: RelayDeps,
  comment: StatusComment,
  commentId: string,
  action: string,
): Promise<void> {
  const { keyResult, siteId, issueId, wanted, wantedCursor, written } = comment
  const at = deps.clock.now()
  await deps.database.transaction(async (records) => {
    await records.comments.written(comment, commentId, { facts: wanted, cursor: wantedCursor, at })
    await records.audit.append({
      at,
      actor: 'throughline',
      action,
      subject: keyResult,
      before: written?.facts ?? null,
      after: { siteId, issueId, commentId, facts: wanted },
    })
    await records.feed.append([
      {
        kind: 'comment.written',
        subject: keyResult,
        at,
        data: {
          siteId,
          issueId,
          commentId,
          isNew: action === 'comment.create',
          progressPercent: wanted.progressPercent,
        },
      },
    ])
  })
}

/** A rate limit is Jira's wish, not a failure: it does not count as an attempt. Refusals are retried rarely. */
function retryOf(
  error: unknown,
  attempts: number,
): { reason: string; delayMs: number; countsAsAttempt: boolean } {
  const backoffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20))
  if (!(error instanceof JiraError))
    return { reason: nameOf(error), delayMs: backoffMs, countsAsAttempt: true }
  const { failure, retryAfterMs } = error
  if (failure === 'rate_limited')
    return { reason: failure, delayMs: retryAfterMs ?? backoffMs, countsAsAttempt: false }
  if (failure === 'unavailable')
    return { reason: failure, delayMs: retryAfterMs ?? backoffMs, countsAsAttempt: true }
  return { reason: failure, delayMs: LONGEST_RETRY_MS, countsAsAttempt: true }
}
