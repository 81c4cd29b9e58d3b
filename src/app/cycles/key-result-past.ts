import type { TimeBox } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf, type Cycle, type Objective } from '../../domain/goals.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { KeyResultPast } from '../../domain/retrospective/build-retrospective.ts'
import { markDays } from '../../domain/retrospective/forecast-record.ts'
import { movesOf } from '../../domain/retrospective/moves.ts'
import type { Changes } from '../../domain/retrospective/passages.ts'
import type { Entry } from '../../domain/retrospective/retrospective.ts'
import { keyResultAsOf, type Revision } from '../../domain/retrospective/revision.ts'
import { levelSpells } from '../../domain/warnings/level-spells.ts'
import type { Team } from '../../domain/team.ts'
import type { CalendarDay, EpochMs } from '../../domain/time.ts'
import type { SeriesDays } from '../goals/daily-series.ts'
import { cycleDaysUntil, daysUntil } from '../goals/read-history.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'
import { entryOf, revisionsSince } from './moved-goals.ts'

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
  /** Since it has been in the cycle. */
  readonly revisions: readonly Revision[]
  readonly entry: Entry | null
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
    changes,
  }: {
    readonly goals: readonly KeyResultInContext[]
    readonly objectives: readonly Objective[]
    readonly changes: Changes
  },
  { from, until }: Stretch,
): Promise<GoalAtEnd[]> {
  const keys = goals.map(({ keyResult }) => keyResult.key)
  const known = await closings.revisions(keys, from)
  const byKey = new Map(objectives.map((objective) => [objective.key, objective]))
  return goals.map((goal) => {
    const now = goal.keyResult
    const all = known.get(now.key) ?? []
    const entry = entryOf(goal, { revisions: all, changes })
    const revisions = revisionsSince(entry, all)
    const then = keyResultAsOf(now, revisions, until)
    const objective = byKey.get(then.objective) ?? goal.objective
    const asThen = { ...goal, objective, keyResult: { ...then, objective: objective.key } }
    return { goal: asThen, now, revisions, entry }
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
  const times = timesByDueDay(cycle, stretch)
  const marks = goals.flatMap(({ goal: { keyResult } }) =>
    times(timeBoxOf(keyResult, cycle)).marks.map((mark) => ({ ...mark, keyResult: keyResult.key })),
  )
  const forecasts = await closings.forecastsAt(
    marks.map(({ keyResult, at }) => ({ keyResult, from: stretch.from, at })),
  )
  const warnings = await records.warnings.since(keys, stretch.from)
  const late = { from: stretch.planned + 1, until: stretch.until }
  return {
    cycleRevisions: await closings.cycleRevisions(cycle.key, stretch.from),
    times,
    marks: Map.groupBy(marks, ({ keyResult }) => keyResult),
    forecasts: new Map(
      forecasts.map(({ keyResult, at, probability }) => [`${keyResult} ${at}`, probability]),
    ),
    scope: await closings.scopeMoves(keys, late),
    work: await closings.deliveredWork(keys, stretch),
    said: await closings.said(keys, stretch),
    warnings: Map.groupBy(warnings, ({ keyResult }) => keyResult),
    levels: await closings.warningLevels([...new Set(warnings.map(({ keyResult }) => keyResult))]),
    teams: new Map<TeamKey, Team>((await records.goals.teams()).map((team) => [team.key, team])),
  }
}

/** What follows from a due day. Most are due on the same few days, and each walk goes through all of its time. */
function timesByDueDay(cycle: Cycle, { until }: Stretch) {
  const known = new Map<CalendarDay, { marks: ReturnType<typeof markDays>; days: SeriesDays }>()
  return (box: TimeBox) => {
    const times = known.get(box.dueDay) ?? {
      marks: markDays(box, until),
      days: cycleDaysUntil(cycle, box, until),
    }
    known.set(box.dueDay, times)
    return times
  }
}

/** What is stored of one key result. */
export async function keyResultPast(
  records: Records,
  { goal, now, revisions, entry }: GoalAtEnd,
  known: KnownPasts,
  stretch: CycleStretch,
): Promise<KeyResultPast> {
  const { until, planned } = stretch
  const { keyResult, objective, cycle } = goal
  const { key } = keyResult
  const delivery = await deliveryAsOf(records, goal, until)
  const timeBox = timeBoxOf(keyResult, cycle)
  const days = await daysUntil(records, goal, { until, days: known.times(timeBox).days })
  return {
    keyResult,
    timeBox,
    entered: entry,
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
    warnings: (known.warnings.get(key) ?? [])
      .filter(({ raisedAt }) => raisedAt <= until)
      .map((warning) => ({ ...warning, levels: levelSpells(warning, known.levels.get(warning.id) ?? []) })),
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
