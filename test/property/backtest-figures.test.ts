import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecords } from '../../src/adapters/system/backtest-files.ts'
import {
  BACKTEST_COLUMNS,
  csvLine,
  forecastFields,
  readHeader,
  readRow,
} from '../../src/contracts/backtest-csv.ts'
import { calibrationPicture } from '../../src/domain/backtest/calibration-picture.ts'
import { backtestReport, forecastInOrder } from '../../src/domain/backtest/report.ts'
import type { BacktestRow } from '../../src/domain/backtest/walk-forward.ts'

const quantity = fc.oneof(
  fc.constantFrom('0', '-0', '1', '5e-324', '1e-300', '0.000001', '999999999.5', '1e9', '1e300', '-1', ''),
  fc.nat(40).map(String),
  fc.double({ min: 0, max: 1e9, noNaN: true }).map(String),
)
const share = fc.constantFrom('0', '5e-324', '0.3', '0.5', '0.8', '0.9999999999999999', '1', '1.1')
const outcome = fc.oneof(
  fc.constantFrom('0', '-0', '-5e-324', '1e-300', '-1e-300', '-1e9', '1e9', '-1e300', ''),
  fc.integer({ min: -60, max: 20 }).map(String),
)
const name = fc.constantFrom('a', 'b', '=1+1', '', ' ')
const sprint = fc.nat(6).map(String)

/** Lines in a column order of their own, few groups and sprints, so that much is learned. */
const file = fc
  .shuffledSubarray([...BACKTEST_COLUMNS], { minLength: BACKTEST_COLUMNS.length })
  .chain((columns) =>
    fc
      .array(fc.tuple(...columns.map((column) => valueOf(column))), { minLength: 1, maxLength: 40 })
      .map((rows) => [columns, ...rows].map(csvLine).join('\r\n')),
  )

function valueOf(column: (typeof BACKTEST_COLUMNS)[number]): fc.Arbitrary<string> {
  if (column === 'group' || column === 'board') return name
  if (column === 'sprint') return sprint
  if (column === 'elapsed_share') return share
  return column === 'outcome' ? outcome : quantity
}

function readable(text: string): BacktestRow[] {
  const [header, ...records] = [...csvRecords(text)].map((record) =>
    record.kind === 'read' ? record.fields : [],
  )
  const columns = readHeader(header!)
  if (columns.kind !== 'read') throw new Error('the header is not one')
  return records.flatMap((fields) => {
    const read = readRow(fields, columns.places, header!.length)
    return read.kind === 'read' ? [read.row] : []
  })
}

describe('a forecast of rows with any figures that can be read', () => {
  it('is a chance between 0 and 1 and a number of points, also as it is written', () => {
    let forecasts = 0
    fc.assert(
      fc.property(file, (text) => {
        for (const { row, forecast } of forecastInOrder(readable(text))) {
          const [group, board, name, elapsedShare, pUnder, expectedOutcome] = forecastFields(row, forecast)
          expect([group, board, name]).toEqual([row.group, row.board, row.sprint])
          expect(Number(elapsedShare)).toBe(row.elapsedShare)
          expect(Number(pUnder)).toBeGreaterThan(0)
          expect(Number(pUnder)).toBeLessThan(1)
          expect(expectedOutcome).toMatch(/^-?\d+(\.\d{1,3})?$/)
          for (const { pull } of forecast.inputs) expect(pull).toSatisfy(Number.isFinite)
          forecasts++
        }
      }),
      { numRuns: 400 },
    )
    expect(forecasts).toBeGreaterThan(400)
  })

  it('makes a report of numbers, with null for what the rows do not allow', () => {
    fc.assert(
      fc.property(file, (text) => {
        const report = backtestReport(forecastInOrder(readable(text)))
        const figures = JSON.stringify(report, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'NOT A NUMBER' : value,
        )
        expect(figures).not.toContain('NOT A NUMBER')
        expect(calibrationPicture(report.calibration)).not.toMatch(/NaN|Infinity|null/)
      }),
      { numRuns: 200 },
    )
  })

  it('takes thousands of groups and groups of one row', () => {
    const [row] = readable([BACKTEST_COLUMNS, BACKTEST_COLUMNS.map(exampleOf)].map(csvLine).join('\n'))
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ ...row!, group: String(index) }))
    const report = backtestReport(forecastInOrder(rows))
    expect(report).toMatchObject({ rows: 5_000, groups: 5_000, sprints: 5_000 })
    expect(report.overall.forecast).toMatchObject({ auc: null, aucOverGroups: null, maeOverIqr: null })
    expect(report.overall.forecast.brier).toBeLessThan(1)
  })
})

function exampleOf(column: (typeof BACKTEST_COLUMNS)[number]): string {
  if (column === 'elapsed_share') return '0.5'
  return column === 'outcome' ? '-3' : '4'
}
