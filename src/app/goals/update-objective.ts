import type { Cycle, Objective } from '../../domain/goals.ts'
import type { ObjectiveKey } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'
import { requireParent } from '../alignment/require-alignment.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { changedProperties, changeGoals, withChanges, type ChangeDeps, type Changes } from './change-goals.ts'
import {
  findCycle,
  findObjective,
  requireLiveCycle,
  requireLiveObjective,
  requireOpenCycle,
} from './find-goals.ts'
import { requireDueInCycle } from './goal-rules.ts'
import { requirePolicy } from './health-policy.ts'
import { movementsOfCycle } from './key-result-movements.ts'
import { liveKeyResults } from './live-key-results.ts'
import { requireMoveBeforeEnd } from './over-cycles.ts'
import { requireTeam } from './save-team.ts'

export interface ObjectiveUpdate {
  readonly key: ObjectiveKey
  readonly changes: Changes<Omit<Objective, 'key' | 'archivedAt'>>
}

/**
 * Changes an objective. Moving it to another cycle moves its key results into that cycle's time and calendar; once the
 * last day of either is over, that is refused.
 * Throws `OKR_OBJECTIVE_NOT_FOUND`, `OKR_CYCLE_NOT_FOUND`, `OKR_ALIGNMENT_CIRCULAR` and `OKR_INPUT_INVALID`.
 */
export function updateObjective(deps: ChangeDeps, { key, changes }: ObjectiveUpdate): Promise<Objective> {
  return changeGoals(deps, async (records, now) => {
    const before = await findObjective(records, key)
    const after = withChanges(before, changes)
    const changed = changedProperties(before, after)
    if (changed.length === 0) return { result: before, record: null }
    requireLiveObjective(before, 'objective')
    const from = await findCycle(records, before.cycle)
    requireOpenCycle(from)
    const cycle = await findCycle(records, after.cycle)
    if (changed.includes('healthPolicy')) await requirePolicy(records, after.healthPolicy)
    if (changed.includes('team')) await requireTeam(records, after.team)
    if (changed.includes('parent')) await requireParent(records, after)
    const move = { key, from, to: cycle }
    const moved = changed.includes('cycle') ? await movedKeyResults(records, move, now) : []
    await records.goals.updateObjective(after)
    return {
      result: after,
      record: {
        action: 'objective.update',
        subject: key,
        before,
        after,
        feed: { kind: 'objective.updated', data: { changed } },
      },
      movements: movementsOfCycle(moved, cycle, now),
      dirty: await dirtied(records, after, changed, moved),
    }
  })
}

/**
 * Those that move are linked anew; another policy or team only has
 * them looked at anew.
 */
async function dirtied(
  records: Records,
  { key }: Objective,
  changed: readonly string[],
  moved: readonly KeyResultInContext[],
) {
  if (moved.length > 0) return moved.map(({ keyResult }) => ({ keyResult: keyResult.key, relink: true }))
  if (!changed.includes('healthPolicy') && !changed.includes('team')) return []
  const judged = await liveKeyResults(records, { objective: key })
  return judged.map(({ keyResult }) => ({ keyResult: keyResult.key, relink: false }))
}

/** The key results that move with their objective, once they fit into its new cycle. */
async function movedKeyResults(
  records: Records,
  move: { readonly key: ObjectiveKey; readonly from: Cycle; readonly to: Cycle },
  now: EpochMs,
): Promise<KeyResultInContext[]> {
  requireLiveCycle(move.to, 'cycle')
  requireMoveBeforeEnd(move, 'cycle', now)
  const keyResults = await liveKeyResults(records, { objective: move.key })
  for (const { keyResult } of keyResults) requireDueInCycle(keyResult, move.to, 'cycle')
  return keyResults
}
