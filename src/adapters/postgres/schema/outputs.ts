import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { CommentTopic } from '../../../app/ports/comments.ts'
import type { FeedKind } from '../../../app/ports/feed.ts'
import type { WarningLevel } from '../../../domain/warnings/signal.ts'
import type { CommentContent } from '../../../domain/writeback/comment-content.ts'
import { instant } from './columns.ts'

/** One row: the last cursor given. Its lock orders writers by commit, so the feed has no gaps. */
export const feedHead = pgTable('feed_head', {
  id: integer().primaryKey(),
  cursor: bigint({ mode: 'number' }).notNull(),
})

export const feed = pgTable('feed', {
  cursor: bigint({ mode: 'number' }).primaryKey(),
  kind: text().$type<FeedKind>().notNull(),
  subject: text().notNull(),
  at: instant().notNull(),
  data: jsonb().$type<Record<string, unknown>>().notNull(),
})

export const audit = pgTable(
  'audit',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull(),
    actor: text().notNull(),
    /** Who says that they did it; nobody checks. */
    by: text(),
    action: text().notNull(),
    subject: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    reason: text(),
  },
  (table) => [
    index('audit_by_subject').on(table.subject, table.id),
    index('audit_by_action').on(table.action, table.id),
    index('audit_by_instant').on(table.at, table.id),
  ],
)

/** The outbox of Jira comments; see the port. */
export const jiraComments = pgTable(
  'jira_comments',
  {
    subject: text().notNull(),
    topic: text().$type<CommentTopic>().notNull(),
    siteId: text().notNull(),
    issueId: text().notNull(),
    commentId: text(),
    wanted: jsonb().$type<CommentContent>().notNull(),
    wantedCursor: bigint({ mode: 'number' }).notNull(),
    written: jsonb().$type<CommentContent>(),
    writtenCursor: bigint({ mode: 'number' }),
    writtenAt: instant(),
    isMuted: boolean().notNull().default(false),
    isDue: boolean().notNull(),
    dueAt: instant()
      .notNull()
      .default(sql`now()`),
    /** A request to create it may be under way until then, whatever became of who sent it. */
    creatingUntil: instant(),
    notifiedAt: instant(),
    toldLevel: text().$type<WarningLevel>(),
    attempts: integer().notNull().default(0),
    lastError: text(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.topic, table.siteId, table.issueId] }),
    index('jira_comments_due')
      .on(table.dueAt)
      .where(sql`is_due`),
  ],
)
