import { desc, eq, lt } from 'drizzle-orm'
import type { CycleClosing, CycleClosingRecords } from '../../app/ports/cycle-closings.ts'
import { retrospectiveOf, type FrozenRetrospective } from '../../domain/retrospective/frozen.ts'
import { createCyclePast } from './cycle-past.ts'
import type { Executor } from './executor.ts'
import { createGoalPlaces } from './goal-places.ts'
import { createGoalRevisions } from './goal-revisions.ts'
import { cycleClosings, cycles } from './schema.ts'

export function createCycleClosingRecords(db: Executor): CycleClosingRecords {
  return {
    async closing(cycle) {
      const rows = await db.select().from(cycleClosings).where(eq(cycleClosings.cycle, cycle))
      return rows[0] === undefined ? null : closingOf(rows[0])
    },

    async saveClosing({ cycle, closedAt, retrospective, rolledOver }) {
      const row = { cycle, closedAt, closing: { retrospective, rolledOver } }
      await db.insert(cycleClosings).values(row).onConflictDoUpdate({ target: cycleClosings.cycle, set: row })
    },

    async removeClosing(cycle) {
      await db.delete(cycleClosings).where(eq(cycleClosings.cycle, cycle))
    },

    async earlierClosings(before, limit) {
      const rows = await db
        .select({ closing: cycleClosings })
        .from(cycleClosings)
        .innerJoin(cycles, eq(cycles.key, cycleClosings.cycle))
        .where(lt(cycles.endDay, before))
        .orderBy(desc(cycles.endDay), desc(cycles.key))
        .limit(limit)
      return rows.map(({ closing }) => closingOf(closing).retrospective)
    },

    ...createCyclePast(db),
    ...createGoalRevisions(db),
    ...createGoalPlaces(db),
  }
}

interface StoredClosing extends Pick<CycleClosing, 'rolledOver'> {
  readonly retrospective: FrozenRetrospective
}

function closingOf({ cycle, closedAt, closing }: typeof cycleClosings.$inferSelect): CycleClosing {
  const { retrospective, rolledOver } = closing as StoredClosing
  return { cycle, closedAt, retrospective: retrospectiveOf(retrospective), rolledOver }
}
