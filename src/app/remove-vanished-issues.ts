import type { IssueId, SiteId } from '../domain/ids.ts'
import { applyFacts } from './apply-facts.ts'
import type { Clock } from './ports/clock.ts'
import type { Doorbell } from './ports/doorbell.ts'
import type { Jira } from './ports/jira.ts'
import type { Database } from './ports/records.ts'
import { loadSiteContext, type CompileLinkRules } from './site-context.ts'

export interface RemoveVanishedDeps {
  readonly database: Database
  readonly jira: Pick<Jira, 'existingIssues'>
  readonly clock: Clock
  readonly doorbell: Doorbell
  readonly compileLinkRules: CompileLinkRules
}

/** Jira's limit for one bulk fetch. */
const ASKED_AT_ONCE = 100

/**
 * Removes issues that a run over the whole site did not see. Search is eventually consistent, so each one is asked
 * for by id first: only what Jira does not show any more is gone, and a failed question removes nothing.
 *
 * @returns how many were removed
 */
export async function removeVanishedIssues(
  deps: RemoveVanishedDeps,
  siteId: SiteId,
  runId: number,
): Promise<number> {
  const { database, jira, clock, doorbell } = deps
  let removed = 0
  let after: IssueId | null = null
  for (;;) {
    const unseen: IssueId[] = await database.records.mirror.unseenIssues(siteId, runId, after, ASKED_AT_ONCE)
    if (unseen.length === 0) return removed
    after = unseen.at(-1)!
    const existing = await jira.existingIssues(unseen)
    const at = clock.now()
    const gone = unseen.filter((issueId) => !existing.has(issueId))
    const moved = await database.transaction(async (records) => {
      const context = await loadSiteContext(records, siteId, deps.compileLinkRules)
      const facts = gone.map((issueId) => ({ kind: 'issue_deleted' as const, issueId, at }))
      const applied = await applyFacts(records, context, facts)
      await records.feed.append(applied.feed)
      return applied.moved
    })
    await Promise.all(moved.map((key) => doorbell.ring('recompute', key)))
    removed += gone.length
  }
}
