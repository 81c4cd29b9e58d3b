import type { KeyResultKey } from '../../domain/ids.ts'
import type { SprintResult } from '../../domain/sprints/sprint-result.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { StoredSprint } from './mirror.ts'

/** What closed sprints did for key results. */
export interface SprintResultRecords {
  /** Sprints completed between two instants whose results were not handed out since, the first completed first. */
  untold(after: EpochMs, before: EpochMs, limit: number): Promise<StoredSprint[]>
  /** Says that the results of a completion were handed out; one that is completed anew is told anew. */
  told(sprint: StoredSprint): Promise<void>
  /** The latest result of a key result replaces one of an earlier completion, or an earlier look at the same sprint. */
  save(key: KeyResultKey, result: SprintResult): Promise<void>
  latest(key: KeyResultKey): Promise<SprintResult | null>
}
