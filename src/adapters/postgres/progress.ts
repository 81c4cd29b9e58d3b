import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { ProgressRecords, Snapshot } from '../../app/ports/progress.ts'
import type { DayTally } from '../../domain/contributions/tally.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { createHealthStandings } from './health-standings.ts'
import { firstRow } from './rows.ts'
import { dirtyKeyResults, keyResultDays, snapshots } from './schema.ts'

export function createProgressRecords(db: Executor): ProgressRecords {
  return { ...createDirtyMarks(db), ...createDays(db), ...createHealthStandings(db), ...createSnapshots(db) }
}

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

function createDirtyMarks(db: Executor): DirtyMarks {
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

    async claimDirty(key) {
      const rows = await db
        .select({
          keyResult: dirtyKeyResults.keyResult,
          generation: dirtyKeyResults.generation,
          earliestDay: dirtyKeyResults.earliestDay,
          needsRelink: dirtyKeyResults.needsRelink,
        })
        .from(dirtyKeyResults)
        .where(eq(dirtyKeyResults.keyResult, key))
        .for('update')
      return rows[0] ?? null
    },

    async clearDirty({ keyResult, generation }) {
      await db
        .delete(dirtyKeyResults)
        .where(and(eq(dirtyKeyResults.keyResult, keyResult), eq(dirtyKeyResults.generation, generation)))
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

function createDays(db: Executor): Pick<ProgressRecords, 'dayBefore' | 'replaceDays' | 'days' | 'daysFrom'> {
  const DAY = { day: keyResultDays.day, tally: keyResultDays.tally }
  return {
    async dayBefore(key, day) {
      const rows = await db
        .select(DAY)
        .from(keyResultDays)
        .where(and(eq(keyResultDays.keyResult, key), day === null ? undefined : lt(keyResultDays.day, day)))
        .orderBy(desc(keyResultDays.day))
        .limit(1)
      return rows[0] ?? null
    },

    async daysFrom(key, day) {
      const { rows } = await db.execute<DayTally & Record<string, unknown>>(sql`
        select day::text as day, tally from key_result_days
        where key_result = ${key} and day >= coalesce(
          (select max(day) from key_result_days where key_result = ${key} and day < ${day}::date), ${day}::date)
        order by day`)
      return rows.map(({ day, tally }) => ({ day, tally }))
    },

    async replaceDays(key, from, days) {
      await db
        .delete(keyResultDays)
        .where(
          and(eq(keyResultDays.keyResult, key), from === null ? undefined : gte(keyResultDays.day, from)),
        )
      if (days.length === 0) return
      await db.insert(keyResultDays).values(days.map((day) => ({ keyResult: key, ...day })))
    },

    days: (key) =>
      db
        .select(DAY)
        .from(keyResultDays)
        .where(eq(keyResultDays.keyResult, key))
        .orderBy(asc(keyResultDays.day)),
  }
}

type Snapshots = Pick<ProgressRecords, 'latestSnapshot' | 'latestSnapshots' | 'addSnapshot' | 'snapshots'>

function createSnapshots(db: Executor): Snapshots {
  return {
    async latestSnapshot(key) {
      const rows = await db
        .select()
        .from(snapshots)
        .where(eq(snapshots.keyResult, key))
        .orderBy(desc(snapshots.id))
        .limit(1)
      return rows[0] ?? null
    },

    async latestSnapshots(keys) {
      if (keys.length === 0) return new Map()
      const rows = await db
        .selectDistinctOn([snapshots.keyResult])
        .from(snapshots)
        .where(inArray(snapshots.keyResult, [...keys]))
        .orderBy(snapshots.keyResult, desc(snapshots.id))
      return new Map<KeyResultKey, Snapshot>(rows.map((row) => [row.keyResult, row]))
    },

    async addSnapshot(snapshot, movementCursor) {
      const rows = await db
        .insert(snapshots)
        .values({ ...snapshot, movementCursor })
        .returning()
      return firstRow(rows)
    },

    snapshots: (key, before, limit) =>
      db
        .select()
        .from(snapshots)
        .where(and(eq(snapshots.keyResult, key), before === null ? undefined : lt(snapshots.id, before)))
        .orderBy(desc(snapshots.id))
        .limit(limit),
  }
}
