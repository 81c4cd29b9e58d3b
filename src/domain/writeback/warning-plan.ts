import type { EpochMs } from '../time.ts'
import { isWorse, type WarningLevel } from '../warnings/signal.ts'
import type { WarningContent } from './warning-content.ts'

/**
 * What to do about the comment of one warning.
 *
 * It is created once, which tells people. When the warning becomes worse it is edited in place with a notification,
 * since a second comment would say the same thing twice; every other edit is silent. Each level is told once: a warning
 * that eases and worsens again is the same news. Nothing of it is told to a key result that was told of today, nor
 * while it is snoozed: it waits, and goes out then if it still stands.
 */
export type WarningPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'create' }
  /** If there is one: an edit never creates. */
  | { readonly kind: 'edit'; readonly notifies: boolean }
  | { readonly kind: 'wait'; readonly until: EpochMs }

export interface WarningCommentState {
  readonly wanted: WarningContent
  /** What the comment was last made to say; null when there is none that we know of. */
  readonly written: WarningContent | null
  /** A request to create it was sent, and nobody knows what became of it. */
  readonly mayExist: boolean
  /** The worst level that people were told of; null: none. */
  readonly toldLevel: WarningLevel | null
  /** Somebody deleted it in Jira: it stays away for good. */
  readonly isMuted: boolean
  /** From when people may be told of this key result again. */
  readonly nextNoticeAt: EpochMs
  readonly now: EpochMs
}

export function planWarningComment(state: WarningCommentState): WarningPlan {
  const { wanted, written, mayExist, isMuted, nextNoticeAt, now } = state
  if (isMuted) return { kind: 'none' }
  const toldLevel = written === null ? null : state.toldLevel
  if (wanted.tells && isWorse(wanted.shown.level, toldLevel)) {
    const until = Math.max(nextNoticeAt, wanted.quietUntil ?? 0)
    if (now < until) return { kind: 'wait', until }
    return written === null ? { kind: 'create' } : { kind: 'edit', notifies: true }
  }
  const isOld = written === null ? mayExist : readsDifferently(written, wanted)
  return isOld ? { kind: 'edit', notifies: false } : { kind: 'none' }
}

/** Numbers drift with every issue; the status comment tells of them. */
function readsDifferently({ shown: before }: WarningContent, { shown: after }: WarningContent): boolean {
  return before.level !== after.level || before.resolvedDay !== after.resolvedDay
}
