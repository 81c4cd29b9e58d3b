import { asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import type { Health } from '../../domain/health/health.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { healthStandings } from './schema.ts'

type HealthStandings = Pick<
  ProgressRecords,
  | 'healthStanding'
  | 'saveHealthStanding'
  | 'lookAgainBy'
  | 'healthDue'
  | 'clearHealthDue'
  | 'keyResultsInDanger'
>

/** Shown healths in which somebody has to do something: what covers the key result matters. */
export const IN_DANGER: Health[] = ['at_risk', 'off_track']

export function createHealthStandings(db: Executor): HealthStandings {
  return {
    async healthStanding(key) {
      const rows = await db
        .select({ standing: healthStandings.standing, policy: healthStandings.policy })
        .from(healthStandings)
        .where(eq(healthStandings.keyResult, key))
      return rows[0] ?? null
    },

    async saveHealthStanding(keyResult, judged, dueAt) {
      await db
        .insert(healthStandings)
        .values({ keyResult, ...judged, dueAt })
        .onConflictDoUpdate({ target: healthStandings.keyResult, set: { ...judged, dueAt } })
    },

    async lookAgainBy(keyResult, at) {
      const earlier = sql`least(${healthStandings.dueAt}, ${new Date(at).toISOString()}::timestamptz)`
      await db.update(healthStandings).set({ dueAt: earlier }).where(eq(healthStandings.keyResult, keyResult))
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
        .where(inArray(healthStandings.health, IN_DANGER))
      return rows.map(({ keyResult }) => keyResult)
    },

    async clearHealthDue(keys) {
      if (keys.length === 0) return
      await db.update(healthStandings).set({ dueAt: null }).where(isAnyOf(healthStandings.keyResult, keys))
    },
  }
}
