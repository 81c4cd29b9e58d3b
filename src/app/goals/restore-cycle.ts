import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findCycle } from './find-goals.ts'

/** Brings an archived cycle back. Throws `OKR_CYCLE_NOT_FOUND`. */
export function restoreCycle(deps: ChangeDeps, { key }: { readonly key: CycleKey }): Promise<Cycle> {
  return changeGoals(deps, async (records) => {
    const before = await findCycle(records, key)
    if (before.archivedAt === null) return { result: before, record: null }
    const after: Cycle = { ...before, archivedAt: null }
    await records.goals.updateCycle(after)
    return {
      result: after,
      record: {
        action: 'cycle.restore',
        subject: key,
        before,
        after,
        feed: { kind: 'cycle.updated', data: { changed: ['archivedAt'] } },
      },
    }
  })
}
