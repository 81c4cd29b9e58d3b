import { and, eq, sql } from 'drizzle-orm'
import type { IssueReference, MirrorRecords } from '../../app/ports/mirror.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { issueReferences } from './schema.ts'

type ReferenceRecords = Pick<MirrorRecords, 'addReferences' | 'referencingIssues' | 'issueIdsByKey'>

export function createMirrorReferenceRecords(db: Executor): ReferenceRecords {
  return {
    async addReferences(siteId, references) {
      if (references.length === 0) return
      const rows = inIndexOrder(references)
      const column = (name: keyof IssueReference) => sql.param(rows.map((row) => row[name]))
      await db.execute(sql`
        insert into issue_references (site_id, kind, reference, issue_id)
        select ${siteId}, kind, reference, issue_id
        from unnest(${column('kind')}::text[], ${column('reference')}::text[], ${column('issueId')}::text[])
          as r(kind, reference, issue_id)
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

/** Each once, and neighbours of the index next to each other: inserting them costs a third less. */
function inIndexOrder(references: readonly IssueReference[]): IssueReference[] {
  const rows = new Map(
    references.map((row) => [`${row.kind}\n${row.reference}\n${row.issueId}`, row] as const),
  )
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
