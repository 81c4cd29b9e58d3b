import { mean } from '../backtest/scores.ts'
import type { TimeBox } from '../calendar/expected-progress.ts'
import { gradeKeyResult, gradeObjective, type Graded, type Verdict } from '../grades/grade.ts'
import type { Cycle, KeyResult, Objective } from '../goals.ts'
import { numberOf } from '../ids.ts'
import type { Measured } from '../measures/measured.ts'
import type { CheckInCadence } from '../team.ts'
import { DAY_MS, dayOf, type CalendarDay, type EpochMs } from '../time.ts'
import type { Episode } from '../warnings/episode.ts'
import { disciplineOf } from './check-in-discipline.ts'
import { outcomeOf, scoreForecasts, type MarkedForecast } from './forecast-record.ts'
import { allReachedEarly, keyResultHints, type Hint } from './hints.ts'
import { investments, type DeliveredWork, type Investment } from './investment.ts'
import { movesOf, type GoalMove, type RecordedMove, type ScopeChange } from './moves.ts'
import type {
  GoalChanges,
  KeyResultRetrospective,
  ObjectiveRetrospective,
  PastWarning,
  Retrospective,
} from './retrospective.ts'
import { isSameLineage, tooGoodInARow, type EarlierCycle, type GradedObjective } from './sandbagging.ts'
import { trendOf, type TrendDay } from './trend.ts'

/** Everything a retrospective follows from, as of one instant. The order of lists means nothing. */
export interface CyclePast {
  readonly cycle: Cycle
  readonly asOf: EpochMs
  readonly isEarly: boolean
  readonly objectives: readonly {
    readonly objective: Objective
    readonly keyResults: readonly KeyResultPast[]
  }[]
  /** Closed cycles that ended before this one began. */
  readonly earlier: readonly EarlierCycle[]
}

export interface KeyResultPast {
  readonly keyResult: KeyResult
  readonly timeBox: TimeBox
  readonly value: Pick<Measured, 'current' | 'baseline' | 'target' | 'unit'> & {
    readonly rawProgress: number | null
    readonly automatic: number | null
  }
  /** One per day of the cycle until `asOf`, ascending. */
  readonly days: readonly TrendDay[]
  readonly moves: readonly RecordedMove[]
  readonly scope: ScopeChange | null
  /** Days on which a person checked in. */
  readonly checkedIn: readonly CalendarDay[]
  readonly cadence: CheckInCadence | null
  readonly delivered: DeliveredWork
  readonly forecasts: readonly MarkedForecast[]
  readonly warnings: readonly Pick<Episode, 'kind' | 'level' | 'raisedAt' | 'resolvedAt'>[]
}

/**
 * What a cycle came to, from what is stored of it. Pure: equal pasts give equal retrospectives, whatever order they come
 * in.
 * @param closedAt null for a preview
 */
export function buildRetrospective(past: CyclePast, closedAt: EpochMs | null): Retrospective {
  const { cycle, asOf, isEarly } = past
  const objectives = past.objectives
    .toSorted((a, b) => numberOf(a.objective.key) - numberOf(b.objective.key))
    .map(({ objective, keyResults }) => objectiveOf(objective, keyResults, past))
  const { key, title, startDay, endDay, calendar } = cycle
  return {
    version: 1,
    cycle: { key, title, startDay, endDay, timeZone: calendar.timeZone },
    asOf,
    closedAt,
    isEarly,
    summary: summaryOf(objectives),
    hints: teamHints(past, objectives),
    objectives: objectives.map((objective) => ({
      ...objective,
      hints: [...objective.hints, ...lineageHints(past, objectives, objective)],
    })),
  }
}

function objectiveOf(
  { key, title, level, ambition, team }: Objective,
  pasts: readonly KeyResultPast[],
  { asOf, cycle }: CyclePast,
): ObjectiveRetrospective {
  const inOrder = pasts.toSorted((a, b) => numberOf(a.keyResult.key) - numberOf(b.keyResult.key))
  const invested = investments(
    inOrder.map(({ keyResult, delivered }) => ({ ...keyResult, keyResult: keyResult.key, delivered })),
  )
  const keyResults = inOrder.map((past) =>
    keyResultOf(past, { ambition, asOf, cycle, investment: invested.get(past.keyResult.key)! }),
  )
  return {
    key,
    title,
    level,
    ambition,
    team,
    grade: gradeObjective(inOrder.map(gradedOf), ambition),
    delivered: sumWork(inOrder.map(({ delivered }) => delivered)),
    hints: allReachedEarly(keyResults),
    keyResults,
  }
}

function keyResultOf(
  past: KeyResultPast,
  given: Pick<Objective, 'ambition'> & { asOf: EpochMs; cycle: Cycle; investment: Investment },
): KeyResultRetrospective {
  const { keyResult, timeBox, value, days, scope } = past
  const { cycle, asOf } = given
  const moves = movesOf(past.moves, value.baseline)
  const lastDay = dayOf(asOf, cycle.calendar.timeZone)
  const to = lastDay < timeBox.dueDay ? lastDay : timeBox.dueDay
  return {
    key: keyResult.key,
    title: keyResult.title,
    measure: keyResult.measure.kind,
    weight: keyResult.weight,
    dueDay: timeBox.dueDay,
    rolledFrom: keyResult.rolledFrom,
    ...value,
    grade: gradeKeyResult(gradedOf(past), given.ambition),
    trend: trendOf(days),
    moves,
    changes: changesOf(moves, scope),
    scope,
    checkIns: disciplineOf(past.checkedIn, past.cadence, { from: cycle.startDay, to }),
    investment: given.investment,
    forecasts: past.forecasts.toSorted((a, b) => a.timeShare - b.timeShare),
    outcome: outcomeOf(days, timeBox, asOf),
    warnings: warningsOf(past.warnings, asOf),
    hints: keyResultHints(days, moves, timeBox),
  }
}

function gradedOf({ keyResult, value }: KeyResultPast): Graded {
  return { keyResult: keyResult.key, weight: keyResult.weight, rawProgress: value.rawProgress }
}

function changesOf(moves: readonly GoalMove[], scope: ScopeChange | null): GoalChanges {
  const of = (kind: GoalMove['kind']) => moves.filter((move) => move.kind === kind).length
  return {
    targets: of('target_moved'),
    targetsLowered: moves.filter((move) => move.kind === 'target_moved' && move.isEasier).length,
    dueDates: of('due_date_moved'),
    rules: of('rule_changed'),
    scope: scope === null ? 0 : scope.added + scope.removed + scope.reEstimated,
  }
}

function warningsOf(episodes: KeyResultPast['warnings'], asOf: EpochMs): PastWarning[] {
  return episodes
    .map(({ kind, level, raisedAt, resolvedAt }) => {
      const endedAt = resolvedAt !== null && resolvedAt <= asOf ? resolvedAt : null
      return { kind, level, raisedAt, resolvedAt: endedAt, days: ((endedAt ?? asOf) - raisedAt) / DAY_MS }
    })
    .sort((a, b) => a.raisedAt - b.raisedAt || (a.kind < b.kind ? -1 : 1))
}

function summaryOf(objectives: readonly ObjectiveRetrospective[]): Retrospective['summary'] {
  const keyResults = objectives.flatMap((objective) => objective.keyResults)
  const graded = objectives.flatMap(({ grade }) => (grade.score === null ? [] : [grade.score]))
  const count = (verdict: Verdict) => objectives.filter(({ grade }) => grade.verdict === verdict).length
  const total = (name: keyof GoalChanges) => keyResults.reduce((sum, { changes }) => sum + changes[name], 0)
  const warnings = keyResults.flatMap((keyResult) => keyResult.warnings)
  return {
    objectives: objectives.length,
    keyResults: keyResults.length,
    meanScore: mean(graded),
    verdicts: { pass: count('pass'), good: count('good'), progress: count('progress'), miss: count('miss') },
    withoutData: keyResults.filter(({ grade }) => grade.hasNoData).map(({ key }) => key),
    forecasts: scoreForecasts(keyResults),
    changes: {
      targets: total('targets'),
      targetsLowered: total('targetsLowered'),
      dueDates: total('dueDates'),
      rules: total('rules'),
      scope: total('scope'),
    },
    warnings: {
      raised: warnings.length,
      standing: warnings.filter(({ resolvedAt }) => resolvedAt === null).length,
    },
    delivered: sumWork(objectives.map(({ delivered }) => delivered)),
  }
}

function sumWork(works: readonly DeliveredWork[]): DeliveredWork {
  const sum = (name: keyof DeliveredWork) => works.reduce((total, work) => total + work[name], 0)
  return { issues: sum('issues'), points: sum('points'), unestimated: sum('unestimated') }
}

function teamHints(past: CyclePast, objectives: readonly ObjectiveRetrospective[]): Hint[] {
  const teams = new Set(objectives.flatMap(({ team }) => team ?? []))
  const present = presentOf(past, objectives)
  return [...teams].sort().flatMap((team): Hint[] => {
    const cycles = tooGoodInARow(present, past.earlier, (objective) => objective.team === team)
    return cycles.length === 0 ? [] : [{ kind: 'sandbagging', team, cycles }]
  })
}

function lineageHints(
  past: CyclePast,
  objectives: readonly ObjectiveRetrospective[],
  objective: ObjectiveRetrospective,
): Hint[] {
  const self = gradedObjective(objective)
  if (self.ambition !== 'aspirational') return []
  const cycles = tooGoodInARow(presentOf(past, objectives), past.earlier, (each) => isSameLineage(each, self))
  return cycles.length === 0 ? [] : [{ kind: 'sandbagging', team: null, cycles }]
}

function presentOf({ cycle }: CyclePast, objectives: readonly ObjectiveRetrospective[]): EarlierCycle {
  return { cycle: cycle.key, endDay: cycle.endDay, objectives: objectives.map(gradedObjective) }
}

function gradedObjective({ title, team, ambition, grade }: ObjectiveRetrospective): GradedObjective {
  return { title, team, ambition, score: grade.score }
}
