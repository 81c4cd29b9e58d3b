import type { BacktestRow } from '../../src/domain/backtest/walk-forward.ts'
import { NOTHING, type SprintObservation } from '../../src/domain/sprints/forecast/observation.ts'
import { BACKTEST_COLUMNS, csvLine } from '../../src/contracts/backtest-csv.ts'

export const amountOf = (issues: number, points: number) => ({ issues, points })

/** Half of a sprint's time has passed, and half of its ten issues are done. */
export function observation(given: Partial<SprintObservation> = {}): SprintObservation {
  return {
    group: 'acme',
    board: 'web',
    sprint: 'web 1',
    elapsedShare: 0.5,
    plannedDays: 14,
    start: amountOf(10, 30),
    added: NOTHING,
    removed: NOTHING,
    toDo: amountOf(3, 9),
    inProgress: amountOf(2, 6),
    done: amountOf(5, 15),
    teamSize: 4,
    ...given,
  }
}

/** Rows as a backtest file has them, header included, lines ended by a line feed. */
export function backtestCsv(rows: readonly BacktestRow[]): string {
  const lines = rows.map((row) => csvLine(backtestFields(row)))
  return [BACKTEST_COLUMNS.join(','), ...lines, ''].join('\n')
}

function backtestFields(row: BacktestRow): string[] {
  const amounts = [row.start, row.added, row.removed, row.toDo, row.inProgress, row.done]
  const numbers = amounts.flatMap(({ issues, points }) => [issues, points])
  return [
    row.group,
    row.board,
    row.sprint,
    ...[row.elapsedShare, row.plannedDays, ...numbers, row.teamSize, row.outcome].map(String),
  ]
}
