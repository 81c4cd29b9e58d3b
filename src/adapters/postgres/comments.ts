import { and, eq, sql } from 'drizzle-orm'
import type {
  CommentRecords,
  StatusComment,
  StatusCommentId,
  WrittenComment,
} from '../../app/ports/comments.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { statusComments } from './schema.ts'

export function createCommentRecords(db: Executor): CommentRecords {
  const only = ({ keyResult, siteId, issueId }: StatusCommentId) =>
    and(
      eq(statusComments.keyResult, keyResult),
      eq(statusComments.siteId, siteId),
      eq(statusComments.issueId, issueId),
    )
  return {
    async ofKeyResult(key) {
      const rows = await db.select().from(statusComments).where(eq(statusComments.keyResult, key))
      return rows.map(statusComment)
    },

    async want({ keyResult, siteId, issueId }, { facts, cursor }, dueInMs) {
      const plan = { wanted: facts, wantedCursor: cursor, ...due(dueInMs) }
      await db
        .insert(statusComments)
        .values({ keyResult, siteId, issueId, ...plan })
        .onConflictDoUpdate({
          target: [statusComments.keyResult, statusComments.siteId, statusComments.issueId],
          set: plan,
        })
    },

    async postpone(id, dueInMs) {
      await db.update(statusComments).set(due(dueInMs)).where(only(id))
    },

    async lease(limit, leaseMs) {
      const rows = await db
        .update(statusComments)
        .set({ dueAt: sql`now() + ${leaseMs} * interval '1 millisecond'` })
        .where(
          sql`ctid = any(array(
            select ctid from status_comments where is_due and due_at <= now()
            order by due_at limit ${limit} for update skip locked))`,
        )
        .returning()
      return rows.map(statusComment)
    },

    async written(id, commentId, { facts, cursor, at }) {
      await db
        .update(statusComments)
        .set({
          commentId,
          writtenFacts: facts,
          writtenCursor: cursor,
          writtenAt: at,
          isMuted: false,
          // What is wanted may have changed while the comment was on its way.
          isDue: sql`${statusComments.wanted} is distinct from ${JSON.stringify(facts)}::jsonb`,
          attempts: 0,
          lastError: null,
        })
        .where(only(id))
    },

    async muted(id) {
      await db.update(statusComments).set({ isMuted: true, isDue: false, commentId: null }).where(only(id))
    },

    async retryLater(id, reason, delayMs, countsAsAttempt) {
      await db
        .update(statusComments)
        .set({
          dueAt: sql`now() + ${delayMs} * interval '1 millisecond'`,
          attempts: sql`${statusComments.attempts} + ${countsAsAttempt ? 1 : 0}`,
          lastError: reason,
        })
        .where(only(id))
    },

    async oldestDueAgeMs() {
      const rows = await db.execute<{ age: number | null }>(sql`
        select extract(epoch from now() - min(due_at))::float8 * 1000 as age
        from status_comments where is_due and due_at <= now()`)
      return firstRow(rows.rows).age
    },
  }
}

function due(inMs: number | null) {
  return { isDue: inMs !== null, dueAt: sql`now() + ${inMs ?? 0} * interval '1 millisecond'` }
}

type Row = typeof statusComments.$inferSelect

function statusComment(row: Row): StatusComment {
  const { keyResult, siteId, issueId, commentId, wanted, wantedCursor, isMuted, attempts } = row
  return {
    keyResult,
    siteId,
    issueId,
    commentId,
    wanted,
    wantedCursor,
    written: writtenPart(row),
    isMuted,
    attempts,
  }
}

function writtenPart({
  writtenFacts: facts,
  writtenCursor: cursor,
  writtenAt: at,
}: Row): WrittenComment | null {
  return facts === null || cursor === null || at === null ? null : { facts, cursor, at }
}
