import { desc, eq } from 'drizzle-orm'
import type { AuditRecords } from '../../app/ports/feed.ts'
import type { Executor } from './executor.ts'
import { audit } from './schema.ts'

export function createAuditRecords(db: Executor): AuditRecords {
  return {
    async append(entry) {
      await db.insert(audit).values(entry)
    },

    of: (subject, limit) =>
      db
        .select({
          at: audit.at,
          actor: audit.actor,
          action: audit.action,
          subject: audit.subject,
          before: audit.before,
          after: audit.after,
        })
        .from(audit)
        .where(eq(audit.subject, subject))
        .orderBy(desc(audit.id))
        .limit(limit),
  }
}
