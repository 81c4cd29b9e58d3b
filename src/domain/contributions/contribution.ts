import type { LinkReason } from '../links/effective-links.ts'
import type { LinkRole } from '../links/manual-link.ts'
import type { IssueId, KeyResultKey, SiteId } from '../ids.ts'
import type { EpochMs } from '../time.ts'

/**
 * Where an issue stands for a key result. The first three are in scope; `out` is not, and says why:
 *
 *   to_do ⇄ in_progress ⇄ delivered      by status category
 *   any   → out                          not delivered (Won't Do …), unlinked, deleted, project deleted
 */
export type ContributionState = 'to_do' | 'in_progress' | 'delivered' | 'out'

export type OutReason = 'not_delivered' | 'unlinked' | 'deleted'

/** What holds for a contribution from an instant on. `size` is null when the issue is not estimated. */
export interface ContributionStep {
  readonly at: EpochMs
  readonly state: ContributionState
  readonly size: number | null
  readonly role: LinkRole
  readonly sharePercent: number
  readonly outReason: OutReason | null
}

/** What one issue adds to one key result, over its whole past. The last step is today. */
export interface Contribution {
  readonly keyResult: KeyResultKey
  readonly siteId: SiteId
  readonly issueId: IssueId
  /** The link in force, or the last one that was. */
  readonly reason: LinkReason
  /** The issue is an epic that names the key result itself: comments may go there. */
  readonly isAnchorCandidate: boolean
  /** Ascending by `at`, never empty, neighbours differ. */
  readonly steps: readonly [ContributionStep, ...ContributionStep[]]
}

export function today(contribution: Contribution): ContributionStep {
  return contribution.steps[contribution.steps.length - 1] ?? contribution.steps[0]
}

export function inScope(step: Pick<ContributionStep, 'state' | 'role'>): boolean {
  return step.state !== 'out' && step.role === 'drives'
}
