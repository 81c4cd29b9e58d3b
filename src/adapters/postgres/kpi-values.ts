import { and, desc, eq, lt, sql } from 'drizzle-orm'
import type { KpiRecords, NewKpiValue } from '../../app/ports/kpis.ts'
import type { KpiKey } from '../../domain/ids.ts'
import type { KpiValue } from '../../domain/kpi.ts'
import type { DayValues } from '../../domain/measures/day-values.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { kpiValues } from './schema.ts'

type KpiValues = Pick<KpiRecords, 'addValues' | 'values' | 'lastValueAts' | 'dayValues'>

/** A value's columns, without the key that keeps it from being stored twice. */
const VALUE = {
  id: kpiValues.id,
  kpi: kpiValues.kpi,
  at: kpiValues.at,
  value: kpiValues.value,
  note: kpiValues.note,
  author: kpiValues.author,
  source: kpiValues.source,
}

export function createKpiValues(db: Executor): KpiValues {
  return {
    async addValues(values) {
      if (values.length === 0) return []
      const added = await db
        .insert(kpiValues)
        .values([...values])
        .onConflictDoNothing()
        .returning({ ...VALUE, idempotencyKey: kpiValues.idempotencyKey })
      const unkeyed = added.filter(({ idempotencyKey }) => idempotencyKey === null)
      const keyed = new Map(added.map((row) => [row.idempotencyKey, row]))
      const known = await valuesWithKeys(db, values)
      return values.map(({ idempotencyKey }) => {
        const row = idempotencyKey === null ? unkeyed.shift() : keyed.get(idempotencyKey)
        keyed.delete(idempotencyKey)
        return { value: withoutKey(row ?? known.get(idempotencyKey)!), isNew: row !== undefined }
      })
    },

    values: (key, { after, limit }) =>
      db
        .select(VALUE)
        .from(kpiValues)
        .where(and(eq(kpiValues.kpi, key), after === null ? undefined : lt(kpiValues.id, after)))
        .orderBy(desc(kpiValues.id))
        .limit(limit),

    async lastValueAts(asked) {
      if (asked.length === 0) return new Map()
      const { rows } = await db.execute<{ kpi: KpiKey; at: number }>(sql`
        select asked.kpi, (extract(epoch from latest.at) * 1000)::float8 as at
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (kpi text, until float8)
        cross join lateral (
          select at from kpi_values where kpi_values.kpi = asked.kpi and at <= to_timestamp(asked.until / 1000)
          order by at desc limit 1) as latest`)
      return new Map(rows.map(({ kpi, at }) => [kpi, at]))
    },

    async dayValues(stretches) {
      if (stretches.length === 0) return new Map()
      const { rows } = await db.execute<DayValues & { kpi: KpiKey } & Record<string, unknown>>(sql`
        select asked.kpi, (at at time zone asked."timeZone")::date::text as day,
          (extract(epoch from max(at)) * 1000)::float8 as "latestAt",
          (array_agg(value order by at desc, id desc))[1] as latest,
          min(value) as lowest, max(value) as highest, sum(value) as sum, count(*)::int as count
        from jsonb_to_recordset(${JSON.stringify(stretches)}::jsonb)
            as asked (kpi text, "from" float8, until float8, "timeZone" text)
        join kpi_values on kpi_values.kpi = asked.kpi
          and at >= to_timestamp(asked."from" / 1000) and at <= to_timestamp(asked.until / 1000)
        group by 1, 2 order by 1, 2`)
      const days = rows.map(({ kpi, ...day }) => ({ kpi, day }))
      const byKpi = Map.groupBy(days, ({ kpi }) => kpi)
      return new Map([...byKpi].map(([kpi, own]) => [kpi, own.map(({ day }) => day)]))
    },
  }
}

function withoutKey({ id, kpi, at, value, note, author, source }: KpiValue): KpiValue {
  return { id, kpi, at, value, note, author, source }
}

/** Values of one KPI that are stored under these idempotency keys. */
async function valuesWithKeys(
  db: Executor,
  values: readonly NewKpiValue[],
): Promise<ReadonlyMap<string | null, KpiValue>> {
  const keys = values.flatMap(({ idempotencyKey }) => idempotencyKey ?? [])
  const [first] = values
  if (keys.length === 0 || first === undefined) return new Map()
  const rows = await db
    .select({ ...VALUE, idempotencyKey: kpiValues.idempotencyKey })
    .from(kpiValues)
    .where(and(eq(kpiValues.kpi, first.kpi), isAnyOf(kpiValues.idempotencyKey, keys)))
  return new Map(rows.map((row) => [row.idempotencyKey, row]))
}
