import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import type { MirrorRecords, StoredSprint } from '../../app/ports/mirror.ts'
import { canonicalText, type Sprint } from '../../domain/mirror/facts.ts'
import type { Executor } from './executor.ts'
import { IS_LIVE_SPRINT } from './live-sprint.ts'
import { winners, type Register } from './registers.ts'
import { sprints } from './schema.ts'

type SprintRecords = Pick<
  MirrorRecords,
  | 'saveSprints'
  | 'saveDeletedSprints'
  | 'sprint'
  | 'sprints'
  | 'sprintsWithId'
  | 'sitesOfBoard'
  | 'closedSprints'
  | 'markSprintsSeen'
  | 'unseenSprints'
>

export function createMirrorSprintRecords(db: Executor): SprintRecords {
  return {
    async saveSprints(siteId, facts) {
      if (facts.length === 0) return []
      const ids = [...new Set(facts.map(({ sprint }) => sprint.sprintId))]
      const rows = await db
        .select()
        .from(sprints)
        .where(and(eq(sprints.siteId, siteId), inArray(sprints.sprintId, ids)))
      const stored = new Map<number, Register<Sprint>>(
        rows
          .filter((row) => row.versionAt > TOMBSTONE_VERSION_AT)
          .map((row) => [
            row.sprintId,
            { version: { at: row.versionAt, rank: row.versionRank }, content: contentOf(row) },
          ]),
      )
      const won = winners(
        facts.map(({ version, sprint }) => [sprint.sprintId, { version, content: sprint }] as const),
        stored,
      )
      if (won.size === 0) return []
      await db
        .insert(sprints)
        .values([...won.values()].map(({ version, content }) => rowOf(siteId, version, content)))
        .onConflictDoUpdate({ target: [sprints.siteId, sprints.sprintId], set: EXCLUDED })
      return [...won].flatMap(([sprintId, { version, content }]) => {
        const before = stored.get(sprintId)?.content ?? null
        return before !== null && canonicalText(before) === canonicalText(content)
          ? []
          : [{ before, after: content, at: version.at }]
      })
    },

    async saveDeletedSprints(siteId, deletions) {
      if (deletions.length === 0) return []
      const latest = new Map<number, number>()
      for (const { sprintId, at } of deletions) {
        latest.set(sprintId, Math.max(at, latest.get(sprintId) ?? at))
      }
      const rows = [...latest].map(([sprintId, at]) => ({
        siteId,
        sprintId,
        versionAt: TOMBSTONE_VERSION_AT,
        versionRank: 0,
        name: '',
        state: 'future' as const,
        goal: '',
        deletedAt: at,
      }))
      const before = await db
        .select()
        .from(sprints)
        .where(and(eq(sprints.siteId, siteId), inArray(sprints.sprintId, [...latest.keys()])))
      await db
        .insert(sprints)
        .values(rows)
        .onConflictDoUpdate({
          target: [sprints.siteId, sprints.sprintId],
          set: { deletedAt: sql`greatest(${sprints.deletedAt}, excluded.deleted_at)` },
        })
      return before
        .filter((row) => row.versionAt > TOMBSTONE_VERSION_AT && storedOf(row).deletedAt === null)
        .filter((row) => latest.get(row.sprintId)! >= row.versionAt)
        .map(contentOf)
    },

    async markSprintsSeen(siteId, sprintIds, backfillId) {
      if (sprintIds.length === 0) return
      await db
        .update(sprints)
        .set({ seenInBackfill: backfillId })
        .where(and(eq(sprints.siteId, siteId), inArray(sprints.sprintId, [...sprintIds])))
    },

    async unseenSprints(siteId, backfillId) {
      const rows = await db
        .select({ sprintId: sprints.sprintId })
        .from(sprints)
        .where(
          and(
            eq(sprints.siteId, siteId),
            IS_LIVE_SPRINT,
            sql`${sprints.seenInBackfill} is distinct from ${backfillId}`,
          ),
        )
      return rows.map((row) => row.sprintId)
    },

    async sprint(siteId, sprintId) {
      const rows = await db
        .select()
        .from(sprints)
        .where(
          and(eq(sprints.siteId, siteId), eq(sprints.sprintId, sprintId), sql`version_at > to_timestamp(0)`),
        )
      return rows[0] === undefined ? null : storedOf(rows[0])
    },

    async sprints({ siteId, state, boardId, after, limit }) {
      const rows = await db
        .select()
        .from(sprints)
        .where(
          and(
            sql`version_at > to_timestamp(0)`,
            siteId === null ? undefined : eq(sprints.siteId, siteId),
            state === null ? undefined : eq(sprints.state, state),
            boardId === null ? undefined : eq(sprints.boardId, boardId),
            after === null ? undefined : sql`(site_id, sprint_id) > (${after.siteId}, ${after.sprintId})`,
          ),
        )
        .orderBy(asc(sprints.siteId), asc(sprints.sprintId))
        .limit(limit)
      return rows.map(storedOf)
    },

    async sprintsWithId(sprintId) {
      const rows = await db
        .select()
        .from(sprints)
        .where(and(eq(sprints.sprintId, sprintId), sql`version_at > to_timestamp(0)`))
        .orderBy(asc(sprints.siteId))
      return rows.map(storedOf)
    },

    async sitesOfBoard(boardId) {
      const rows = await db
        .selectDistinct({ siteId: sprints.siteId })
        .from(sprints)
        .where(and(eq(sprints.boardId, boardId), sql`version_at > to_timestamp(0)`))
        .orderBy(asc(sprints.siteId))
      return rows.map((row) => row.siteId)
    },

    async closedSprints(siteId, boardId, { after, limit }) {
      const isBelow = sql`(${ENDED_AT}, sprint_id) < (
        select ${ENDED_AT}, sprint_id from sprints where site_id = ${siteId} and sprint_id = ${after})`
      const rows = await db
        .select()
        .from(sprints)
        .where(
          and(
            eq(sprints.siteId, siteId),
            eq(sprints.state, 'closed'),
            eq(sprints.boardId, boardId),
            IS_LIVE_SPRINT,
            after === null ? undefined : isBelow,
          ),
        )
        .orderBy(sql`${ENDED_AT} desc`, desc(sprints.sprintId))
        .limit(limit)
      return rows.map(storedOf)
    },
  }
}

/** When a sprint ended; some closed ones come without their completion. A sprint that never started has no time. */
const ENDED_AT = sql`coalesce(complete_at, end_at, start_at, to_timestamp(0))`

/** A sprint known by its deletion alone carries the oldest version, so that any description supersedes it. */
const TOMBSTONE_VERSION_AT = 0

type SprintRow = typeof sprints.$inferSelect

function contentOf(row: SprintRow): Sprint {
  const { sprintId, name, state, startAt, endAt, completeAt, goal, boardId } = row
  return { sprintId, name, state, startAt, endAt, completeAt, goal, boardId }
}

export function storedOf(row: SprintRow): StoredSprint {
  const { siteId, versionAt, deletedAt } = row
  // A description that is younger than the deletion disproves it.
  return {
    ...contentOf(row),
    siteId,
    deletedAt: deletedAt !== null && deletedAt < versionAt ? null : deletedAt,
  }
}

function rowOf(siteId: string, version: { at: number; rank: number }, sprint: Sprint) {
  return { siteId, versionAt: version.at, versionRank: version.rank, ...sprint }
}

const EXCLUDED = {
  versionAt: sql`excluded.version_at`,
  versionRank: sql`excluded.version_rank`,
  name: sql`excluded.name`,
  state: sql`excluded.state`,
  startAt: sql`excluded.start_at`,
  endAt: sql`excluded.end_at`,
  completeAt: sql`excluded.complete_at`,
  goal: sql`excluded.goal`,
  boardId: sql`excluded.board_id`,
}
