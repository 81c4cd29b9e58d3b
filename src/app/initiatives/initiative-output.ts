import type { Initiative } from '../../domain/goals.ts'
import { outputOf, type Output } from '../../domain/initiatives/output.ts'
import type { KnownIssue } from '../ports/initiatives.ts'
import type { Records } from '../ports/records.ts'

/** An initiative with what has come out of it by now. */
export interface InitiativeWithOutput {
  readonly initiative: Initiative
  /** null: it has no issue, or its issue was deleted in Jira. */
  readonly work: { readonly issue: KnownIssue; readonly output: Output } | null
}

/** What the mirror says now of the work under these initiatives: two queries for each site. */
export async function withOutput(
  { initiatives: records, sites }: Pick<Records, 'initiatives' | 'sites'>,
  initiatives: readonly Initiative[],
): Promise<InitiativeWithOutput[]> {
  const issues = initiatives.flatMap(({ issue }) => issue ?? [])
  const works = new Map<string, InitiativeWithOutput['work']>()
  for (const [siteId, ofSite] of Map.groupBy(issues, (issue) => issue.siteId)) {
    const site = await sites.site(siteId)
    const notDelivered = { resolutionIds: new Set(site?.notDeliveredResolutionIds ?? []) }
    const trees = await records.treesOf(
      siteId,
      ofSite.map(({ issueId }) => issueId),
    )
    for (const [issueId, { issue, groups }] of trees) {
      works.set(`${siteId}/${issueId}`, { issue, output: outputOf(groups, notDelivered) })
    }
  }
  return initiatives.map((initiative) => {
    const { issue } = initiative
    const work = issue === null ? undefined : works.get(`${issue.siteId}/${issue.issueId}`)
    return { initiative, work: work ?? null }
  })
}
