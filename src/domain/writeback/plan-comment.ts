import type { EpochMs } from '../time.ts'
import type { WarningLevel } from '../warnings/signal.ts'
import type { CommentContent } from './comment-content.ts'
import { planStatusComment } from './comment-plan.ts'
import { planWarningComment, type WarningPlan } from './warning-plan.ts'

export type AnyCommentPlan = WarningPlan

export interface AnyCommentState {
  readonly wanted: CommentContent
  readonly written: { readonly content: CommentContent; readonly at: EpochMs } | null
  readonly mayExist: boolean
  readonly toldLevel: WarningLevel | null
  readonly isMuted: boolean
  /** From when people may be told of the subject again: creating a comment tells them, whatever it is about. */
  readonly nextNoticeAt: EpochMs
  readonly now: EpochMs
}

/** What to do about a comment, whatever it is about. */
export function planComment(state: AnyCommentState): AnyCommentPlan {
  const { wanted, written, isMuted, nextNoticeAt, now } = state
  switch (wanted.kind) {
    case 'status': {
      const plan = planStatusComment({
        written: written?.content.kind === 'status' ? { facts: written.content.facts, at: written.at } : null,
        facts: wanted.facts,
        now,
        muted: isMuted,
      })
      if (plan.kind === 'create') {
        return now < nextNoticeAt ? { kind: 'wait', until: nextNoticeAt } : { kind: 'create' }
      }
      if (plan.kind === 'edit') return { kind: 'edit', notifies: false }
      return plan.kind === 'wait' ? plan : { kind: 'none' }
    }
    case 'warning':
      return planWarningComment({
        ...state,
        wanted,
        written: written?.content.kind === 'warning' ? written.content : null,
      })
    case 'digest':
      return written === null && !isMuted ? { kind: 'create' } : { kind: 'none' }
  }
}
