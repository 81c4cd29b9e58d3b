import type { KpiKey, TeamKey } from './ids.ts'
import type { Band } from './measures/band.ts'
import type { RangeMeasure } from './measures/measure.ts'
import type { Period } from './measures/period.ts'
import type { EpochMs } from './time.ts'

/** A health metric outside any objective: nobody strives for it, everybody wants to know when it leaves its band. */
export interface Kpi {
  readonly key: KpiKey
  readonly title: string
  readonly description: string
  readonly owner: string | null
  readonly team: TeamKey | null
  readonly unit: string
  readonly band: Band
  /** The stretch of time that is judged as one. */
  readonly period: Period
  readonly valueOfPeriod: RangeMeasure['valueOfPeriod']
  /** IANA: whose days and weeks. */
  readonly timeZone: string
  /** Where its values come from, for people: `Grafana, pushed nightly`. */
  readonly source: string
  /** Without a value for longer than this many days it is stale. */
  readonly checkEveryDays: number
  readonly externalId: string | null
  readonly archivedAt: EpochMs | null
}

/** A value of a KPI, said or pushed. */
export interface KpiValue {
  readonly id: number
  readonly kpi: KpiKey
  readonly at: EpochMs
  readonly value: number
  readonly note: string
  readonly author: string
  readonly source: 'person' | 'system'
}
