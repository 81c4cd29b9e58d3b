import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Episode, NewEpisode } from '../../domain/warnings/episode.ts'

export interface WarningFilter {
  readonly state: 'open' | 'past' | 'all'
  readonly keyResult: KeyResultKey | null
  readonly objective: ObjectiveKey | null
}

/** Episodes of warnings. Those of an archived key result are past, whether they were resolved or not. */
export interface WarningRecords {
  /** The open ones of a key result, locked until the transaction ends. */
  lockOpen(key: KeyResultKey): Promise<Episode[]>
  /** One by its number, locked until the transaction ends. */
  lockOne(id: number): Promise<Episode | null>
  /** null when there is one of this kind open already. */
  raise(episode: NewEpisode): Promise<Episode | null>
  update(episode: Episode): Promise<void>
  /** Ends many at once. */
  resolve(ids: readonly number[], at: EpochMs): Promise<void>
  one(id: number): Promise<ListedEpisode | null>
  /** The newest first; a page goes on below an id. */
  list(page: { after: number | null; limit: number }, filter: WarningFilter): Promise<ListedEpisode[]>
  /** Of these key results: those open, and those resolved after an instant, oldest first. */
  since(keys: readonly KeyResultKey[], at: EpochMs): Promise<Episode[]>
}

export type ListedEpisode = Episode & { readonly objective: ObjectiveKey; readonly isArchived: boolean }
