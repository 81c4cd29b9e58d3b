import { sql } from 'drizzle-orm'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'

/** A sequence that counts goals, and the goals, some of which may have a number somebody chose. */
export interface Counted {
  readonly sequence: 'key_result_numbers' | 'initiative_numbers' | 'kpi_numbers'
  readonly table: 'key_results' | 'initiatives' | 'kpis'
}

/**
 * The next number that nobody has. It costs the same however many chosen ones it passes over: the sequence goes on
 * behind them. The caller holds the lock for changes.
 */
export async function nextNumber(db: Executor, { sequence, table }: Counted): Promise<number> {
  const next = await db.execute<{ number: number }>(sql`select nextval(${sequence})::int as number`)
  const { number } = firstRow(next.rows)
  const free = await firstFreeNumber(db, table, number)
  if (free !== number) await db.execute(sql`select setval(${sequence}, ${free}::bigint)`)
  return free
}

/** The first number from `from` on that none of them has. */
async function firstFreeNumber(db: Executor, name: Counted['table'], from: number): Promise<number> {
  const table = sql.identifier(name)
  const result = await db.execute<{ number: number }>(sql`
    select case
      when not exists (select from ${table} where number = ${from}) then ${from}::int
      else (
        select min(taken.number) + 1 from ${table} as taken
        where taken.number >= ${from}
          and not exists (select from ${table} as next where next.number = taken.number + 1)
      )
    end as number`)
  return firstRow(result.rows).number
}
