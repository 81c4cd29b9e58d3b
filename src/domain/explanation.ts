import type { ContributionState } from './contributions/contribution.ts'
import type { IssueId, SiteId } from './ids.ts'
import type { EpochMs } from './time.ts'

/** What happened to a key result between two snapshots, in the words of product section 3 (scope honesty). */
export type MovementKind =
  | 'delivered'
  | 'reopened'
  | 'added'
  | 'removed'
  | 're_estimated'
  | 'started'
  | 'checked_in'
  | 'target_moved'
  | 'due_date_moved'
  | 'rule_changed'

/** One contribution that moved. */
export interface Movement {
  readonly kind: MovementKind
  readonly siteId: SiteId | null
  readonly issueId: IssueId | null
  readonly issueKey: string | null
  readonly at: EpochMs
  readonly sizeBefore: number | null
  readonly sizeAfter: number | null
}

/** Counts by kind, and the newest few movements in full: a burst of thousands still reads as one line each. */
export interface Explanation {
  readonly counts: Readonly<Partial<Record<MovementKind, number>>>
  readonly movements: readonly Movement[]
}

export const MOVEMENTS_SHOWN = 20

export const NOTHING_MOVED: Explanation = { counts: {}, movements: [] }

/** A contribution before and after, as far as an explanation needs it; null when it did not exist. */
export interface ContributionStanding {
  readonly state: ContributionState
  readonly size: number | null
}

/** Names the movement between two standings of one contribution; null when a reader sees no difference. */
export function movementBetween(
  before: ContributionStanding | null,
  after: ContributionStanding | null,
): MovementKind | null {
  const was = before === null ? 'out' : before.state
  const is = after === null ? 'out' : after.state
  if (was === 'out' && is === 'out') return null
  if (was === 'out') return 'added'
  if (is === 'out') return 'removed'
  if (was !== 'delivered' && is === 'delivered') return 'delivered'
  if (was === 'delivered' && is !== 'delivered') return 'reopened'
  if (was === 'to_do' && is === 'in_progress') return 'started'
  return before?.size !== after?.size ? 're_estimated' : null
}
