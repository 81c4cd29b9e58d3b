import type { AnchorIssue } from '../../domain/goals.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Episode } from '../../domain/warnings/episode.ts'
import type { WarningNumbers } from '../../domain/warnings/signal.ts'
import { warningContent, withEpisode, type WarningContent } from '../../domain/writeback/warning-content.ts'
import { dueInMs } from '../due-comment.ts'
import type { CommentId, CommentTopic, OutboxComment } from '../ports/comments.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { anchorsOf, isOn } from '../want-comments.ts'

interface Telling {
  readonly now: EpochMs
  readonly publicUrl: string
  /** Its team takes a digest instead. */
  readonly inDigest: boolean
  /** The key result's present numbers; null when nobody told. */
  readonly numbersNow: WarningNumbers | null
}

function topicOf(episode: Episode): CommentTopic {
  return `warning-${episode.id}`
}

/** True when the key result's team takes digests: its warnings get no comments of their own. */
export async function isInDigest(
  { goals }: Pick<Records, 'goals'>,
  { objective }: KeyResultInContext,
): Promise<boolean> {
  if (objective.team === null) return false
  return (await goals.team(objective.team))?.notify === 'digest'
}

/**
 * Says what the comment of a warning should be, and by when, on one issue: the one where it stands or may stand
 * already, else the key result's first anchor now. Gives the delay, null when nothing is to be written.
 */
export async function wantWarningComment(
  records: Records,
  goal: KeyResultInContext,
  episode: Episode,
  { now, publicUrl, inDigest, numbersNow }: Telling,
): Promise<number | null> {
  const { keyResult, objective, cycle } = goal
  const topic = topicOf(episode)
  const existing = await records.comments.about(keyResult.key, topic)
  const home = await homeOf(records, goal, existing)
  for (const comment of existing) {
    if (home === null || !isOn(comment, home)) await records.comments.unwant(comment)
  }
  if (home === null) return null
  const { siteId, issueId } = home
  const id: CommentId = { subject: keyResult.key, topic, siteId, issueId }
  const content = warningContent({
    episode,
    numbersNow,
    keyResult,
    objective,
    dueDay: keyResult.dueDay ?? cycle.endDay,
    timeZone: cycle.calendar.timeZone,
    isInDigest: inDigest,
    publicUrl,
  })
  const comment = existing.find((one) => isOn(one, home)) ?? null
  return wantContent(records, id, comment, content, { now, timeZone: cycle.calendar.timeZone })
}

/** The same, after somebody acknowledged, snoozed or woke a warning whose comment is wanted already. */
export async function retellWarning(
  records: Records,
  goal: KeyResultInContext,
  episode: Episode,
  now: EpochMs,
): Promise<void> {
  const { timeZone } = goal.cycle.calendar
  const existing = await records.comments.about(goal.keyResult.key, topicOf(episode))
  const home = await homeOf(records, goal, existing)
  const comment = existing.find((one) => home !== null && isOn(one, home))
  if (comment?.wanted.kind !== 'warning') return
  const content = withEpisode(comment.wanted, episode, await isInDigest(records, goal))
  await wantContent(records, comment, comment, content, { now, timeZone })
}

/** The one issue for the comment of a warning: where it stands or may stand, else the first anchor; null: nowhere. */
async function homeOf(
  records: Records,
  goal: KeyResultInContext,
  existing: readonly OutboxComment[],
): Promise<AnchorIssue | null> {
  const standing = existing.find((comment) => comment.written !== null || comment.mayExist)
  if (standing !== undefined) return { siteId: standing.siteId, issueId: standing.issueId }
  const [first] = await anchorsOf(records, goal)
  return first ?? null
}

async function wantContent(
  records: Pick<Records, 'comments'>,
  id: CommentId,
  comment: OutboxComment | null,
  content: WarningContent,
  when: { readonly now: EpochMs; readonly timeZone: string },
): Promise<number | null> {
  const delayMs = await dueInMs(records, { id, comment, wanted: content }, when)
  await records.comments.want(id, { content, cursor: 0 }, delayMs)
  return delayMs
}
