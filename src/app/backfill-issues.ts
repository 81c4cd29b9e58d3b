import type { SprintId } from '../domain/ids.ts'
import type { Fact } from '../domain/mirror/facts.ts'
import type { EpochMs } from '../domain/time.ts'
import { applyFacts } from './apply-facts.ts'
import { ringFor } from './goals/ring-for.ts'
import type { Clock } from './ports/clock.ts'
import type { Doorbell } from './ports/doorbell.ts'
import { JiraError, type IssuePage, type Jira } from './ports/jira.ts'
import type { Database } from './ports/records.ts'
import type { Backfill } from './ports/sites.ts'
import { readAhead } from './read-ahead.ts'
import { loadSiteContext, type CompileLinkRules, type SiteContext } from './site-context.ts'

export interface BackfillDeps {
  readonly database: Database
  readonly jira: Jira
  readonly clock: Clock
  readonly doorbell: Doorbell
  readonly compileLinkRules: CompileLinkRules
}

/** Jira gives fewer when fields make a page heavy; changelogs are fetched for up to 1000 issues at once. */
const PAGE_ISSUES = 500

/** Issues in one transaction: many share what it costs once, and webhooks wait for the site's lock only so long. */
const PORTION_ISSUES = 500

export interface ReadIssues {
  readonly issues: number
  readonly changes: number
  readonly unreadable: number
}

/**
 * Reads issues with their changelogs into the mirror, from where a run stands. Pages are fetched while those before
 * are applied, and committed in portions with the place to go on from. Memory holds two portions, however many issues
 * there are.
 */
export async function backfillIssues(
  deps: BackfillDeps,
  run: Backfill,
  report: (sofar: ReadIssues) => void,
): Promise<void> {
  const context = await loadSiteContext(deps.database.records, run.siteId, deps.compileLinkRules)
  let { issues, changes } = run
  let unreadable = 0
  const pages = fetchPages(deps, context, run)
  for await (const portion of readAhead(pages, ({ issueIds }) => issueIds.length, PORTION_ISSUES)) {
    for (const page of portion) {
      issues += page.issueIds.length
      changes += page.changes
      unreadable += page.unreadable
    }
    const pageToken = portion.at(-1)!.nextPageToken
    const stage = pageToken === null ? 'deletions' : 'issues'
    await savePages(deps, context, portion, { ...run, issues, changes, pageToken, stage })
    report({ issues, changes, unreadable })
  }
}

interface FetchedPage {
  readonly facts: readonly Fact[]
  readonly issueIds: readonly string[]
  readonly sprintIds: readonly SprintId[]
  readonly changes: number
  readonly unreadable: number
  readonly nextPageToken: string | null
}

/** The next search is under way while the changes of a page are fetched: Jira's answers take longer than reading them. */
async function* fetchPages(
  deps: BackfillDeps,
  context: SiteContext,
  { jql, pageToken }: Backfill,
): AsyncGenerator<FetchedPage> {
  let found: FoundPage | null = await firstPage(deps, context, jql, pageToken)
  while (found !== null) {
    const { nextPageToken }: IssuePage = found.page
    const next: Promise<FoundPage> | null =
      nextPageToken === null ? null : searchPage(deps, context, jql, nextPageToken)
    next?.catch(() => undefined)
    yield await withChanges(deps, context, found)
    found = await next
  }
}

interface FoundPage {
  readonly page: IssuePage
  /** Before Jira was asked. */
  readonly at: EpochMs
}

/** A page token that Jira takes no more starts the run over, which changes nothing that is stored. */
async function firstPage(
  deps: BackfillDeps,
  context: SiteContext,
  jql: string,
  pageToken: string | null,
): Promise<FoundPage> {
  try {
    return await searchPage(deps, context, jql, pageToken)
  } catch (error) {
    if (pageToken === null || !(error instanceof JiraError) || error.failure !== 'rejected') throw error
    return searchPage(deps, context, jql, null)
  }
}

async function searchPage(
  { jira, clock }: BackfillDeps,
  { site: { fields } }: SiteContext,
  jql: string,
  pageToken: string | null,
): Promise<FoundPage> {
  const at = clock.now()
  return { at, page: await jira.searchIssues({ jql, pageToken, pageSize: PAGE_ISSUES, fields }) }
}

async function withChanges(
  { jira }: BackfillDeps,
  { site }: SiteContext,
  { page, at }: FoundPage,
): Promise<FetchedPage> {
  const issueIds = page.issues.map(({ issueId }) => issueId)
  const facts: Fact[] = [
    ...page.issues,
    ...issueIds.map((issueId): Fact => ({ kind: 'issue_seen', issueId, at })),
    ...page.sprints,
    ...page.statuses,
  ]
  let changes = 0
  if (issueIds.length > 0) {
    for await (const changed of jira.changes(issueIds, site.fields)) {
      for (const fact of changed) {
        facts.push(fact)
        changes += fact.changes.length
      }
    }
  }
  const sprintIds = page.sprints.map(({ sprint }) => sprint.sprintId)
  return {
    facts,
    issueIds,
    sprintIds,
    changes,
    unreadable: page.unreadable.length,
    nextPageToken: page.nextPageToken,
  }
}

async function savePages(
  { database, doorbell }: BackfillDeps,
  context: SiteContext,
  pages: readonly FetchedPage[],
  run: Backfill,
): Promise<void> {
  const moved = await database.transaction(async (records) => {
    const applied = await applyFacts(
      records,
      context,
      pages.flatMap(({ facts }) => facts),
    )
    await records.mirror.markSeen(
      run.siteId,
      pages.flatMap(({ issueIds }) => issueIds),
      run.id,
    )
    await records.mirror.markSprintsSeen(
      run.siteId,
      [...new Set(pages.flatMap(({ sprintIds }) => sprintIds))],
      run.id,
    )
    await records.backfills.save(run)
    await records.feed.append(applied.feed)
    return applied.moved
  })
  // Not waited for: whoever recomputes may well do so while the next portion is applied.
  void ringFor(doorbell, moved)
}
