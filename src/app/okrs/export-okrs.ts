import type { AnchorIssue, Cycle } from '../../domain/goals.ts'
import type { CycleKey, SiteId } from '../../domain/ids.ts'
import { documentOfGoals } from '../../domain/okrs/goals-document.ts'
import { goalsOf, type GoalSet } from '../../domain/okrs/goal-set.ts'
import type { DocumentIssue, OkrDocument } from '../../domain/okrs/okr-document.ts'
import { withIssues } from '../../domain/okrs/resolve-issues.ts'
import { ThroughlineError } from '../errors.ts'
import { findCycle } from '../goals/find-goals.ts'
import type { KnownIssueState } from '../ports/okr-sets.ts'
import type { Records } from '../ports/records.ts'
import { issuesOfGoal } from './look-up-issues.ts'

const MOST_CYCLES = 100_000

/**
 * What is stored as a document: of one cycle, with the teams its objectives name, or everything. Archived goals are
 * left out. Applying it changes nothing. Throws `OKR_CYCLE_NOT_FOUND`, and `OKR_INPUT_INVALID` for an archived cycle.
 */
export async function exportOkrs(
  records: Pick<Records, 'okrSets' | 'goals'>,
  { cycle }: { readonly cycle: CycleKey | null },
): Promise<OkrDocument> {
  const { okrSets, goals } = records
  if (cycle !== null) requireUnarchived(await findCycle(records, cycle))
  const cycles =
    cycle === null
      ? (await goals.cycles({ after: null, limit: MOST_CYCLES }, false)).map(({ key }) => key)
      : [cycle]
  const set = await okrSets.read({
    cycles,
    objectives: [],
    wholeObjectives: [],
    keyResults: [],
    initiatives: [],
    kpis: cycle === null ? 'all' : [],
  })
  const chosen = cycle === null ? set : ofCycle(set, cycle)
  return withIssues(documentOfGoals(chosen), await namesOf(okrSets, chosen))
}

function requireUnarchived({ key, archivedAt }: Cycle): void {
  if (archivedAt === null) return
  const message = `the cycle ${key} is archived, and archived goals are not exported; restore it first`
  throw new ThroughlineError('OKR_INPUT_INVALID', `Nothing to export: ${message}.`, {
    problems: [{ field: 'cycle', message }],
  })
}

function ofCycle(set: GoalSet, cycle: CycleKey): GoalSet {
  const isLive = ({ archivedAt }: { readonly archivedAt: number | null }) => archivedAt === null
  const teams = new Set(set.objectives.filter(isLive).map(({ team }) => team))
  return {
    ...set,
    cycles: set.cycles.filter(({ key }) => key === cycle),
    teams: set.teams.filter(({ key }) => teams.has(key)),
  }
}

/** What people call an issue: its key now, or its id where no key is known any more. */
async function namesOf(okrSets: Records['okrSets'], set: GoalSet) {
  const bySite = Map.groupBy(goalsOf(set).flatMap(issuesOfGoal), ({ siteId }) => siteId)
  const states = new Map<SiteId, ReadonlyMap<string, KnownIssueState>>()
  for (const [siteId, issues] of bySite) {
    const ids = [...new Set(issues.map(({ issueId }) => issueId))]
    states.set(siteId, await okrSets.issuesWithIds(siteId, ids))
  }
  return ({ siteId, issueId }: AnchorIssue): DocumentIssue => ({
    site: siteId,
    issue: keyOf(states.get(siteId)?.get(issueId)) ?? issueId,
  })
}

/** Another issue may have the key of a deleted one. */
function keyOf(state: KnownIssueState | undefined): string | null {
  return state === undefined || state.isDeleted ? null : state.key
}
