import { NOTHING_MOVED } from '../domain/explanation.ts'
import type { AnchorIssue } from '../domain/goals.ts'
import type { Numbers } from '../domain/snapshot.ts'
import type { EpochMs } from '../domain/time.ts'
import type { Episode } from '../domain/warnings/episode.ts'
import { statusFacts } from '../domain/writeback/status-facts.ts'
import { dueInMs } from './due-comment.ts'
import type { CommentId, OutboxComment } from './ports/comments.ts'
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
 * that nothing is to be written. Shows the warnings that are stored, so `raiseWarnings` comes first. True when one of
 * them is to be written.
 */
export async function wantComments(
  records: Records,
  goal: KeyResultInContext,
  telling: Telling,
): Promise<boolean> {
  const { key } = goal.keyResult
  const existing = await records.comments.about(key, 'status')
  const anchors = await anchorsOf(records, goal)
  const warnings = await records.warnings.lockOpen(key)
  for (const comment of existing) {
    if (!anchors.some((anchor) => isOn(comment, anchor))) await records.comments.unwant(comment)
  }
  let isAnyDue = false
  for (const anchor of anchors) {
    const id: CommentId = { subject: key, topic: 'status', ...anchor }
    const comment = existing.find((one) => isOn(one, anchor)) ?? null
    const delayMs = await wantComment(records, goal, id, comment, { ...telling, warnings })
    isAnyDue ||= delayMs !== null
  }
  return isAnyDue
}

export function isOn(comment: CommentId, anchor: AnchorIssue): boolean {
  return comment.siteId === anchor.siteId && comment.issueId === anchor.issueId
}

async function wantComment(
  records: Records,
  { keyResult, objective, cycle }: KeyResultInContext,
  id: CommentId,
  comment: OutboxComment | null,
  { numbers, cursor, now, publicUrl, warnings }: Telling & { readonly warnings: readonly Episode[] },
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
    warnings,
    lastSprint: await records.sprintResults.latest(keyResult.key),
    publicUrl,
  })
  const content = { kind: 'status', facts } as const
  const when = { now, timeZone: cycle.calendar.timeZone }
  const delayMs = await dueInMs(records, { id, comment, wanted: content }, when)
  await records.comments.want(id, { content, cursor }, delayMs)
  return delayMs
}

/** The issues that a key result's comments go to, the first of them the one for what is said only once. */
export async function anchorsOf(records: Records, { keyResult }: KeyResultInContext): Promise<AnchorIssue[]> {
  const { key, anchorIssue } = keyResult
  if (anchorIssue !== null) return [anchorIssue]
  const candidates = await records.contributions.anchorCandidates(key, MAX_ANCHORS)
  return candidates.map(({ siteId, issueId }) => ({ siteId, issueId }))
}
