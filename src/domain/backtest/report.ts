import { createSprintForecaster, type SprintForecast } from '../sprints/forecast/sprint-forecast.ts'
import { calibrationByDecile, type CalibrationBin } from './calibration.ts'
import { paceRule, remainingShareRule, type RuleOfThumb } from './rules-of-thumb.ts'
import { areaUnderCurve, brierScore, errorInSpreads, mean } from './scores.ts'
import { sprintKeyOf, walkForward, walkThroughTime, type BacktestRow, type DatedRow } from './walk-forward.ts'

export interface ForecastRow {
  readonly row: BacktestRow
  readonly forecast: SprintForecast
}

/** How good forecasts were; a figure that the rows do not allow is null. */
export interface Scores {
  readonly brier: number | null
  readonly auc: number | null
  /** Mean over the groups that allow one: a group's forecasts are only compared with its own. */
  readonly aucOverGroups: number | null
  /** Mean absolute error of the expected outcome ÷ interquartile range of the outcomes, mean over groups. */
  readonly maeOverIqr: number | null
}

export interface Comparison {
  readonly rows: number
  /** Share of the rows whose sprint delivered less than was in scope. */
  readonly under: number | null
  readonly forecast: Scores
  readonly remainingShare: Scores
  readonly pace: Scores
}

export interface BacktestReport {
  readonly rows: number
  readonly sprints: number
  readonly groups: number
  readonly overall: Comparison
  /** Without the rows of the start, of which nothing but the plan is known. */
  readonly underway: Comparison
  readonly byElapsedShare: readonly ({ readonly elapsedShare: number } & Comparison)[]
  readonly byGroup: readonly ({ readonly group: string } & Comparison)[]
  readonly calibration: readonly CalibrationBin[]
}

/** Forecasts rows of a file, in its order. */
export function forecastInOrder(rows: readonly BacktestRow[]): ForecastRow[] {
  const forecasts = walkForward(rows, createSprintForecaster())
  return rows.map((row, index) => ({ row, forecast: forecasts[index]! }))
}

/** Forecasts rows whose instants are known. */
export function forecastThroughTime(rows: readonly DatedRow[]): ForecastRow[] {
  return walkThroughTime(rows, createSprintForecaster())
}

export function backtestReport(forecasts: readonly ForecastRow[]): BacktestReport {
  const by = <K>(key: (row: BacktestRow) => K) => Map.groupBy(forecasts, ({ row }) => key(row))
  return {
    rows: forecasts.length,
    sprints: by(sprintKeyOf).size,
    groups: by(({ group }) => group).size,
    overall: compare(forecasts),
    underway: compare(forecasts.filter(({ row }) => row.elapsedShare > 0)),
    byElapsedShare: [...by(({ elapsedShare }) => Math.round(elapsedShare * 10) / 10)]
      .sort(([a], [b]) => a - b)
      .map(([elapsedShare, some]) => ({ elapsedShare, ...compare(some) })),
    byGroup: [...by(({ group }) => group)].map(([group, some]) => ({ group, ...compare(some) })),
    calibration: calibrationByDecile(
      forecasts.map(({ row, forecast: { pUnder } }) => ({ pUnder, isUnder: row.outcome < 0 })),
    ),
  }
}

function compare(forecasts: readonly ForecastRow[]): Comparison {
  return {
    rows: forecasts.length,
    under: mean(forecasts.map(({ row }) => Number(row.outcome < 0))),
    forecast: scoresOf(forecasts, ({ forecast }) => forecast),
    remainingShare: scoresOf(forecasts, ({ row }) => remainingShareRule(row)),
    pace: scoresOf(forecasts, ({ row }) => paceRule(row)),
  }
}

function scoresOf(forecasts: readonly ForecastRow[], say: (forecast: ForecastRow) => RuleOfThumb): Scores {
  const scored = forecasts.map((forecast) => ({
    ...say(forecast),
    group: forecast.row.group,
    outcome: forecast.row.outcome,
    isUnder: forecast.row.outcome < 0,
  }))
  const groups = [...Map.groupBy(scored, ({ group }) => group).values()]
  const overGroups = (score: (some: typeof scored) => number | null) =>
    mean(groups.map(score).filter((value) => value !== null))
  return {
    brier: brierScore(scored),
    auc: areaUnderCurve(scored),
    aucOverGroups: overGroups(areaUnderCurve),
    maeOverIqr: overGroups(errorInSpreads),
  }
}
