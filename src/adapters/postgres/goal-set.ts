import { asc, eq, or, sql } from 'drizzle-orm'
import type { GoalSelection } from '../../app/ports/okr-sets.ts'
import type { AnchorIssue } from '../../domain/goals.ts'
import type { GoalSet } from '../../domain/okrs/goal-set.ts'
import { without } from '../../domain/okrs/without.ts'
import { isAnyOf } from './any-of.ts'
import type { Executor } from './executor.ts'
import { OBJECTIVE } from './goal-objectives.ts'
import { cycles, initiatives, keyResults, kpis, objectives, teams } from './schema.ts'

/** Whole goals of every kind; see the port for what a selection takes in. */
export async function readGoalSet(db: Executor, selection: GoalSelection): Promise<GoalSet> {
  const { wholeObjectives } = selection
  const foundKeyResults = await db
    .select({ keyResult: keyResults })
    .from(keyResults)
    .innerJoin(objectives, eq(objectives.key, keyResults.objective))
    .where(
      or(
        isAnyOf(objectives.cycle, selection.cycles),
        isAnyOf(keyResults.objective, wholeObjectives),
        isAnyOf(keyResults.key, selection.keyResults),
      ),
    )
    .orderBy(asc(keyResults.number))
  const holders = foundKeyResults.map(({ keyResult }) => keyResult.objective)
  const keys = foundKeyResults.map(({ keyResult }) => keyResult.key)
  const foundInitiatives = await db
    .select()
    .from(initiatives)
    .where(or(isAnyOf(initiatives.keyResult, keys), isAnyOf(initiatives.key, selection.initiatives)))
    .orderBy(asc(initiatives.number))
  return {
    cycles: await db.select().from(cycles).orderBy(asc(cycles.key)),
    teams: (await db.select().from(teams).orderBy(asc(teams.key))).map(
      ({ anchorSiteId, anchorIssueId, ...own }) => ({
        ...own,
        anchorIssue: anchorOf(anchorSiteId, anchorIssueId),
      }),
    ),
    objectives: await db
      .select(OBJECTIVE)
      .from(objectives)
      .where(
        or(
          isAnyOf(objectives.cycle, selection.cycles),
          isAnyOf(objectives.key, [...new Set([...selection.objectives, ...wholeObjectives, ...holders])]),
        ),
      )
      .orderBy(asc(objectives.number)),
    keyResults: foundKeyResults.map(({ keyResult: { anchorSiteId, anchorIssueId, ...own } }) => ({
      ...without(own, 'number'),
      anchorIssue: anchorOf(anchorSiteId, anchorIssueId),
    })),
    initiatives: foundInitiatives.map(({ siteId, issueId, ...own }) => ({
      ...without(own, 'number'),
      issue: anchorOf(siteId, issueId),
    })),
    kpis: await readKpis(db, selection.kpis),
  }
}

async function readKpis(db: Executor, keys: GoalSelection['kpis']): Promise<GoalSet['kpis']> {
  const rows = await db
    .select()
    .from(kpis)
    .where(keys === 'all' ? sql`true` : isAnyOf(kpis.key, keys))
    .orderBy(asc(kpis.number))
  return rows.map((row) => without(row, 'number'))
}

function anchorOf(siteId: string | null, issueId: string | null): AnchorIssue | null {
  return siteId === null || issueId === null ? null : { siteId, issueId }
}
