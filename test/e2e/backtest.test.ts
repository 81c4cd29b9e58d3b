import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BacktestReport } from '../../src/domain/backtest/report.ts'
import { runCommand } from '../support/hosted-commands.ts'
import { backtestCsv } from '../support/observations.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { FAMILIES, simulateSprints } from '../support/simulated-sprints.ts'

const ROWS = ['steady', 'bursty'].flatMap((name, index) => simulateSprints(FAMILIES[name]!, index, name))
const JUDGED_ROWS = 1_900

let folder: PrivateFolder
beforeEach(() => {
  folder = privateFolder()
})
afterEach(() => folder.remove())

const at = (name: string) => join(folder.path, name)
function file(content: string): string {
  writeFileSync(at('sprints.csv'), content)
  return at('sprints.csv')
}
const backtest = (...args: string[]) => runCommand(['backtest', ...args])

describe('throughline backtest of a file', () => {
  it('forecasts every row in order, says how good that was and draws it', async () => {
    const rows = [...ROWS, ...simulateSprints(FAMILIES.seasonal!, 9, 'more')].slice(0, JUDGED_ROWS)
    expect(rows).toHaveLength(JUDGED_ROWS)
    const csv = file(backtestCsv(rows))
    const { code, output, errors } = await backtest(
      '--csv',
      csv,
      '--out',
      at('out.csv'),
      '--svg',
      at('out.svg'),
    )
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(output).toMatch(/^1900 rows of 475 sprints in 3 groups; 0 rows skipped\.$/m)
    expect(output).toMatch(/^forecast +0\.\d{3} +0\.\d{3} +0\.\d{3} +0\.\d{3}$/m)

    const forecasts = parse<Record<string, string>>(readFileSync(at('out.csv')), { columns: true })
    expect(Object.keys(forecasts[0]!).join()).toBe(
      'group,board,sprint,elapsed_share,p_under,expected_outcome',
    )
    expect(forecasts.map((row) => [row.group, row.board, row.sprint, Number(row.elapsed_share)])).toEqual(
      rows.map((row) => [row.group, row.board, row.sprint, row.elapsedShare]),
    )
    for (const { p_under } of forecasts) {
      expect(Number(p_under)).toBeGreaterThanOrEqual(0.01)
      expect(Number(p_under)).toBeLessThanOrEqual(0.99)
    }
    expect(readFileSync(at('out.svg'), 'utf8')).toMatch(/^<svg [\s\S]+<\/svg>\n$/)
  })

  it('prints the same as JSON', async () => {
    const { code, output } = await backtest('--csv', file(backtestCsv(ROWS)), '--json')
    expect(code).toBe(0)
    const report = JSON.parse(output) as BacktestReport & { skipped: number }
    expect(report).toMatchObject({ rows: ROWS.length, groups: 2, skipped: 0 })
    expect(report.underway.forecast.brier).toBeLessThan(report.underway.remainingShare.brier!)
  })

  it('skips what it cannot read, names the lines, and forecasts the rest as if they were not there', async () => {
    const [header, ...lines] = backtestCsv(ROWS).trimEnd().split('\n')
    const clean = file([header, ...lines].join('\n'))
    await backtest('--csv', clean, '--out', at('clean.csv'))
    const spoilt = [
      header,
      lines[0],
      'no row',
      ...lines.slice(1, 9),
      lines[9]!.replace(/,[^,]+$/, ',NaN'),
      ...lines.slice(9),
    ]
    const { code, output, errors } = await backtest(
      '--csv',
      file(`\uFEFF${spoilt.join('\r\n')}\r\n`),
      '--out',
      at('spoilt.csv'),
    )
    expect(code).toBe(0)
    expect(errors.trim().split('\n')).toEqual([
      'line 3 skipped: has 1 fields, the header has 19',
      'line 12 skipped: outcome is not a number: "NaN"',
    ])
    expect(output).toContain('2 rows skipped')
    expect(readFileSync(at('spoilt.csv'), 'utf8')).toBe(readFileSync(at('clean.csv'), 'utf8'))
  })

  const header = backtestCsv([])
  it.each([
    [
      'an empty file',
      '',
      /^The file .+sprints\.csv is empty; expected a header with the columns group, board/,
    ],
    ['a file of something else', 'a;b\n1;2\n', /has no column group, board, sprint, .+ outcome; expected/],
    ['a file without one column', header.replace(',team_size', ''), /has no column team_size; expected/],
    ['a file without a readable row', `${header}a,b\n`, /^None of the 1 rows .+ line 2: has 2 fields/],
  ])('refuses %s with what it saw and what it expected', async (_, content, message) => {
    const { code, output, errors } = await backtest('--csv', file(content), '--out', at('out.csv'))
    expect({ code, output }).toEqual({ code: 1, output: '' })
    expect(errors).toMatch(message)
    expect(errors).toMatch(/\n\[OKR_INPUT_INVALID\]\n$/)
    expect(existsSync(at('out.csv'))).toBe(false)
  })

  it('refuses files that it cannot open, and to write over its input', async () => {
    const csv = file(backtestCsv(ROWS))
    for (const [args, message] of [
      [['--csv', at('nowhere.csv')], 'cannot be read: there is no file'],
      [['--csv', csv, '--out', join(folder.path, 'no', 'out.csv')], 'cannot be written: there is no folder'],
      [['--csv', csv, '--out', csv], 'name the same file'],
    ] as const) {
      const { code, errors } = await backtest(...args)
      expect(code).toBe(1)
      expect(errors).toContain(message)
      expect(errors).toContain('[OKR_INPUT_INVALID]')
    }
    expect(readFileSync(csv, 'utf8')).toBe(backtestCsv(ROWS))
  })

  it('has nothing to say of a file with a header alone', async () => {
    const { code, output } = await backtest('--csv', file(header))
    expect(code).toBe(0)
    expect(output).toContain('0 rows of 0 sprints in 0 groups; 0 rows skipped. There is nothing to forecast.')
  })
})
