import type { Tally } from '../../domain/contributions/tally.ts'
import { tallyAsOf } from '../../domain/contributions/tally-as-of.ts'
import { timeBoxOf } from '../../domain/goals.ts'
import type { KeyResultKey } from '../../domain/ids.ts'
import { deliveryEvidence } from '../../domain/measures/delivery.ts'
import type { MeasureEvidence } from '../../domain/measures/measured.ts'
import { isMeasuredByValues, isMeasuredByWork } from '../../domain/measures/measure.ts'
import { stepDeliveriesAt } from '../../domain/measures/milestones.ts'
import { progressAround, type ProgressAround, type Run } from '../../domain/sprints/progress-around.ts'
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
import { stepSpells } from '../step-spells.ts'
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
  const { pasts, goals } = await loadSprints(deps, sprint.siteId, [sprint], { withBlockers: true })
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
        return goal === undefined || run === null ? [] : [progressOf(records, goal, run)]
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

async function progressOf(
  records: Records,
  goal: KeyResultInContext,
  run: Run,
): Promise<[KeyResultKey, ProgressAround]> {
  const { keyResult, cycle } = goal
  const [before, after] = await Promise.all([
    evidenceAt(records, goal, run.startAt),
    evidenceAt(records, goal, run.endAt),
  ])
  const timeBox = timeBoxOf(keyResult, cycle)
  return [keyResult.key, progressAround(keyResult.measure, timeBox, { before, after })]
}

async function evidenceAt(
  records: Records,
  { keyResult, cycle }: KeyResultInContext,
  at: EpochMs,
): Promise<MeasureEvidence> {
  const { goals } = records
  const { key, measure } = keyResult
  const { timeZone } = cycle.calendar
  const { startDay: fromDay } = timeBoxOf(keyResult, cycle)
  const tally = isMeasuredByWork(measure) ? await tallyAt(records, key, at, timeZone) : []
  const checkIn = isMeasuredByValues(measure) ? await goals.latestCheckIn(key, at) : null
  const value = checkIn?.value ?? null
  return {
    at,
    delivery: deliveryEvidence(tally),
    lastWorkAt: tally.length === 0 ? null : at,
    latestValue: checkIn === null || value === null ? null : { at: checkIn.at, value },
    dayValues: measure.kind === 'range' ? await goals.dayValues(key, { fromDay, until: at, timeZone }) : [],
    ticks: measure.kind === 'milestones' ? await goals.milestoneTicks(key, at) : [],
    stepDeliveries: stepDeliveriesAt(await stepSpells(records, measure), at),
  }
}

async function tallyAt(
  { contributions }: Records,
  key: KeyResultKey,
  at: EpochMs,
  timeZone: string,
): Promise<Tally> {
  const day = dayOf(at, timeZone)
  const { opening, turns } = await contributions.turnsUntil(key, at, day, startOfDay(day, timeZone))
  return tallyAsOf(opening, turns)
}
