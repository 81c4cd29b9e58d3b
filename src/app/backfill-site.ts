import type { SiteId } from '../domain/ids.ts'
import { FETCHED_RANK, type Fact, type SprintFact } from '../domain/mirror/facts.ts'
import { applyFacts } from './apply-facts.ts'
import { backfillIssues, type BackfillDeps } from './backfill-issues.ts'
import { liveKeyResults } from './goals/live-key-results.ts'
import { ringFor } from './goals/ring-for.ts'
import type { Backfill } from './ports/sites.ts'
import { removeVanishedIssues } from './remove-vanished-issues.ts'
import { loadSiteContext } from './site-context.ts'

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

/**
 * Fills the mirror from Jira's REST API through the same door as webhooks. Progress is committed with the issues, so
 * that a killed run goes on where it was. A failed fetch ends the run; it is never taken for an empty answer. Warnings
 * wait for its end, where every key result is marked: they are raised from the whole.
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
    await backfillIssues(deps, run, (sofar) => report({ stage: 'issues', ...sofar }))
  report({ stage: 'deletions' })
  let removal = { removed: 0, hidden: 0 }
  if (isWholeSite(jql)) {
    await removeVanishedSprints(deps, siteId, run.id, boardIds)
    const seenProjects = new Set(projects.map(({ projectId }) => projectId))
    removal = await removeVanishedIssues(deps, siteId, run.id, seenProjects)
  }
  await finish(deps, { ...run, ...progress, stage: 'finished', pageToken: null })
  report({ stage: 'finished', deleted: removal.removed, hidden: removal.hidden })
  return progress
}

/** The end and the marks commit together: nothing held back by the run is left unlooked at. */
async function finish(deps: BackfillDeps, run: Backfill): Promise<void> {
  const keyResults = await deps.database.transaction(async (records) => {
    const live = (await liveKeyResults(records)).map(({ keyResult }) => keyResult.key)
    await records.progress.markDirty(live.map((keyResult) => ({ keyResult, day: null, relink: false })))
    await records.backfills.save(run)
    return live
  })
  await ringFor(deps.doorbell, keyResults)
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

async function apply(deps: BackfillDeps, siteId: SiteId, facts: readonly Fact[]): Promise<void> {
  const moved = await deps.database.transaction(async (records) => {
    const context = await loadSiteContext(records, siteId, deps.compileLinkRules)
    const applied = await applyFacts(records, context, facts)
    await records.feed.append(applied.feed)
    return applied.moved
  })
  await ringFor(deps.doorbell, moved)
}
