import { and, asc, desc, not, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { dirtyKeyResults } from './schema.ts'

type DirtyMarks = Pick<
  ProgressRecords,
  | 'markDirty'
  | 'claimDirty'
  | 'clearDirty'
  | 'lockKeyResults'
  | 'tryLockKeyResults'
  | 'relinkWishes'
  | 'linksEvaluated'
  | 'dirtyKeyResults'
  | 'lastDirtyKeyResults'
  | 'oldestDirtyAgeMs'
>

export function createDirtyMarks(db: Executor): DirtyMarks {
  return {
    async markDirty(marks) {
      if (marks.length === 0) return
      // In key order, so that two transactions that mark the same key results wait and never deadlock. A wish is named
      // by its transaction, which no other is: a mark that was cleared and made anew never repeats one.
      await db.execute(sql`
        insert into dirty_key_results (key_result, generation, earliest_day, needs_relink, relink_wish)
        select "keyResult", 1, min(day), bool_or(relink),
          case when bool_or(relink) then pg_current_xact_id()::text::bigint else 0 end
        from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as r("keyResult" text, day date, relink boolean)
        group by 1 order by 1
        on conflict (key_result) do update set
          generation = dirty_key_results.generation + 1,
          marked_at = now(),
          earliest_day = least(dirty_key_results.earliest_day, excluded.earliest_day),
          needs_relink = dirty_key_results.needs_relink or excluded.needs_relink,
          relink_wish = case when excluded.needs_relink
            then excluded.relink_wish else dirty_key_results.relink_wish end`)
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

    async lockKeyResults(keys) {
      // The transaction that only holds these locks is idle while its holder works in others.
      await db.execute(sql`set local idle_in_transaction_session_timeout = 0`)
      // In key order: two that lock some of the same wait for each other once.
      await db.execute(sql`
        select pg_advisory_xact_lock(hashtextextended('relink:' || key, 0))
        from (select key from unnest(${sql.param([...keys])}::text[]) as key order by key offset 0) as ordered`)
    },

    async tryLockKeyResults(keys) {
      await db.execute(sql`set local idle_in_transaction_session_timeout = 0`)
      const tried = await db.execute<{ key: KeyResultKey; locked: boolean }>(sql`
        select key, pg_try_advisory_xact_lock(hashtextextended('relink:' || key, 0)) as locked
        from unnest(${sql.param([...keys])}::text[]) as key`)
      return tried.rows.filter(({ locked }) => locked).map(({ key }) => key)
    },

    relinkWishes: (keys) =>
      db
        .select({ keyResult: dirtyKeyResults.keyResult, wish: dirtyKeyResults.relinkWish })
        .from(dirtyKeyResults)
        .where(and(isAnyOf(dirtyKeyResults.keyResult, keys), dirtyKeyResults.needsRelink))
        .orderBy(asc(dirtyKeyResults.keyResult)),

    async linksEvaluated(wishes) {
      // Locked in key order, as they are marked.
      await db.execute(sql`
        with fulfilled as (
          select mark.key_result from dirty_key_results as mark
          join jsonb_to_recordset(${JSON.stringify(wishes)}::jsonb) as wished("keyResult" text, wish bigint)
            on mark.key_result = wished."keyResult" and mark.relink_wish = wished.wish
          order by mark.key_result for update of mark)
        update dirty_key_results as mark set needs_relink = false
        from fulfilled where mark.key_result = fulfilled.key_result`)
    },

    async dirtyKeyResults(limit, except = []) {
      const rows = await db
        .select({ keyResult: dirtyKeyResults.keyResult })
        .from(dirtyKeyResults)
        .where(not(isAnyOf(dirtyKeyResults.keyResult, except)))
        .orderBy(asc(dirtyKeyResults.since))
        .limit(limit)
      return rows.map((row) => row.keyResult)
    },

    async lastDirtyKeyResults(limit, minAgeMs, except = []) {
      const rows = await db
        .select({ keyResult: dirtyKeyResults.keyResult })
        .from(dirtyKeyResults)
        .where(
          and(
            sql`${dirtyKeyResults.since} <= now() - ${minAgeMs} * interval '1 millisecond'`,
            not(isAnyOf(dirtyKeyResults.keyResult, except)),
          ),
        )
        .orderBy(desc(dirtyKeyResults.markedAt))
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
