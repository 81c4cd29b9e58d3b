import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { changedProperties, changeGoals, withChanges, type ChangeDeps, type Changes } from './change-goals.ts'
import { findCycle, requireOpenCycle } from './find-goals.ts'
import { requireDueInCycle, requireSoundCycle } from './goal-rules.ts'
import { movementsOfCycle } from './key-result-movements.ts'
import { liveKeyResults } from './live-key-results.ts'
import { rivalMarks } from './rival-marks.ts'

export interface CycleUpdate {
  readonly key: CycleKey
  readonly changes: Changes<Pick<Cycle, 'title' | 'startDay' | 'endDay'> & Cycle['calendar']>
}

/**
 * Changes a cycle. Its time is the time of its key results, so they are recomputed; a new end moves the due dates of
 * those without a day of their own, a new time zone the days their work is counted on. Throws `OKR_CYCLE_NOT_FOUND` and `OKR_INPUT_INVALID`.
 */
export function updateCycle(deps: ChangeDeps, { key, changes }: CycleUpdate): Promise<Cycle> {
  return changeGoals(deps, async (records, now) => {
    const before = await findCycle(records, key)
    const { timeZone, workingDays, holidays, ...own } = changes
    const calendar = withChanges(before.calendar, { timeZone, workingDays, holidays })
    const after: Cycle = { ...withChanges(before, own), calendar }
    const changed = [
      ...changedProperties(before, after).filter((name) => name !== 'calendar'),
      ...changedProperties(before.calendar, calendar),
    ]
    if (changed.length === 0) return { result: before, record: null }
    requireOpenCycle(before)

    requireSoundCycle(after)
    const keyResults = await liveKeyResults(records, { cycle: key })
    for (const { keyResult } of keyResults) requireDueInCycle(keyResult, after, 'endDay')
    await records.goals.updateCycle(after)
    const movesDays = changed.includes('timeZone')
    const keys = keyResults.map(({ keyResult }) => keyResult.key)
    return {
      result: after,
      record: {
        action: 'cycle.update',
        subject: key,
        before,
        after,
        feed: { kind: 'cycle.updated', data: { changed } },
      },
      movements: movementsOfCycle(keyResults, after, now),
      dirty: changed.every((name) => name === 'title')
        ? []
        : [
            ...keys.map((keyResult) => ({ keyResult, relink: movesDays })),
            ...(changed.includes('endDay') || movesDays ? await rivalMarks(records, keys) : []),
          ],
    }
  })
}
