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
import { backtestCsv, observation } from '../support/observations.ts'

const records = (text: string) => [...csvRecords(text)]
const fieldsOf = (text: string) =>
  records(text).map((record) => (record.kind === 'read' ? record.fields : record.kind))

describe('the records of a CSV file', () => {
  it('are the same with a byte order mark, with any line ends, and without a last one', () => {
    const expected = [
      ['a', 'b'],
      ['1', '2'],
    ]
    for (const text of ['a,b\n1,2\n', 'a,b\r\n1,2\r\n', '\uFEFFa,b\n1,2', 'a,b\r1,2\r', 'a,b\n\n1,2\n\n']) {
      expect(fieldsOf(text)).toEqual(expected)
    }
    expect(records('')).toEqual([])
    expect(records('\uFEFF\n')).toEqual([])
  })

  it('know their line, also after blank lines and quoted line breaks', () => {
    const text = 'a,b\n\n"x\r\ny","say ""hi"", now"\nlast,1'
    expect(records(text)).toEqual([
      { kind: 'read', line: 1, fields: ['a', 'b'] },
      { kind: 'read', line: 3, fields: ['x\ny', 'say "hi", now'] },
      { kind: 'read', line: 5, fields: ['last', '1'] },
    ])
  })

  it('lose one line to a broken quote, not what stands between it and the next', () => {
    const rows = Array.from({ length: 30 }, (_, index) => `row,${index}`)
    const read = records(['a,b', '"never closed,1', ...rows, 'nor "this,2', ...rows].join('\n'))
    const broken = read.filter(({ kind }) => kind === 'broken')
    expect(broken.map(({ line }) => line)).toEqual([2, 33])
    expect(read).toHaveLength(1 + 2 + 60)
    expect(fieldsOf('a,b\nx"y"z,1\nz,2')).toEqual([['a', 'b'], 'broken', ['z', '2']])
  })

  it('lose a line each to two stray quotes, and none in between', () => {
    const read = [...csvRecords('a,1\nb",2\nc,3\nd",4\ne,5')]
    expect(read.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
      'read 1',
      'broken 2',
      'read 3',
      'broken 4',
      'read 5',
    ])
  })

  it('give back what was written, whatever the names hold', () => {
    const field = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\r', ''))
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const lines = rows.map((row) => csvLine(['x', ...row]))
        expect(fieldsOf(lines.join('\n'))).toEqual(rows.map((row) => ['x', ...row]))
      }),
    )
  })
})

describe('the columns of a backtest file', () => {
  it('may stand in any order, with others between them', () => {
    const header = readHeader(
      [...BACKTEST_COLUMNS].reverse().flatMap((column) => [` ${column.toUpperCase()}`, 'x']),
    )
    expect(header).toMatchObject({ kind: 'read', places: { outcome: 0, group: 36 } })
  })

  it('are named where they are missing', () => {
    expect(readHeader(['group', 'board'])).toEqual({
      kind: 'columns_missing',
      columns: BACKTEST_COLUMNS.slice(2),
    })
  })
})

describe('a row of a backtest file', () => {
  const written = { ...observation({ sprint: 'Sprint, "the last"' }), outcome: -4.5 }
  const [header, fields] = fieldsOf(backtestCsv([written])) as string[][]
  const columns = readHeader(header!)
  if (columns.kind !== 'read') throw new Error('the header is not one')
  const read = (...changes: [column: (typeof BACKTEST_COLUMNS)[number], text: string][]) => {
    const changed = [...fields!]
    for (const [column, text] of changes) changed[columns.places[column]] = text
    return readRow(changed, columns.places, header!.length)
  }

  it('is read as it was written', () => {
    expect(read()).toEqual({ kind: 'read', row: written })
    expect(read(['planned_days', ' 1.4e1 '], ['team_size', '4.0'])).toEqual({ kind: 'read', row: written })
  })

  it.each([
    ['todo_count', 'many', 'todo_count is not a number: "many"'],
    ['todo_count', '', 'todo_count is not a number: ""'],
    ['done_points', 'NaN', 'done_points is not a number: "NaN"'],
    ['done_points', 'Infinity', 'done_points is not a number: "Infinity"'],
    ['done_points', '0x10', 'done_points is not a number: "0x10"'],
    ['done_points', '-1', 'done_points is negative: "-1"'],
    ['done_points', '1e300', 'done_points is more than 1,000,000,000: "1e300"'],
    ['outcome', '-1e10', 'outcome is less than −1,000,000,000: "-1e10"'],
    ['elapsed_share', '30', 'elapsed_share is more than 1: expected a share of the time: "30"'],
    ['sprint', '', 'sprint is empty: ""'],
    ['team_size', `\u001b[31m${'x'.repeat(99)}`, `team_size is not a number: "[31m${'x'.repeat(35)}…"`],
    ['outcome', 'a\u202e\u009b2J\u200bb', 'outcome is not a number: "a2Jb"'],
  ] as const)('is not read with %s %j', (column, text, why) => {
    expect(read([column, text])).toEqual({ kind: 'unreadable', why })
  })

  it('is not read when it is too short or too long', () => {
    expect(readRow(fields!.slice(1), columns.places, header!.length)).toEqual({
      kind: 'unreadable',
      why: 'has 18 fields, the header has 19',
    })
  })

  it('names every field that is wrong', () => {
    expect(read(['todo_count', 'a'], ['outcome', 'b'])).toEqual({
      kind: 'unreadable',
      why: 'todo_count is not a number: "a"; outcome is not a number: "b"',
    })
  })

  it('becomes a line with its names as they were', () => {
    const line = csvLine(forecastFields(written, { pUnder: 1 / 3, expectedOutcome: -1 / 3 }))
    expect(line).toBe('acme,web,"Sprint, ""the last""",0.5,0.333333,-0.333')
  })

  it('keeps names that a spreadsheet or a terminal would obey: programs find rows by them', () => {
    for (const sprint of ['=1+1', '+1', '-1', '@x', "'x", '\tx', '\u001b[2J']) {
      const line = csvLine(forecastFields({ ...written, sprint }, { pUnder: 0.5, expectedOutcome: 0 }))
      expect(fieldsOf(line)[0]).toEqual(['acme', 'web', sprint, '0.5', '0.500000', '0'])
    }
  })
})
