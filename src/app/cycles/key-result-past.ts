import type { TimeBox } from '../../domain/calendar/expected-progress.ts'
import { timeBoxOf, type Cycle, type Objective } from '../../domain/goals.ts'
import type { KeyResultKey, TeamKey } from '../../domain/ids.ts'
import type { KeyResultPast } from '../../domain/retrospective/build-retrospective.ts'
import type { SaidPast } from '../../domain/retrospective/check-in-discipline.ts'
import { markDays } from '../../domain/retrospective/forecast-record.ts'
import { movesOf } from '../../domain/retrospective/moves.ts'
import { warningSince } from '../../domain/retrospective/past-warnings.ts'
import type { Changes } from '../../domain/retrospective/passages.ts'
import { keyResultAsOf } from '../../domain/retrospective/revision.ts'
import { levelSpells } from '../../domain/warnings/level-spells.ts'
import type { Team } from '../../domain/team.ts'
import { dayOf, startOfDay, type CalendarDay, type EpochMs } from '../../domain/time.ts'
import type { SeriesDays } from '../goals/daily-series.ts'
import { cycleDaysUntil, daysUntil } from '../goals/read-history.ts'
import type { Stretch } from '../ports/cycle-closings.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { deliveryAsOf, measureAsOf } from './measure-as-of.ts'
import { closedUntil, stayOf, type Stay } from './moved-goals.ts'

const NO_WORK = { issues: 0, points: 0, unestimated: 0 }
const NOTHING_SAID: SaidPast = { words: [], pushes: [] }

/** The time of a cycle until an instant of it. */
export interface CycleStretch extends Stretch {
  /** When its scope counted as planned. */
  readonly planned: EpochMs
}

/** A key result as it was at the end of the stretch, and what was made of it meanwhile and since. */
export interface GoalAtEnd extends Stay {
  readonly goal: KeyResultInContext
  /** As it is stored now. */
  readonly now: KeyResultInContext['keyResult']
}

/**
 * Key results as they were at an instant, each under the objective it had then.
 * @param objectives those of their cycle
 */
export async function goalsAtEnd(
  { closings }: Pick<Records, 'closings'>,
  cycle: Cycle,
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
  const toldUntil = await closedUntil({ closings }, cycle, changes)
  const byKey = new Map(objectives.map((objective) => [objective.key, objective]))
  return goals.map((goal) => {
    const now = goal.keyResult
    const all = known.get(now.key) ?? []
    const stay = stayOf(goal, { revisions: all, changes }, { from, toldUntil })
    const then = keyResultAsOf(now, stay.revisions, until)
    const objective = byKey.get(then.objective) ?? goal.objective
    const asThen = { ...goal, objective, keyResult: { ...then, objective: objective.key } }
    return { goal: asThen, now, ...stay }
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
  const marks = goals.flatMap(({ goal: { keyResult }, began }) =>
    times(timeBoxOf(keyResult, cycle))
      .marks.filter(({ at }) => at >= began)
      .map((mark) => ({ ...mark, keyResult: keyResult.key, from: began })),
  )
  const forecasts = await closings.forecastsAt(
    marks.map(({ keyResult, from, at }) => ({ keyResult, from, at })),
  )
  const warnings = await records.warnings.since(keys, stretch.from)
  const { until } = stretch
  return {
    cycleRevisions: await closings.cycleRevisions(cycle.key, stretch.from),
    times,
    marks: Map.groupBy(marks, ({ keyResult }) => keyResult),
    forecasts: new Map(
      forecasts.map(({ keyResult, at, probability }) => [`${keyResult} ${at}`, probability]),
    ),
    scope: await closings.scopeMoves(
      goals.map((goal) => ({ keyResult: goal.now.key, from: plannedAt(goal, stretch) + 1, until })),
    ),
    work: await closings.deliveredWork(
      goals.map(({ now, countsFrom }) => ({ keyResult: now.key, from: countsFrom, until })),
    ),
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
  goalAtEnd: GoalAtEnd,
  known: KnownPasts,
  stretch: CycleStretch,
): Promise<KeyResultPast> {
  const { goal, now, revisions, entry, began, countsFrom } = goalAtEnd
  const { until } = stretch
  const { keyResult, objective, cycle } = goal
  const { key } = keyResult
  const delivery = await deliveryAsOf(records, goal, until)
  const timeBox = timeBoxOf(keyResult, cycle)
  const { timeZone } = cycle.calendar
  const firstInstant = startOfDay(dayOf(countsFrom, timeZone), timeZone)
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
      atStart: (await deliveryAsOf(records, goal, plannedAt(goalAtEnd, stretch))).scope.size,
      atEnd: delivery.scope.size,
    }),
    said: saidSince(known.said.get(key) ?? NOTHING_SAID, firstInstant),
    team: objective.team === null ? null : (known.teams.get(objective.team) ?? null),
    delivered: known.work.get(key) ?? NO_WORK,
    forecasts: (known.marks.get(key) ?? []).map(({ timeShare, day, at }) => ({
      timeShare,
      day,
      probability: known.forecasts.get(`${key} ${at}`) ?? null,
    })),
    warnings: (known.warnings.get(key) ?? [])
      .map((warning) => ({ ...warning, levels: levelSpells(warning, known.levels.get(warning.id) ?? []) }))
      .flatMap((warning) => warningSince(warning, began) ?? [])
      .filter(({ raisedAt }) => raisedAt <= until),
  }
}

/** What is linked when it comes from another cycle later than that is what was planned of it here. */
function plannedAt({ began }: Stay, { planned, until }: CycleStretch): EpochMs {
  return Math.min(Math.max(planned, began), until)
}

/** What was said of it as a goal of another cycle answers nobody here; what that day brought is of both. */
function saidSince({ words, pushes }: SaidPast, from: EpochMs): SaidPast {
  return { words: words.filter((at) => at >= from), pushes }
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
