import { and, asc, eq, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { dirtyKeyResults } from './schema.ts'

type DirtyMarks = Pick<
  ProgressRecords,
  | 'markDirty'
  | 'claimDirty'
  | 'clearDirty'
  | 'lockKeyResult'
  | 'relinkWish'
  | 'linksEvaluated'
  | 'dirtyKeyResults'
  | 'oldestDirtyAgeMs'
>

export function createDirtyMarks(db: Executor): DirtyMarks {
  return {
    async markDirty(marks) {
      if (marks.length === 0) return
      // In key order, so that two transactions that mark the same key results wait and never deadlock.
      await db.execute(sql`
        insert into dirty_key_results (key_result, generation, earliest_day, needs_relink, relink_wish)
        select "keyResult", 1, min(day), bool_or(relink), case when bool_or(relink) then 1 else 0 end
        from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r("keyResult" text, day date, relink boolean)
        group by 1 order by 1
        on conflict (key_result) do update set
          generation = dirty_key_results.generation + 1,
          earliest_day = least(dirty_key_results.earliest_day, excluded.earliest_day),
          needs_relink = dirty_key_results.needs_relink or excluded.needs_relink,
          relink_wish = dirty_key_results.relink_wish + excluded.relink_wish`)
    },

    // In key order, as they are marked.
    claimDirty: (keys) =>
      db
        .select({
          keyResult: dirtyKeyResults.keyResult,
          generation: dirtyKeyResults.generation,
          earliestDay: dirtyKeyResults.earliestDay,
          needsRelink: dirtyKeyResults.needsRelink,
        })
        .from(dirtyKeyResults)
        .where(isAnyOf(dirtyKeyResults.keyResult, keys))
        .orderBy(asc(dirtyKeyResults.keyResult))
        .for('update'),

    async clearDirty(claimed) {
      if (claimed.length === 0) return
      await db.execute(sql`
        delete from dirty_key_results as mark
        using jsonb_to_recordset(${JSON.stringify(claimed)}::jsonb) as claimed("keyResult" text, generation int)
        where mark.key_result = claimed."keyResult" and mark.generation = claimed.generation`)
    },

    async lockKeyResult(key) {
      // The transaction that only holds this lock is idle while its holder works in others.
      await db.execute(sql`set local idle_in_transaction_session_timeout = 0`)
      await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`relink:${key}`}, 0))`)
    },

    async relinkWish(key) {
      const rows = await db
        .select({ wish: dirtyKeyResults.relinkWish })
        .from(dirtyKeyResults)
        .where(and(eq(dirtyKeyResults.keyResult, key), dirtyKeyResults.needsRelink))
      return rows[0]?.wish ?? null
    },

    async linksEvaluated(key, wish) {
      await db
        .update(dirtyKeyResults)
        .set({ needsRelink: false })
        .where(and(eq(dirtyKeyResults.keyResult, key), eq(dirtyKeyResults.relinkWish, wish)))
    },

    async dirtyKeyResults(limit) {
      const rows = await db
        .select({ keyResult: dirtyKeyResults.keyResult })
        .from(dirtyKeyResults)
        .orderBy(asc(dirtyKeyResults.since))
        .limit(limit)
      return rows.map((row) => row.keyResult)
    },

    async oldestDirtyAgeMs() {
      const rows = await db.execute<{ age: number | null }>(
        sql`select extract(epoch from now() - min(since))::float8 * 1000 as age from dirty_key_results`,
      )
      return firstRow(rows.rows).age
    },
  }
}
