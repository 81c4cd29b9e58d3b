import { and, asc, eq, isNull, lte, max, notLike, or, sql } from 'drizzle-orm'
import type {
  CommentId,
  CommentRecords,
  Notice,
  OutboxComment,
  WrittenComment,
} from '../../app/ports/comments.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { jiraComments } from './schema.ts'
import { together } from './together.ts'

/** How many due comments are looked at for one that nobody has taken: more than relays ever run at once. */
const CANDIDATES = 50

/** As a recompute changes them: its warnings by their numbers, then its status. */
const inOrderOfTopics = [
  sql`${jiraComments.topic} = 'status'`,
  sql`length(${jiraComments.topic})`,
  asc(jiraComments.topic),
]

const inOrderOfAnchors = [
  asc(jiraComments.siteId),
  sql`length(${jiraComments.issueId})`,
  asc(jiraComments.issueId),
]

export function createCommentRecords(db: Executor): CommentRecords {
  const only = ({ subject, topic, siteId, issueId }: CommentId) =>
    and(
      eq(jiraComments.subject, subject),
      eq(jiraComments.topic, topic),
      eq(jiraComments.siteId, siteId),
      eq(jiraComments.issueId, issueId),
    )
  const about = together(async (questions: readonly Pick<CommentId, 'subject' | 'topic'>[]) => {
    const subjects = questions.map(({ subject }) => subject)
    const topics = questions.map(({ topic }) => topic)
    const rows = await db
      .select()
      .from(jiraComments)
      .where(
        sql`(${jiraComments.subject}, ${jiraComments.topic}) in (
          select * from unnest(${sql.param(subjects)}::text[], ${sql.param(topics)}::text[]))`,
      )
      .orderBy(...inOrderOfAnchors)
    const comments = Map.groupBy(rows.map(outboxComment), ({ subject, topic }) => `${topic} ${subject}`)
    return questions.map(({ subject, topic }) => comments.get(`${topic} ${subject}`) ?? [])
  })
  return {
    async ofKeyResults(keys) {
      const rows = await db
        .select()
        .from(jiraComments)
        // A team may have any name, also a key result's: its digests are its own.
        .where(and(isAnyOf(jiraComments.subject, keys), notLike(jiraComments.topic, 'digest-%')))
        .orderBy(asc(jiraComments.subject), ...inOrderOfTopics, ...inOrderOfAnchors)
      return rows.map(outboxComment)
    },

    about: (subject, topic) => about({ subject, topic }),

    async want({ subject, topic, siteId, issueId }, { content, cursor }, dueInMs) {
      const plan = { wanted: content, wantedCursor: cursor, ...due(dueInMs) }
      await db
        .insert(jiraComments)
        .values({ subject, topic, siteId, issueId, ...plan })
        .onConflictDoUpdate({
          target: [jiraComments.subject, jiraComments.topic, jiraComments.siteId, jiraComments.issueId],
          set: plan,
        })
    },

    async unwant(id) {
      await db.update(jiraComments).set({ isDue: false }).where(only(id))
    },

    async postpone(comment, dueInMs) {
      await db.update(jiraComments).set(dueUnlessNewer(comment, dueInMs)).where(only(comment))
    },

    async takeDue() {
      for (;;) {
        const locked = await db.execute<Record<'subject' | 'topic' | 'site_id' | 'issue_id', string>>(sql`
          with due as materialized (
            select subject, topic, site_id, issue_id from jira_comments
            where is_due and due_at <= now()
            order by due_at, topic = 'status', length(topic), topic limit ${CANDIDATES})
          select subject, topic, site_id, issue_id from due
          where pg_try_advisory_xact_lock(
            hashtextextended(concat_ws(' ', 'comment', subject, topic, site_id, issue_id), 0))
          limit 1`)
        const [found] = locked.rows
        if (found === undefined) return null
        const { subject, site_id: siteId, issue_id: issueId } = found
        const id = only({ subject, topic: found.topic as CommentId['topic'], siteId, issueId })
        const isDue = and(id, jiraComments.isDue, lte(jiraComments.dueAt, sql`now()`))
        // Whoever had the lock until now may have written it.
        const [row] = await db.select().from(jiraComments).where(isDue)
        if (row !== undefined) return outboxComment(row)
      }
    },

    async lockNotices(subject) {
      await db.execute(
        sql`select pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'notices', ${subject}::text), 0))`,
      )
    },

    async lastNotifiedAt(id) {
      const rows = await db
        .select({ at: max(jiraComments.notifiedAt) })
        .from(jiraComments)
        .where(
          and(
            eq(jiraComments.subject, id.subject),
            or(isNull(jiraComments.creatingUntil), sql`not (${only(id)})`),
          ),
        )
      return rows[0]?.at ?? null
    },

    async beginCreating(id, windowMs, notice) {
      const { creatingUntil } = jiraComments
      const rows = await db
        .update(jiraComments)
        .set({ creatingUntil: inMs(windowMs), ...told(notice) })
        .where(
          and(
            only(id),
            jiraComments.isDue,
            isNull(jiraComments.commentId),
            or(isNull(creatingUntil), lte(creatingUntil, sql`now()`)),
          ),
        )
        .returning({ creatingUntil })
      return rows.length > 0
    },

    async beginTelling(id, notice) {
      await db.update(jiraComments).set(told(notice)).where(only(id))
    },

    async refused(comment) {
      const { notifiedAt, toldLevel } = comment
      await db.update(jiraComments).set({ creatingUntil: null, notifiedAt, toldLevel }).where(only(comment))
    },

    async written(id, commentId, { content, cursor, at }) {
      await db
        .update(jiraComments)
        .set({
          commentId,
          written: content,
          writtenCursor: cursor,
          writtenAt: at,
          isMuted: false,
          // What is wanted may have changed while the comment was on its way.
          isDue: sql`${jiraComments.wanted} is distinct from ${JSON.stringify(content)}::jsonb`,
          creatingUntil: null,
          attempts: 0,
          lastError: null,
        })
        .where(only(id))
    },

    async muted(comment) {
      await db
        .update(jiraComments)
        .set({ isMuted: true, ...dueUnlessNewer(comment, null), commentId: null })
        .where(only(comment))
    },

    async retryLater(id, reason, delayMs, countsAsAttempt) {
      await db
        .update(jiraComments)
        .set({
          dueAt: inMs(delayMs),
          attempts: sql`${jiraComments.attempts} + ${countsAsAttempt ? 1 : 0}`,
          lastError: reason,
        })
        .where(only(id))
    },

    async oldestDueAgeMs() {
      const rows = await db.execute<{ age: number | null }>(sql`
        select extract(epoch from now() - min(due_at))::float8 * 1000 as age
        from jira_comments where is_due and due_at <= now()`)
      return firstRow(rows.rows).age
    },
  }
}

function due(delayMs: number | null) {
  return { isDue: delayMs !== null, dueAt: inMs(delayMs ?? 0) }
}

/** When to write what was wanted of this comment; what is wanted since then is due when it was said to be. */
function dueUnlessNewer({ wanted }: OutboxComment, delayMs: number | null) {
  const { isDue, dueAt } = due(delayMs)
  const isStillWanted = sql`${jiraComments.wanted} = ${JSON.stringify(wanted)}::jsonb`
  return {
    isDue: sql`case when ${isStillWanted} then ${isDue} else ${jiraComments.isDue} end`,
    dueAt: sql`case when ${isStillWanted} then ${dueAt} else ${jiraComments.dueAt} end`,
  }
}

function inMs(delayMs: number) {
  return sql`now() + ${delayMs} * interval '1 millisecond'`
}

function told({ at, level }: Notice) {
  return { notifiedAt: at, toldLevel: level }
}

type Row = typeof jiraComments.$inferSelect

function outboxComment(row: Row): OutboxComment {
  const { subject, topic, siteId, issueId, commentId, wanted, wantedCursor } = row
  const { creatingUntil, notifiedAt, toldLevel, isMuted, attempts } = row
  return {
    subject,
    topic,
    siteId,
    issueId,
    commentId,
    wanted,
    wantedCursor,
    written: writtenPart(row),
    isMuted,
    mayExist: commentId === null && creatingUntil !== null,
    notifiedAt,
    toldLevel,
    attempts,
  }
}

function writtenPart({ written, writtenCursor: cursor, writtenAt: at }: Row): WrittenComment | null {
  return written === null || cursor === null || at === null ? null : { content: written, cursor, at }
}
