import { NO_BLOCKING } from '../../domain/mirror/blocking.ts'
import type { IssueId, KeyResultKey, SiteId, SprintId } from '../../domain/ids.ts'
import type { LinkRules } from '../../domain/links/link-rules.ts'
import type { SprintPast } from '../../domain/sprints/sprint-work.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import type { Records } from '../ports/records.ts'
import { loadSiteContext, type CompileLinkRules } from '../site-context.ts'
import { loadBlocking } from './load-blocking.ts'

/** What every view of a sprint is made with. */
export interface SprintViewDeps {
  readonly records: Records
  readonly compileLinkRules: CompileLinkRules
  readonly now: EpochMs
}

export interface LoadedSprints {
  /** In the order asked for. */
  readonly pasts: readonly SprintPast[]
  /** The key results that issues of these sprints ever counted for. */
  readonly goals: ReadonlyMap<KeyResultKey, KeyResultInContext>
  readonly links: LinkRules
}

/** The issues that are or ever were in each of these sprints. */
export function issuesOfSprints(
  { mirror }: Pick<Records, 'mirror'>,
  siteId: SiteId,
  sprintIds: readonly SprintId[],
): Promise<IssueId[][]> {
  return Promise.all(sprintIds.map((id) => mirror.referencingIssues(siteId, 'sprint', [String(id)])))
}

/**
 * Sprints of one site with the past of their issues and of what these add to key results. Costs what the issues of
 * these sprints cost, however large the site is.
 *
 * @param given.goals key results the caller has just read
 * @param given.withBlockers whether the caller tells what blocks these issues
 */
export async function loadSprints(
  { records, compileLinkRules }: Pick<SprintViewDeps, 'records' | 'compileLinkRules'>,
  siteId: SiteId,
  sprints: readonly StoredSprint[],
  given: {
    readonly goals?: ReadonlyMap<KeyResultKey, KeyResultInContext>
    readonly withBlockers?: boolean
  } = {},
): Promise<LoadedSprints> {
  const ids = sprints.map(({ sprintId }) => sprintId)
  const issueIds = await issuesOfSprints(records, siteId, ids)
  const [{ pasts, links }, contributions] = await Promise.all([
    loadIssuePasts({ records, compileLinkRules }, siteId, sprints, issueIds),
    records.contributions.ofIssues(siteId, [...new Set(issueIds.flat())]),
  ])
  const served = [...new Set(contributions.map(({ keyResult }) => keyResult))]
  const goals = await loadGoals(records, served, given.goals)
  const archivedAt = new Map(
    [...goals].flatMap(([key, { keyResult }]) =>
      keyResult.archivedAt === null ? [] : [[key, keyResult.archivedAt] as const],
    ),
  )
  const blocking = given.withBlockers === true ? await loadBlocking(records, siteId, pasts) : NO_BLOCKING
  const withServices = pasts.map((past, index): SprintPast => {
    const own = new Set(issueIds[index])
    return {
      ...past,
      contributions: contributions.filter(({ issueId }) => own.has(issueId)),
      archivedAt,
      blocking,
    }
  })
  return { pasts: withServices, goals, links }
}

/** A sprint with the past of its issues, whatever they count for. */
export type IssuePast = Pick<SprintPast, 'sprint' | 'histories' | 'rules'>

/** @param issueIds of each of the sprints */
export async function loadIssuePasts(
  { records, compileLinkRules }: Pick<SprintViewDeps, 'records' | 'compileLinkRules'>,
  siteId: SiteId,
  sprints: readonly StoredSprint[],
  issueIds: readonly (readonly IssueId[])[],
): Promise<{ readonly pasts: readonly IssuePast[]; readonly links: LinkRules }> {
  const [histories, categories, { links, notDelivered }] = await Promise.all([
    records.mirror.histories(siteId, [...new Set(issueIds.flat())]),
    records.mirror.statusCategories(siteId),
    loadSiteContext(records, siteId, compileLinkRules),
  ])
  const pasts = sprints.map((sprint, index) => {
    const own = new Set(issueIds[index])
    return {
      sprint: endedByDeletion(sprint),
      histories: histories.filter(({ issueId }) => own.has(issueId)),
      rules: { categories, notDelivered },
    }
  })
  return { pasts, links }
}

/** A sprint that was deleted while it ran came to nothing more from then on. */
function endedByDeletion(sprint: StoredSprint): StoredSprint {
  if (sprint.deletedAt === null || sprint.state !== 'active') return sprint
  return { ...sprint, state: 'closed', completeAt: sprint.deletedAt }
}

async function loadGoals(
  { goals }: Records,
  keys: readonly KeyResultKey[],
  known: ReadonlyMap<KeyResultKey, KeyResultInContext> = new Map(),
): Promise<Map<KeyResultKey, KeyResultInContext>> {
  const missing = await goals.keyResultsIn(keys.filter((key) => !known.has(key)))
  const found = [...keys.flatMap((key) => known.get(key) ?? []), ...missing]
  return new Map(found.map((goal) => [goal.keyResult.key, goal]))
}
