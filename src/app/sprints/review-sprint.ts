import type { Tally } from '../../domain/contributions/tally.ts'
import { tallyAsOf } from '../../domain/contributions/tally-as-of.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import {
  deliveryAround,
  metricAround,
  type ProgressAround,
  type Run,
} from '../../domain/sprints/progress-around.ts'
import { runOf } from '../../domain/sprints/sprint-report.ts'
import {
  keyResultsOf,
  reviewSprint as review,
  type SprintReview,
} from '../../domain/sprints/sprint-review.ts'
import { dayOf, startOfDay, type EpochMs } from '../../domain/time.ts'
import { ThroughlineError } from '../errors.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { StoredSprint } from '../ports/mirror.ts'
import type { Records } from '../ports/records.ts'
import { findSprint, type NamedSprint } from './find-sprint.ts'
import { loadSprints, type SprintViewDeps } from './load-sprints.ts'

export interface ReviewedSprint {
  readonly sprint: StoredSprint
  readonly review: SprintReview
  readonly goals: ReadonlyMap<KeyResultKey, KeyResultInContext>
}

/**
 * What a closed sprint took on, what came of it and what it did for each key result, as of its start and completion.
 * @throws ThroughlineError `OKR_SPRINT_NOT_FOUND`, `OKR_SPRINT_NOT_STARTED`, `OKR_SPRINT_NOT_CLOSED`
 */
export async function reviewSprint(deps: SprintViewDeps, named: NamedSprint): Promise<ReviewedSprint> {
  const { records, now } = deps
  const sprint = await findSprint(records, named)
  const { pasts, goals } = await loadSprints(deps, sprint.siteId, [sprint])
  const past = pasts[0]!
  if (past.sprint.state === 'active') {
    throw new ThroughlineError(
      'OKR_SPRINT_NOT_CLOSED',
      `Sprint ${named.text} still runs; a review is for one that is closed. Ask for its plan or its standup.`,
    )
  }
  const run = runOf(past.sprint, now)
  const progress = new Map(
    await Promise.all(
      keyResultsOf(past, now).flatMap((key) => {
        const goal = goals.get(key)
        return goal === undefined || run === null ? [] : [progressAround(records, goal, run)]
      }),
    ),
  )
  const reviewed = review(past, progress, now)
  if (reviewed === null) {
    throw new ThroughlineError(
      'OKR_SPRINT_NOT_STARTED',
      `Sprint ${named.text} has not started; a review is for one that is closed. Ask for its plan.`,
    )
  }
  return { sprint, review: reviewed, goals }
}

async function progressAround(
  { goals, contributions }: Records,
  { keyResult: { key, measure }, cycle }: KeyResultInContext,
  run: Run,
): Promise<[KeyResultKey, ProgressAround]> {
  switch (measure.kind) {
    case 'delivery': {
      const tallyAt = async (at: EpochMs): Promise<Tally> => {
        const { timeZone } = cycle.calendar
        const day = dayOf(at, timeZone)
        const { opening, turns } = await contributions.turnsUntil(key, at, day, startOfDay(day, timeZone))
        return tallyAsOf(opening, turns)
      }
      const [before, after] = await Promise.all([tallyAt(run.startAt), tallyAt(run.endAt)])
      return [key, deliveryAround(measure, { before, after })]
    }
    case 'metric': {
      const [before, after] = await Promise.all([
        goals.latestCheckIn(key, run.startAt),
        goals.latestCheckIn(key, run.endAt),
      ])
      return [key, metricAround(measure, { before: before?.value ?? null, after: after?.value ?? null })]
    }
    default:
      return [key, { before: null, after: null, countedAs: 1 }]
  }
}
