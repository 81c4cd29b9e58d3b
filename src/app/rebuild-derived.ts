import type { KeyResultKey, SiteId } from '../domain/ids.ts'
import { evaluateIssues } from './evaluate-issues.ts'
import type { Database, Records } from './ports/records.ts'
import { referencesOf } from './references.ts'
import { loadSiteContext, type CompileLinkRules, type SiteContext } from './site-context.ts'

export interface RebuildDeps {
  readonly database: Database
  readonly compileLinkRules: CompileLinkRules
}

const PAGE_ISSUES = 500

/**
 * Drops everything that is derived (references, contributions, daily flow and tallies) and builds it again from the
 * mirror and the goals, in one transaction: readers see the old rows or the new ones. Equal input gives equal rows.
 *
 * @param onProgress told after each page, with the issues done so far
 * @returns the key results to recompute
 */
export async function rebuildDerived(
  { database, compileLinkRules }: RebuildDeps,
  onProgress: (issues: number) => void = () => undefined,
): Promise<KeyResultKey[]> {
  return database.transaction(async (records) => {
    const siteIds = await records.mirror.siteIds()
    for (const siteId of siteIds) await records.mirror.lockSite(siteId)
    await records.contributions.clear()
    const moved = new Set<KeyResultKey>()
    let issues = 0
    for (const siteId of siteIds) {
      const context = await loadSiteContext(records, siteId, compileLinkRules)
      for await (const page of issuePages(records, siteId)) {
        await addReferences(records, context, page)
        const keys = await evaluateIssues(records, context, page, { tellMovements: false })
        keys.forEach((key) => moved.add(key))
        onProgress((issues += page.length))
      }
    }
    return [...moved]
  })
}

async function addReferences(records: Records, context: SiteContext, issueIds: string[]): Promise<void> {
  const histories = await records.mirror.histories(context.site.id, issueIds)
  await records.mirror.addReferences(
    context.site.id,
    histories.flatMap((history) => referencesOf(history, context)),
  )
}

async function* issuePages({ mirror }: Records, siteId: SiteId): AsyncGenerator<string[]> {
  let page = await mirror.issueIdsAfter(siteId, null, PAGE_ISSUES)
  while (page.length > 0) {
    yield page
    page = await mirror.issueIdsAfter(siteId, page.at(-1)!, PAGE_ISSUES)
  }
}
