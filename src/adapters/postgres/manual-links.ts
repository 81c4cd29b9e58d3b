import { and, asc, eq } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { manualLinks } from './schema.ts'

export function createManualLinks(
  db: Executor,
): Pick<GoalRecords, 'manualLinks' | 'saveManualLink' | 'issuesLinkedByHand'> {
  return {
    manualLinks: (siteId, issueIds) =>
      issueIds.length === 0
        ? Promise.resolve([])
        : db
            .select()
            .from(manualLinks)
            .where(and(eq(manualLinks.siteId, siteId), isAnyOf(manualLinks.issueId, issueIds)))
            .orderBy(asc(manualLinks.issueId), asc(manualLinks.keyResult), asc(manualLinks.linkedAt)),

    async saveManualLink(link) {
      const { role, sharePercent, unlinkedAt } = link
      await db
        .insert(manualLinks)
        .values(link)
        .onConflictDoUpdate({
          target: [manualLinks.siteId, manualLinks.issueId, manualLinks.keyResult, manualLinks.linkedAt],
          set: { role, sharePercent, unlinkedAt },
        })
    },

    async issuesLinkedByHand(siteId, keys) {
      const rows = await db
        .selectDistinct({ issueId: manualLinks.issueId })
        .from(manualLinks)
        .where(and(eq(manualLinks.siteId, siteId), isAnyOf(manualLinks.keyResult, keys)))
      return rows.map((row) => row.issueId)
    },
  }
}
