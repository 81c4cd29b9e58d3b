import { and, eq, sql } from 'drizzle-orm'
import type { MirrorRecords } from '../../app/ports/mirror.ts'
import type { KnownBlocking } from '../../domain/mirror/blocking.ts'
import { toldUntil } from '../../domain/mirror/facts.ts'
import type { IssueId } from '../../domain/ids.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import type { StoredBlockers } from './schema/mirror.ts'
import { blockingLinks, issues } from './schema.ts'

type BlockingRecords = Pick<MirrorRecords, 'saveBlockingLinks' | 'blockings'>

export function createMirrorBlockingRecords(db: Executor): BlockingRecords {
  return {
    async saveBlockingLinks(siteId, links) {
      if (links.length === 0) return
      const rows = links.map(({ linkId, blockedId, blockerId, event, at }) => ({
        link_id: linkId,
        blocked_id: blockedId,
        blocker_id: blockerId,
        [event === 'made' ? 'made_at' : 'removed_at']: new Date(at),
      }))
      // Jira sends each event once; of a copy that says another time the earlier counts, in any order of arrival.
      await db.execute(sql`
        insert into blocking_links (site_id, link_id, blocked_id, blocker_id, made_at, removed_at)
        select ${siteId}, link_id, min(blocked_id), min(blocker_id), min(made_at), min(removed_at)
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
          link_id text, blocked_id text, blocker_id text, made_at timestamptz, removed_at timestamptz)
        group by link_id
        on conflict (site_id, link_id) do update set
          blocked_id = least(blocking_links.blocked_id, excluded.blocked_id),
          blocker_id = least(blocking_links.blocker_id, excluded.blocker_id),
          made_at = least(blocking_links.made_at, excluded.made_at),
          removed_at = least(blocking_links.removed_at, excluded.removed_at)`)
    },

    async blockings(siteId, issueIds) {
      if (issueIds.length === 0) return new Map()
      const read = await db
        .select({ issueId: issues.issueId, blockers: issues.blockers })
        .from(issues)
        .where(and(eq(issues.siteId, siteId), isAnyOf(issues.issueId, issueIds)))
      const told = await db
        .select()
        .from(blockingLinks)
        .where(and(eq(blockingLinks.siteId, siteId), isAnyOf(blockingLinks.blockedId, issueIds)))
        .orderBy(blockingLinks.linkId)
      const links = Map.groupBy(told, ({ blockedId }) => blockedId)
      return new Map<IssueId, KnownBlocking>(
        read.map(({ issueId, blockers }) => [
          issueId,
          {
            read: readOf(storedBlockers(blockers)),
            links: (links.get(issueId) ?? []).map(({ blockerId, madeAt, removedAt }) => ({
              blockerId,
              madeAt,
              removedAt,
            })),
          },
        ]),
      )
    },
  }
}

/** A list that was stored without a version of its own says nothing: the next payload does. */
export function storedBlockers(stored: StoredBlockers | readonly unknown[] | null): StoredBlockers | null {
  return stored === null || 'version' in stored ? stored : null
}

function readOf(stored: StoredBlockers | null): KnownBlocking['read'] {
  return stored === null ? null : { at: toldUntil(stored.version), blockers: stored.content }
}
