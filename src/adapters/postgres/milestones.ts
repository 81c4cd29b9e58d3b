import { and, asc, eq, lte } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { milestoneIssues, milestoneTicks } from './schema.ts'

type Milestones = Pick<
  GoalRecords,
  'addMilestoneTick' | 'milestoneTicks' | 'renameMilestone' | 'saveMilestoneIssues' | 'keyResultsTickedBy'
>

export function createMilestones(db: Executor): Milestones {
  return {
    async addMilestoneTick(tick) {
      await db.insert(milestoneTicks).values(tick)
    },

    milestoneTicks: (key, until) =>
      db
        .select({ step: milestoneTicks.step, at: milestoneTicks.at, isDone: milestoneTicks.isDone })
        .from(milestoneTicks)
        .where(and(eq(milestoneTicks.keyResult, key), lte(milestoneTicks.at, until)))
        .orderBy(asc(milestoneTicks.at), asc(milestoneTicks.id)),

    async renameMilestone(key, from, to) {
      await db
        .update(milestoneTicks)
        .set({ step: to })
        .where(and(eq(milestoneTicks.keyResult, key), eq(milestoneTicks.step, from)))
    },

    async saveMilestoneIssues(key, issues) {
      await db.delete(milestoneIssues).where(eq(milestoneIssues.keyResult, key))
      if (issues.length === 0) return
      const rows = issues.map(({ siteId, issueId }) => ({ siteId, issueId, keyResult: key }))
      await db.insert(milestoneIssues).values(rows).onConflictDoNothing()
    },

    async keyResultsTickedBy(siteId, issueIds) {
      if (issueIds.length === 0) return []
      const rows = await db
        .selectDistinct({ keyResult: milestoneIssues.keyResult })
        .from(milestoneIssues)
        .where(and(eq(milestoneIssues.siteId, siteId), isAnyOf(milestoneIssues.issueId, issueIds)))
      return rows.map(({ keyResult }) => keyResult)
    },
  }
}
