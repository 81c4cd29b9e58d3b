import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { InitiativeRecords } from '../../app/ports/initiatives.ts'
import type { Initiative } from '../../domain/goals.ts'
import { numberOf, type InitiativeKey } from '../../domain/ids.ts'
import type { Executor } from './executor.ts'
import { issueTrees } from './issue-trees.ts'
import { nextNumber } from './next-number.ts'
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
      const number = await nextNumber(db, { sequence: 'initiative_numbers', table: 'initiatives' })
      return `INI-${number}` as InitiativeKey
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
