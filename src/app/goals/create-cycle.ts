import type { Cycle } from '../../domain/goals.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { requireSoundCycle } from './goal-rules.ts'

export type NewCycle = Omit<Cycle, 'closedAt' | 'archivedAt'>

/** Throws `OKR_CYCLE_EXISTS` for a key that is taken, also by an archived cycle, and `OKR_INPUT_INVALID`. */
export function createCycle(deps: ChangeDeps, input: NewCycle): Promise<Cycle> {
  const cycle: Cycle = { ...input, closedAt: null, archivedAt: null }
  requireSoundCycle(cycle)
  return changeGoals(deps, async ({ goals }) => {
    if (!(await goals.insertCycle(cycle))) {
      throw new ThroughlineError(
        'OKR_CYCLE_EXISTS',
        `There is a cycle ${cycle.key} already. Choose another key, or change that one.`,
      )
    }
    return {
      result: cycle,
      record: {
        action: 'cycle.create',
        subject: cycle.key,
        before: null,
        after: cycle,
        feed: {
          kind: 'cycle.created',
          data: { title: cycle.title, startDay: cycle.startDay, endDay: cycle.endDay },
        },
      },
    }
  })
}
