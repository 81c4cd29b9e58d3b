import { linkEvent } from '../webhooks/webhook-event.ts'
import { linkItem } from './changelog-items.ts'
import { LINK_TYPES } from './default-catalogue.ts'
import type { StoredLink } from './jira-history.ts'
import type { RunningSite } from './running-site.ts'
import { actor, type Stamp } from './stamp.ts'

type LinkTypeName = (typeof LINK_TYPES)[number]['name']

/**
 * What people do to links. Jira notes it in the changelog of both ends, and tells webhooks of the link alone: neither
 * end sends an event of its own.
 */
export interface LinkMutations {
  /** `source` blocks `destination`, unless the type says otherwise. */
  linkIssues(
    source: string,
    destination: string,
    stamp: Stamp & { readonly type?: LinkTypeName },
  ): { readonly id: string }
  unlinkIssues(linkId: string, stamp: Stamp): void
}

export function createLinkMutations(site: RunningSite): LinkMutations {
  const note = (link: StoredLink, change: 'made' | 'removed', stamp: Stamp) => {
    const { type, sourceId, destinationId } = link
    for (const [own, other, says] of [
      [sourceId, destinationId, type.outward],
      [destinationId, sourceId, type.inward],
    ] as const) {
      const issue = site.issue(own)
      const items = [linkItem(site.issue(other).values.key, says, change)]
      site.record(issue, { at: stamp.at, by: actor(site, stamp), values: issue.values, items })
    }
    site.emit(linkEvent(change === 'made' ? 'issuelink_created' : 'issuelink_deleted', link, stamp.at))
  }

  return {
    linkIssues(source, destination, stamp) {
      const type = LINK_TYPES.find(({ name }) => name === (stamp.type ?? 'Blocks'))!
      const [sourceId, destinationId] = [site.issue(source).id, site.issue(destination).id]
      const link: StoredLink = { id: site.nextId('link'), type, sourceId, destinationId }
      site.links.set(link.id, link)
      note(link, 'made', stamp)
      return { id: link.id }
    },

    unlinkIssues(linkId, stamp) {
      const link = site.links.get(linkId)
      if (link === undefined) throw new Error(`no link ${linkId} on this site`)
      site.links.delete(linkId)
      note(link, 'removed', stamp)
    },
  }
}
