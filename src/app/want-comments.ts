import { NOTHING_MOVED } from '../domain/explanation.ts'
import type { AnchorIssue } from '../domain/goals.ts'
import type { KeyResultKey } from '../domain/ids.ts'
import type { Numbers } from '../domain/snapshot.ts'
import type { EpochMs } from '../domain/time.ts'
import { planStatusComment } from '../domain/writeback/comment-plan.ts'
import { statusFacts } from '../domain/writeback/status-facts.ts'
import type { StatusComment, StatusCommentId } from './ports/comments.ts'
import type { KeyResultInContext } from './ports/goals.ts'
import type { Records } from './ports/records.ts'

/** Epics that carry a key result's link get its comment when no anchor is named; more would be noise. */
const MAX_ANCHORS = 3

interface Telling {
  readonly numbers: Numbers
  /** Up to which movement the numbers tell. */
  readonly cursor: number
  readonly now: EpochMs
  readonly publicUrl: string
}

/**
 * Says what each status comment of a key result should show, and by when; on issues that are no longer its anchors,
 * that nothing is to be written. True when one of them is to be written.
 */
export async function wantComments(
  records: Records,
  goal: KeyResultInContext,
  telling: Telling,
): Promise<boolean> {
  const { key } = goal.keyResult
  const existing = await records.comments.ofKeyResult(key)
  const anchors = await anchorsOf(records, goal)
  for (const comment of existing) {
    if (!anchors.some((anchor) => isOn(comment, anchor))) await records.comments.unwant(comment)
  }
  let isAnyDue = false
  for (const id of anchors) {
    const comment = existing.find((one) => isOn(one, id)) ?? null
    const delayMs = await wantComment(records, goal, id, comment, telling)
    isAnyDue ||= delayMs !== null
  }
  return isAnyDue
}

function isOn(comment: StatusComment, anchor: AnchorIssue): boolean {
  return comment.siteId === anchor.siteId && comment.issueId === anchor.issueId
}

async function wantComment(
  records: Records,
  { keyResult, objective, cycle }: KeyResultInContext,
  id: StatusCommentId,
  comment: StatusComment | null,
  { numbers, cursor, now, publicUrl }: Telling,
): Promise<number | null> {
  const written = comment?.written ?? null
  const moved =
    written === null ? null : await records.contributions.movementsSince(keyResult.key, written.cursor)
  const facts = statusFacts({
    keyResult,
    objective,
    dueDay: keyResult.dueDay ?? cycle.endDay,
    numbers,
    explanation: moved?.explanation ?? NOTHING_MOVED,
    publicUrl,
  })
  const plan = planStatusComment({ written, facts, now, muted: comment?.isMuted ?? false })
  const dueInMs = plan.kind === 'none' ? null : plan.kind === 'wait' ? plan.until - now : 0
  await records.comments.want(id, { facts, cursor }, dueInMs)
  return dueInMs
}

async function anchorsOf(records: Records, { keyResult }: KeyResultInContext): Promise<StatusCommentId[]> {
  const { key, anchorIssue } = keyResult
  const anchors =
    anchorIssue === null ? await records.contributions.anchorCandidates(key, MAX_ANCHORS) : [anchorIssue]
  return anchors.map(({ siteId, issueId }): StatusCommentId & { keyResult: KeyResultKey } => ({
    keyResult: key,
    siteId,
    issueId,
  }))
}
