import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { GoalRecords, KeyResultInContext } from '../../app/ports/goals.ts'
import type { KeyResult } from '../../domain/goals.ts'
import { numberOf, type KeyResultKey } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { OBJECTIVE } from './goal-objectives.ts'
import { nextNumber } from './next-number.ts'
import { isRunningAt } from './running-key-result.ts'
import { cycles, keyResults, objectives } from './schema.ts'
import { together } from './together.ts'

type KeyResults = Pick<
  GoalRecords,
  | 'nextKeyResultKey'
  | 'insertKeyResult'
  | 'updateKeyResult'
  | 'keyResult'
  | 'keyResults'
  | 'runningKeyResults'
  | 'keyResultsIn'
  | 'measuresOf'
>

/** A key result's columns, without the number that only orders them. */
const KEY_RESULT = {
  key: keyResults.key,
  objective: keyResults.objective,
  title: keyResults.title,
  description: keyResults.description,
  owner: keyResults.owner,
  ownerAccountId: keyResults.ownerAccountId,
  measure: keyResults.measure,
  weight: keyResults.weight,
  dueDay: keyResults.dueDay,
  plan: keyResults.plan,
  healthPolicy: keyResults.healthPolicy,
  healthOverride: keyResults.healthOverride,
  valueOverride: keyResults.valueOverride,
  dependsOn: keyResults.dependsOn,
  intendedSharePercent: keyResults.intendedSharePercent,
  externalId: keyResults.externalId,
  rolledFrom: keyResults.rolledFrom,
  anchorSiteId: keyResults.anchorSiteId,
  anchorIssueId: keyResults.anchorIssueId,
  archivedAt: keyResults.archivedAt,
}

export function createKeyResults(db: Executor): KeyResults {
  const inContext = () =>
    db
      .select({ keyResult: KEY_RESULT, objective: OBJECTIVE, cycle: cycles })
      .from(keyResults)
      .innerJoin(objectives, eq(objectives.key, keyResults.objective))
      .innerJoin(cycles, eq(cycles.key, objectives.cycle))

  return {
    async nextKeyResultKey() {
      const free = await nextNumber(db, { sequence: 'key_result_numbers', table: 'key_results' })
      return `KR-${free}` as KeyResultKey
    },

    async insertKeyResult(keyResult) {
      const inserted = await db
        .insert(keyResults)
        .values(rowOf(keyResult))
        .onConflictDoNothing()
        .returning({ key: keyResults.key })
      return inserted.length > 0
    },

    async updateKeyResult(keyResult) {
      const { key, ...changes } = rowOf(keyResult)
      await db.update(keyResults).set(changes).where(eq(keyResults.key, key))
    },

    keyResult: together(async (keys: readonly KeyResultKey[]) => {
      const rows = await inContext().where(isAnyOf(keyResults.key, keys))
      const byKey = new Map(rows.map((row) => [row.keyResult.key, row]))
      return keys.map((key) => {
        const row = byKey.get(key)
        return row === undefined ? null : contextOf(row)
      })
    }),

    async keyResults({ after, limit }, { cycle, objective, includeArchived }) {
      const rows = await inContext()
        .where(
          and(
            after === null ? undefined : gt(keyResults.number, numberOf(after)),
            cycle === null ? undefined : eq(objectives.cycle, cycle),
            objective === null ? undefined : eq(keyResults.objective, objective),
            includeArchived ? undefined : isNull(keyResults.archivedAt),
          ),
        )
        .orderBy(asc(keyResults.number))
        .limit(limit)
      return rows.map(contextOf)
    },

    async runningKeyResults({ after, limit }, at) {
      const rows = await inContext()
        .where(and(after === null ? undefined : gt(keyResults.number, numberOf(after)), isRunningAt(at)))
        .orderBy(asc(keyResults.number))
        .limit(limit)
      return rows.map(contextOf)
    },

    async keyResultsIn(keys) {
      if (keys.length === 0) return []
      const rows = await inContext().where(isAnyOf(keyResults.key, keys))
      return rows.map(contextOf)
    },

    async measuresOf(keys) {
      if (keys.length === 0) return new Map()
      const rows = await inContext().where(isAnyOf(keyResults.key, keys))
      return new Map(
        rows.map(({ keyResult, cycle }) => [
          keyResult.key,
          { measure: keyResult.measure, timeZone: cycle.calendar.timeZone },
        ]),
      )
    },
  }
}

type KeyResultRow = Omit<typeof keyResults.$inferSelect, 'number'>

function rowOf({ anchorIssue, ...keyResult }: KeyResult): typeof keyResults.$inferInsert {
  return {
    ...keyResult,
    anchorSiteId: anchorIssue?.siteId ?? null,
    anchorIssueId: anchorIssue?.issueId ?? null,
  }
}

function contextOf(
  row: Omit<KeyResultInContext, 'keyResult'> & { readonly keyResult: KeyResultRow },
): KeyResultInContext {
  const { anchorSiteId, anchorIssueId, ...keyResult } = row.keyResult
  const anchorIssue =
    anchorSiteId === null || anchorIssueId === null ? null : { siteId: anchorSiteId, issueId: anchorIssueId }
  return { keyResult: { ...keyResult, anchorIssue }, objective: row.objective, cycle: row.cycle }
}
