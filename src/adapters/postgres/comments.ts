import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type {
  CommentRecords,
  StatusComment,
  StatusCommentId,
  WrittenComment,
} from '../../app/ports/comments.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { statusComments } from './schema.ts'

/** How many due comments are looked at for one that nobody has taken: more than relays ever run at once. */
const CANDIDATES = 50

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
      await db.update(statusComments).set(dueUnlessNewer(comment, dueInMs)).where(only(comment))
    },

    async takeDue() {
      for (;;) {
        const locked = await db.execute<{ key_result: string; site_id: string; issue_id: string }>(sql`
          with due as materialized (
            select key_result, site_id, issue_id from status_comments
            where is_due and due_at <= now() order by due_at limit ${CANDIDATES})
          select key_result, site_id, issue_id from due
          where pg_try_advisory_xact_lock(
            hashtextextended(concat_ws(' ', 'comment', key_result, site_id, issue_id), 0))
          limit 1`)
        const [found] = locked.rows
        if (found === undefined) return null
        const { key_result: keyResult, site_id: siteId, issue_id: issueId } = found
        const id = only({ keyResult: keyResult as StatusCommentId['keyResult'], siteId, issueId })
        const isDue = and(id, statusComments.isDue, lte(statusComments.dueAt, sql`now()`))
        // Whoever had the lock until now may have written it.
        const [row] = await db.select().from(statusComments).where(isDue)
        if (row !== undefined) return statusComment(row)
      }
    },

    async beginCreating(id, windowMs) {
      const { creatingUntil } = statusComments
      const rows = await db
        .update(statusComments)
        .set({ creatingUntil: inMs(windowMs) })
        .where(
          and(
            only(id),
            statusComments.isDue,
            isNull(statusComments.commentId),
            or(isNull(creatingUntil), lte(creatingUntil, sql`now()`)),
          ),
        )
        .returning({ creatingUntil })
      return rows.length > 0
    },

    async notCreated(id) {
      await db.update(statusComments).set({ creatingUntil: null }).where(only(id))
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
          creatingUntil: null,
          attempts: 0,
          lastError: null,
        })
        .where(only(id))
    },

    async muted(comment) {
      await db
        .update(statusComments)
        .set({ isMuted: true, ...dueUnlessNewer(comment, null), commentId: null })
        .where(only(comment))
    },

    async retryLater(id, reason, delayMs, countsAsAttempt) {
      await db
        .update(statusComments)
        .set({
          dueAt: inMs(delayMs),
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
