import type { KpiKey } from '../../domain/ids.ts'
import type { KpiValue } from '../../domain/kpi.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { InputProblem } from '../errors.ts'
import { authorshipOf, inTheWordsOf } from '../../domain/authorship.ts'
import type { ChangeDeps } from '../goals/change-goals.ts'
import { problemOfDate, requireNoProblems, requireSaidAgain, saidAt } from '../goals/reported-values.ts'
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

/**
 * Stores values of a KPI, all or none, looks at it again and tells the feed, in one transaction. No other goal waits for
 * it: only writers of the same KPI do. Throws `OKR_KPI_NOT_FOUND`, `OKR_KPI_ARCHIVED`, `OKR_VALUE_ID_TAKEN` for another
 * value under a known id, and `OKR_INPUT_INVALID` for values of the future and for an id that two values have.
 */
export function addKpiValues(
  { database, clock, ...deps }: Omit<ChangeDeps, 'doorbell'>,
  { key, author, source, values }: NewKpiValues,
): Promise<StoredKpiValue[]> {
  return database.transaction(async (records) => {
    const kpi = await lockLiveKpi(records, key)
    const now = clock.now()
    const fieldOf = (index: number, name: string) => (values.length === 1 ? name : `values.${index}.${name}`)
    requireNoProblems(
      [
        ...values.map(({ at }, index) => problemOfDate(at, now, fieldOf(index, 'at'))),
        ...repeatedIds(values),
      ],
      'The values cannot be kept',
    )
    const stored = await records.kpis.addValues(
      values.map(({ at, ...said }) => ({ kpi: key, at: saidAt(at, now), ...said, author, source })),
    )
    requireSaidAgain(
      stored.flatMap(({ value, isNew }, index) =>
        isNew ? [] : [{ field: fieldOf(index, 'value'), said: values[index]!, stored: value }],
      ),
    )
    const fresh = stored.filter(({ isNew }) => isNew).map(({ value }) => value)
    if (fresh.length === 0) return stored
    const words = inTheWordsOf(deps, { by: author, reason: fresh[0]?.note ?? null })
    const entry = { at: now, action: 'kpi.report', subject: key, before: null, after: fresh }
    await records.audit.append([{ ...authorshipOf(words), ...entry }])
    const latest = fresh.reduce((a, b) => (b.at >= a.at ? b : a))
    const data = { values: fresh.length, value: latest.value, unit: kpi.unit, author }
    const told = { kind: 'kpi.reported', subject: key, at: now, data } as const
    await records.feed.append([told, ...(await lookAtKpi(records, kpi, now))])
    return stored
  })
}

/** Which of two values under one id is meant nobody can tell. */
function repeatedIds(values: readonly ReportedValue[]): InputProblem[] {
  const firstWith = new Map<string, number>()
  return values.flatMap(({ idempotencyKey: id }, index) => {
    if (id === null) return []
    const first = firstWith.get(id)
    firstWith.set(id, first ?? index)
    if (first === undefined) return []
    return [{ field: `values.${index}.id`, message: `repeats the id of values.${first}` }]
  })
}
