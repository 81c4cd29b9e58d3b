import type { KeyResultKey, SiteId, SprintId } from '../../domain/ids.ts'
import type { SprintResult } from '../../domain/sprints/sprint-result.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StoredSprint } from './mirror.ts'

/** A sprint whose results could not be handed out. */
export interface FailedSprint {
  readonly siteId: SiteId
  readonly sprintId: SprintId
  readonly failures: number
  /** Its next attempt is not due yet. */
  readonly waits: boolean
}

/** What closed sprints did for key results. */
export interface SprintResultRecords {
  /**
   * Sprints completed between two instants whose results were not handed out since: those that never failed first, then
   * those that failed least; of these, the first completed first. None that waits.
   */
  untold(
    after: EpochMs,
    before: EpochMs,
    limit: number,
    failed: readonly FailedSprint[],
  ): Promise<StoredSprint[]>
  /** Says that the results of a completion were handed out; one that is completed anew is told anew. */
  told(sprint: StoredSprint): Promise<void>
  /** The latest result of a key result replaces one of an earlier completion, or an earlier look at the same sprint. */
  save(key: KeyResultKey, result: SprintResult): Promise<void>
  latest(key: KeyResultKey): Promise<SprintResult | null>
}
