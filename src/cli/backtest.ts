import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readCsvFile } from '../adapters/system/backtest-files.ts'
import { backtestSite } from '../app/backtest-site.ts'
import { ThroughlineError } from '../app/errors.ts'
import {
  BACKTEST_COLUMNS,
  csvLine,
  FORECAST_COLUMNS,
  forecastFields,
  readHeader,
  readRow,
} from '../contracts/backtest-csv.ts'
import { calibrationPicture } from '../domain/backtest/calibration-picture.ts'
import { backtestReport, forecastInOrder, type ForecastRow } from '../domain/backtest/report.ts'
import type { BacktestRow } from '../domain/backtest/walk-forward.ts'
import { describeBacktest } from './backtest-text.ts'
import type { Settings } from '../config.ts'
import { say, withService } from './one-off.ts'
import { createProgressLine } from './progress-line.ts'
import { whyUnreadable, whyUnwritable } from './unreachable-file.ts'

export interface BacktestOptions {
  /** A file of past sprints; without it the connected site's own are taken. */
  readonly csv?: string
  readonly out?: string
  readonly json?: boolean
  readonly svg?: string
}

export interface UnreadableRow {
  /** The header is line 1. */
  readonly line: number
  readonly why: string
}

/**
 * Forecasts past sprints as if they were running and says how good that was.
 * @throws ThroughlineError `OKR_INPUT_INVALID` for a file that cannot be read or written
 */
export async function backtest(settings: () => Settings, options: BacktestOptions): Promise<void> {
  refuseToOverwrite(options)
  const { forecasts, unreadable } =
    options.csv === undefined
      ? { forecasts: await forecastSite(settings()), unreadable: [] }
      : await forecastFile(options.csv)
  const report = backtestReport(forecasts)

  for (const { line, why } of unreadable) process.stderr.write(`line ${line} skipped: ${why}\n`)
  if (options.out !== undefined) await write(options.out, forecastCsv(forecasts))
  if (options.svg !== undefined) await write(options.svg, calibrationPicture(report.calibration))
  if (options.json === true) {
    say(JSON.stringify({ skipped: unreadable.length, unreadable, ...report }, null, 2))
    return
  }
  say(describeBacktest(report, unreadable.length))
  for (const file of [options.out, options.svg]) if (file !== undefined) say(`Written: ${file}`)
}

async function forecastSite(settings: Settings): Promise<ForecastRow[]> {
  return withService(settings, async ({ database, compileLinkRules }) => {
    const line = createProgressLine()
    const forecasts = await backtestSite(
      {
        records: database.records,
        compileLinkRules,
        onProgress: (sprints) => line.show(`${sprints} sprints read`),
      },
      settings.config.jira.siteId,
    )
    line.end()
    return forecasts
  })
}

async function forecastFile(
  file: string,
): Promise<{ forecasts: ForecastRow[]; unreadable: UnreadableRow[] }> {
  const { rows, unreadable } = await readRows(file)
  if (rows.length === 0 && unreadable.length > 0) {
    const { line, why } = unreadable[0]!
    throw invalid(
      `None of the ${unreadable.length} rows of ${file} can be read. The first of them, line ${line}: ${why}`,
    )
  }
  return { forecasts: forecastInOrder(rows), unreadable }
}

async function readRows(file: string): Promise<{ rows: BacktestRow[]; unreadable: UnreadableRow[] }> {
  const [header, ...records] = await readCsvFile(file).catch((cause: unknown) => {
    throw invalid(`The file ${file} cannot be read: ${whyUnreadable(file, cause)}.`, cause)
  })
  const expected = `expected a header with the columns ${BACKTEST_COLUMNS.join(', ')}`
  if (header === undefined) throw invalid(`The file ${file} is empty; ${expected}.`)
  if (header.kind === 'broken') throw invalid(`Line ${header.line} of ${file} ${header.why}; ${expected}.`)
  const columns = readHeader(header.fields)
  if (columns.kind === 'columns_missing') {
    throw invalid(`The file ${file} has no column ${columns.columns.join(', ')}; ${expected}.`)
  }
  const rows: BacktestRow[] = []
  const unreadable: UnreadableRow[] = []
  for (const record of records) {
    const read =
      record.kind === 'broken'
        ? ({ kind: 'unreadable', why: record.why } as const)
        : readRow(record.fields, columns.places, header.fields.length)
    if (read.kind === 'read') rows.push(read.row)
    else unreadable.push({ line: record.line, why: read.why })
  }
  return { rows, unreadable }
}

function forecastCsv(forecasts: readonly ForecastRow[]): string {
  const lines = forecasts.map(({ row, forecast }) => csvLine(forecastFields(row, forecast)))
  return [csvLine(FORECAST_COLUMNS), ...lines, ''].join('\n')
}

function refuseToOverwrite({ csv, out, svg }: BacktestOptions): void {
  const files = [csv, out, svg].flatMap((file) => (file === undefined ? [] : [resolve(file)]))
  if (new Set(files).size === files.length) return
  throw invalid('Two of --csv, --out and --svg name the same file; give each its own.')
}

async function write(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((cause: unknown) => {
    throw invalid(`The file ${file} cannot be written: ${whyUnwritable(file, cause)}.`, cause)
  })
}

function invalid(message: string, cause?: unknown): ThroughlineError {
  return new ThroughlineError('OKR_INPUT_INVALID', message, { cause })
}
