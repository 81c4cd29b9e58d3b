import { dayOf, type EpochMs } from '../../domain/time.ts'
import type { Episode } from '../../domain/warnings/episode.ts'
import type { CommentContent } from '../../domain/writeback/comment-content.ts'
import { endedWithCycle } from '../../domain/writeback/warning-content.ts'
import { dueInMs } from '../due-comment.ts'
import type { ChangeRecord } from '../goals/change-goals.ts'
import type { OutboxComment } from '../ports/comments.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { episodeData } from '../warnings/raise-warnings.ts'

export interface EndedWarnings {
  /** One for each warning that ended. */
  readonly told: readonly ChangeRecord[]
  readonly hasComments: boolean
}

/**
 * Ends the warnings that stand when a cycle is closed, since nobody can act on them any more, and says what the comments
 * that stand in Jira are to show from then on: each is edited once, without telling anybody, and none is created. Part
 * of the transaction that closes the cycle.
 */
export async function endWarnings(
  records: Records,
  goals: readonly KeyResultInContext[],
  { now, writesComments }: { readonly now: EpochMs; readonly writesComments: boolean },
): Promise<EndedWarnings> {
  const keys = goals.map(({ keyResult }) => keyResult.key)
  const open = (await Promise.all(keys.map((key) => records.warnings.lockOpen(key)))).flat()
  if (open.length > 0)
    await records.warnings.resolve(
      open.map(({ id }) => id),
      now,
    )
  return {
    told: open.map((episode) => endedRecord(episode, now)),
    hasComments: await endComments(records, goals, { now, writesComments }),
  }
}

function endedRecord(before: Episode, now: EpochMs): ChangeRecord {
  const after = { ...before, resolvedAt: now }
  return {
    action: 'warning.resolve',
    subject: before.keyResult,
    before,
    after: { ...after, endedWith: 'cycle' },
    feed: {
      kind: 'warning.resolved',
      data: { ...episodeData(before, after, null), endedWith: 'cycle' },
    },
  }
}

/** @returns whether one of them has to be written */
async function endComments(
  { comments }: Pick<Records, 'comments'>,
  goals: readonly KeyResultInContext[],
  { now, writesComments }: { readonly now: EpochMs; readonly writesComments: boolean },
): Promise<boolean> {
  const goalsByKey = new Map<string, KeyResultInContext>(goals.map((goal) => [goal.keyResult.key, goal]))
  let hasComments = false
  for (const comment of await comments.ofKeyResults(goals.map(({ keyResult }) => keyResult.key))) {
    const goal = goalsByKey.get(comment.subject)
    if (goal === undefined) continue
    const { timeZone } = goal.cycle.calendar
    const content = lastContent(comment.wanted, dayOf(now, timeZone))
    const stands = writesComments && !comment.isMuted && (comment.written !== null || comment.mayExist)
    const delayMs = stands
      ? await dueInMs({ comments }, { id: comment, comment, wanted: content }, { now, timeZone })
      : null
    await comments.want(comment, { content, cursor: comment.wantedCursor }, delayMs)
    hasComments ||= delayMs !== null
  }
  return hasComments
}

/** What a comment shows at last: what it showed, without the warnings. */
function lastContent(wanted: OutboxComment['wanted'], today: string): CommentContent {
  switch (wanted.kind) {
    case 'warning':
      return endedWithCycle(wanted, today)
    case 'status':
      return { ...wanted, facts: { ...wanted.facts, warnings: [] } }
    case 'digest':
      return wanted
  }
}
