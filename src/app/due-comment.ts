import type { EpochMs } from '../domain/time.ts'
import { nextNoticeAt } from '../domain/warnings/notice-budget.ts'
import type { CommentContent } from '../domain/writeback/comment-content.ts'
import { planComment } from '../domain/writeback/plan-comment.ts'
import type { CommentId, OutboxComment } from './ports/comments.ts'
import type { Records } from './ports/records.ts'

/**
 * In how long a comment should be written to say `wanted`; null: not for now. When people were told last is only
 * looked up for what would tell them.
 *
 * @param comment as it is; null when it was never wanted
 */
export async function dueInMs(
  { comments }: Pick<Records, 'comments'>,
  { id, comment, wanted }: { id: CommentId; comment: OutboxComment | null; wanted: CommentContent },
  { now, timeZone }: { readonly now: EpochMs; readonly timeZone: string },
): Promise<number | null> {
  const state = {
    wanted,
    written: comment?.written ?? null,
    mayExist: comment?.mayExist ?? false,
    toldLevel: comment?.toldLevel ?? null,
    isMuted: comment?.isMuted ?? false,
    now,
  }
  const unlimited = planComment({ ...state, nextNoticeAt: 0 })
  const tells = unlimited.kind === 'create' || (unlimited.kind === 'edit' && unlimited.notifies)
  const plan = tells
    ? planComment({ ...state, nextNoticeAt: nextNoticeAt(await comments.lastNotifiedAt(id), timeZone) })
    : unlimited
  switch (plan.kind) {
    case 'none':
      return null
    case 'wait':
      return plan.until - now
    case 'create':
    case 'edit':
      return 0
  }
}
