import type { IssueId, KeyResultKey, SiteId } from '../domain/ids.ts'
import { evaluateIssues } from './evaluate-issues.ts'
import type { Database, Records } from './ports/records.ts'
import { referencesOf } from './references.ts'
import { loadSiteContext, type CompileLinkRules, type SiteContext } from './site-context.ts'

export interface RebuildDeps {
  readonly database: Database
  readonly compileLinkRules: CompileLinkRules
}

const PAGE_ISSUES = 500
const PAGE_KEY_RESULTS = 500

/** Before any day that work can fall on: every day is built anew. */
const FIRST_DAY = '0001-01-01'

/**
 * Drops everything that is derived (references, contributions, daily flow and tallies) and builds it again from the
 * mirror and the goals, in one transaction: readers see the old rows or the new ones. Equal input gives equal rows.
 * Every key result is marked, also one that is archived or has lost all its issues: its days and numbers follow when
 * it is recomputed.
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
    const keyResults = await allKeyResults(records)
    // Marks before rows, as everywhere: a recompute that runs holds its mark while it writes days.
    await records.progress.markDirty(
      keyResults.map((keyResult) => ({ keyResult, day: FIRST_DAY, relink: false })),
    )
    await records.contributions.clear()
    const dirty = new Set(keyResults)
    let issues = 0
    for (const siteId of siteIds) {
      const context = await loadSiteContext(records, siteId, compileLinkRules)
      for await (const page of issuePages(records, siteId)) {
        const keys = await rebuildPage(records, context, page)
        keys.forEach((key) => dirty.add(key))
        onProgress((issues += page.length))
      }
    }
    return [...dirty]
  })
}

/** All in one list, so that they are marked in one statement: a second one could lock out of key order. */
async function allKeyResults({ goals }: Records): Promise<KeyResultKey[]> {
  const everyOne = { cycle: null, objective: null, includeArchived: true }
  const keys: KeyResultKey[] = []
  for (;;) {
    const after = keys.at(-1) ?? null
    const page = await goals.keyResults({ after, limit: PAGE_KEY_RESULTS }, everyOne)
    if (page.length === 0) return keys
    keys.push(...page.map(({ keyResult }) => keyResult.key))
  }
}

async function rebuildPage(
  records: Records,
  context: SiteContext,
  issueIds: readonly IssueId[],
): Promise<KeyResultKey[]> {
  const siteId = context.site.id
  const histories = await records.mirror.histories(siteId, issueIds)
  await records.mirror.addReferences(
    siteId,
    histories.flatMap((history) => referencesOf(history, context)),
  )
  const known = new Map(histories.map((history) => [history.issueId, history]))
  return evaluateIssues(records, context, issueIds, { tellMovements: false, known })
}

async function* issuePages({ mirror }: Records, siteId: SiteId): AsyncGenerator<string[]> {
  let page = await mirror.issueIdsAfter(siteId, null, PAGE_ISSUES)
  while (page.length > 0) {
    yield page
    page = await mirror.issueIdsAfter(siteId, page.at(-1)!, PAGE_ISSUES)
  }
}
