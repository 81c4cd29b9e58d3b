import type { KpiKey } from '../../domain/ids.ts'
import type { KpiValue } from '../../domain/kpi.ts'
import type { EpochMs } from '../../domain/time.ts'
import { ThroughlineError, type InputProblem } from '../errors.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { lockLiveKpi } from './find-kpi.ts'
import { lookAtKpi } from './look-at-kpis.ts'

export interface ReportedValue {
  /** When it was so; null: now. An instant slightly ahead of our clock counts as now. */
  readonly at: EpochMs | null
  readonly value: number
  readonly note: string
  /** The same key again returns the first value and stores nothing. */
  readonly idempotencyKey: string | null
}

export interface NewKpiValues {
  readonly key: KpiKey
  readonly author: string
  readonly source: KpiValue['source']
  readonly values: readonly ReportedValue[]
}

export interface StoredKpiValue {
  readonly value: KpiValue
  readonly isNew: boolean
}

/** Clocks of other systems run ahead a little. */
const CLOCK_SKEW_MS = 60_000

/**
 * Stores values of a KPI, all or none, looks at it again and tells the feed, in one transaction. No other goal waits for
 * it: only writers of the same KPI do. Throws `OKR_KPI_NOT_FOUND`, `OKR_KPI_ARCHIVED`, and `OKR_INPUT_INVALID` for
 * values of the future.
 */
export function addKpiValues(
  { database, clock, actor }: Omit<ChangeDeps, 'doorbell'>,
  { key, author, source, values }: NewKpiValues,
): Promise<StoredKpiValue[]> {
  return database.transaction(async (records) => {
    const kpi = await lockLiveKpi(records, key)
    const now = clock.now()
    requirePast(values, now)
    const stored = await records.kpis.addValues(
      values.map(({ at, ...said }) => ({ kpi: key, at: Math.min(at ?? now, now), ...said, author, source })),
    )
    const fresh = stored.filter(({ isNew }) => isNew).map(({ value }) => value)
    if (fresh.length === 0) return stored
    await records.audit.append({
      at: now,
      actor,
      action: 'kpi.report',
      subject: key,
      before: null,
      after: fresh,
    })
    const latest = fresh.reduce((a, b) => (b.at >= a.at ? b : a))
    const data = { values: fresh.length, value: latest.value, unit: kpi.unit, author }
    const told = { kind: 'kpi.reported', subject: key, at: now, data } as const
    await records.feed.append([told, ...(await lookAtKpi(records, kpi, now))])
    return stored
  })
}

function requirePast(values: readonly ReportedValue[], now: EpochMs): void {
  const problems = values.flatMap(({ at }, index): InputProblem[] =>
    at === null || at <= now + CLOCK_SKEW_MS
      ? []
      : [
          {
            field: values.length === 1 ? 'at' : `values.${index}.at`,
            message: 'lies in the future; a value says what was so, not what is hoped for',
          },
        ],
  )
  if (problems.length === 0) return
  throw new ThroughlineError('OKR_INPUT_INVALID', 'The values cannot be kept: some lie in the future.', {
    problems,
  })
}
