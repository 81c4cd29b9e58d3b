import type { KeyResultKey, SiteId, SprintId } from '../domain/ids.ts'
import { FETCHED_RANK, type Fact, type SprintFact } from '../domain/mirror/facts.ts'
import type { EpochMs } from '../domain/time.ts'
import { applyFacts } from './apply-facts.ts'
import type { Clock } from './ports/clock.ts'
import type { Doorbell } from './ports/doorbell.ts'
import { JiraError, type IssuePage, type Jira } from './ports/jira.ts'
import type { Database } from './ports/records.ts'
import type { Backfill } from './ports/sites.ts'
import { removeVanishedIssues } from './remove-vanished-issues.ts'
import { loadSiteContext, type CompileLinkRules, type SiteContext } from './site-context.ts'

export interface BackfillDeps {
  readonly database: Database
  readonly jira: Jira
  readonly clock: Clock
  readonly doorbell: Doorbell
  readonly compileLinkRules: CompileLinkRules
}

export interface BackfillProgress {
  readonly stage: 'catalogue' | 'sprints' | 'issues' | 'deletions' | 'finished'
  readonly issues: number
  readonly changes: number
  readonly sprints: number
  readonly unreadable: number
  readonly deleted: number
  /** Issues that were not seen and stay as they are: their project is out of the account's sight. */
  readonly hidden: number
}

export interface BackfillInput {
  readonly siteId: SiteId
  /** Bounds the issues; ordered by creation, so that issues edited meanwhile do not jump between pages. */
  readonly jql: string
  readonly onProgress: (progress: BackfillProgress) => void
}

/** Every issue, oldest first. A bounded query: Jira refuses one without a restriction. */
export const WHOLE_SITE_JQL = 'created >= "1990-01-01" ORDER BY created ASC'

/** Jira gives fewer when fields make a page heavy; changelogs are fetched for up to 1000 issues at once. */
const PAGE_ISSUES = 500

/**
 * Fills the mirror from Jira's REST API through the same door as webhooks. Each page of issues is fetched with its
 * changelogs while the page before is applied, and committed with the place to go on from, so that a killed run goes
 * on where it was. Memory holds two pages, whatever the size of the site. A failed fetch ends the run; it is never
 * taken for an empty answer.
 */
export async function backfillSite(deps: BackfillDeps, input: BackfillInput): Promise<BackfillProgress> {
  const { database } = deps
  const { siteId, jql, onProgress } = input
  const run =
    (await database.records.backfills.unfinished(siteId, jql)) ??
    (await database.records.backfills.start(siteId, jql))
  let progress: BackfillProgress = {
    stage: 'catalogue',
    issues: run.issues,
    changes: run.changes,
    sprints: 0,
    unreadable: 0,
    deleted: 0,
    hidden: 0,
  }
  const report = (step: Partial<BackfillProgress>) => {
    progress = { ...progress, ...step }
    onProgress(progress)
  }

  report({ stage: 'catalogue' })
  const projects = await deps.jira.projects()
  await apply(deps, siteId, [...(await deps.jira.statuses()), ...projects])
  const { sprints, boardIds } = await backfillSprints(deps, siteId, run.id)
  report({ stage: 'sprints', sprints })
  if (run.stage === 'issues')
    await backfillIssues(deps, input, run, (step) => report({ stage: 'issues', ...step }))
  report({ stage: 'deletions' })
  let removal = { removed: 0, hidden: 0 }
  if (isWholeSite(jql)) {
    await removeVanishedSprints(deps, siteId, run.id, boardIds)
    const seenProjects = new Set(projects.map(({ projectId }) => projectId))
    removal = await removeVanishedIssues(deps, siteId, run.id, seenProjects)
  }
  await database.records.backfills.save({ ...run, ...progress, stage: 'finished', pageToken: null })
  report({ stage: 'finished', deleted: removal.removed, hidden: removal.hidden })
  return progress
}

/** A board that was not listed may only be out of the account's sight, and its sprints with it. */
async function removeVanishedSprints(
  deps: BackfillDeps,
  siteId: SiteId,
  runId: number,
  seenBoards: ReadonlySet<number>,
): Promise<void> {
  const { mirror } = deps.database.records
  const at = deps.clock.now()
  const gone: Fact[] = []
  for (const sprintId of await mirror.unseenSprints(siteId, runId)) {
    const boardId = (await mirror.sprint(siteId, sprintId))?.boardId ?? null
    if (boardId !== null && seenBoards.has(boardId)) gone.push({ kind: 'sprint_deleted', sprintId, at })
  }
  await apply(deps, siteId, gone)
}

/** Only a run over everything may conclude that what it did not see is gone. */
function isWholeSite(jql: string): boolean {
  return jql === WHOLE_SITE_JQL
}

async function backfillSprints(
  deps: BackfillDeps,
  siteId: SiteId,
  runId: number,
): Promise<{ sprints: number; boardIds: ReadonlySet<number> }> {
  const { jira, clock } = deps
  const seen = new Set<number>()
  const boardIds = new Set<number>()
  for await (const boards of jira.boards()) {
    for (const board of boards) {
      const at = clock.now()
      boardIds.add(board.id)
      const sprints = await jira.sprints(board.id)
      sprints.forEach(({ sprintId }) => seen.add(sprintId))
      await apply(deps, siteId, [
        {
          kind: 'board',
          version: { at, rank: FETCHED_RANK },
          boardId: board.id,
          name: board.name,
          deleted: false,
        },
        ...sprints.map((sprint): SprintFact => ({
          kind: 'sprint',
          version: { at, rank: FETCHED_RANK },
          sprint,
        })),
      ])
    }
  }
  await deps.database.records.mirror.markSprintsSeen(siteId, [...seen], runId)
  return { sprints: seen.size, boardIds }
}

interface FetchedPage {
  readonly facts: readonly Fact[]
  readonly issueIds: readonly string[]
  readonly sprintIds: readonly SprintId[]
  readonly changes: number
  readonly unreadable: number
  readonly nextPageToken: string | null
}

async function backfillIssues(
  deps: BackfillDeps,
  { siteId, jql }: BackfillInput,
  run: Backfill,
  report: (step: Partial<BackfillProgress>) => void,
): Promise<void> {
  const context = await loadSiteContext(deps.database.records, siteId, deps.compileLinkRules)
  let { issues, changes } = run
  let unreadable = 0
  let page: FetchedPage | null = await firstPage(deps, context, jql, run.pageToken)
  while (page !== null) {
    const current: FetchedPage = page
    const next: Promise<FetchedPage | null> =
      current.nextPageToken === null
        ? Promise.resolve(null)
        : fetchPage(deps, context, jql, current.nextPageToken)
    next.catch(() => undefined)
    issues += current.issueIds.length
    changes += current.changes
    unreadable += current.unreadable
    const { nextPageToken: pageToken } = current
    await savePage(deps, context, current, {
      ...run,
      issues,
      changes,
      pageToken,
      stage: pageToken === null ? 'deletions' : 'issues',
    })
    report({ issues, changes, unreadable })
    page = await next
  }
}

/** A page token that Jira takes no more starts the run over, which changes nothing that is stored. */
async function firstPage(
  deps: BackfillDeps,
  context: SiteContext,
  jql: string,
  pageToken: string | null,
): Promise<FetchedPage> {
  try {
    return await fetchPage(deps, context, jql, pageToken)
  } catch (error) {
    if (pageToken === null || !(error instanceof JiraError) || error.failure !== 'rejected') throw error
    return fetchPage(deps, context, jql, null)
  }
}

async function fetchPage(
  { jira, clock }: BackfillDeps,
  { site }: SiteContext,
  jql: string,
  pageToken: string | null,
): Promise<FetchedPage> {
  const at: EpochMs = clock.now()
  const page: IssuePage = await jira.searchIssues({
    jql,
    pageToken,
    pageSize: PAGE_ISSUES,
    fields: site.fields,
  })
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

async function savePage(
  deps: BackfillDeps,
  context: SiteContext,
  page: FetchedPage,
  run: Backfill,
): Promise<void> {
  const moved = await deps.database.transaction(async (records) => {
    const applied = await applyFacts(records, context, page.facts)
    await records.mirror.markSeen(context.site.id, page.issueIds, run.id)
    await records.mirror.markSprintsSeen(context.site.id, page.sprintIds, run.id)
    await records.backfills.save(run)
    await records.feed.append(applied.feed)
    return applied.moved
  })
  await ring(deps, moved)
}

async function apply(deps: BackfillDeps, siteId: SiteId, facts: readonly Fact[]): Promise<void> {
  const moved = await deps.database.transaction(async (records) => {
    const context = await loadSiteContext(records, siteId, deps.compileLinkRules)
    const applied = await applyFacts(records, context, facts)
    await records.feed.append(applied.feed)
    return applied.moved
  })
  await ring(deps, moved)
}

async function ring({ doorbell }: BackfillDeps, moved: readonly KeyResultKey[]): Promise<void> {
  await Promise.all(moved.map((key) => doorbell.ring('recompute', key)))
}
