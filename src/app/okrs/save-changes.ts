import type { KeyResult } from '../../domain/goals.ts'
import { canonicalText } from '../../domain/mirror/facts.ts'
import { renamedSteps } from '../../domain/measures/milestones.ts'
import type { Goal, GoalKind } from '../../domain/okrs/goal-set.ts'
import type { PlannedChange } from '../../domain/okrs/plan.ts'
import { tickingIssues } from '../goals/measure-input.ts'
import type { Records } from '../ports/records.ts'
import type { WorkingPlan } from './plan-okrs.ts'

type GoalOf<Kind extends GoalKind> = Extract<Goal, { kind: Kind }>['goal']

/** Writes the rows of a plan, each kind at once. */
export async function saveChanges(records: Records, { plan }: Pick<WorkingPlan, 'plan'>): Promise<void> {
  const { changes } = plan
  await records.okrSets.save({
    cycles: changed(changes, 'cycle'),
    teams: changed(changes, 'team'),
    objectives: changed(changes, 'objective'),
    keyResults: changed(changes, 'key_result'),
    initiatives: changed(changes, 'initiative'),
  })
  await records.okrSets.passChosenKeys()
  await saveSteps(records, changes)
  for (const { before, after } of changes) {
    if (after.kind !== 'kpi') continue
    await (before === null ? records.kpis.insert(after.goal) : records.kpis.update(after.goal))
  }
}

function changed<Kind extends GoalKind>(changes: readonly PlannedChange[], kind: Kind): GoalOf<Kind>[] {
  return changes.flatMap(({ after }) => (after.kind === kind ? [after.goal as GoalOf<Kind>] : []))
}

/** Steps are ticked by their issues, and keep their ticks under a new title. */
async function saveSteps(records: Records, changes: readonly PlannedChange[]): Promise<void> {
  const remeasured = changes.flatMap(({ before, after }) => {
    if (after.kind !== 'key_result') return []
    const was = before?.kind === 'key_result' ? before.goal : null
    const isSame = was !== null && canonicalText(was.measure) === canonicalText(after.goal.measure)
    return isSame ? [] : [{ was, is: after.goal }]
  })
  const withSteps = remeasured.filter(({ was, is }) => hasSteps(is) || (was !== null && hasSteps(was)))
  await records.okrSets.saveMilestoneIssues(
    withSteps.map(({ is }) => ({ keyResult: is.key, issues: tickingIssues(is.measure) })),
  )
  for (const { was, is } of withSteps) {
    if (was === null) continue
    for (const { from, to } of renamedSteps(was.measure, is.measure)) {
      await records.goals.renameMilestone(is.key, from, to)
    }
  }
}

function hasSteps({ measure }: KeyResult): boolean {
  return measure.kind === 'milestones'
}
