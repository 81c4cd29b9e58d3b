import { asc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { ProgressRecords } from '../../app/ports/progress.ts'
import type { Health } from '../../domain/health/health.ts'
import { isAnyOf } from './any-of.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { healthStandings } from './schema.ts'
import { together } from './together.ts'

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
  const save = together(async (standings: readonly (typeof healthStandings.$inferInsert)[]) => {
    // Each key result once: the last word counts.
    const rows = new Map(standings.map((row) => [row.keyResult, row]))
    await db
      .insert(healthStandings)
      .values([...rows.values()])
      .onConflictDoUpdate({
        target: healthStandings.keyResult,
        set: {
          standing: sql`excluded.standing`,
          policy: sql`excluded.policy`,
          health: sql`excluded.health`,
          dueAt: sql`excluded.due_at`,
        },
      })
    return standings.map(() => undefined)
  })
  return {
    healthStanding: together(async (keys: readonly KeyResultKey[]) => {
      const { keyResult, standing, policy } = healthStandings
      const rows = await db
        .select({ keyResult, standing, policy })
        .from(healthStandings)
        .where(isAnyOf(keyResult, keys))
      const byKey = new Map(rows.map((row) => [row.keyResult, row]))
      return keys.map((key) => {
        const row = byKey.get(key)
        return row === undefined ? null : { standing: row.standing, policy: row.policy }
      })
    }),

    saveHealthStanding: (keyResult, judged, dueAt) => save({ keyResult, ...judged, dueAt }),

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
