import type { IssueId, KeyResultKey, SiteId } from '../domain/ids.ts'
import { descendantsOf } from './descendants.ts'
import { evaluateIssues } from './evaluate-issues.ts'
import type { Database } from './ports/records.ts'
import { loadSiteContext, type CompileLinkRules } from './site-context.ts'
import type { Slots } from './slots.ts'

export interface RelinkDeps {
  readonly database: Database
  readonly compileLinkRules: CompileLinkRules
  /** Places for relinks under way at once: each keeps one connection while it works with another. */
  readonly relinkSlots: Slots
}

/** What to do about key results that another run links anew: leave them to it, or wait until it is done. */
export type WhileLinked = 'leave' | 'wait'

/** Issues evaluated in one transaction. */
const PAGE_ISSUES = 500

/**
 * Builds what key results derive from issues anew, for those of them for which that was asked: they were made (their
 * labels may have been in Jira for years), their measures size differently, their days are counted in another zone. In
 * pages, so that deliveries go on between them; a kill leaves the wishes standing. The lock keeps a second run of the
 * same key results out: whoever held it looks at their marks once more after it is given back.
 *
 * @returns those that no other run was at: their links are as they were wished when this began
 */
export async function relinkKeyResults(
  deps: RelinkDeps,
  keys: readonly KeyResultKey[],
  whileLinked: WhileLinked,
): Promise<readonly KeyResultKey[]> {
  return deps.relinkSlots.run(() =>
    deps.database.transaction(async ({ progress }) => {
      if (whileLinked === 'wait') await progress.lockKeyResults(keys)
      const ours = whileLinked === 'wait' ? keys : await progress.tryLockKeyResults(keys)
      await relinkLocked(deps, ours)
      return ours
    }),
  )
}

async function relinkLocked(deps: RelinkDeps, keys: readonly KeyResultKey[]): Promise<void> {
  const { database } = deps
  const wishes = await database.records.progress.relinkWishes(keys)
  if (wishes.length === 0) return
  const wished = wishes.map(({ keyResult }) => keyResult)
  const { mirror } = database.records
  await forget(database, await mirror.siteIds(), wished)
  // Looked for only now: an issue that came before was forgotten and is found; one that comes later counts itself.
  for (const siteId of await mirror.siteIds()) {
    await evaluatePages(deps, siteId, await candidates(database, siteId, wished))
  }
  await database.records.progress.linksEvaluated(wishes)
}

async function evaluatePages(
  { database, compileLinkRules }: RelinkDeps,
  siteId: SiteId,
  issueIds: IssueId[],
): Promise<void> {
  for (let start = 0; start < issueIds.length; start += PAGE_ISSUES) {
    await database.transaction(async (records) => {
      await records.mirror.lockSite(siteId)
      const context = await loadSiteContext(records, siteId, compileLinkRules)
      await evaluateIssues(records, context, issueIds.slice(start, start + PAGE_ISSUES), {
        tellMovements: false,
      })
    })
  }
}

/** With every site locked: a delivery in between would subtract from a flow that is gone. */
async function forget(
  database: Database,
  sites: readonly SiteId[],
  keys: readonly KeyResultKey[],
): Promise<void> {
  await database.transaction(async (records) => {
    for (const siteId of sites) await records.mirror.lockSite(siteId)
    await records.contributions.forget(keys)
  })
}

/** Every issue that names one of the key results, by tag or by hand, now or ever, and everything below them. */
async function candidates(
  { records }: Database,
  siteId: SiteId,
  keys: readonly KeyResultKey[],
): Promise<IssueId[]> {
  const naming = [
    ...(await records.mirror.referencingIssues(siteId, 'key_result', keys)),
    ...(await records.goals.issuesLinkedByHand(siteId, keys)),
  ]
  return [...new Set([...naming, ...(await descendantsOf(records, siteId, naming))])]
}
