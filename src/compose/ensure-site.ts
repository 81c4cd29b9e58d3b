import type { SiteRecords } from '../app/ports/sites.ts'
import { unconnectedSite } from '../app/site-context.ts'
import { canonicalText } from '../domain/mirror/facts.ts'
import type { JiraConfig } from '../config.ts'

/** Writes what the settings say of the first site beside what `connect` found out about it. */
export async function ensureSite(sites: SiteRecords, jira: JiraConfig): Promise<void> {
  const { siteId, baseUrl, deployment, labelPattern, notDeliveredResolutionIds } = jira
  const stored = await sites.site(siteId)
  const configured = { baseUrl, deployment, labelPattern, notDeliveredResolutionIds }
  const site = { ...(stored ?? unconnectedSite(siteId)), ...configured }
  if (stored === null || canonicalText(site) !== canonicalText(stored)) await sites.save(site)
}
