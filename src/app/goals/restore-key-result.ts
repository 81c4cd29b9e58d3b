import type { KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findKeyResult, requireLiveObjective, requireOpenCycle } from './find-goals.ts'
import { requireDueInCycle } from './goal-rules.ts'
import { rivalMarks } from './rival-marks.ts'

/**
 * Brings an archived key result back; its links are evaluated anew, since Jira went on without it. Throws
 * `OKR_KEY_RESULT_NOT_FOUND`, and `OKR_INPUT_INVALID` while its objective is archived or when its due day no longer
 * lies in its cycle.
 */
export function restoreKeyResult(
  deps: ChangeDeps,
  { key }: { readonly key: KeyResultKey },
): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records) => {
    const found = await findKeyResult(records, key)
    const before = found.keyResult
    if (before.archivedAt === null) return { result: found, record: null }
    requireOpenCycle(found.cycle)
    requireLiveObjective(found.objective, 'objective')
    requireDueInCycle(before, found.cycle, 'dueDay')
    const after: KeyResult = { ...before, archivedAt: null }
    await records.goals.updateKeyResult(after)
    return {
      result: { ...found, keyResult: after },
      record: {
        action: 'key_result.restore',
        subject: key,
        before,
        after,
        feed: { kind: 'key_result.updated', data: { changed: ['archivedAt'] } },
      },
      dirty: [{ keyResult: key, relink: true }, ...(await rivalMarks(records, [key]))],
    }
  })
}
