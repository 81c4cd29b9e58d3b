import { sql, type SQL } from 'drizzle-orm'
import type { EpochMs } from '../../domain/time.ts'

/** What the tables of a query are called in it. */
interface Names {
  readonly keyResult: string
  readonly objective: string
  readonly cycle: string
}

/**
 * A key result that counts at an instant: neither it nor what holds it is archived, its cycle is not closed, and its due
 * day, or the last day of its cycle, is not over where the cycle is kept.
 */
export function isRunningAt(
  at: EpochMs,
  { keyResult, objective, cycle }: Names = {
    keyResult: 'key_results',
    objective: 'objectives',
    cycle: 'cycles',
  },
): SQL {
  const column = (table: string, name: string) => sql`${sql.identifier(table)}.${sql.identifier(name)}`
  return sql`(
    ${column(keyResult, 'archived_at')} is null and ${column(objective, 'archived_at')} is null
    and ${column(cycle, 'archived_at')} is null
    and (${column(cycle, 'closed_at')} is null or ${column(cycle, 'closed_at')} > to_timestamp(${at / 1_000}))
    and coalesce(${column(keyResult, 'due_day')}, ${column(cycle, 'end_day')}) >=
      (to_timestamp(${at / 1_000}) at time zone (${column(cycle, 'calendar')} ->> 'timeZone'))::date)`
}
