import type { Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findCycle, findObjective, requireLiveCycle } from './find-goals.ts'

/**
 * Brings an archived objective back. Throws `OKR_OBJECTIVE_NOT_FOUND`, and `OKR_INPUT_INVALID` while its cycle is
 * archived.
 */
export function restoreObjective(
  deps: ChangeDeps,
  { key }: { readonly key: ObjectiveKey },
): Promise<Objective> {
  return changeGoals(deps, async (records) => {
    const before = await findObjective(records, key)
    if (before.archivedAt === null) return { result: before, record: null }
    requireLiveCycle(await findCycle(records, before.cycle), 'cycle')
    const after: Objective = { ...before, archivedAt: null }
    await records.goals.updateObjective(after)
    return {
      result: after,
      record: {
        action: 'objective.restore',
        subject: key,
        before,
        after,
        feed: { kind: 'objective.updated', data: { changed: ['archivedAt'] } },
      },
    }
  })
}
