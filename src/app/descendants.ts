import { MAX_LEVELS } from '../domain/contributions/evaluate.ts'
import type { IssueId, SiteId } from '../domain/ids.ts'
import type { Records } from './ports/records.ts'

/**
 * Every issue that is or was below these, by parent id or, for classic epics, by any key the epic has or had: what
 * inherits from them, now or in their past.
 */
export async function descendantsOf(
  { mirror }: Pick<Records, 'mirror'>,
  siteId: SiteId,
  issueIds: readonly IssueId[],
): Promise<IssueId[]> {
  const found = new Set<IssueId>()
  let parents = [...new Set(issueIds)]
  for (let level = 1; level < MAX_LEVELS && parents.length > 0; level++) {
    const keys = await mirror.keysEver(siteId, parents)
    const children = [
      ...(await mirror.referencingIssues(siteId, 'parent', parents)),
      ...(await mirror.referencingIssues(siteId, 'parent_key', keys)),
    ]
    parents = [...new Set(children)].filter((id) => !found.has(id))
    parents.forEach((id) => found.add(id))
  }
  return [...found]
}
