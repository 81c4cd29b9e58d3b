import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'

/** A check-in as a file reports it. */
export interface ReportedCheckIn extends Omit<CheckIn, 'id' | 'at'> {
  readonly at: EpochMs
  /** null: nothing but what is stored tells whether it is new. */
  readonly idempotencyKey: string | null
}

/** A check-in of a file that has a date. */
export interface DatedCheckIn extends ReportedCheckIn {
  /** How manieth it is of those that say the same of the same date. */
  readonly occurrence: number
}

/** A table of the record that leaves as it is. */
export type ExportTable =
  | 'cycles'
  | 'cycle_closings'
  | 'teams'
  | 'health_policies'
  | 'templates'
  | 'objectives'
  | 'key_results'
  | 'initiatives'
  | 'check_ins'
  | 'milestone_ticks'
  | 'kpis'
  | 'kpi_values'
  | 'sites'
  | 'manual_links'
  | 'movements'
  | 'snapshots'
  | 'warnings'
  | 'team_digests'
  | 'audit'

/** A row with its columns by their names in the API, instants in ISO 8601. */
export type ExportedRow = Readonly<Record<string, unknown>>

/** Data by the thousand, in and out. */
export interface TransferRecords {
  /**
   * Which of these are stored: under the same idempotency key, or as often as this with the same date, value and
   * whatever else they say. By their place in the list.
   */
  knownCheckIns(dated: readonly DatedCheckIn[]): Promise<ReadonlySet<number>>
  /** The latest check-ins of these key results, oldest first: as many as asked with a value, and as many without. */
  latestCheckIns(
    asked: ReadonlyMap<KeyResultKey, number>,
  ): Promise<ReadonlyMap<KeyResultKey, readonly CheckIn[]>>
  /** Stores those that are not yet, in this order, and gives them with their ids. */
  addCheckIns(reported: readonly ReportedCheckIn[]): Promise<readonly CheckIn[]>
  /** The latest check-in with a value of each of these key results that has one. */
  latestValues(keys: readonly KeyResultKey[]): Promise<ReadonlyMap<KeyResultKey, CheckIn>>
  /** A page of a table in the order of its keys, archived rows too; `after` is the last `position` of the page before. */
  page(
    table: ExportTable,
    after: string | null,
    limit: number,
  ): Promise<readonly { readonly position: string; readonly row: ExportedRow }[]>
}
