import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'

/** A check-in as a file reports it. */
export interface ReportedCheckIn extends Omit<CheckIn, 'id' | 'at'> {
  /** null: the file does not say when. */
  readonly at: EpochMs | null
  readonly idempotencyKey: string
}

/** A table of the record that leaves as it is. */
export type ExportTable =
  | 'cycles'
  | 'teams'
  | 'health_policies'
  | 'objectives'
  | 'key_results'
  | 'initiatives'
  | 'check_ins'
  | 'milestone_ticks'
  | 'kpis'
  | 'kpi_values'
  | 'manual_links'
  | 'warnings'
  | 'snapshots'

/** A row with its columns by their names in the API, instants in ISO 8601. */
export type ExportedRow = Readonly<Record<string, unknown>>

/** Data by the thousand, in and out. */
export interface TransferRecords {
  /**
   * Which of these are stored: under the same idempotency key, or with the same date, value and whatever else they say;
   * one without a date, when the latest says the same. By their place in the list.
   */
  knownCheckIns(reported: readonly ReportedCheckIn[]): Promise<ReadonlySet<number>>
  /** Stores those that are not yet, and gives them with their ids. */
  addCheckIns(reported: readonly (ReportedCheckIn & { readonly at: EpochMs })[]): Promise<readonly CheckIn[]>
  /** The latest check-in with a value of each of these key results that has one. */
  latestValues(keys: readonly KeyResultKey[]): Promise<ReadonlyMap<KeyResultKey, CheckIn>>
  /** A page of a table in the order of its keys, archived rows too; `after` is the last `position` of the page before. */
  page(
    table: ExportTable,
    after: string | null,
    limit: number,
  ): Promise<readonly { readonly position: string; readonly row: ExportedRow }[]>
}
