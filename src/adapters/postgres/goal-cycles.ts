import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import type { Executor } from './executor.ts'
import { cycles } from './schema.ts'

type Cycles = Pick<GoalRecords, 'insertCycle' | 'updateCycle' | 'cycle' | 'cycles'>

export function createCycles(db: Executor): Cycles {
  return {
    async insertCycle(cycle) {
      const inserted = await db
        .insert(cycles)
        .values(cycle)
        .onConflictDoNothing()
        .returning({ key: cycles.key })
      return inserted.length > 0
    },

    async updateCycle({ key, ...changes }) {
      await db.update(cycles).set(changes).where(eq(cycles.key, key))
    },

    async cycle(key) {
      const rows = await db.select().from(cycles).where(eq(cycles.key, key))
      return rows[0] ?? null
    },

    cycles: ({ after, limit }, includeArchived) =>
      db
        .select()
        .from(cycles)
        .where(
          and(
            after === null ? undefined : gt(cycles.key, after),
            includeArchived ? undefined : isNull(cycles.archivedAt),
          ),
        )
        .orderBy(asc(cycles.key))
        .limit(limit),
  }
}
