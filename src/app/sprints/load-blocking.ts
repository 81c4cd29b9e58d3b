import type { SiteId } from '../../domain/ids.ts'
import { blockerKeysIn, type BlockingPast } from '../../domain/mirror/blocking.ts'
import type { IssueHistory } from '../../domain/mirror/issue.ts'
import type { Records } from '../ports/records.ts'

/**
 * What blocks or ever blocked the issues of some sprints. Costs what these issues' links cost, however large the site
 * is: four reads.
 */
export async function loadBlocking(
  { mirror }: Pick<Records, 'mirror'>,
  siteId: SiteId,
  pasts: readonly { readonly histories: readonly IssueHistory[] }[],
): Promise<BlockingPast> {
  const histories = pasts.flatMap((past) => past.histories)
  const [known, idOfKey] = await Promise.all([
    mirror.blockings(
      siteId,
      histories.map(({ issueId }) => issueId),
    ),
    mirror.issueIdsByKey(siteId, [...new Set(histories.flatMap(blockerKeysIn))]),
  ])
  const blockerIds = [...known.values()].flatMap(({ read, links }) => [
    ...(read?.blockers ?? []).map(({ issueId }) => issueId),
    ...links.map(({ blockerId }) => blockerId),
  ])
  const blockers = await mirror.histories(siteId, [...new Set([...blockerIds, ...idOfKey.values()])])
  return { known, idOfKey, blockers: new Map(blockers.map((history) => [history.issueId, history])) }
}
