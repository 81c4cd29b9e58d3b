import { and, asc, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import type { SprintResultRecords } from '../../app/ports/sprint-results.ts'
import type { Executor } from './executor.ts'
import { IS_LIVE_SPRINT } from './live-sprint.ts'
import { storedOf } from './mirror-sprints.ts'
import { sprintResults, sprints, toldSprints } from './schema.ts'

export function createSprintResultRecords(db: Executor): SprintResultRecords {
  return {
    async untold(after, before, limit, failed) {
      const rows = await db
        .select({ sprint: sprints })
        .from(sprints)
        .leftJoin(
          toldSprints,
          and(eq(toldSprints.siteId, sprints.siteId), eq(toldSprints.sprintId, sprints.sprintId)),
        )
        .leftJoin(
          sql`jsonb_to_recordset(${JSON.stringify(failed)}::jsonb)
            as failed("siteId" text, "sprintId" int, failures int, waits boolean)`,
          sql`failed."siteId" = ${sprints.siteId} and failed."sprintId" = ${sprints.sprintId}`,
        )
        .where(
          and(
            eq(sprints.state, 'closed'),
            isNotNull(sprints.startAt),
            gt(sprints.completeAt, after),
            lte(sprints.completeAt, before),
            IS_LIVE_SPRINT,
            sql`failed.waits is not true`,
            // What a backfill has read of a sprint is not all of it yet; one that was left is gone on with, or forgotten.
            sql`not exists (select 1 from backfills as b where b.site_id = ${sprints.siteId}
              and b.stage <> 'finished' and b.saved_at > now() - interval '1 hour')`,
            or(isNull(toldSprints.completeAt), sql`${toldSprints.completeAt} <> ${sprints.completeAt}`),
          ),
        )
        .orderBy(
          sql`coalesce(failed.failures, 0)`,
          asc(sprints.completeAt),
          asc(sprints.siteId),
          asc(sprints.sprintId),
        )
        .limit(limit)
      return rows.map(({ sprint }) => storedOf(sprint))
    },

    async told({ siteId, sprintId, completeAt }) {
      if (completeAt === null) return
      await db
        .insert(toldSprints)
        .values({ siteId, sprintId, completeAt })
        .onConflictDoUpdate({
          target: [toldSprints.siteId, toldSprints.sprintId],
          set: { completeAt },
        })
    },

    async save(keyResult, result) {
      const { completeAt } = result
      await db
        .insert(sprintResults)
        .values({ keyResult, completeAt, result })
        .onConflictDoUpdate({
          target: sprintResults.keyResult,
          set: { completeAt, result },
          setWhere: sql`${sprintResults.completeAt} <= excluded.complete_at`,
        })
    },

    async latest(key) {
      const rows = await db
        .select({ result: sprintResults.result })
        .from(sprintResults)
        .where(eq(sprintResults.keyResult, key))
      return rows[0]?.result ?? null
    },
  }
}
