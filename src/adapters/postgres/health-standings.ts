import { asc, eq, lte, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { healthStandings } from './schema.ts'

type HealthStandings = Pick<
  ProgressRecords,
  'healthStanding' | 'saveHealthStanding' | 'healthDue' | 'clearHealthDue' | 'keyResultsInDanger'
>

export function createHealthStandings(db: Executor): HealthStandings {
  return {
    async healthStanding(key) {
      const rows = await db
        .select({ standing: healthStandings.standing, policy: healthStandings.policy })
        .from(healthStandings)
        .where(eq(healthStandings.keyResult, key))
      return rows[0] ?? null
    },

    async saveHealthStanding(keyResult, { standing, policy }, dueAt) {
      await db
        .insert(healthStandings)
        .values({ keyResult, standing, policy, dueAt })
        .onConflictDoUpdate({ target: healthStandings.keyResult, set: { standing, policy, dueAt } })
    },

    async healthDue(now, limit) {
      const rows = await db
        .select({ keyResult: healthStandings.keyResult })
        .from(healthStandings)
        .where(lte(healthStandings.dueAt, now))
        .orderBy(asc(healthStandings.dueAt), asc(healthStandings.keyResult))
        .limit(limit)
      return rows.map(({ keyResult }) => keyResult)
    },

    async keyResultsInDanger() {
      const rows = await db
        .select({ keyResult: healthStandings.keyResult })
        .from(healthStandings)
        .where(sql`standing ->> 'band' <> 'on_track'`)
      return rows.map(({ keyResult }) => keyResult)
    },

    async clearHealthDue(keys) {
      if (keys.length === 0) return
      await db.update(healthStandings).set({ dueAt: null }).where(isAnyOf(healthStandings.keyResult, keys))
    },
  }
}
