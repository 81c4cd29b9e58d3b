import { asc, eq, sql } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { healthPolicies } from './schema.ts'
import { together } from './together.ts'

type HealthPolicies = Pick<
  GoalRecords,
  'healthPolicies' | 'healthPolicy' | 'saveHealthPolicy' | 'removeHealthPolicy' | 'keyResultsUnderPolicy'
>

export function createHealthPolicies(db: Executor): HealthPolicies {
  return {
    async healthPolicies() {
      const rows = await db.select().from(healthPolicies).orderBy(asc(healthPolicies.name))
      return rows.map(({ policy }) => policy)
    },

    healthPolicy: together(async (names: readonly string[]) => {
      const rows = await db.select().from(healthPolicies).where(isAnyOf(healthPolicies.name, names))
      return names.map((name) => rows.find((row) => row.name === name)?.policy ?? null)
    }),

    async saveHealthPolicy(policy) {
      await db
        .insert(healthPolicies)
        .values({ name: policy.name, policy })
        .onConflictDoUpdate({ target: healthPolicies.name, set: { policy } })
    },

    async removeHealthPolicy(name) {
      await db.delete(healthPolicies).where(eq(healthPolicies.name, name))
    },

    async keyResultsUnderPolicy(name, defaultName) {
      const rows = await db.execute<{ key: KeyResultKey }>(sql`
        select kr.key from key_results as kr join objectives as o on o.key = kr.objective
        where kr.archived_at is null and coalesce(kr.health_policy, o.health_policy, ${defaultName}) = ${name}
        order by kr.number`)
      return rows.rows.map(({ key }) => key)
    },
  }
}
