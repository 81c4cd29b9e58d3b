import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findCycle } from './find-goals.ts'

/**
 * Takes a cycle out of the lists; nothing is deleted. Archiving an archived cycle changes nothing.
 * Throws `OKR_CYCLE_NOT_FOUND`, and `OKR_CYCLE_NOT_EMPTY` while an open one has objectives that are not archived; a
 * closed one goes with all that is in it.
 */
export function archiveCycle(deps: ChangeDeps, { key }: { readonly key: CycleKey }): Promise<Cycle> {
  return changeGoals(deps, async (records, now) => {
    const before = await findCycle(records, key)
    if (before.archivedAt !== null) return { result: before, record: null }
    const open = { cycle: key, includeArchived: false }
    const [objective] = await records.goals.objectives({ after: null, limit: 1 }, open)
    if (objective !== undefined && before.closedAt === null) {
      throw new ThroughlineError(
        'OKR_CYCLE_NOT_EMPTY',
        `${key} still has objectives, ${objective.key} among them. Archive them first.`,
      )
    }
    const after: Cycle = { ...before, archivedAt: now }
    await records.goals.updateCycle(after)
    return {
      result: after,
      record: {
        action: 'cycle.archive',
        subject: key,
        before,
        after,
        feed: { kind: 'cycle.archived', data: {} },
      },
    }
  })
}
