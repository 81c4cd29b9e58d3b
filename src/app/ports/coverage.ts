import type { ContributionStep } from '../../domain/contributions/contribution.ts'
import type { EpicClaim } from '../../domain/health/signals.ts'
import type { IssueId, KeyResultKey, SiteId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StoredSprint } from './mirror.ts'

/** How the running sprints cover a key result. */
export interface SprintCoverage {
  /** Running sprints of boards whose latest sprints held work of it. */
  readonly running: readonly StoredSprint[]
  /** The latest sprints of those boards, running ones included: how long a sprint is there. */
  readonly latest: readonly StoredSprint[]
  /** How its issues in those running sprints count for it today. */
  readonly work: readonly ContributionStep[]
}

/** How sprints and epics bear on a key result. What it costs follows from its own issues and boards, not from others. */
export interface CoverageRecords {
  sprintCoverage(key: KeyResultKey): Promise<SprintCoverage>
  /** Key results in danger that some of these issues count for. */
  inDangerWith(siteId: SiteId, issueIds: readonly IssueId[]): Promise<KeyResultKey[]>
  /** Who is driven by the epics that name the key result, itself included, and still has time at an instant. */
  epicClaims(key: KeyResultKey, at: EpochMs): Promise<(EpicClaim & { readonly epicKey: string })[]>
  /**
   * Live key results beside these that an epic of these names as well: when one of these comes, goes, moves to another
   * objective or has another time, a conflict of theirs may begin or end.
   */
  rivalsOf(keys: readonly KeyResultKey[]): Promise<KeyResultKey[]>
}
