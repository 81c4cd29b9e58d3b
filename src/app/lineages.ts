import { MAX_LEVELS } from '../domain/contributions/evaluate.ts'
import type { IssueId, SiteId } from '../domain/ids.ts'
import type { ManualLink } from '../domain/links/manual-link.ts'
import type { IssueHistory, IssueState } from '../domain/mirror/issue.ts'
import type { Records } from './ports/records.ts'

/** Issues with everything above them, now or ever, loaded before anything is decided. */
export interface Lineages {
  readonly histories: ReadonlyMap<IssueId, IssueHistory>
  ancestorOf(state: IssueState): IssueHistory | null
  manualLinksOf(issueId: IssueId): readonly ManualLink[]
}

/**
 * Loads the histories of issues and, level by level, of every issue that is or was above them.
 * @param known histories the caller has just read, so that they are not read again
 */
export async function loadLineages(
  records: Records,
  siteId: SiteId,
  issueIds: readonly IssueId[],
  known: ReadonlyMap<IssueId, IssueHistory>,
): Promise<Lineages> {
  const histories = new Map<IssueId, IssueHistory>()
  const idOfKey = new Map<string, IssueId>()
  let wanted = [...new Set(issueIds)]
  for (let level = 0; level < MAX_LEVELS && wanted.length > 0; level++) {
    const missing = wanted.filter((id) => !known.has(id))
    const loaded = wanted
      .flatMap((id) => known.get(id) ?? [])
      .concat(await records.mirror.histories(siteId, missing))
    for (const history of loaded) histories.set(history.issueId, history)
    const keys = loaded.map(({ current }) => current.parentKey).filter((key) => key !== null)
    for (const [key, id] of await records.mirror.issueIdsByKey(siteId, keys)) idOfKey.set(key, id)
    const parents = loaded.flatMap(parentIdsEver).concat(keys.flatMap((key) => idOfKey.get(key) ?? []))
    wanted = [...new Set(parents)].filter((id) => !histories.has(id))
  }
  const links = Map.groupBy(
    await records.goals.manualLinks(siteId, [...histories.keys()]),
    (link) => link.issueId,
  )
  return {
    histories,
    ancestorOf: ({ parentId, parentKey }) => {
      const id = parentId ?? (parentKey === null ? undefined : idOfKey.get(parentKey))
      return id === undefined ? null : (histories.get(id) ?? null)
    },
    manualLinksOf: (issueId) => links.get(issueId) ?? [],
  }
}

export function parentIdsEver({ current, changes }: IssueHistory): IssueId[] {
  const past = changes.flatMap((change) => (change.field === 'parent' ? [change.from, change.to] : []))
  return [...new Set([current.parentId, ...past].filter((id) => id !== null))]
}
