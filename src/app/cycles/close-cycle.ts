import type { Cycle } from '../../domain/goals.ts'
import type { CycleKey } from '../../domain/ids.ts'
import { buildRetrospective } from '../../domain/retrospective/build-retrospective.ts'
import type { Retrospective } from '../../domain/retrospective/retrospective.ts'
import { ThroughlineError } from '../errors.ts'
import { changeGoals, type ChangeDeps } from '../goals/change-goals.ts'
import { findCycle, requireLiveCycle } from '../goals/find-goals.ts'
import { liveKeyResults } from '../goals/live-key-results.ts'
import type { CycleClosing } from '../ports/cycle-closings.ts'
import { endWarnings } from './end-warnings.ts'
import { closingInstant, gatherCyclePast, type TellProgress } from './gather-cycle-past.ts'

export interface ClosedCycle {
  readonly cycle: Cycle
  readonly closing: CycleClosing
}

export interface ClosingDeps extends ChangeDeps {
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
}

export interface Closing {
  readonly key: CycleKey
  /** Closes a cycle that still runs, as of now. */
  readonly early: boolean
  readonly tell?: TellProgress
}

/**
 * Grades every objective and key result of a cycle as of its end, and freezes what it came to. From then on nothing of it
 * changes; warnings that still stand end with it, in the feed, the audit log and their comments. Closing a closed cycle
 * changes nothing and gives what was frozen.
 *
 * @throws ThroughlineError `OKR_CYCLE_NOT_FOUND`, `OKR_CYCLE_NOT_OVER`, and `OKR_INPUT_INVALID` for an archived cycle
 */
export async function closeCycle(deps: ClosingDeps, { key, early, tell }: Closing): Promise<ClosedCycle> {
  const { hasComments, ...closed } = await changeGoals<ClosedCycle & { hasComments: boolean }>(
    deps,
    async (records, now) => {
      const before = await findCycle(records, key)
      const known = before.closedAt === null ? null : await records.closings.closing(key)
      if (known !== null) {
        return { result: { cycle: before, closing: known, hasComments: false }, record: null }
      }
      requireLiveCycle(before, 'cycle')
      const instant = closingInstant(before, now)
      if (instant.isEarly && !early) throw isNotOver(before)
      // A recompute that runs is waited for: what it writes is in the past that is read, and later ones see it closed.
      const live = await liveKeyResults(records, { cycle: key })
      await records.progress.markDirty(
        live.map(({ keyResult }) => ({ keyResult: keyResult.key, day: null, relink: false })),
      )
      const retrospective = buildRetrospective(await gatherCyclePast(records, before, instant, tell), now)
      const closing: CycleClosing = { cycle: key, closedAt: now, retrospective, rolledOver: [] }
      const after: Cycle = { ...before, closedAt: now }
      await records.goals.updateCycle(after)
      await records.closings.saveClosing(closing)
      const { writesComments } = deps
      const { told, hasComments } = await endWarnings(records, live, { now, writesComments })
      return {
        result: { cycle: after, closing, hasComments },
        also: told,
        record: {
          action: 'cycle.close',
          subject: key,
          before,
          after: { ...after, grades: gradesOf(retrospective) },
          feed: { kind: 'cycle.closed', data: toldOf(retrospective) },
        },
      }
    },
  )
  if (hasComments) await deps.doorbell.ring('comments', 'due')
  return closed
}

/** Grades by key, for the audit log. */
export function gradesOf({ objectives }: Retrospective): Readonly<Record<string, number | null>> {
  return Object.fromEntries(
    objectives.flatMap(({ key, grade, keyResults }): [string, number | null][] => [
      [key, grade.score],
      ...keyResults.map((keyResult): [string, number] => [keyResult.key, keyResult.grade.score]),
    ]),
  )
}

function toldOf({ summary, asOf, isEarly }: Retrospective): Readonly<Record<string, unknown>> {
  const { objectives, keyResults, meanScore, verdicts } = summary
  return { objectives, keyResults, meanScore, verdicts, asOf: new Date(asOf).toISOString(), early: isEarly }
}

function isNotOver({ key, endDay }: Cycle): ThroughlineError {
  return new ThroughlineError(
    'OKR_CYCLE_NOT_OVER',
    `The cycle ${key} runs until the end of ${endDay}. Close it after that day, or say that it is to be closed early ` +
      '(`"early": true`, or --early): then it is graded as of now.',
  )
}
