import type { SiteId, SprintId } from '../domain/ids.ts'
import { sprintReport, type SprintReport } from '../domain/sprints/sprint-report.ts'
import type { EpochMs } from '../domain/time.ts'
import { ThroughlineError } from './errors.ts'
import type { StoredSprint } from './ports/mirror.ts'
import type { Records } from './ports/records.ts'
import { loadSiteContext, type CompileLinkRules } from './site-context.ts'

export interface ReportedSprint {
  readonly sprint: StoredSprint
  /** null while the sprint has not started. */
  readonly report: SprintReport | null
}

/**
 * What a sprint committed to and what came of it, from the history of every issue that was ever in it.
 * @throws ThroughlineError `OKR_SPRINT_NOT_FOUND`
 */
export async function reportSprint(
  deps: { records: Records; compileLinkRules: CompileLinkRules; now: EpochMs },
  siteId: SiteId,
  sprintId: SprintId,
): Promise<ReportedSprint> {
  const { records, compileLinkRules, now } = deps
  const sprint = await records.mirror.sprint(siteId, sprintId)
  if (sprint === null) {
    throw new ThroughlineError('OKR_SPRINT_NOT_FOUND', `There is no sprint ${sprintId} on site ${siteId}.`)
  }
  const issueIds = await records.mirror.referencingIssues(siteId, 'sprint', [String(sprintId)])
  const histories = await records.mirror.histories(siteId, issueIds)
  const { notDelivered } = await loadSiteContext(records, siteId, compileLinkRules)
  const categories = await records.mirror.statusCategories(siteId)
  return { sprint, report: sprintReport(sprint, histories, { categories, notDelivered }, now) }
}
