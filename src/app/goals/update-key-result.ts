import type { Cycle, KeyResult, Objective } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { renamedSteps } from '../../domain/measures/milestones.ts'
import { requireDependencies, requireMoveWithoutCircle } from '../alignment/require-alignment.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import { changedProperties, changeGoals, withChanges, type ChangeDeps, type Changes } from './change-goals.ts'
import { anchorOf, type KeyResultProperties } from './create-key-result.ts'
import {
  findCycle,
  findLiveKeyResult,
  findObjective,
  requireLiveObjective,
  requireOpenCycle,
} from './find-goals.ts'
import { requireDueInCycle, requirePlanInTime } from './goal-rules.ts'
import { requirePolicy } from './health-policy.ts'
import { movementsOfEdit } from './key-result-movements.ts'
import { resolveMeasure, sizesDiffer, tickingIssues } from './measure-input.ts'
import { requireMoveBeforeEnd, requireSameSizeAfterEnd } from './over-cycles.ts'
import { rivalMarks } from './rival-marks.ts'

export interface KeyResultUpdate {
  readonly key: KeyResultKey
  readonly changes: Changes<KeyResultProperties>
}

/** Key results of one objective are no rivals, nor is one whose time is over. */
const DECIDE_RIVALRY: ReadonlySet<keyof KeyResult> = new Set(['objective', 'dueDay'])

/**
 * Changes a key result. A target or due date that moves is recorded as such and never counts as progress. After the last
 * day of its cycle it neither leaves it nor gets a measure of another kind or size. Throws
 * `OKR_KEY_RESULT_NOT_FOUND`, `OKR_KEY_RESULT_ARCHIVED`, `OKR_OBJECTIVE_NOT_FOUND`, `OKR_MEASURE_WITHOUT_DIRECTION`,
 * `OKR_ALIGNMENT_CIRCULAR`, `OKR_SITE_UNKNOWN`, `OKR_ISSUE_UNKNOWN` and `OKR_INPUT_INVALID`.
 */
export function updateKeyResult(
  deps: ChangeDeps,
  { key, changes }: KeyResultUpdate,
): Promise<KeyResultInContext> {
  return changeGoals(deps, async (records, now) => {
    const found = await findLiveKeyResult(records, key)
    const before = found.keyResult
    const { anchorIssue, measure: input, ...own } = changes
    const measure = input === undefined ? before.measure : await resolveMeasure(records, input)
    const anchor = anchorIssue === undefined ? before.anchorIssue : await anchorOf(records, anchorIssue)
    const after: KeyResult = { ...withChanges(before, own), measure, anchorIssue: anchor }
    const changed = changedProperties(before, after)
    if (changed.length === 0) return { result: found, record: null }

    let place: { readonly objective: Objective; readonly cycle: Cycle } = found
    if (changed.includes('objective')) {
      const objective = await findObjective(records, after.objective)
      requireLiveObjective(objective, 'objective')
      await requireMoveWithoutCircle(records, after)
      place = { objective, cycle: await findCycle(records, objective.cycle) }
      requireOpenCycle(place.cycle)
      requireMoveBeforeEnd({ key, from: found.cycle, to: place.cycle }, 'objective', now)
    }
    requireSameSizeAfterEnd(before, after, found.cycle, now)
    requireDueInCycle(after, place.cycle, changed.includes('dueDay') ? 'dueDay' : 'objective')
    requirePlanInTime(after, place.cycle)
    if (changed.includes('healthPolicy')) await requirePolicy(records, after.healthPolicy)
    if (changed.includes('dependsOn')) await requireDependencies(records, after)
    await records.goals.updateKeyResult(after)
    await records.goals.saveMilestoneIssues(key, tickingIssues(after.measure))
    for (const { from, to } of renamedSteps(before.measure, after.measure))
      await records.goals.renameMilestone(key, from, to)
    const relink = sizesDiffer(before, after) || place.cycle.key !== found.cycle.key
    return {
      result: { keyResult: after, objective: place.objective, cycle: place.cycle },
      record: {
        action: 'key_result.update',
        subject: key,
        before,
        after,
        feed: { kind: 'key_result.updated', data: { changed } },
      },
      movements: movementsOfEdit(found, { keyResult: after, cycle: place.cycle }, now),
      dirty: [
        { keyResult: key, relink },
        ...(changed.some((name) => DECIDE_RIVALRY.has(name)) ? await rivalMarks(records, [key]) : []),
      ],
    }
  })
}
