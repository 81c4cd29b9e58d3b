import type { IssueId, SiteId } from '../domain/ids.ts'
import { applyFacts } from './apply-facts.ts'
import { ringFor } from './goals/ring-for.ts'
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
 * for by id first: only what Jira does not show any more is gone, and a failed question removes nothing. Nor does a
 * lost permission: an issue of a project that the account does not see is left as it is.
 *
 * @param seenProjects ids of the projects that Jira listed in this run
 * @returns how many were removed, and how many were left because their project is out of sight
 */
export async function removeVanishedIssues(
  deps: RemoveVanishedDeps,
  siteId: SiteId,
  runId: number,
  seenProjects: ReadonlySet<string>,
): Promise<{ removed: number; hidden: number }> {
  const { database, jira, clock, doorbell } = deps
  let removed = 0
  let hidden = 0
  let after: IssueId | null = null
  for (;;) {
    const unseen: IssueId[] = await database.records.mirror.unseenIssues(siteId, runId, after, ASKED_AT_ONCE)
    if (unseen.length === 0) return { removed, hidden }
    after = unseen.at(-1)!
    // This may take hours, and saves nothing of the run.
    await database.records.backfills.touch(runId)
    const live = (await database.records.mirror.histories(siteId, unseen)).filter(
      ({ deletedAt }) => deletedAt === null,
    )
    const inSight = live.filter(({ current }) => seenProjects.has(current.projectId))
    hidden += live.length - inSight.length
    if (inSight.length === 0) continue
    const at = clock.now()
    const existing = await jira.existingIssues(inSight.map(({ issueId }) => issueId))
    const gone = inSight.map(({ issueId }) => issueId).filter((issueId) => !existing.has(issueId))
    const moved = await database.transaction(async (records) => {
      const context = await loadSiteContext(records, siteId, deps.compileLinkRules)
      const facts = gone.map((issueId) => ({ kind: 'issue_vanished' as const, issueId, at }))
      const applied = await applyFacts(records, context, facts)
      await records.feed.append(applied.feed)
      return applied.moved
    })
    await ringFor(doorbell, moved)
    removed += gone.length
  }
}
