import type { KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { findKeyResult, requireOpenCycle } from './find-goals.ts'
import { rivalMarks } from './rival-marks.ts'

/**
 * Takes a key result out of the lists and freezes it: its past stays readable, its comments in Jira stay as they are.
 * Those it was in conflict with are looked at anew. Archiving an archived one changes nothing. Throws
 * `OKR_KEY_RESULT_NOT_FOUND` and `OKR_CYCLE_CLOSED`.
 */
export function archiveKeyResult(
  deps: ChangeDeps,
  { key }: { readonly key: KeyResultKey },
): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records, now) => {
    const found = await findKeyResult(records, key)
    const before = found.keyResult
    if (before.archivedAt !== null) return { result: found, record: null }
    requireOpenCycle(found.cycle)
    const after: KeyResult = { ...before, archivedAt: now }
    await records.goals.updateKeyResult(after)
    return {
      result: { ...found, keyResult: after },
      record: {
        action: 'key_result.archive',
        subject: key,
        before,
        after,
        feed: { kind: 'key_result.archived', data: {} },
      },
      dirty: [{ keyResult: key, relink: false }, ...(await rivalMarks(records, [key]))],
      unwanted: [key],
    }
  })
}
