import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { findCycle } from '../goals/find-goals.ts'
import { liveKeyResults } from '../goals/live-key-results.ts'
import type { CycleClosing } from '../ports/cycle-closings.ts'
import { gradesOf } from './close-cycle.ts'

/**
 * Takes the closing of a cycle back: its grades go, its key results are looked at again. Reopening an open cycle changes
 * nothing. Throws `OKR_CYCLE_NOT_FOUND`, and `OKR_CYCLE_ROLLED_OVER` once key results of it went on into another cycle,
 * and `OKR_INPUT_INVALID` while it is archived.
 */
export function reopenCycle(deps: ChangeDeps, { key }: { readonly key: CycleKey }): Promise<Cycle> {
  return changeGoals(deps, async (records) => {
    const before = await findCycle(records, key)
    if (before.closedAt === null) return { result: before, record: null }
    if (before.archivedAt !== null) throw isArchived(before)
    const closing = await records.closings.closing(key)
    if (closing !== null && closing.rolledOver.length > 0) throw wentOn(closing)
    const after: Cycle = { ...before, closedAt: null }
    await records.goals.updateCycle(after)
    await records.closings.removeClosing(key)
    const keyResults = await liveKeyResults(records, { cycle: key })
    return {
      result: after,
      record: {
        action: 'cycle.reopen',
        subject: key,
        before: { ...before, grades: closing === null ? null : gradesOf(closing.retrospective) },
        after,
        feed: { kind: 'cycle.reopened', data: {} },
      },
      // Its issues went on without it: links of new ones were evaluated, numbers were not.
      dirty: keyResults.map(({ keyResult }) => ({ keyResult: keyResult.key, relink: false })),
    }
  })
}

function isArchived({ key }: Cycle): ThroughlineError {
  const message = `the cycle ${key} is archived; restore it first`
  return new ThroughlineError('OKR_INPUT_INVALID', `Cannot reopen: ${message}.`, {
    problems: [{ field: 'cycle', message }],
  })
}

function wentOn({ cycle, rolledOver }: CycleClosing): ThroughlineError {
  const some = rolledOver.slice(0, 5).map(({ keyResult, into }) => `${keyResult} into ${into}`)
  return new ThroughlineError(
    'OKR_CYCLE_ROLLED_OVER',
    `Key results of ${cycle} went on: ${some.join(', ')}${rolledOver.length > 5 ? ' …' : ''}. Without them it would be ` +
      'graded anew as if they had never been in it, so it stays closed.',
  )
}
