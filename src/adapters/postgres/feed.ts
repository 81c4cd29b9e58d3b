import { asc, eq, gt, sql } from 'drizzle-orm'
import type { FeedRecords } from '../../app/ports/feed.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { feed, feedHead } from './schema.ts'

/** The head is one row. */
const HEAD_ID = 1

/** Each carries five values, and a statement takes 65,535. */
const ROWS_AT_ONCE = 5_000

export function createFeedRecords(db: Executor): FeedRecords {
  return {
    async append(entries) {
      if (entries.length === 0) return
      const moved = await db
        .insert(feedHead)
        .values({ id: HEAD_ID, cursor: entries.length })
        .onConflictDoUpdate({
          target: feedHead.id,
          set: { cursor: sql`${feedHead.cursor} + ${entries.length}` },
        })
        .returning({ cursor: feedHead.cursor })
      const before = firstRow(moved).cursor - entries.length
      const rows = entries.map(({ kind, subject, at, data }, index) => ({
        cursor: before + index + 1,
        kind,
        subject,
        at,
        data: { ...data },
      }))
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        await db.insert(feed).values(rows.slice(from, from + ROWS_AT_ONCE))
      }
    },

    after: (cursor, limit) =>
      db.select().from(feed).where(gt(feed.cursor, cursor)).orderBy(asc(feed.cursor)).limit(limit),

    async head() {
      const rows = await db.select({ cursor: feedHead.cursor }).from(feedHead).where(eq(feedHead.id, HEAD_ID))
      return rows[0]?.cursor ?? 0
    },
  }
}
