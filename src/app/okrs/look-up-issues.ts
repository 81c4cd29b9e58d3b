import type { AnchorIssue } from '../../domain/goals.ts'
import type { SiteId } from '../../domain/ids.ts'
import type { Goal } from '../../domain/okrs/goal-set.ts'
import type { DocumentIssue, OkrDocument, ResolvedDocument } from '../../domain/okrs/okr-document.ts'
import type { PlanProblem } from '../../domain/okrs/plan.ts'
import { problemAt } from '../../domain/okrs/references.ts'
import { issuesOf, withIssues } from '../../domain/okrs/resolve-issues.ts'
import type { Records } from '../ports/records.ts'

type Issues = Pick<Records, 'sites' | 'mirror' | 'okrSets'>

const ISSUE_ID = /^\d+$/

/** What is known of the issues of one site, by what a document calls them. */
type SiteIssues = ReadonlyMap<string, { readonly issueId: string; readonly isDeleted: boolean }>

/**
 * The document with its issues looked up in the mirror, all of a site at once. An issue that a stored goal names
 * already may be deleted or forgotten since.
 */
export async function lookUpIssues(
  records: Issues,
  document: OkrDocument,
  stored: Iterable<Goal>,
): Promise<{ readonly document: ResolvedDocument; readonly problems: readonly PlanProblem[] }> {
  const named = Map.groupBy(issuesOf(document), ({ issue }) => issue.site)
  const sites = new Map<SiteId, SiteIssues | null>()
  for (const [siteId, found] of named) {
    const isKnown = (await records.sites.site(siteId)) !== null
    const names = [...new Set(found.map(({ issue }) => issue.issue))]
    sites.set(siteId, isKnown ? await issuesNamed(records, siteId, names) : null)
  }
  const inUse = new Set([...stored].flatMap(issuesOfGoal).map(refText))
  const problems: PlanProblem[] = []
  const resolved = withIssues<DocumentIssue, AnchorIssue>(document, ({ site, issue }, path) => {
    const known = sites.get(site)?.get(issue)
    const ref = { siteId: site, issueId: known?.issueId ?? issue }
    if (inUse.has(refText(ref)) || known?.isDeleted === false) return ref
    const wrong = (message: string) => problems.push(problemAt(path, '', 'issue', message))
    if (sites.get(site) === null) wrong(`there is no connected Jira site called ${site}`)
    else if (known?.isDeleted === true) wrong(`${issue} of site ${site} was deleted in Jira`)
    else {
      wrong(
        `no issue ${issue} of site ${site} is known here; check its key. If it is new, Jira has not reported it yet, ` +
          'or a backfill is needed',
      )
    }
    return ref
  })
  return { document: resolved, problems }
}

async function issuesNamed(
  { mirror, okrSets }: Issues,
  siteId: SiteId,
  names: readonly string[],
): Promise<SiteIssues> {
  const keys = names.filter((name) => !ISSUE_ID.test(name)).map((name) => name.toUpperCase())
  const idsByKey = await mirror.issueIdsByKey(siteId, keys)
  const idOf = (name: string) => (ISSUE_ID.test(name) ? name : idsByKey.get(name.toUpperCase()))
  const states = await okrSets.issuesWithIds(
    siteId,
    names.flatMap((name) => idOf(name) ?? []),
  )
  return new Map(
    names.flatMap((name) => {
      const issueId = idOf(name)
      const state = issueId === undefined ? undefined : states.get(issueId)
      return issueId === undefined || state === undefined
        ? []
        : [[name, { issueId, isDeleted: state.isDeleted }] as const]
    }),
  )
}

/** Every issue a goal names. */
export function issuesOfGoal({ kind, goal }: Goal): AnchorIssue[] {
  switch (kind) {
    case 'team':
      return goal.anchorIssue === null ? [] : [goal.anchorIssue]
    case 'initiative':
      return goal.issue === null ? [] : [goal.issue]
    case 'key_result': {
      const steps = goal.measure.kind === 'milestones' ? goal.measure.steps : []
      return [goal.anchorIssue, ...steps.map(({ issue }) => issue)].filter((issue) => issue !== null)
    }
    case 'cycle':
    case 'objective':
    case 'kpi':
      return []
  }
}

function refText({ siteId, issueId }: AnchorIssue): string {
  return `${issueId} ${siteId}`
}
