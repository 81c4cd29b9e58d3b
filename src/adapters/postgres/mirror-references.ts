import { and, eq, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { issueReferences } from './schema.ts'

type ReferenceRecords = Pick<MirrorRecords, 'addReferences' | 'referencingIssues' | 'issueIdsByKey'>

export function createMirrorReferenceRecords(db: Executor): ReferenceRecords {
  return {
    async addReferences(siteId, references) {
      if (references.length === 0) return
      await db.execute(sql`
        insert into issue_references (site_id, kind, reference, issue_id)
        select ${siteId}, kind, reference, "issueId"
        from jsonb_to_recordset(${JSON.stringify(references)}::jsonb) as r(kind text, reference text, "issueId" text)
        on conflict do nothing`)
    },

    async referencingIssues(siteId, kind, references) {
      if (references.length === 0) return []
      const rows = await db
        .selectDistinct({ issueId: issueReferences.issueId })
        .from(issueReferences)
        .where(
          and(
            eq(issueReferences.siteId, siteId),
            eq(issueReferences.kind, kind),
            isAnyOf(issueReferences.reference, references),
          ),
        )
      return rows.map((row) => row.issueId)
    },

    async issueIdsByKey(siteId, keys) {
      if (keys.length === 0) return new Map()
      const rows = await db
        .select({ key: issueReferences.reference, issueId: issueReferences.issueId })
        .from(issueReferences)
        .where(
          and(
            eq(issueReferences.siteId, siteId),
            eq(issueReferences.kind, 'key'),
            isAnyOf(issueReferences.reference, keys),
          ),
        )
        // A key that was used again after a move belongs to its latest owner: ids grow with time.
        .orderBy(sql`length(issue_id)`, issueReferences.issueId)
      return new Map(rows.map((row) => [row.key, row.issueId]))
    },
  }
}
