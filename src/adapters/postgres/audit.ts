import { and, desc, eq, gte, lt } from 'drizzle-orm'
import type { AuditRecords } from '../../app/ports/feed.ts'
import type { Executor } from './executor.ts'
import { audit } from './schema.ts'

/** Far below what a statement may carry. */
const ENTRIES_AT_ONCE = 2_000

export function createAuditRecords(db: Executor): AuditRecords {
  return {
    async append(entries) {
      for (let from = 0; from < entries.length; from += ENTRIES_AT_ONCE) {
        await db.insert(audit).values(entries.slice(from, from + ENTRIES_AT_ONCE))
      }
    },

    list: ({ after, limit }, { subject, action, from, until }) =>
      db
        .select()
        .from(audit)
        .where(
          and(
            after === null ? undefined : lt(audit.id, after),
            subject === null ? undefined : eq(audit.subject, subject),
            action === null ? undefined : eq(audit.action, action),
            from === null ? undefined : gte(audit.at, from),
            until === null ? undefined : lt(audit.at, until),
          ),
        )
        .orderBy(desc(audit.id))
        .limit(limit),
  }
}
