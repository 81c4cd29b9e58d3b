import { endOf, startOf, type TimeBox } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf, type Cycle, type Objective } from '../../domain/goals.ts'
import type { ObjectiveKey, TeamKey } from '../../domain/ids.ts'
import type { CyclePast, KeyResultPast } from '../../domain/retrospective/build-retrospective.ts'
import { dayAtShare, markDays } from '../../domain/retrospective/forecast-record.ts'
import type { Retrospective } from '../../domain/retrospective/retrospective.ts'
import type { EarlierCycle } from '../../domain/retrospective/sandbagging.ts'
import type { CheckInCadence } from '../../domain/team.ts'
import { dayOf, type EpochMs } from '../../domain/time.ts'
import { readHistory } from '../goals/read-history.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { liveKeyResults } from '../goals/live-key-results.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'

/** Two years of quarters: sandbagging that is older says nothing of today. */
const EARLIER_CYCLES = 8
const PAGE = 200

/** The share of the time in which work is still being planned: what is added then is no change of scope. */
const PLANNING = 0.1

const NO_WORK = { issues: 0, points: 0, unestimated: 0 }

/** The instant a cycle is told as of: its last one, or now while it runs. */
export function closingInstant(cycle: Cycle, now: EpochMs): { asOf: EpochMs; isEarly: boolean } {
  const end = endOf(boxOf(cycle)) - 1
  return now > end ? { asOf: end, isEarly: false } : { asOf: now, isEarly: true }
}

/** Everything that is stored of a cycle's live goals, as of an instant of it. */
export async function gatherCyclePast(
  records: Records,
  cycle: Cycle,
  { asOf, isEarly }: { readonly asOf: EpochMs; readonly isEarly: boolean },
): Promise<CyclePast> {
  const objectives = await liveObjectives(records, cycle)
  const goals = await liveKeyResults(records, { cycle: cycle.key })
  const stretch: Stretch = { from: startOf(boxOf(cycle)), until: asOf }
  const planned = Math.min(dayAtShare(boxOf(cycle), PLANNING).at, asOf)
  const known = await knownOf(records, goals, { ...stretch, planned })
  const byObjective = new Map<ObjectiveKey, KeyResultPast[]>(objectives.map(({ key }) => [key, []]))
  for (const goal of goals) {
    byObjective.get(goal.objective.key)?.push(await pastOf(records, goal, known, { ...stretch, planned }))
  }
  const earlier = await records.closings.earlierClosings(cycle.startDay, EARLIER_CYCLES)
  return {
    cycle,
    asOf,
    isEarly,
    objectives: objectives.map((objective) => ({
      objective,
      keyResults: byObjective.get(objective.key) ?? [],
    })),
    earlier: earlier.map(earlierOf),
  }
}

/** The time of a cycle until an instant of it. */
interface CycleStretch extends Stretch {
  /** When its scope counted as planned. */
  readonly planned: EpochMs
}

type Known = Awaited<ReturnType<typeof knownOf>>

/** What is read of all key results at once. */
async function knownOf(records: Records, goals: readonly KeyResultInContext[], stretch: CycleStretch) {
  const { closings } = records
  const keys = goals.map(({ keyResult }) => keyResult.key)
  const marks = goals.flatMap(({ keyResult, cycle }) =>
    markDays(timeBoxOf(keyResult, cycle), stretch.until).map((mark) => ({
      ...mark,
      keyResult: keyResult.key,
    })),
  )
  const forecasts = await closings.forecastsAt(
    marks.map(({ keyResult, at }) => ({ keyResult, from: stretch.from, at })),
  )
  return {
    marks: Map.groupBy(marks, ({ keyResult }) => keyResult),
    forecasts: new Map(
      forecasts.map(({ keyResult, at, probability }) => [`${keyResult} ${at}`, probability]),
    ),
    moves: Map.groupBy(await closings.goalMoves(keys, stretch), ({ keyResult }) => keyResult),
    scope: await closings.scopeMoves(keys, { from: stretch.planned + 1, until: stretch.until }),
    work: await closings.deliveredWork(keys, stretch),
    checkIns: await closings.checkInInstants(keys, stretch),
    warnings: Map.groupBy(await records.warnings.since(keys, stretch.from), ({ keyResult }) => keyResult),
    cadences: new Map<TeamKey, CheckInCadence | null>(
      (await records.goals.teams()).map(({ key, checkIns }) => [key, checkIns]),
    ),
  }
}

async function pastOf(
  records: Records,
  goal: KeyResultInContext,
  known: Known,
  stretch: CycleStretch,
): Promise<KeyResultPast> {
  const { until } = stretch
  const { keyResult, objective, cycle } = goal
  const { key } = keyResult
  const { timeZone } = cycle.calendar
  const question = { key, from: cycle.startDay, to: cycle.endDay, beforeSnapshot: null, snapshotLimit: 0 }
  const delivery = await deliveryAsOf(records, goal, until)
  const { days } = await readHistory({ records, clock: { now: () => until } }, question)
  return {
    keyResult,
    timeBox: timeBoxOf(keyResult, cycle),
    value: await measureAsOf(records, goal, delivery, until),
    days: days.map(({ day, current, target, rawProgress, expectedProgress }) => ({
      day,
      current,
      target,
      rawProgress,
      expectedProgress,
    })),
    moves: (known.moves.get(key) ?? []).map(({ kind, at, targets, dueDays }) => ({
      kind,
      at,
      targets,
      dueDays,
    })),
    scope: await scopeOf(records, goal, known, { planned: stretch.planned, atEnd: delivery.scope.size }),
    checkedIn: (known.checkIns.get(key) ?? []).map((at) => dayOf(at, timeZone)),
    cadence: objective.team === null ? null : (known.cadences.get(objective.team) ?? null),
    delivered: known.work.get(key) ?? NO_WORK,
    forecasts: (known.marks.get(key) ?? []).map(({ timeShare, day, at }) => ({
      timeShare,
      day,
      probability: known.forecasts.get(`${key} ${at}`) ?? null,
    })),
    warnings: (known.warnings.get(key) ?? []).filter(({ raisedAt }) => raisedAt <= until),
  }
}

async function scopeOf(
  records: Records,
  goal: KeyResultInContext,
  known: Known,
  { planned, atEnd }: { readonly planned: EpochMs; readonly atEnd: number },
): Promise<KeyResultPast['scope']> {
  const atStart = (await deliveryAsOf(records, goal, planned)).scope.size
  const moves = known.scope.get(goal.keyResult.key)
  if (atStart === 0 && atEnd === 0 && moves === undefined) return null
  return { atStart, atEnd, ...(moves ?? { added: 0, removed: 0, reEstimated: 0, reopened: 0 }) }
}

/** Every objective of a cycle that is not archived. */
export async function liveObjectives(
  { goals }: Pick<Records, 'goals'>,
  { key }: Cycle,
): Promise<Objective[]> {
  const found: Objective[] = []
  let after: ObjectiveKey | null = null
  for (;;) {
    const page: Objective[] = await goals.objectives(
      { after, limit: PAGE },
      { cycle: key, includeArchived: false },
    )
    found.push(...page)
    if (page.length < PAGE) return found
    after = page[page.length - 1]!.key
  }
}

function earlierOf({ cycle, objectives }: Retrospective): EarlierCycle {
  return {
    cycle: cycle.key,
    endDay: cycle.endDay,
    objectives: objectives.map(({ title, team, ambition, grade }) => ({
      title,
      team,
      ambition,
      score: grade.score,
    })),
  }
}

function boxOf({ startDay, endDay, calendar }: Cycle): TimeBox {
  return { startDay, dueDay: endDay, calendar }
}
