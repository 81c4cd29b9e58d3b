import { and, asc, desc, eq, gt, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import type { ListedEpisode, WarningFilter, WarningRecords } from '../../app/ports/warnings.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { keyResults, warnings } from './schema.ts'
import { together } from './together.ts'

export function createWarningRecords(db: Executor): WarningRecords {
  const listed = () =>
    db
      .select({
        episode: warnings,
        objective: keyResults.objective,
        archivedAt: keyResults.archivedAt,
      })
      .from(warnings)
      .innerJoin(keyResults, eq(keyResults.key, warnings.keyResult))

  return {
    lockOpen: together(async (keys: readonly KeyResultKey[]) => {
      const rows = await db
        .select()
        .from(warnings)
        .where(and(isAnyOf(warnings.keyResult, keys), isNull(warnings.resolvedAt)))
        .orderBy(asc(warnings.id))
        .for('update')
      const byKey = Map.groupBy(rows, ({ keyResult }) => keyResult)
      return keys.map((key) => byKey.get(key) ?? [])
    }),

    async lockOne(id) {
      const rows = await db.select().from(warnings).where(eq(warnings.id, id)).for('update')
      return rows[0] ?? null
    },

    async raise(episode) {
      const rows = await db.insert(warnings).values(episode).onConflictDoNothing().returning()
      return rows[0] ?? null
    },

    async update({ id, ...episode }) {
      await db.update(warnings).set(episode).where(eq(warnings.id, id))
    },

    async resolve(ids, at) {
      await db
        .update(warnings)
        .set({ resolvedAt: at })
        .where(sql`${warnings.id} = any(${sql.param([...ids])}::bigint[])`)
    },

    async one(id) {
      const rows = await listed().where(eq(warnings.id, id))
      return rows[0] === undefined ? null : listedEpisode(rows[0])
    },

    async list({ after, limit }, { state, keyResult, objective }) {
      const rows = await listed()
        .where(
          and(
            after === null ? undefined : lt(warnings.id, after),
            inState(state),
            keyResult === null ? undefined : eq(warnings.keyResult, keyResult),
            objective === null ? undefined : eq(keyResults.objective, objective),
          ),
        )
        .orderBy(desc(warnings.id))
        .limit(limit)
      return rows.map(listedEpisode)
    },

    since: (keys, at) =>
      db
        .select()
        .from(warnings)
        .where(
          and(
            isAnyOf(warnings.keyResult, keys),
            or(isNull(warnings.resolvedAt), gt(warnings.resolvedAt, at)),
          ),
        )
        .orderBy(asc(warnings.id)),
  }
}

function inState(state: WarningFilter['state']) {
  const isOpen = and(isNull(warnings.resolvedAt), isNull(keyResults.archivedAt))
  switch (state) {
    case 'open':
      return isOpen
    case 'past':
      return or(isNotNull(warnings.resolvedAt), isNotNull(keyResults.archivedAt))
    case 'all':
      return sql`true`
  }
}

function listedEpisode(row: {
  readonly episode: typeof warnings.$inferSelect
  readonly objective: ListedEpisode['objective']
  readonly archivedAt: number | null
}): ListedEpisode {
  return { ...row.episode, objective: row.objective, isArchived: row.archivedAt !== null }
}
