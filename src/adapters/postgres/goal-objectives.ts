import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import { numberOf, type ObjectiveKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { objectives } from './schema.ts'

type Objectives = Pick<
  GoalRecords,
  'nextObjectiveKey' | 'insertObjective' | 'updateObjective' | 'objective' | 'objectives'
>

/** An objective's columns, without the number that only orders them. */
export const OBJECTIVE = {
  key: objectives.key,
  cycle: objectives.cycle,
  title: objectives.title,
  description: objectives.description,
  parent: objectives.parent,
  contributionWeight: objectives.contributionWeight,
  healthRollUp: objectives.healthRollUp,
  level: objectives.level,
  ambition: objectives.ambition,
  owner: objectives.owner,
  team: objectives.team,
  healthPolicy: objectives.healthPolicy,
  externalId: objectives.externalId,
  archivedAt: objectives.archivedAt,
}

export function createObjectives(db: Executor): Objectives {
  return {
    async nextObjectiveKey() {
      const next = await db.execute<{ key: string }>(sql`select 'O-' || nextval('objective_numbers') as key`)
      return firstRow(next.rows).key as ObjectiveKey
    },

    async insertObjective(objective) {
      await db.insert(objectives).values(objective)
    },

    async updateObjective({ key, ...changes }) {
      await db.update(objectives).set(changes).where(eq(objectives.key, key))
    },

    async objective(key) {
      const rows = await db.select(OBJECTIVE).from(objectives).where(eq(objectives.key, key))
      return rows[0] ?? null
    },

    objectives: ({ after, limit }, { cycle, includeArchived }) =>
      db
        .select(OBJECTIVE)
        .from(objectives)
        .where(
          and(
            after === null ? undefined : gt(objectives.number, numberOf(after)),
            cycle === null ? undefined : eq(objectives.cycle, cycle),
            includeArchived ? undefined : isNull(objectives.archivedAt),
          ),
        )
        .orderBy(asc(objectives.number))
        .limit(limit),
  }
}
