import type { AnchorIssue, KeyResult } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { requireDependencies } from '../alignment/require-alignment.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { changeGoals, type ChangeDeps } from './change-goals.ts'
import { keyTaken, requireChoosableKey } from './chosen-key.ts'
import { findCycle, findObjective, requireLiveObjective, requireOpenCycle } from './find-goals.ts'
import { findLiveIssue, type NamedIssue } from './find-issue.ts'
import { requireDueInCycle, requirePlanInTime } from './goal-rules.ts'
import { requirePolicy } from './health-policy.ts'
import { resolveMeasure, tickingIssues, type MeasureInput } from './measure-input.ts'

/** What people say of a key result; the rest of it comes about. */
export type KeyResultProperties = Omit<
  KeyResult,
  'key' | 'measure' | 'healthOverride' | 'valueOverride' | 'rolledFrom' | 'anchorIssue' | 'archivedAt'
> & {
  readonly measure: MeasureInput
  readonly anchorIssue: NamedIssue | null
}

export type NewKeyResult = KeyResultProperties & {
  /** null: the next free `KR-n`. */
  readonly key: KeyResultKey | null
}

/**
 * Creates a key result; issues that already name its key are linked by the recompute that follows. Throws
 * `OKR_KEY_RESULT_EXISTS`, `OKR_OBJECTIVE_NOT_FOUND`, `OKR_MEASURE_WITHOUT_DIRECTION`,
 * `OKR_ALIGNMENT_CIRCULAR`, `OKR_SITE_UNKNOWN`, `OKR_ISSUE_UNKNOWN` and `OKR_INPUT_INVALID`.
 */
export function createKeyResult(deps: ChangeDeps, input: NewKeyResult): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records) => {
    requireChoosableKey(input.key)
    const objective = await findObjective(records, input.objective)
    requireLiveObjective(objective, 'objective')
    const cycle = await findCycle(records, objective.cycle)
    requireOpenCycle(cycle)
    const keyResult: KeyResult = {
      ...input,
      key: input.key ?? (await records.goals.nextKeyResultKey()),
      measure: await resolveMeasure(records, input.measure),
      anchorIssue: await anchorOf(records, input.anchorIssue),
      healthOverride: null,
      valueOverride: null,
      rolledFrom: null,
      archivedAt: null,
    }
    requireDueInCycle(keyResult, cycle, 'dueDay')
    requirePlanInTime(keyResult, cycle)
    await requirePolicy(records, keyResult.healthPolicy)
    await requireDependencies(records, keyResult)
    if (!(await records.goals.insertKeyResult(keyResult))) {
      throw keyTaken('OKR_KEY_RESULT_EXISTS', 'a key result', keyResult.key)
    }
    await records.goals.saveMilestoneIssues(keyResult.key, tickingIssues(keyResult.measure))
    return {
      result: { keyResult, objective, cycle },
      record: {
        action: 'key_result.create',
        subject: keyResult.key,
        before: null,
        after: keyResult,
        feed: {
          kind: 'key_result.created',
          data: { objective: objective.key, cycle: cycle.key, title: keyResult.title },
        },
      },
      dirty: [{ keyResult: keyResult.key, relink: true }],
    }
  })
}

/** Where the comments go, looked up in the mirror; null when nothing was named. */
export async function anchorOf(records: Records, named: NamedIssue | null): Promise<AnchorIssue | null> {
  if (named === null) return null
  const { siteId, issueId } = await findLiveIssue(records, named)
  return { siteId, issueId }
}
