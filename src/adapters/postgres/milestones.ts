import { and, asc, eq } from 'drizzle-orm'
import type { GoalRecords } from '../../app/ports/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { milestoneIssues, milestoneTicks } from './schema.ts'
import { together } from './together.ts'

type Milestones = Pick<
  GoalRecords,
  'addMilestoneTick' | 'milestoneTicks' | 'renameMilestone' | 'saveMilestoneIssues' | 'keyResultsTickedBy'
>

interface TicksAsked {
  readonly key: KeyResultKey
  readonly until: EpochMs
}

function createTicks(db: Executor) {
  return together(async (questions: readonly TicksAsked[]) => {
    const keys = questions.map(({ key }) => key)
    const rows = await db
      .select()
      .from(milestoneTicks)
      .where(isAnyOf(milestoneTicks.keyResult, keys))
      .orderBy(asc(milestoneTicks.at), asc(milestoneTicks.id))
    const byKey = Map.groupBy(rows, ({ keyResult }) => keyResult)
    return questions.map(({ key, until }) =>
      (byKey.get(key) ?? []).flatMap(({ step, at, isDone }) => (at <= until ? [{ step, at, isDone }] : [])),
    )
  })
}

export function createMilestones(db: Executor): Milestones {
  const ticks = createTicks(db)
  return {
    async addMilestoneTick(tick) {
      await db.insert(milestoneTicks).values(tick)
    },

    milestoneTicks: (key, until) => ticks({ key, until }),

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
