import type { Objective } from '../../domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../domain/ids.ts'
import { rollUp } from '../../domain/roll-up/roll-up.ts'
import type { RollUp } from '../../domain/roll-up/terms.ts'
import { findObjective } from '../goals/find-goals.ts'
import type { Records } from '../ports/records.ts'
import { emptyRollUp } from './roll-up-objectives.ts'

export interface ExplainedObjective {
  readonly objective: Objective
  /** With what only supports it among its terms. */
  readonly rollUp: RollUp
  readonly titles: ReadonlyMap<KeyResultKey | ObjectiveKey, string>
}

/** An objective's standing with all that counts for it and all that does not. Throws `OKR_OBJECTIVE_NOT_FOUND`. */
export async function explainObjective(
  records: Pick<Records, 'goals' | 'alignment'>,
  key: ObjectiveKey,
): Promise<ExplainedObjective> {
  const { alignment } = records
  const objective = await findObjective(records, key)
  const own = await alignment.keyResultsOf([key])
  const supporters = await alignment.supportersOf([key, ...own.map((one) => one.key)])
  const objectives = await alignment.contributingTo([key, ...supporters.map((one) => one.key)])
  const keyResults = await alignment.keyResultsOf(objectives.map((one) => one.key))
  return {
    objective,
    rollUp: rollUp({ objectives, keyResults }).get(key) ?? emptyRollUp(key),
    titles: new Map([...objectives, ...keyResults].map((goal) => [goal.key, goal.title])),
  }
}
