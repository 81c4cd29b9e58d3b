import type { Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import { requireParent } from '../alignment/require-alignment.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { keyTaken, requireChoosableKey } from './chosen-key.ts'
import { findCycle, requireLiveCycle } from './find-goals.ts'
import { requirePolicy } from './health-policy.ts'
import { requireTeam } from './save-team.ts'

export type NewObjective = Omit<Objective, 'key' | 'archivedAt'> & {
  /** null: the next free `O-n`. */
  readonly key: ObjectiveKey | null
}

/**
 * Creates an objective. Throws `OKR_OBJECTIVE_EXISTS`, `OKR_CYCLE_NOT_FOUND`, and `OKR_INPUT_INVALID` for an archived
 * cycle, or a parent, team or health policy that does not exist.
 */
export function createObjective(deps: ChangeDeps, input: NewObjective): Promise<Objective> {
  return changeGoals(deps, async (records) => {
    const { goals, okrSets } = records
    requireChoosableKey(input.key)
    if (input.key !== null && (await goals.objective(input.key)) !== null) {
      throw keyTaken('OKR_OBJECTIVE_EXISTS', 'an objective', input.key)
    }
    requireLiveCycle(await findCycle(records, input.cycle), 'cycle')
    await requirePolicy(records, input.healthPolicy)
    await requireTeam(records, input.team)
    const key = input.key ?? (await goals.nextObjectiveKey())
    const objective: Objective = { ...input, key, archivedAt: null }
    await requireParent(records, objective)
    await goals.insertObjective(objective)
    if (input.key !== null) await okrSets.passChosenKeys()
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
