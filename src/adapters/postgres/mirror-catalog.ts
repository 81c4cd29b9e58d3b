import { and, eq, inArray, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import { FETCHED_RANK, type Version } from '../../domain/mirror/facts.ts'
import type { StatusCategory } from '../../domain/mirror/issue.ts'
import type { Executor } from './executor.ts'
import { winners, type Register } from './registers.ts'
import { boards, projects, statuses } from './schema.ts'

type CatalogRecords = Pick<MirrorRecords, 'saveBoards' | 'saveProjects' | 'saveStatuses' | 'statusCategories'>

export function createMirrorCatalogRecords(db: Executor): CatalogRecords {
  return {
    /**
     * The version is that of the name; a fact without one says nothing of it. Deleted once is deleted for ever: Jira
     * gives no id of a board twice.
     */
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
      const known = new Map(stored.map((row) => [row.boardId, row]))
      const named = winners(
        facts.flatMap(({ boardId, version, name }) =>
          name === null ? [] : [[boardId, { version, content: name }] as const],
        ),
        new Map(
          stored.flatMap((row) =>
            row.name === null ? [] : [[row.boardId, register(row, row.name)] as const],
          ),
        ),
      )
      const deleted = new Set(
        [...stored, ...facts].filter((board) => board.deleted).map(({ boardId }) => boardId),
      )
      const rows = [...new Set(facts.map((fact) => fact.boardId))].map((boardId) => {
        const { versionAt, versionRank, name } = known.get(boardId) ?? NEVER_NAMED
        const winner = named.get(boardId) ?? register({ versionAt, versionRank }, name)
        return {
          siteId,
          boardId,
          ...versionRow(winner.version),
          name: winner.content,
          deleted: deleted.has(boardId),
        }
      })
      await db
        .insert(boards)
        .values(rows)
        .onConflictDoUpdate({
          target: [boards.siteId, boards.boardId],
          set: { ...EXCLUDED_VERSION, name: sql`excluded.name`, deleted: sql`excluded.deleted` },
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
      return (
        [...won]
          // Also when only the date of a deletion moved: the issues left with it.
          .filter(([projectId, { content }]) => content.deleted || wasDeleted.get(projectId) === true)
          .map(([projectId]) => projectId)
      )
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
            [statusId, { version: catalogueFirst(version), content: { name, category } }] as const,
        ),
        new Map(
          stored.map(({ statusId, versionAt: at, versionRank: rank, name, category }) => [
            statusId,
            { version: catalogueFirst({ at, rank }), content: { name, category } },
          ]),
        ),
      )
      if (won.size === 0) return []
      await db
        .insert(statuses)
        .values(
          [...won].map(([statusId, winner]) => ({
            siteId,
            statusId,
            ...versionRow(withoutPrecedence(winner.version)),
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

/** Far above every instant: what the catalogue says counts before what any issue's payload says of its status. */
const CATALOGUE_PRECEDENCE_MS = 2 ** 50

function catalogueFirst({ at, rank }: Version): Version {
  return rank === FETCHED_RANK ? { at: at + CATALOGUE_PRECEDENCE_MS, rank } : { at, rank }
}

function withoutPrecedence({ at, rank }: Version): Version {
  return rank === FETCHED_RANK ? { at: at - CATALOGUE_PRECEDENCE_MS, rank } : { at, rank }
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

/** A board known by facts without its name carries the oldest version, so that any name supersedes it. */
const NEVER_NAMED = { versionAt: 0, versionRank: 0, name: null }

const EXCLUDED_VERSION = { versionAt: sql`excluded.version_at`, versionRank: sql`excluded.version_rank` }
