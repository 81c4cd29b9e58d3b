import type { Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findCycle, findObjective, requireOpenCycle } from './find-goals.ts'

/**
 * Takes an objective out of the lists; nothing is deleted. Archiving an archived objective changes nothing.
 * Throws `OKR_OBJECTIVE_NOT_FOUND`, `OKR_CYCLE_CLOSED`, and `OKR_OBJECTIVE_NOT_EMPTY` while it has key results that are not archived.
 */
export function archiveObjective(
  deps: ChangeDeps,
  { key }: { readonly key: ObjectiveKey },
): Promise<Objective> {
  return changeGoals(deps, async (records, now) => {
    const before = await findObjective(records, key)
    if (before.archivedAt !== null) return { result: before, record: null }
    requireOpenCycle(await findCycle(records, before.cycle))
    const open = { cycle: null, objective: key, includeArchived: false }
    const [live] = await records.goals.keyResults({ after: null, limit: 1 }, open)
    if (live !== undefined) {
      throw new ThroughlineError(
        'OKR_OBJECTIVE_NOT_EMPTY',
        `${key} still has key results, ${live.keyResult.key} among them. Archive them first.`,
      )
    }
    const after: Objective = { ...before, archivedAt: now }
    await records.goals.updateObjective(after)
    return {
      result: after,
      record: {
        action: 'objective.archive',
        subject: key,
        before,
        after,
        feed: { kind: 'objective.archived', data: {} },
      },
    }
  })
}
