import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import type { EpochMs } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { issues } from './schema.ts'

type DeletionRecords = Pick<
  MirrorRecords,
  'saveDeletedIssues' | 'saveVanishedIssues' | 'saveSeenIssues' | 'deletionsOf'
>

export function createMirrorDeletionRecords(db: Executor): DeletionRecords {
  return {
    async saveDeletedIssues(siteId, deletions) {
      if (deletions.length === 0) return []
      const saved = await db.execute<{ issue_id: string }>(sql`
        insert into issues (site_id, issue_id, deleted_at)
        select ${siteId}, issue_id, min(at) from ${instants(deletions)} group by issue_id
        on conflict (site_id, issue_id) do update set deleted_at = excluded.deleted_at
        where issues.deleted_at is null or excluded.deleted_at < issues.deleted_at
        returning issue_id`)
      return saved.rows.map((row) => row.issue_id)
    },

    async saveVanishedIssues(siteId, vanished) {
      if (vanished.length === 0) return []
      const saved = await db.execute<{ issue_id: string }>(sql`
        update issues set vanished_at = r.at from ${instants(vanished)}
        where issues.site_id = ${siteId} and issues.issue_id = r.issue_id and ${isOneOf(vanished)}
          and (issues.vanished_at is null or issues.vanished_at < r.at)
        returning issues.issue_id`)
      return saved.rows.map((row) => row.issue_id)
    },

    async saveSeenIssues(siteId, sightings) {
      if (sightings.length === 0) return []
      const revived = await db.execute<{ issue_id: string }>(sql`
        update issues set vanished_at = null from ${instants(sightings)}
        where issues.site_id = ${siteId} and issues.issue_id = r.issue_id and ${isOneOf(sightings)}
          and issues.vanished_at < r.at
        returning issues.issue_id`)
      return revived.rows.map((row) => row.issue_id)
    },

    async deletionsOf(siteId, issueIds) {
      if (issueIds.length === 0) return new Map()
      const rows = await db
        .select({ issueId: issues.issueId, deletedAt: issues.deletedAt })
        .from(issues)
        .where(and(eq(issues.siteId, siteId), isAnyOf(issues.issueId, issueIds), isNotNull(issues.deletedAt)))
      return new Map(rows.flatMap((row) => (row.deletedAt === null ? [] : [[row.issueId, row.deletedAt]])))
    },
  }
}

function instants(facts: readonly { issueId: string; at: EpochMs }[]) {
  const rows = facts.map(({ issueId, at }) => ({ issue_id: issueId, at: new Date(at) }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(issue_id text, at timestamptz)`
}

/** Said beside the join, which alone the planner may answer by reading every issue of the site. */
function isOneOf(facts: readonly { issueId: string }[]) {
  return isAnyOf(
    issues.issueId,
    facts.map(({ issueId }) => issueId),
  )
}
