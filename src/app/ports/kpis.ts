import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi, KpiValue } from '../../domain/kpi.ts'
import type { KpiStanding } from '../../domain/kpis/kpi-standing.ts'
import type { DayValues } from '../../domain/measures/day-values.ts'
import type { EpochMs } from '../../domain/time.ts'

/** A value with the key that keeps it from being stored twice. */
export interface NewKpiValue extends Omit<KpiValue, 'id'> {
  readonly idempotencyKey: string | null
}

/** A stretch of a KPI's values, folded by the days of a time zone. */
export interface KpiStretch {
  readonly kpi: KpiKey
  readonly from: EpochMs
  /** Included. */
  readonly until: EpochMs
  readonly timeZone: string
}

export interface KpiRecords {
  /** The next free `KPI-n`; keys that somebody chose by hand are skipped. */
  nextKey(): Promise<KpiKey>
  insert(kpi: Kpi): Promise<void>
  /** It is looked at again soon: what it is judged by may have changed. */
  update(kpi: Kpi): Promise<void>
  kpi(key: KpiKey): Promise<Kpi | null>
  kpis(
    page: { readonly after: KpiKey | null; readonly limit: number },
    filter: {
      readonly team: string | null
      readonly owner: string | null
      readonly includeArchived: boolean
    },
  ): Promise<Kpi[]>
  /** Keeps other writers of its values out until the transaction ends; null when there is no such KPI. */
  lock(key: KpiKey): Promise<Kpi | null>

  /** Of one KPI, in the order given. A value with a known idempotency key is not stored twice; the first one is given. */
  addValues(values: readonly NewKpiValue[]): Promise<{ value: KpiValue; isNew: boolean }[]>
  /** The newest entry first; a page goes on below an id. */
  values(key: KpiKey, page: { readonly after: number | null; readonly limit: number }): Promise<KpiValue[]>
  /** When each of these KPIs had its last value at or before an instant; none for one without. */
  lastValueAts(
    asked: readonly { readonly kpi: KpiKey; readonly until: EpochMs }[],
  ): Promise<ReadonlyMap<KpiKey, EpochMs>>
  /** Ascending by day, for each KPI that has values there. One stretch per KPI. */
  dayValues(stretches: readonly KpiStretch[]): Promise<ReadonlyMap<KpiKey, DayValues[]>>

  standing(key: KpiKey): Promise<KpiStanding | null>
  saveStanding(key: KpiKey, standing: KpiStanding, dueAt: EpochMs | null): Promise<void>
  /** Live KPIs that were never looked at, or that time alone may have changed by now; the longest due first. */
  due(now: EpochMs, limit: number): Promise<KpiKey[]>
}
