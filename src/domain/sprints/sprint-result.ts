import type { SiteId, SprintId } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import type { ReviewedKeyResult } from './sprint-review.ts'

/** What a closed sprint did for one key result, as its status comment tells it. Plain JSON. */
export interface SprintResult {
  readonly siteId: SiteId
  readonly sprintId: SprintId
  readonly name: string
  readonly completeAt: EpochMs
  /** Issues of it that were completed, and those that were carried over. */
  readonly completedIssues: number
  readonly carriedOverIssues: number
  /** Delivered for it in the sprint, in the size of its measure. */
  readonly deliveredSize: number
  /** Raw progress before and after; null where there was nothing to measure yet. */
  readonly progressBefore: number | null
  readonly progressAfter: number | null
}

export function sprintResult(
  sprint: Pick<SprintResult, 'siteId' | 'sprintId' | 'name' | 'completeAt'>,
  { completed, carriedOver, deliveredSize, progress }: ReviewedKeyResult,
): SprintResult {
  return {
    siteId: sprint.siteId,
    sprintId: sprint.sprintId,
    name: sprint.name,
    completeAt: sprint.completeAt,
    completedIssues: completed.issues,
    carriedOverIssues: carriedOver.issues,
    deliveredSize,
    progressBefore: progress?.before ?? null,
    progressAfter: progress?.after ?? null,
  }
}
