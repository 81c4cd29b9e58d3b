import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import type { Version } from '../../domain/mirror/facts.ts'
import type { StatusCategory } from '../../domain/mirror/issue.ts'
import type { Executor } from './executor.ts'
import { winners, type Register } from './registers.ts'
import { boards, projects, statuses } from './schema.ts'

type CatalogRecords = Pick<MirrorRecords, 'saveBoards' | 'saveProjects' | 'saveStatuses' | 'statusCategories'>

export function createMirrorCatalogRecords(db: Executor): CatalogRecords {
  return {
    async saveBoards(siteId, facts) {
      if (facts.length === 0) return
      const stored = await db
        .select()
        .from(boards)
        .where(
          and(
            eq(boards.siteId, siteId),
            inArray(boards.boardId, [...new Set(facts.map((fact) => fact.boardId))]),
          ),
        )
      const won = winners(
        facts.map(
          ({ boardId, version, name, deleted }) =>
            [boardId, { version, content: { name, deleted } }] as const,
        ),
        new Map(stored.map((row) => [row.boardId, register(row, { name: row.name, deleted: row.deleted })])),
      )
      if (won.size === 0) return
      await db
        .insert(boards)
        .values(
          [...won].map(([boardId, winner]) => ({
            siteId,
            boardId,
            ...versionRow(winner.version),
            ...winner.content,
          })),
        )
        .onConflictDoUpdate({
          target: [boards.siteId, boards.boardId],
          // A deletion names the board by id alone: the name it had stays.
          set: {
            ...EXCLUDED_VERSION,
            name: sql`coalesce(excluded.name, ${boards.name})`,
            deleted: sql`excluded.deleted`,
          },
        })
    },

    async saveProjects(siteId, facts) {
      if (facts.length === 0) return []
      const stored = await db
        .select()
        .from(projects)
        .where(
          and(
            eq(projects.siteId, siteId),
            inArray(projects.projectId, [...new Set(facts.map((fact) => fact.projectId))]),
          ),
        )
      const wasDeleted = new Map(stored.map((row) => [row.projectId, row.deleted]))
      const won = winners(
        facts.map(
          ({ projectId, version, key, deleted }) =>
            [projectId, { version, content: { key, deleted } }] as const,
        ),
        new Map(stored.map((row) => [row.projectId, register(row, { key: row.key, deleted: row.deleted })])),
      )
      if (won.size === 0) return []
      await db
        .insert(projects)
        .values(
          [...won].map(([projectId, winner]) => ({
            siteId,
            projectId,
            ...versionRow(winner.version),
            ...winner.content,
          })),
        )
        .onConflictDoUpdate({
          target: [projects.siteId, projects.projectId],
          set: { ...EXCLUDED_VERSION, key: sql`excluded.key`, deleted: sql`excluded.deleted` },
        })
      return [...won]
        .filter(([projectId, { content }]) => content.deleted !== (wasDeleted.get(projectId) ?? false))
        .map(([projectId]) => projectId)
    },

    async saveStatuses(siteId, facts) {
      if (facts.length === 0) return []
      const stored = await db
        .select()
        .from(statuses)
        .where(
          and(
            eq(statuses.siteId, siteId),
            inArray(statuses.statusId, [...new Set(facts.map((fact) => fact.statusId))]),
          ),
        )
      const had = new Map(stored.map((row) => [row.statusId, row.category]))
      const won = winners(
        facts.map(
          ({ statusId, version, name, category }) =>
            [statusId, { version, content: { name, category } }] as const,
        ),
        new Map(
          stored.map((row) => [row.statusId, register(row, { name: row.name, category: row.category })]),
        ),
      )
      if (won.size === 0) return []
      await db
        .insert(statuses)
        .values(
          [...won].map(([statusId, winner]) => ({
            siteId,
            statusId,
            ...versionRow(winner.version),
            ...winner.content,
          })),
        )
        .onConflictDoUpdate({
          target: [statuses.siteId, statuses.statusId],
          set: { ...EXCLUDED_VERSION, name: sql`excluded.name`, category: sql`excluded.category` },
        })
      return [...won].filter(([id, { content }]) => content.category !== had.get(id)).map(([id]) => id)
    },

    async statusCategories(siteId) {
      const rows = await db
        .select({ statusId: statuses.statusId, category: statuses.category })
        .from(statuses)
        .where(eq(statuses.siteId, siteId))
      return new Map<string, StatusCategory>(rows.map((row) => [row.statusId, row.category]))
    },
  }
}

function register<Content>(
  row: { versionAt: number; versionRank: number },
  content: Content,
): Register<Content> {
  return { version: { at: row.versionAt, rank: row.versionRank }, content }
}

function versionRow(version: Version) {
  return { versionAt: version.at, versionRank: version.rank }
}

const EXCLUDED_VERSION = { versionAt: sql`excluded.version_at`, versionRank: sql`excluded.version_rank` }
