import type { NotDelivered } from '../domain/contributions/delivered.ts'
import type { SiteId } from '../domain/ids.ts'
import type { LinkRules } from '../domain/links/link-rules.ts'
import { DEFAULT_LABEL_PATTERN, NO_FIELDS, type Site } from '../domain/site.ts'
import type { Records } from './ports/records.ts'

/** Compiles a label pattern in an engine whose time is linear in the label, whatever the pattern. */
export type CompileLinkRules = (labelPattern: string) => LinkRules

/** A site with the rules its issues are judged by. */
export interface SiteContext {
  readonly site: Site
  readonly links: LinkRules
  readonly notDelivered: NotDelivered
}

/** The site as stored, or as it counts before `connect`: webhooks are taken and read from the first minute. */
export async function loadSiteContext(
  records: Records,
  siteId: SiteId,
  compile: CompileLinkRules,
): Promise<SiteContext> {
  const site = (await records.sites.site(siteId)) ?? unconnectedSite(siteId)
  return {
    site,
    links: compile(site.labelPattern),
    notDelivered: { resolutionIds: new Set(site.notDeliveredResolutionIds) },
  }
}

export function unconnectedSite(id: SiteId): Site {
  return {
    id,
    baseUrl: '',
    deployment: 'cloud',
    fields: NO_FIELDS,
    notDeliveredResolutionIds: [],
    labelPattern: DEFAULT_LABEL_PATTERN,
    accountId: null,
    connectedAt: null,
  }
}
