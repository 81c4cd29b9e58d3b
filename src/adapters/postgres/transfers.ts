import { sql } from 'drizzle-orm'
import type { DatedCheckIn, ReportedCheckIn, TransferRecords } from '../../app/ports/transfers.ts'
import type { CheckIn } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { createExportPages } from './export-pages.ts'

export function createTransfers(db: Executor): TransferRecords {
  return {
    page: createExportPages(db),

    async knownCheckIns(dated) {
      if (dated.length === 0) return new Set()
      const { rows } = await db.execute<{ nth: number }>(sql`
        select nth from ${reportedRows(dated)}
        where exists (
          select from check_ins as known
          where known.key_result = r.key_result and known.idempotency_key = r.idempotency_key
        ) or occurrence <= (
          select count(*) from check_ins as known
          where known.key_result = r.key_result and known.at = r.at
            and known.value is not distinct from r.value
            and known.confidence is not distinct from coalesce(r.confidence, known.confidence)
            and (r.note = '' or known.note = r.note)
        )`)
      return new Set(rows.map(({ nth }) => nth))
    },

    async latestCheckIns(asked) {
      if (asked.size === 0) return new Map()
      const { rows } = await db.execute<Record<string, unknown> & CheckIn>(sql`
        select ${CHECK_IN_COLUMNS}
        from jsonb_to_recordset(${JSON.stringify([...asked].map(([key, count]) => ({ key, count })))}::jsonb)
          as asked(key text, count int)
        cross join (values (true), (false)) as kind(has_value)
        cross join lateral (
          select * from check_ins
          where check_ins.key_result = asked.key and (check_ins.value is not null) = kind.has_value
          order by check_ins.at desc, check_ins.id desc limit asked.count
        ) as latest
        order by latest.at, latest.id`)
      return Map.groupBy(rows, ({ keyResult }) => keyResult)
    },

    async addCheckIns(reported) {
      if (reported.length === 0) return []
      const { rows } = await db.execute<Record<string, unknown> & CheckIn>(sql`
        insert into check_ins (key_result, at, value, confidence, note, author, source, idempotency_key)
        select key_result, at, value, confidence, note, author, source, idempotency_key
        from ${reportedRows(reported)} order by nth
        on conflict do nothing
        returning ${CHECK_IN_COLUMNS}`)
      return rows
    },

    async latestValues(keys) {
      const { rows } = await db.execute<Record<string, unknown> & CheckIn>(sql`
        select distinct on (key_result) ${CHECK_IN_COLUMNS}
        from check_ins
        where key_result = any(${sql.param([...new Set(keys)])}::text[]) and value is not null
        order by key_result, check_ins.at desc, check_ins.id desc`)
      return new Map<KeyResultKey, CheckIn>(rows.map((row) => [row.keyResult, row]))
    },
  }
}

const CHECK_IN_COLUMNS = sql`id::int, key_result as "keyResult", (extract(epoch from at) * 1000)::float8 as at,
  value, confidence, note, author, source`

/** Check-ins as rows to join, `r`, each with its place in the list. */
function reportedRows(reported: readonly (ReportedCheckIn | DatedCheckIn)[]) {
  const rows = reported.map(({ keyResult, at, idempotencyKey, ...said }, nth) => ({
    ...said,
    nth,
    key_result: keyResult,
    at: new Date(at).toISOString(),
    idempotency_key: idempotencyKey,
  }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(nth int, key_result text, at timestamptz,
    value float8, confidence int, note text, author text, source text, idempotency_key text,
    occurrence int)`
}
