import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { SprintState, Version } from '../../../domain/mirror/facts.ts'
import type { Blocker, ChangedField, IssueState, StatusCategory } from '../../../domain/mirror/issue.ts'
import type { ReferenceKind } from '../../../app/ports/mirror.ts'
import { instant } from './columns.ts'

/** A last-writer-wins register's version; see `supersedes` in the domain. */
const version = () => ({
  versionAt: instant().notNull(),
  versionRank: bigint({ mode: 'number' }).notNull(),
})

/** A register of its own: not every payload of an issue tells what blocks it. */
export interface StoredBlockers {
  readonly version: Version
  readonly content: readonly Blocker[]
}

export const issues = pgTable(
  'issues',
  {
    siteId: text().notNull(),
    issueId: text().notNull(),
    createdAt: instant(),
    versionAt: instant(),
    versionRank: bigint({ mode: 'number' }),
    /** null for an issue known only by its deletion or its changes. */
    state: jsonb().$type<IssueState>(),
    /** What blocks it, as the newest payload that tells of it says. */
    blockers: jsonb().$type<StoredBlockers>(),
    /** Jira said so: final. */
    deletedAt: instant(),
    /** A backfill could not find it; taken back when it is seen again. */
    vanishedAt: instant(),
    seenInBackfill: bigint({ mode: 'number' }),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.issueId] })],
)

export const issueChanges = pgTable(
  'issue_changes',
  {
    siteId: text().notNull(),
    issueId: text().notNull(),
    changeId: text().notNull(),
    field: text().$type<ChangedField>().notNull(),
    at: instant().notNull(),
    source: text().$type<'rest' | 'webhook'>().notNull(),
    before: jsonb(),
    after: jsonb(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.issueId, table.changeId, table.field] })],
)

/** Links by which one issue blocks another, as webhooks tell of them. */
export const blockingLinks = pgTable(
  'blocking_links',
  {
    siteId: text().notNull(),
    linkId: text().notNull(),
    blockedId: text().notNull(),
    blockerId: text().notNull(),
    madeAt: instant(),
    removedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.siteId, table.linkId] }),
    index('blocking_links_by_blocked').on(table.siteId, table.blockedId),
  ],
)

export const issueReferences = pgTable(
  'issue_references',
  {
    siteId: text().notNull(),
    kind: text().$type<ReferenceKind>().notNull(),
    reference: text().notNull(),
    issueId: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.siteId, table.kind, table.reference, table.issueId] }),
    index('issue_references_sprints')
      .on(table.siteId, table.issueId, table.reference)
      .where(sql`kind = 'sprint'`),
  ],
)

export const sprints = pgTable(
  'sprints',
  {
    siteId: text().notNull(),
    sprintId: integer().notNull(),
    ...version(),
    name: text().notNull(),
    state: text().$type<SprintState>().notNull(),
    startAt: instant(),
    endAt: instant(),
    completeAt: instant(),
    goal: text().notNull(),
    boardId: integer(),
    deletedAt: instant(),
    seenInBackfill: bigint({ mode: 'number' }),
  },
  (table) => [
    primaryKey({ columns: [table.siteId, table.sprintId] }),
    index('sprints_by_state').on(table.siteId, table.state),
    index('sprints_by_board').on(table.siteId, table.boardId, table.sprintId),
    index('sprints_completed')
      .on(table.completeAt)
      .where(sql`state = 'closed'`),
  ],
)

export const boards = pgTable(
  'boards',
  {
    siteId: text().notNull(),
    boardId: integer().notNull(),
    ...version(),
    name: text(),
    deleted: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.boardId] })],
)

export const projects = pgTable(
  'projects',
  {
    siteId: text().notNull(),
    projectId: text().notNull(),
    ...version(),
    key: text().notNull(),
    deleted: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.projectId] })],
)

export const statuses = pgTable(
  'statuses',
  {
    siteId: text().notNull(),
    statusId: text().notNull(),
    ...version(),
    name: text().notNull(),
    category: text().$type<StatusCategory>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.statusId] })],
)
