import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { BackfillRecords, SiteRecords } from '../../app/ports/sites.ts'
import { NO_FIELDS, USUAL_BLOCKING, type Site } from '../../domain/site.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { backfills, sites } from './schema.ts'
import { together } from './together.ts'

export function createSiteRecords(db: Executor): SiteRecords {
  return {
    async site(id) {
      const rows = await db.select().from(sites).where(eq(sites.id, id))
      return rows[0] === undefined ? null : siteOf(rows[0])
    },
    sites: async () => (await db.select().from(sites).orderBy(sites.id)).map(siteOf),
    async save(site) {
      const row = { ...site, notDeliveredResolutionIds: [...site.notDeliveredResolutionIds] }
      await db.insert(sites).values(row).onConflictDoUpdate({ target: sites.id, set: row })
    },
  }
}

/** A site connected by an earlier version has not been asked for the kinds of fields that came since. */
function siteOf(stored: Site): Site {
  const fields = { ...NO_FIELDS, ...stored.fields }
  const { blocks } = fields
  return {
    ...stored,
    fields: {
      ...fields,
      blocks: blocks === null ? null : { ...{ otherNames: [USUAL_BLOCKING.inward] }, ...blocks },
    },
  }
}

const PROGRESS = {
  id: backfills.id,
  siteId: backfills.siteId,
  jql: backfills.jql,
  stage: backfills.stage,
  pageToken: backfills.pageToken,
  issues: backfills.issues,
  changes: backfills.changes,
}

export function createBackfillRecords(db: Executor): BackfillRecords {
  return {
    async start(siteId, jql) {
      const rows = await db.insert(backfills).values({ siteId, jql, stage: 'issues' }).returning(PROGRESS)
      return firstRow(rows)
    },
    async unfinished(siteId, jql) {
      const rows = await db
        .select(PROGRESS)
        .from(backfills)
        .where(
          and(
            eq(backfills.siteId, siteId),
            eq(backfills.jql, jql),
            ne(backfills.stage, 'finished'),
            sql`${backfills.savedAt} > now() - interval '24 hours'`,
          ),
        )
        .orderBy(desc(backfills.id))
        .limit(1)
      return rows[0] ?? null
    },
    async save({ id, stage, pageToken, issues, changes }) {
      await db
        .update(backfills)
        .set({ stage, pageToken, issues, changes, savedAt: sql`now()` })
        .where(eq(backfills.id, id))
    },
    async touch(id) {
      await db
        .update(backfills)
        .set({ savedAt: sql`now()` })
        .where(eq(backfills.id, id))
    },
    isAnyUnderWay: together(async (limits: readonly number[]) => {
      const youngest = sql<
        number | null
      >`min(extract(epoch from now() - ${backfills.savedAt})::float8 * 1000)`
      const rows = await db.select({ ageMs: youngest }).from(backfills).where(ne(backfills.stage, 'finished'))
      const ageMs = firstRow(rows).ageMs
      return limits.map((withinMs) => ageMs !== null && ageMs < withinMs)
    }),
  }
}
