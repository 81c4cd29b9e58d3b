import { mean } from '../backtest/scores.ts'
import type { TimeBox } from '../calendar/expected-progress.ts'
import { gradeKeyResult, gradeObjective, type Graded, type Verdict } from '../grades/grade.ts'
import type { Cycle, KeyResult, Objective } from '../goals.ts'
import { numberOf, type TeamKey } from '../ids.ts'
import type { Measured } from '../measures/measured.ts'
import type { Team } from '../team.ts'
import { DAY_MS, dayOf, nextDay, startOfDay, type EpochMs } from '../time.ts'
import { disciplineOf, type SaidPast } from './check-in-discipline.ts'
import { rowsOf, type EarlierCycle, type GradedObjective, type Row } from './cycles-in-a-row.ts'
import { outcomeOf, scoreForecasts, type MarkedForecast } from './forecast-record.ts'
import { allReachedEarly, keyResultHints, type Hint } from './hints.ts'
import { investments, type DeliveredWork, type Investment } from './investment.ts'
import { isEasier, type GoalMove, type ScopeChange } from './moves.ts'
import type { KnownWarning } from './past-warnings.ts'
import type {
  CountedParts,
  DroppedGoal,
  Entry,
  GoalChanges,
  KeyResultRetrospective,
  MovedGoal,
  ObjectiveRetrospective,
  PastWarning,
  Retrospective,
} from './retrospective.ts'
import { trendOf, type TrendDay } from './trend.ts'

/** Everything a retrospective follows from, as of one instant. The order of lists means nothing. */
export interface CyclePast {
  readonly cycle: Cycle
  readonly asOf: EpochMs
  readonly isEarly: boolean
  /** When it counted as planned: what came in later came late. */
  readonly planned: EpochMs
  readonly objectives: readonly {
    readonly objective: Objective
    readonly keyResults: readonly KeyResultPast[]
  }[]
  /** Archived before `asOf`. */
  readonly dropped: readonly DroppedGoal[]
  readonly movedAway: readonly MovedGoal[]
  /** Closed cycles that ended before this one began. */
  readonly earlier: readonly EarlierCycle[]
}

export interface KeyResultPast {
  /** As it was at `asOf`: by this it is graded. */
  readonly keyResult: KeyResult
  readonly timeBox: TimeBox
  /** null: it was in the cycle when that began. */
  readonly entered: Entry | null
  readonly value: Pick<Measured, 'current' | 'baseline' | 'target' | 'unit'> & {
    readonly rawProgress: number | null
    readonly automatic: number | null
    readonly parts: CountedParts | null
  }
  /** One per day of the cycle until `asOf`, ascending. */
  readonly days: readonly TrendDay[]
  /** Also those after `asOf`. */
  readonly moves: readonly GoalMove[]
  readonly scope: ScopeChange | null
  readonly said: SaidPast
  /** Whose cadence its check-ins are held against; null: no team works on it. */
  readonly team: Pick<Team, 'checkIns' | 'calendar'> | null
  readonly delivered: DeliveredWork
  readonly forecasts: readonly MarkedForecast[]
  readonly warnings: readonly KnownWarning[]
}

/**
 * What a cycle came to, from what is stored of it. Pure: equal pasts give equal retrospectives, whatever order they come
 * in.
 * @param closedAt null for a preview
 */
export function buildRetrospective(past: CyclePast, closedAt: EpochMs | null): Retrospective {
  const { cycle, asOf, isEarly } = past
  const planned = plannedBy(past)
  const objectives = past.objectives
    .toSorted((a, b) => numberOf(a.objective.key) - numberOf(b.objective.key))
    .map(({ objective, keyResults }) => objectiveOf(objective, keyResults, { asOf, planned }))
  const { key, title, startDay, endDay, calendar } = cycle
  const rows = rowsOf({ cycle: key, endDay, objectives: objectives.map(gradedObjective) }, past.earlier)
  return {
    version: 3,
    cycle: { key, title, startDay, endDay, timeZone: calendar.timeZone },
    asOf,
    closedAt,
    isEarly,
    summary: summaryOf(objectives),
    hints: [...new Set(objectives.flatMap(({ team }) => team ?? []))]
      .sort()
      .flatMap((team) => rowHint(rows.ofTeam(team), team)),
    objectives: objectives.map((objective) => ({
      ...objective,
      hints: [...objective.hints, ...rowHint(rows.ofLineage(gradedObjective(objective)), null)],
    })),
    dropped: past.dropped.toSorted((a, b) => a.archivedAt - b.archivedAt || (a.key < b.key ? -1 : 1)),
    movedAway: past.movedAway.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)),
  }
}

/** Goals that are typed in while their cycle runs are late only against those that were there a day before. */
function plannedBy({ cycle, planned, objectives }: CyclePast): EpochMs {
  const entered = objectives.flatMap(({ keyResults }) => keyResults.map((past) => past.entered?.at ?? 0))
  const first = entered.reduce((earliest, at) => Math.min(earliest, at), Number.POSITIVE_INFINITY)
  if (first <= planned || first === Number.POSITIVE_INFINITY) return planned
  const { timeZone } = cycle.calendar
  return startOfDay(nextDay(dayOf(first, timeZone)), timeZone) - 1
}

function objectiveOf(
  { key, title, level, ambition, team }: Objective,
  pasts: readonly KeyResultPast[],
  { asOf, planned }: Pick<CyclePast, 'asOf' | 'planned'>,
): ObjectiveRetrospective {
  const inOrder = pasts.toSorted((a, b) => numberOf(a.keyResult.key) - numberOf(b.keyResult.key))
  const invested = investments(
    inOrder.map(({ keyResult, delivered }) => ({ ...keyResult, keyResult: keyResult.key, delivered })),
  )
  const keyResults = inOrder.map((past) =>
    keyResultOf(past, { ambition, asOf, planned, investment: invested.get(past.keyResult.key)! }),
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
  {
    ambition,
    asOf,
    planned,
    investment,
  }: Pick<Objective, 'ambition'> & Pick<CyclePast, 'asOf' | 'planned'> & { readonly investment: Investment },
): KeyResultRetrospective {
  const { keyResult, timeBox, value, days, scope, entered } = past
  const moves = past.moves.toSorted((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1))
  return {
    key: keyResult.key,
    title: keyResult.title,
    measure: keyResult.measure.kind,
    weight: keyResult.weight,
    dueDay: timeBox.dueDay,
    rolledFrom: keyResult.rolledFrom,
    entered: entered === null ? null : { ...entered, isLate: entered.at > planned },
    ...value,
    grade: gradeKeyResult(gradedOf(past), ambition),
    trend: trendOf(days),
    moves,
    changes: changesOf(moves, scope),
    scope,
    checkIns: disciplineOf({ ...past, enteredAt: entered?.at ?? null, measure: keyResult.measure }, asOf),
    investment,
    forecasts: past.forecasts.toSorted((a, b) => a.timeShare - b.timeShare),
    outcome: outcomeOf(days, timeBox, asOf),
    warnings: warningsOf(past.warnings, asOf),
    hints: keyResultHints(keyResult.measure, days, moves, timeBox),
  }
}

function gradedOf({ keyResult, value }: KeyResultPast): Graded {
  return { keyResult: keyResult.key, weight: keyResult.weight, rawProgress: value.rawProgress }
}

function changesOf(moves: readonly GoalMove[], scope: ScopeChange | null): GoalChanges {
  const inTime = moves.filter(({ isLate }) => !isLate)
  const of = (kind: GoalMove['kind']) => inTime.filter((move) => move.kind === kind).length
  return {
    targets: of('target_moved'),
    targetsLowered: inTime.filter((move) => move.kind === 'target_moved' && move.isEasier).length,
    baselines: of('baseline_moved'),
    dueDates: of('due_date_moved'),
    weights: of('weight_moved'),
    rules: of('rule_changed'),
    easier: inTime.filter(isEasier).length,
    late: moves.length - inTime.length,
    scope: scope === null ? 0 : scope.added + scope.removed + scope.reEstimated,
  }
}

function warningsOf(episodes: KeyResultPast['warnings'], asOf: EpochMs): PastWarning[] {
  return episodes
    .map(({ kind, raisedAt, resolvedAt, ...warning }) => {
      const endedAt = resolvedAt !== null && resolvedAt <= asOf ? resolvedAt : null
      const levels = warning.levels.filter(({ since }) => since <= asOf)
      const level = levels.at(-1)?.level ?? warning.level
      const days = ((endedAt ?? asOf) - raisedAt) / DAY_MS
      return { kind, level, levels, raisedAt, resolvedAt: endedAt, days }
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
      baselines: total('baselines'),
      dueDates: total('dueDates'),
      weights: total('weights'),
      rules: total('rules'),
      easier: total('easier'),
      late: total('late'),
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

function rowHint(row: Row | null, team: TeamKey | null): Hint[] {
  return row === null ? [] : [{ ...row, team }]
}

/** Of a goal that nothing was measured of, nobody knows whether it was easy or hard. */
export function gradedObjective({
  title,
  team,
  ambition,
  grade,
  keyResults,
}: ObjectiveRetrospective): GradedObjective {
  const isMeasured = grade.withoutData.length < keyResults.length
  return { title, team, ambition, score: isMeasured ? grade.score : null }
}
