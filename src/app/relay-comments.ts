import { parseKeyResultKey, type SiteId } from '../domain/ids.ts'
import { nextNoticeAt } from '../domain/warnings/notice-budget.ts'
import { isWorse, type WarningLevel } from '../domain/warnings/signal.ts'
import type { CommentContent } from '../domain/writeback/comment-content.ts'
import type { CommentDocument } from '../domain/writeback/comment-document.ts'
import { planComment, type AnyCommentPlan } from '../domain/writeback/plan-comment.ts'
import { recordComment } from './record-comment.ts'
import { nameOf } from './failure.ts'
import type { Clock } from './ports/clock.ts'
import type { CommentRecords, Notice, OutboxComment } from './ports/comments.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import { JiraError, type CommentMarker, type Jira } from './ports/jira.ts'
import type { Log } from './ports/log.ts'
import type { Database } from './ports/records.ts'

export interface RelayDeps {
  readonly database: Database
  readonly clock: Clock
  /** null for a site without credentials: its comments stay wanted. */
  readonly jiraOf: (siteId: SiteId) => Jira | null
  readonly render: (content: CommentContent) => CommentDocument
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
 * Writes every comment that is due, each held by one relay at a time. Between Jira's answer and our commit a process
 * may die, or the database and with it every lock: the marker in the comment is looked for before one is created, and
 * none is created while a request for it may be under way, so that there is never a second. What tells people is noted
 * before it is sent: should the note be all that is left of it, they are told too little rather than twice.
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

/** A comment that is being relayed, with the key result it is about; null for a digest. */
interface Relayed {
  readonly comment: OutboxComment
  readonly goal: KeyResultInContext | null
}

async function relayComment(deps: RelayDeps, comment: OutboxComment): Promise<void> {
  const { comments } = deps.database.records
  const relayed = { comment, goal: await goalOf(deps, comment) }
  // Archiving makes its comments not due; a recompute that began before may still have asked for one.
  const { goal } = relayed
  if (goal !== null && goal.keyResult.archivedAt !== null) return comments.postpone(comment, null)
  const now = deps.clock.now()
  const plan = quietOnceClosed(
    planComment({ ...comment, now, nextNoticeAt: await noticeFrom(comments, relayed) }),
    goal,
  )
  if (plan.kind === 'none') return comments.postpone(comment, null)
  if (plan.kind === 'wait') return comments.postpone(comment, plan.until - now)
  const jira = deps.jiraOf(comment.siteId)
  if (jira === null)
    return comments.retryLater(comment, 'the site has no credentials', NO_JIRA_RETRY_MS, false)
  try {
    await write(deps, jira, relayed, plan)
  } catch (error) {
    const { reason, delayMs, countsAsAttempt } = retryOf(error, comment.attempts)
    deps.log.warn({ ...named(comment), reason, delayMs }, 'a comment is tried again later')
    await comments.retryLater(comment, reason, delayMs, countsAsAttempt)
  }
}

/** What a closed cycle came to is told by its retrospective: its comments are only brought to their end. */
function quietOnceClosed(plan: AnyCommentPlan, goal: KeyResultInContext | null): AnyCommentPlan {
  const isClosed = goal !== null && goal.cycle.closedAt !== null
  return isClosed && (plan.kind === 'create' || plan.kind === 'edit')
    ? { kind: 'edit', notifies: false }
    : plan
}

async function goalOf({ database }: RelayDeps, comment: OutboxComment): Promise<KeyResultInContext | null> {
  if (comment.wanted.kind === 'digest') return null
  const key = parseKeyResultKey(comment.subject)
  return key === null ? null : database.records.goals.keyResult(key)
}

/** From when people may be told of the key result again; a team has one digest a day anyway. */
async function noticeFrom(comments: CommentRecords, { comment, goal }: Relayed): Promise<number> {
  if (goal === null) return 0
  return nextNoticeAt(await comments.lastNotifiedAt(comment), goal.cycle.calendar.timeZone)
}

async function write(
  deps: RelayDeps,
  jira: Jira,
  relayed: Relayed,
  plan: Extract<AnyCommentPlan, { kind: 'create' | 'edit' }>,
): Promise<void> {
  const { comment } = relayed
  const { comments } = deps.database.records
  const known = comment.commentId ?? (await jira.findComment(comment.issueId, markerOf(comment)))
  if (known === null) {
    return plan.kind === 'create' ? create(deps, jira, relayed) : comments.postpone(comment, null)
  }
  // Found by its marker it has told people already, perhaps of a level that was less bad.
  const isNews = isWorse(levelOf(comment.wanted), comment.toldLevel)
  const notifies = plan.kind === 'create' ? comment.toldLevel !== null && isNews : plan.notifies
  const outcome = notifies
    ? await tell(deps, jira, relayed, known)
    : await jira.updateComment(comment.issueId, known, deps.render(comment.wanted))
  if (outcome === 'later') return
  if (outcome === 'written') return recordComment(deps, comment, known, 'comment.edit')
  deps.log.info(named(comment), 'the comment was deleted in Jira and stays away')
  return comments.muted(comment)
}

async function create(deps: RelayDeps, jira: Jira, relayed: Relayed): Promise<void> {
  const { comment } = relayed
  const { comments } = deps.database.records
  const begun = await beginNotice(deps, relayed, async (records, notice) => {
    if (await standsElsewhere(records, comment)) {
      await records.postpone(comment, null)
      return 'later'
    }
    return (await records.beginCreating(comment, CREATION_MS, notice)) ? 'begun' : 'under_way'
  })
  if (begun === 'later') return
  if (begun === 'under_way') {
    return comments.retryLater(comment, 'it may be on its way', ON_ITS_WAY_MS, false)
  }
  const commentId = await unlessRefused(deps, comment, () =>
    jira.createComment(comment.issueId, deps.render(comment.wanted), markerOf(comment)),
  )
  return recordComment(deps, comment, commentId, 'comment.create')
}

/** Edits so that people are told. */
async function tell(
  deps: RelayDeps,
  jira: Jira,
  relayed: Relayed,
  commentId: string,
): Promise<'written' | 'gone' | 'later'> {
  const { comment } = relayed
  const begun = await beginNotice(deps, relayed, async (records, notice) => {
    await records.beginTelling(comment, notice)
    return 'begun'
  })
  if (begun !== 'begun') return 'later'
  const document = deps.render(comment.wanted)
  return unlessRefused(deps, comment, () =>
    jira.updateComment(comment.issueId, commentId, document, { notifies: true }),
  )
}

type Begun = 'begun' | 'under_way' | 'later'

/** A warning has one comment: its anchor may have moved while the comment was created where it was before. */
async function standsElsewhere(comments: CommentRecords, comment: OutboxComment): Promise<boolean> {
  if (comment.wanted.kind !== 'warning') return false
  const all = await comments.about(comment.subject, comment.topic)
  return all.some(
    ({ siteId, issueId, written, mayExist }) =>
      (siteId !== comment.siteId || issueId !== comment.issueId) && (written !== null || mayExist),
  )
}

/** Of two relays that want to tell of the same key result on the same day one does. */
function beginNotice(
  deps: RelayDeps,
  relayed: Relayed,
  begin: (comments: CommentRecords, notice: Notice) => Promise<Begun>,
): Promise<Begun> {
  const { comment } = relayed
  return deps.database.transaction(async ({ comments }) => {
    await comments.lockNotices(comment.subject)
    const now = deps.clock.now()
    const from = await noticeFrom(comments, relayed)
    if (now < from) {
      await comments.postpone(comment, from - now)
      return 'later'
    }
    return begin(comments, { at: now, level: levelOf(comment.wanted) })
  })
}

/** Jira said no: nobody was told. Without an answer, or with one that makes no sense, they may have been. */
async function unlessRefused<T>(deps: RelayDeps, comment: OutboxComment, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    const isRefusal =
      error instanceof JiraError && error.failure !== 'unavailable' && error.failure !== 'unexpected'
    if (isRefusal) await deps.database.records.comments.refused(comment)
    throw error
  }
}

function levelOf(content: CommentContent): WarningLevel | null {
  return content.kind === 'warning' ? content.shown.level : null
}

function markerOf({ subject, topic, wanted }: OutboxComment): CommentMarker {
  return wanted.kind === 'digest' ? { team: subject, kind: topic } : { keyResult: subject, kind: topic }
}

function named({ subject, topic, issueId }: OutboxComment) {
  return { subject, topic, issue: issueId }
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
