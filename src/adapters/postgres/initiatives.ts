import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { InitiativeRecords } from '../../app/ports/initiatives.ts'
import type { Initiative } from '../../domain/goals.ts'
import { numberOf, type InitiativeKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { issueTrees } from './issue-trees.ts'
import { firstRow } from './rows.ts'
import { initiatives } from './schema.ts'

/** An initiative's columns, without the number that only orders them. */
const INITIATIVE = {
  key: initiatives.key,
  keyResult: initiatives.keyResult,
  title: initiatives.title,
  owner: initiatives.owner,
  siteId: initiatives.siteId,
  issueId: initiatives.issueId,
  archivedAt: initiatives.archivedAt,
}

export function createInitiativeRecords(db: Executor): InitiativeRecords {
  return {
    async nextKey() {
      for (;;) {
        const next = await db.execute<{ key: InitiativeKey; isTaken: boolean }>(sql`
          select key, exists (select from initiatives where initiatives.key = next.key) as "isTaken"
          from (select 'INI-' || nextval('initiative_numbers') as key) as next`)
        const { key, isTaken } = firstRow(next.rows)
        if (!isTaken) return key
      }
    },

    async insert(initiative) {
      await db.insert(initiatives).values(rowOf(initiative))
    },

    async update(initiative) {
      const { key, ...changes } = rowOf(initiative)
      await db.update(initiatives).set(changes).where(eq(initiatives.key, key))
    },

    async initiative(key) {
      const rows = await db.select(INITIATIVE).from(initiatives).where(eq(initiatives.key, key))
      return rows[0] === undefined ? null : initiativeOf(rows[0])
    },

    async of(keyResult, { after, limit }, includeArchived) {
      const rows = await db
        .select(INITIATIVE)
        .from(initiatives)
        .where(
          and(
            eq(initiatives.keyResult, keyResult),
            after === null ? undefined : gt(initiatives.number, numberOf(after)),
            includeArchived ? undefined : isNull(initiatives.archivedAt),
          ),
        )
        .orderBy(asc(initiatives.number))
        .limit(limit)
      return rows.map(initiativeOf)
    },

    treesOf: (siteId, issueIds) => issueTrees(db, siteId, issueIds),
  }
}

function rowOf({ issue, ...initiative }: Initiative): typeof initiatives.$inferInsert {
  return { ...initiative, siteId: issue?.siteId ?? null, issueId: issue?.issueId ?? null }
}

function initiativeOf({
  siteId,
  issueId,
  ...initiative
}: Omit<typeof initiatives.$inferSelect, 'number'>): Initiative {
  return { ...initiative, issue: siteId === null || issueId === null ? null : { siteId, issueId } }
}
