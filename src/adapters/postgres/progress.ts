import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { ProgressRecords, Snapshot } from '../../app/ports/progress.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { createDirtyMarks } from './dirty-marks.ts'
import type { Executor } from './executor.ts'
import { createHealthStandings } from './health-standings.ts'
import { createDays } from './key-result-days.ts'
import { snapshots } from './schema.ts'
import { together } from './together.ts'

export function createProgressRecords(db: Executor): ProgressRecords {
  return { ...createDirtyMarks(db), ...createDays(db), ...createHealthStandings(db), ...createSnapshots(db) }
}

type Snapshots = Pick<ProgressRecords, 'latestSnapshot' | 'latestSnapshots' | 'addSnapshot' | 'snapshots'>

function createSnapshots(db: Executor): Snapshots {
  // PostgreSQL returns the rows of one insert in the order they were given.
  const add = together((rows: readonly (typeof snapshots.$inferInsert)[]) =>
    db
      .insert(snapshots)
      .values([...rows])
      .returning(),
  )
  return {
    latestSnapshot: together(async (keys: readonly KeyResultKey[]) => {
      // One step down an index for each key: a key result may have thousands.
      const newest = sql`(
        select max(id) from snapshots as its where its.key_result = asked.key
      )`
      const rows = await db
        .select()
        .from(snapshots)
        .where(
          sql`${snapshots.id} in (select ${newest} from unnest(${sql.param([...keys])}::text[]) as asked(key))`,
        )
      const byKey = new Map(rows.map((row) => [row.keyResult, row]))
      return keys.map((key) => byKey.get(key) ?? null)
    }),

    async latestSnapshots(keys) {
      if (keys.length === 0) return new Map()
      const rows = await db
        .selectDistinctOn([snapshots.keyResult])
        .from(snapshots)
        .where(inArray(snapshots.keyResult, [...keys]))
        .orderBy(snapshots.keyResult, desc(snapshots.id))
      return new Map<KeyResultKey, Snapshot>(rows.map((row) => [row.keyResult, row]))
    },

    addSnapshot: (snapshot, movementCursor) => add({ ...snapshot, movementCursor }),

    snapshots: (key, before, limit) =>
      db
        .select()
        .from(snapshots)
        .where(and(eq(snapshots.keyResult, key), before === null ? undefined : lt(snapshots.id, before)))
        .orderBy(desc(snapshots.id))
        .limit(limit),
  }
}
