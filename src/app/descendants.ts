import type { IssueId, SiteId } from '../domain/ids.ts'
import type { Records } from './ports/records.ts'

/** Epic → story → sub-task, and what plans put above epics. */
const LEVELS_BELOW = 4

/**
 * Every issue that is or was below these, by parent id or, for classic epics, by the epic's key: what inherits from
 * them, now or in their past.
 */
export async function descendantsOf(
  { mirror }: Pick<Records, 'mirror'>,
  siteId: SiteId,
  issueIds: readonly IssueId[],
  issueKeys: readonly string[] = [],
): Promise<IssueId[]> {
  const found = new Set<IssueId>(await mirror.referencingIssues(siteId, 'parent_key', issueKeys))
  let parents: IssueId[] = [...new Set([...issueIds, ...found])]
  for (let level = 0; level < LEVELS_BELOW && parents.length > 0; level++) {
    const children = await mirror.referencingIssues(siteId, 'parent', parents)
    parents = children.filter((id) => !found.has(id))
    parents.forEach((id) => found.add(id))
  }
  return [...found]
}
