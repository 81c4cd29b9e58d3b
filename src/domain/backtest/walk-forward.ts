import type { SprintObservation } from '../sprints/forecast/observation.ts'
import type { EpochMs } from '../time.ts'

/** A sprint at one instant, with what came of it: points delivered by its end minus points in scope then. */
export interface BacktestRow extends SprintObservation {
  readonly outcome: number
}

/** The same with the instants that say what was known when. */
export interface DatedRow extends BacktestRow {
  readonly observedAt: EpochMs
  readonly endedAt: EpochMs
}

/** What forecasts, and learns from what has ended. */
export interface Learner<Forecast> {
  predict(observation: SprintObservation): Forecast
  learn(observation: SprintObservation, outcome: number): void
}

/**
 * Forecasts every row in order, as if its sprint were running: a sprint is learned from only after the last of its
 * rows, so that no row sees an outcome of its own sprint, or of one that has rows to come.
 *
 * @returns one forecast per row, in the order of the rows
 */
export function walkForward<Forecast>(rows: readonly BacktestRow[], learner: Learner<Forecast>): Forecast[] {
  const ofSprint = Map.groupBy(rows, sprintKeyOf)
  const toCome = new Map([...ofSprint].map(([key, sprint]) => [key, sprint.length]))
  return rows.map((row) => {
    const forecast = learner.predict(row)
    const key = sprintKeyOf(row)
    toCome.set(key, toCome.get(key)! - 1)
    if (toCome.get(key) === 0) for (const ended of ofSprint.get(key)!) learner.learn(ended, ended.outcome)
    return forecast
  })
}

/**
 * Forecasts every row at its instant: a sprint is learned from once it has ended, also when others run beside it.
 *
 * @returns the rows with their forecasts, in the order of their instants
 */
export function walkThroughTime<Forecast>(
  rows: readonly DatedRow[],
  learner: Learner<Forecast>,
): { row: DatedRow; forecast: Forecast }[] {
  const ended = rows.toSorted((a, b) => a.endedAt - b.endedAt || a.observedAt - b.observedAt)
  let learned = 0
  return rows
    .toSorted((a, b) => a.observedAt - b.observedAt)
    .map((row) => {
      for (; learned < ended.length && ended[learned]!.endedAt <= row.observedAt; learned++) {
        learner.learn(ended[learned]!, ended[learned]!.outcome)
      }
      return { row, forecast: learner.predict(row) }
    })
}

/** Names of sprints repeat between boards, and names of boards between groups. */
export function sprintKeyOf({ group, board, sprint }: SprintObservation): string {
  return JSON.stringify([group, board, sprint])
}
