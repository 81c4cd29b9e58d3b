import type { Objective } from '../../domain/goals.ts'
import { requireParent } from '../alignment/require-alignment.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findCycle, requireLiveCycle } from './find-goals.ts'
import { requirePolicy } from './health-policy.ts'
import { requireTeam } from './save-team.ts'

export type NewObjective = Omit<Objective, 'key' | 'archivedAt'>

/**
 * Gives the objective the next key. Throws `OKR_CYCLE_NOT_FOUND`, and `OKR_INPUT_INVALID` for an archived cycle, or a
 * parent, team or health policy that does not exist.
 */
export function createObjective(deps: ChangeDeps, input: NewObjective): Promise<Objective> {
  return changeGoals(deps, async (records) => {
    requireLiveCycle(await findCycle(records, input.cycle), 'cycle')
    await requirePolicy(records, input.healthPolicy)
    await requireTeam(records, input.team)
    const objective: Objective = { key: await records.goals.nextObjectiveKey(), ...input, archivedAt: null }
    await requireParent(records, objective)
    await records.goals.insertObjective(objective)
    return {
      result: objective,
      record: {
        action: 'objective.create',
        subject: objective.key,
        before: null,
        after: objective,
        feed: { kind: 'objective.created', data: { cycle: objective.cycle, title: objective.title } },
      },
    }
  })
}
