import { forecastThroughTime, type ForecastRow } from '../domain/backtest/report.ts'
import type { DatedRow } from '../domain/backtest/walk-forward.ts'
import type { SiteId } from '../domain/ids.ts'
import { plannedDaysOf, watchSprint } from '../domain/sprints/forecast/observe-sprint.ts'
import type { SprintReportRules } from '../domain/sprints/sprint-report.ts'
import { DAY_MS } from '../domain/time.ts'
import type { StoredSprint } from './ports/mirror.ts'
import type { Records } from './ports/records.ts'
import { loadSiteContext, type CompileLinkRules } from './site-context.ts'

/** Shares of its planned time at which a past sprint is looked at. */
export const OBSERVED_SHARES = [0, 0.3, 0.5, 0.8] as const

const SPRINTS_PER_PAGE = 500

export interface SiteBacktestDeps {
  readonly records: Records
  readonly compileLinkRules: CompileLinkRules
  readonly onProgress?: (sprints: number) => void
}

/**
 * Forecasts the site's own closed sprints as of their past, each from those that had ended by then. A sprint without
 * a start or an end is left out, and an instant after a sprint's early completion.
 */
export async function backtestSite(deps: SiteBacktestDeps, siteId: SiteId): Promise<ForecastRow[]> {
  const { records, compileLinkRules, onProgress } = deps
  const { notDelivered } = await loadSiteContext(records, siteId, compileLinkRules)
  const rules = { categories: await records.mirror.statusCategories(siteId), notDelivered }
  const rows: DatedRow[] = []
  let sprints = 0
  for await (const sprint of closedSprints(records, siteId)) {
    rows.push(...(await rowsOf(records, sprint, rules)))
    onProgress?.(++sprints)
  }
  return forecastThroughTime(rows)
}

async function* closedSprints(records: Records, siteId: SiteId): AsyncGenerator<StoredSprint> {
  let after: { siteId: SiteId; sprintId: number } | null = null
  for (;;) {
    const page: StoredSprint[] = await records.mirror.sprints({
      siteId,
      state: 'closed',
      boardId: null,
      after,
      limit: SPRINTS_PER_PAGE,
    })
    yield* page.filter(({ deletedAt }) => deletedAt === null)
    if (page.length < SPRINTS_PER_PAGE) return
    after = { siteId, sprintId: page.at(-1)!.sprintId }
  }
}

async function rowsOf(records: Records, sprint: StoredSprint, rules: SprintReportRules): Promise<DatedRow[]> {
  const { siteId, sprintId, startAt } = sprint
  const endedAt = sprint.completeAt ?? sprint.endAt
  if (startAt === null || endedAt === null) return []
  const issueIds = await records.mirror.referencingIssues(siteId, 'sprint', [String(sprintId)])
  const histories = await records.mirror.histories(siteId, issueIds)
  const watched = watchSprint(sprint, histories, rules, siteId)
  return OBSERVED_SHARES.flatMap((share) => {
    const observedAt = startAt + Math.round(share * plannedDaysOf(sprint) * DAY_MS)
    if (observedAt >= endedAt) return []
    const outcome = watched.outcome(observedAt)
    if (outcome === null) return []
    return [{ ...watched.observe(observedAt), elapsedShare: share, outcome, observedAt, endedAt }]
  })
}
