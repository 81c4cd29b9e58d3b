import { timeBoxOf, type Cycle, type Objective } from '../../domain/goals.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { KeyResultPast } from '../../domain/retrospective/build-retrospective.ts'
import { markDays } from '../../domain/retrospective/forecast-record.ts'
import { movesOf } from '../../domain/retrospective/moves.ts'
import { keyResultAsOf, type Revision } from '../../domain/retrospective/revision.ts'
import type { Team } from '../../domain/team.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'
import { daysUntil } from '../goals/read-history.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'

const NO_WORK = { issues: 0, points: 0, unestimated: 0 }
const NOTHING_SAID = { words: [], pushes: [] }

/** The time of a cycle until an instant of it. */
export interface CycleStretch extends Stretch {
  /** When its scope counted as planned. */
  readonly planned: EpochMs
}

/** A key result as it was at the end of the stretch, and what was made of it meanwhile and since. */
export interface GoalAtEnd {
  readonly goal: KeyResultInContext
  /** As it is stored now. */
  readonly now: KeyResultInContext['keyResult']
  readonly revisions: readonly Revision[]
}

/**
 * Key results as they were at an instant, each under the objective it had then.
 * @param objectives those of their cycle
 */
export async function goalsAtEnd(
  { closings }: Pick<Records, 'closings'>,
  {
    goals,
    objectives,
  }: { readonly goals: readonly KeyResultInContext[]; readonly objectives: readonly Objective[] },
  { from, until }: Stretch,
): Promise<GoalAtEnd[]> {
  const keys = goals.map(({ keyResult }) => keyResult.key)
  const known = await closings.revisions(keys, from)
  const byKey = new Map(objectives.map((objective) => [objective.key, objective]))
  return goals.map((goal) => {
    const now = goal.keyResult
    const revisions = known.get(now.key) ?? []
    const then = keyResultAsOf(now, revisions, until)
    const objective = byKey.get(then.objective) ?? goal.objective
    return { goal: { ...goal, objective, keyResult: { ...then, objective: objective.key } }, now, revisions }
  })
}

export type KnownPasts = Awaited<ReturnType<typeof readPasts>>

/** What is read of all key results at once. */
export async function readPasts(
  records: Pick<Records, 'closings' | 'warnings' | 'goals'>,
  cycle: Cycle,
  goals: readonly GoalAtEnd[],
  stretch: CycleStretch,
) {
  const { closings } = records
  const keys = goals.map(({ now }) => now.key)
  // Most are due on the same few days, and finding the marks of one walks through all of its time.
  const byDueDay = new Map<CalendarDay, ReturnType<typeof markDays>>()
  const marks = goals.flatMap(({ goal: { keyResult } }) => {
    const box = timeBoxOf(keyResult, cycle)
    const known = byDueDay.get(box.dueDay) ?? markDays(box, stretch.until)
    byDueDay.set(box.dueDay, known)
    return known.map((mark) => ({ ...mark, keyResult: keyResult.key }))
  })
  const forecasts = await closings.forecastsAt(
    marks.map(({ keyResult, at }) => ({ keyResult, from: stretch.from, at })),
  )
  const late = { from: stretch.planned + 1, until: stretch.until }
  return {
    cycleRevisions: await closings.cycleRevisions(cycle.key, stretch.from),
    marks: Map.groupBy(marks, ({ keyResult }) => keyResult),
    forecasts: new Map(
      forecasts.map(({ keyResult, at, probability }) => [`${keyResult} ${at}`, probability]),
    ),
    scope: await closings.scopeMoves(keys, late),
    work: await closings.deliveredWork(keys, stretch),
    said: await closings.said(keys, stretch),
    warnings: Map.groupBy(await records.warnings.since(keys, stretch.from), ({ keyResult }) => keyResult),
    teams: new Map<TeamKey, Team>((await records.goals.teams()).map((team) => [team.key, team])),
  }
}

/** What is stored of one key result. */
export async function keyResultPast(
  records: Records,
  { goal, now, revisions }: GoalAtEnd,
  known: KnownPasts,
  stretch: CycleStretch,
): Promise<KeyResultPast> {
  const { until, planned } = stretch
  const { keyResult, objective, cycle } = goal
  const { key } = keyResult
  const delivery = await deliveryAsOf(records, goal, until)
  const days = await daysUntil(records, goal, until)
  return {
    keyResult,
    timeBox: timeBoxOf(keyResult, cycle),
    enteredAt: revisions.findLast(({ kind }) => kind === 'entered')?.at ?? null,
    value: await measureAsOf(records, goal, delivery, until),
    days: days.map(({ day, current, target, rawProgress, expectedProgress }) => ({
      day,
      current,
      target,
      rawProgress,
      expectedProgress,
    })),
    moves: movesOf(now, { revisions, cycleRevisions: known.cycleRevisions }, cycle, until),
    scope: scopeOf(key, known, {
      atStart: (await deliveryAsOf(records, goal, planned)).scope.size,
      atEnd: delivery.scope.size,
    }),
    said: known.said.get(key) ?? NOTHING_SAID,
    team: objective.team === null ? null : (known.teams.get(objective.team) ?? null),
    delivered: known.work.get(key) ?? NO_WORK,
    forecasts: (known.marks.get(key) ?? []).map(({ timeShare, day, at }) => ({
      timeShare,
      day,
      probability: known.forecasts.get(`${key} ${at}`) ?? null,
    })),
    warnings: (known.warnings.get(key) ?? []).filter(({ raisedAt }) => raisedAt <= until),
  }
}

function scopeOf(
  key: KeyResultKey,
  known: KnownPasts,
  sizes: { readonly atStart: number; readonly atEnd: number },
): KeyResultPast['scope'] {
  const moves = known.scope.get(key)
  if (sizes.atStart === 0 && sizes.atEnd === 0 && moves === undefined) return null
  return { ...sizes, ...(moves ?? { added: 0, removed: 0, reEstimated: 0, reopened: 0 }) }
}
