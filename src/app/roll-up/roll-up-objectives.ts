import type { Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import { rollUp } from '../../domain/roll-up/roll-up.ts'
import type { RollUp } from '../../domain/roll-up/terms.ts'
import type { Records } from '../ports/records.ts'

/** What an objective has before anything counts for it. */
export function emptyRollUp(objective: ObjectiveKey): RollUp {
  return { objective, progress: null, rawProgress: null, health: 'no_data', terms: [], missing: [] }
}

/**
 * How these objectives stand by the latest numbers of their key results, in two statements for any number of them.
 * Each has a standing in the answer.
 */
export async function rollUpObjectives(
  { alignment }: Pick<Records, 'alignment'>,
  keys: readonly ObjectiveKey[],
): Promise<ReadonlyMap<ObjectiveKey, RollUp>> {
  const objectives = await alignment.contributingTo(keys)
  const keyResults = await alignment.keyResultsOf(objectives.map(({ key }) => key))
  const known = rollUp({ objectives, keyResults })
  return new Map(keys.map((key) => [key, known.get(key) ?? emptyRollUp(key)]))
}

/** The same for one objective. */
export async function rollUpObjective(
  records: Pick<Records, 'alignment'>,
  { key }: Pick<Objective, 'key'>,
): Promise<RollUp> {
  return (await rollUpObjectives(records, [key])).get(key) ?? emptyRollUp(key)
}
