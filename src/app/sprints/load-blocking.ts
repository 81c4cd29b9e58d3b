import type { SiteId } from '../../domain/ids.ts'
import { blockerKeysIn, type BlockingPast } from '../../domain/mirror/blocking.ts'
import type { IssueHistory } from '../../domain/mirror/issue.ts'
import type { Records } from '../ports/records.ts'

/**
 * What blocks or ever blocked the issues of some sprints. Costs what these issues' links cost, however large the site
 * is: five reads at most.
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
  const ids = [...new Set([...blockerIds, ...idOfKey.values()])]
  const mirrored = await mirror.histories(siteId, ids)
  const blockers = new Map(mirrored.map((history) => [history.issueId, history]))
  const unknown = ids.filter((id) => !blockers.has(id))
  return { known, idOfKey, blockers, deletedAt: await mirror.deletionsOf(siteId, unknown) }
}
