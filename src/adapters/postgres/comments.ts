import { and, asc, eq, sql } from 'drizzle-orm'
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
      const rows = await db
        .select()
        .from(statusComments)
        .where(eq(statusComments.keyResult, key))
        .orderBy(
          asc(statusComments.siteId),
          sql`length(${statusComments.issueId})`,
          asc(statusComments.issueId),
        )
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

    async unwant(id) {
      await db.update(statusComments).set({ isDue: false }).where(only(id))
    },

    async postpone(comment, dueInMs) {
      await db
        .update(statusComments)
        .set({ ...dueUnlessNewer(comment, dueInMs), leasedUntil: null })
        .where(only(comment))
    },

    async lease(leaseMs) {
      const rows = await db
        .update(statusComments)
        .set({ leasedUntil: inMs(leaseMs) })
        .where(
          sql`ctid = (
            select ctid from status_comments
            where is_due and due_at <= now() and (leased_until is null or leased_until <= now())
            order by due_at limit 1 for update skip locked)`,
        )
        .returning()
      const [row] = rows
      return row === undefined ? null : { ...statusComment(row), leasedUntil: row.leasedUntil! }
    },

    async renew({ leasedUntil, ...id }, leaseMs) {
      const rows = await db
        .update(statusComments)
        .set({ leasedUntil: inMs(leaseMs) })
        .where(and(only(id), statusComments.isDue, eq(statusComments.leasedUntil, leasedUntil)))
        .returning({ leasedUntil: statusComments.leasedUntil })
      return rows.length > 0
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
          leasedUntil: null,
          attempts: 0,
          lastError: null,
        })
        .where(only(id))
    },

    async muted(comment) {
      await db
        .update(statusComments)
        .set({ isMuted: true, ...dueUnlessNewer(comment, null), commentId: null, leasedUntil: null })
        .where(only(comment))
    },

    async retryLater(id, reason, delayMs, countsAsAttempt) {
      await db
        .update(statusComments)
        .set({
          dueAt: inMs(delayMs),
          leasedUntil: null,
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

function due(delayMs: number | null) {
  return { isDue: delayMs !== null, dueAt: inMs(delayMs ?? 0) }
}

/** When to write what was wanted of this comment; what is wanted since then is due when it was said to be. */
function dueUnlessNewer({ wanted }: StatusComment, delayMs: number | null) {
  const { isDue, dueAt } = due(delayMs)
  const isStillWanted = sql`${statusComments.wanted} = ${JSON.stringify(wanted)}::jsonb`
  return {
    isDue: sql`case when ${isStillWanted} then ${isDue} else ${statusComments.isDue} end`,
    dueAt: sql`case when ${isStillWanted} then ${dueAt} else ${statusComments.dueAt} end`,
  }
}

function inMs(delayMs: number) {
  return sql`now() + ${delayMs} * interval '1 millisecond'`
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
