import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { sprintRows } from './load/sprint-rows.ts'
import { readCsvFile } from '../src/adapters/system/backtest-files.ts'
import { BACKTEST_COLUMNS, csvLine, readHeader, readRow } from '../src/contracts/backtest-csv.ts'
import { backtestReport, forecastInOrder } from '../src/domain/backtest/report.ts'
import type { BacktestRow } from '../src/domain/backtest/walk-forward.ts'
import type { Surroundings } from './surroundings.ts'

const ROWS = 1_900
const LIMIT_SECONDS = 10
const MAIN = resolve(import.meta.dirname, '../src/main.ts')

const run = promisify(execFile)

/**
 * Forecasting past sprints row by row: against only reading them, twice as many against as many, and the command as it
 * is run, against a limit.
 */
export async function backtest({ isQuick, say }: Surroundings): Promise<Figure[]> {
  const [rounds, count] = isQuick ? [1, 190] : [5, ROWS]
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-backtest-'))
  const file = join(folder, 'sprints.csv')
  const rows = sprintRows(2 * count)
  writeFileSync(file, csvOf(rows.slice(0, count)))
  const forecastRows = (many: number) => () =>
    timed(() => Promise.resolve(backtestReport(forecastInOrder(rows.slice(0, many)))))
  const command = () =>
    timed(async () => {
      const { stdout } = await run(process.execPath, [
        MAIN,
        'backtest',
        '--csv',
        file,
        '--out',
        `${file}.out`,
      ])
      if (!stdout.startsWith(`${count} rows `)) throw new Error(`the backtest said: ${stdout}`)
    })
  try {
    const [forecasting, reading] = await byTurns(rounds, forecastRows(count), () =>
      timed(() => expectRows(file, count)),
    )
    const [twice, once] = await byTurns(rounds, forecastRows(2 * count), forecastRows(count))
    const [commands] = await byTurns(Math.min(rounds, 3), command, () => Promise.resolve())
    say(`${count} rows: ${median(forecasting).toFixed(2)} s, the command ${median(commands).toFixed(2)} s`)
    return [
      figure({
        name: 'backtest',
        value: median(forecasting),
        baseline: median(reading),
        unit: 's',
        detail: `${count} rows forecast one after another, with the report, against only reading them from a file`,
        target: null,
      }),
      figure({
        name: 'backtest.limit',
        value: median(commands),
        baseline: LIMIT_SECONDS,
        unit: 's',
        detail: `throughline backtest --csv of ${count} rows, from its start to its end, against a limit`,
        target: { atMost: 1 },
      }),
      figure({
        name: 'backtest.twice',
        value: median(twice),
        baseline: median(once),
        unit: 's',
        detail: `${2 * count} rows of one group, against ${count}`,
        target: { atMost: 2.5 },
      }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function csvOf(rows: readonly BacktestRow[]): string {
  const lines = rows.map((row) => {
    const amounts = [row.start, row.added, row.removed, row.toDo, row.inProgress, row.done]
    const numbers = [
      row.elapsedShare,
      row.plannedDays,
      ...amounts.flatMap(({ issues, points }) => [issues, points]),
      row.teamSize,
      row.outcome,
    ]
    return csvLine([row.group, row.board, row.sprint, ...numbers.map(String)])
  })
  return [csvLine(BACKTEST_COLUMNS), ...lines, ''].join('\n')
}

async function expectRows(file: string, count: number): Promise<void> {
  const [header, ...records] = await readCsvFile(file)
  const columns = header?.kind === 'read' ? readHeader(header.fields) : null
  if (columns?.kind !== 'read') throw new Error('the file has no header')
  const read = records.filter(
    (record) =>
      record.kind === 'read' &&
      readRow(record.fields, columns.places, BACKTEST_COLUMNS.length).kind === 'read',
  )
  if (read.length !== count) throw new Error(`${read.length} of ${count} rows were read`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return (performance.now() - startAt) / 1_000
}
