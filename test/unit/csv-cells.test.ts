import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecords, separatorOf } from '../../src/contracts/okrs-csv/csv-records.ts'
import { readDay } from '../../src/contracts/okrs-csv/date-cell.ts'
import { decodeText } from '../../src/contracts/okrs-csv/decode-text.ts'
import { guarded, unguarded } from '../../src/contracts/okrs-csv/formula-guard.ts'
import { numberText, readNumber } from '../../src/contracts/okrs-csv/number-cell.ts'
import { planText, readPlan, readSteps, stepsText } from '../../src/contracts/okrs-csv/structured-cell.ts'
import { readDayOfTime, readSaidAt } from '../../src/contracts/okrs-csv/time-cell.ts'
import { csvLine } from '../../src/contracts/backtest-csv.ts'

describe('numbers', () => {
  const numbers: [string, '.' | ',' | null, number][] = [
    ['1,234.5', null, 1234.5],
    ['1.234,5', null, 1234.5],
    ['1,234,567', null, 1_234_567],
    ['1.234.567', null, 1_234_567],
    ['12,5', null, 12.5],
    ['0.125', null, 0.125],
    ['1,234', '.', 1234],
    ['1,234', ',', 1.234],
    ['1.234', '.', 1.234],
    ['1 234,5', null, 1234.5],
    ["1'234.5", null, 1234.5],
    ['(12)', null, -12],
    ['−5', null, -5],
    ['-3.25', null, -3.25],
    ['１２３', null, 123],
    ['1e-7', null, 1e-7],
  ]
  it.each(numbers)('reads %s with the mark %s as %d', (text, mark, value) => {
    expect(readNumber(text, mark)).toMatchObject({ kind: 'number', value })
  })

  it.each([
    ['45 %', 45, '%'],
    ['$1,200.50', 1200.5, '$'],
    ['-€ 20', -20, '€'],
    ['100元', 100, '元'],
    ['20 CHF', 20, 'CHF'],
  ])('takes %s as %d with its unit', (text, value, unit) => {
    expect(readNumber(text, null)).toEqual({ kind: 'number', value, unit })
  })

  it.each(['1,234', '1.234', '-999.000'])('does not guess what %s is', (text) => {
    expect(readNumber(text, null)).toMatchObject({ kind: 'ambiguous' })
  })

  it.each(['abc', '=1+1', '12 h', '1,23,4.5', '1.2x', '', '1,2,3', '--4', '1e400', '1e16'])(
    'takes %s for no number',
    (text) => {
      expect(readNumber(text, '.')).toEqual({ kind: 'not_a_number' })
    },
  )

  it.each(['1.2k', '€ 1.2m', '1,5 Mio', '3 Mrd.', '12 k€', '100 万', '2亿'])(
    'says of %s that it is shortened',
    (text) => {
      expect(readNumber(text, null)).toEqual({ kind: 'shortened' })
    },
  )

  it('reads back every number of an export, whatever else the file holds', () => {
    const written = fc.oneof(
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.integer({ min: -999_999, max: 999_999 }).map((thousandths) => thousandths / 1000),
    )
    fc.assert(
      fc.property(written, (value) => {
        expect(readNumber(numberText(value), null)).toMatchObject({
          kind: 'number',
          value: value === 0 ? 0 : value,
        })
      }),
      { examples: [[1.234], [-999.125], [0.125]] },
    )
  })

  it('reads back every number that is written with a point', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(readNumber(String(value), '.')).toMatchObject({
          kind: 'number',
          value: value === 0 ? 0 : value,
        })
      }),
    )
  })
})

describe('days', () => {
  it.each([
    ['2026-12-31', null],
    ['2026/12/31', null],
    ['2026年12月31日', null],
    ['31.12.2026', null],
    ['31/12/2026', null],
    ['12/31/2026', null],
    ['31 Dec 2026', null],
    ['December 31, 2026', null],
    ['12/31/2026', 'mdy'],
    ['31-12-2026', 'dmy'],
    ['2026-12-31 (Thu)', null],
    ['Thu, 31 Dec 2026', null],
    ['Thursday, December 31, 2026', null],
    ['31.12.2026 Thurs.', null],
    ['2026年12月31日（星期四）', null],
    ['2026年12月31日周四', null],
  ] as const)('reads %s with the format %s', (text, format) => {
    expect(readDay(text, format)).toEqual({ kind: 'day', day: '2026-12-31' })
  })

  it.each([
    '2026-12-31T10:00:00Z',
    '12/31/2026 0:00',
    '31 Dec 2026, 11:59 PM CET',
    '2026-12-31 10:00 +0100',
    'Thu, 31 Dec 2026 10:00  am Europe/Berlin',
    '31.12.2026',
    ...['2026-12-31 24:00', '2026-12-31T24:00:00.000Z', '31.12.2026 24:00 CET', '2026-12-31T23:59:60Z'],
  ])('passes over the time of %s where a day is asked for', (text) => {
    expect(readDayOfTime(text, null)).toEqual({ kind: 'day', day: '2026-12-31' })
  })

  it.each([
    '2026-12-31 or later',
    '31.12.2026 (moved)',
    '2026-12-31 - 2027-01-31',
    '2026-12-31 10:00 or later',
  ])('passes over nothing but a time: %s', (text) => {
    expect(readDayOfTime(text, null)).toEqual({ kind: 'not_a_day' })
  })

  it.each([
    ...['2026-12-31T25:99', '2026-12-31 24:01', '2026-12-31 24:00:00.5'],
    ...['2026-12-31 24:00 PM', '2026-12-31 22:59:60', '31.12.2026 13:30 PM'],
  ])('does not pass over a time that no clock shows, nor one past the end of the day: %s', (text) => {
    expect(readDayOfTime(text, null)).toEqual({ kind: 'not_a_time' })
  })

  it('refuses to guess the order of day and month, and takes it when it is told', () => {
    expect(readDay('05/12/2026', null)).toEqual({ kind: 'ambiguous' })
    expect(readDay('05/12/2026', 'dmy')).toEqual({ kind: 'day', day: '2026-12-05' })
    expect(readDay('05/12/2026', 'mdy')).toEqual({ kind: 'day', day: '2026-05-12' })
    expect(readDay('05/05/2026', null)).toEqual({ kind: 'day', day: '2026-05-05' })
  })

  it.each([
    '46387',
    '31/12/26',
    '2026-02-30',
    '13/13/2026',
    'next week',
    '1776-07-04',
    '12/31/2026x',
    '2026-12-31 (Fri)',
    'Thu',
  ])('takes %s for no day', (text) => {
    expect(readDay(text, null)).toEqual({ kind: 'not_a_day' })
  })
})

describe('times', () => {
  it.each([
    ['2026-11-02T09:30:00.250Z', { kind: 'instant', at: Date.UTC(2026, 10, 2, 9, 30, 0, 250) }],
    ['2026-11-02 09:30 +0100', { kind: 'instant', at: Date.UTC(2026, 10, 2, 8, 30) }],
    ['2026-11-02 23:59', { kind: 'local', day: '2026-11-02', time: '23:59:00' }],
    ['Nov 2, 2026 12:05 AM', { kind: 'local', day: '2026-11-02', time: '00:05:00' }],
    ['Mon, 2 Nov 2026 9:30  AM', { kind: 'local', day: '2026-11-02', time: '09:30:00' }],
    ['2026-11-02', { kind: 'day', day: '2026-11-02' }],
    ...[
      ...['2026-11-02T8:30Z', '02.11.2026 08:30 UTC', '2026-11-02 08:30 gmt', 'Nov 2, 2026 8:30 AM GMT'],
      ...[
        '2026-11-02 09:30+01',
        '2026-11-02 10:30 UTC+2',
        '2 Nov 2026, 09:30:00 (UTC+01:00)',
        '02.11.2026 03:30 −0500',
      ],
    ].map((text): [string, object] => [text, { kind: 'instant', at: Date.UTC(2026, 10, 2, 8, 30) }]),
  ])('reads %s', (text, said) => {
    expect(readSaidAt(text, null)).toEqual(said)
  })

  it.each([
    ['2026-02-30T10:00Z', 'not_a_day'],
    ['2026-13-01T10:00+01:00', 'not_a_day'],
    ['2026-02-30 10:00', 'not_a_day'],
    ['2026-11-02 24:00', 'not_a_time'],
    ['2026-11-02T24:00Z', 'not_a_time'],
    ['2026-11-02 09:60', 'not_a_time'],
    ['Nov 2, 2026 13:05 PM', 'not_a_time'],
    ['2026-11-02T10:00+99:00', 'not_a_time'],
    ...[
      'CET',
      'EST',
      'CST',
      'PT',
      '(CET)',
      'Etc/GMT+2',
      'Europe/Berlin',
      'America/New_York',
      'GMT+2 or so',
      'o’clock',
    ].map((zone): [string, string] => [`2026-11-02 09:30 ${zone}`, 'unknown_zone']),
    ['Nov 2, 2026 9:30 AM PST', 'unknown_zone'],
    ['2026-11-02 in the morning', 'not_a_day'],
  ])('takes %s for none: %s', (text, kind) => {
    expect(readSaidAt(text, null)).toEqual({ kind })
  })
})

describe('records', () => {
  it.each([
    ['a,b;c,d', ','],
    ['a;b;c', ';'],
    ['"a;b;c;d",e\tf\tg', '\t'],
    ['one', ','],
    ['a|b,c|d', '|'],
  ])('tells the separator of the header %s', (text, separator) => {
    expect(separatorOf(text)).toEqual({ separator, start: 0 })
  })

  it('counts lines through quoted line breaks, blank lines and any line ends', () => {
    const text = 'a,b\r\n"x\ny",1\n\n,\rlast,2'
    expect([...csvRecords(text, ',')]).toEqual([
      { kind: 'read', line: 1, fields: ['a', 'b'] },
      { kind: 'read', line: 2, fields: ['x\ny', '1'] },
      { kind: 'read', line: 6, fields: ['last', '2'] },
    ])
  })

  it('gives up one line for a quote that does not close, not the file', () => {
    const text = 'title,n\n"open,1\nfine,2\n"also ""fine""",3\n'
    expect([...csvRecords(text, ',')]).toMatchObject([
      { kind: 'read', line: 1 },
      { kind: 'broken', line: 2 },
      { kind: 'read', line: 3, fields: ['fine', '2'] },
      { kind: 'read', line: 4, fields: ['also "fine"', '3'] },
    ])
  })

  it('reads back whatever was written', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', ' ', '目', "'") })
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const fields = ['x', ...cells]
        expect([...csvRecords(`${csvLine(fields)}\r\n`, ',')]).toEqual([{ kind: 'read', line: 1, fields }])
      }),
    )
  })
})

describe('encodings', () => {
  it('reads UTF-8 and UTF-16 by their marks, and UTF-8 without one', () => {
    const utf16 = Buffer.from('\uFEFF目标,1', 'utf16le')
    const files = [Buffer.from('目标,1'), Buffer.from('\uFEFF目标,1'), utf16, Buffer.from(utf16).swap16()]
    for (const file of files) expect(decodeText(file)).toEqual({ kind: 'text', text: '目标,1' })
  })

  it.each([
    ['GB18030', Uint8Array.of(0xc4, 0xbf, 0xb1, 0xea)],
    ['a workbook', Buffer.from('PK\u0003\u0004\0\0')],
  ])('refuses %s and says what to do', (_name, bytes) => {
    const read = decodeText(bytes)
    expect(read).toMatchObject({ kind: 'unreadable' })
    expect(read.kind === 'unreadable' && read.why).toMatch(/CSV UTF-8/)
  })
})

describe('text that a spreadsheet would run', () => {
  it.each(['=1+1', '+49 30', '-5', '@SUM(A1)', '\tx', '＝1', "'=1", "''+"])('is guarded: %s', (text) => {
    expect(guarded(text)).toBe(`'${text}`)
  })

  it('comes back as it was, whatever it was', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', 'a', ' ', '＝', '\t') })
    fc.assert(
      fc.property(text, (any) => {
        expect(unguarded(guarded(any))).toBe(any)
      }),
    )
  })
})

describe('cells of several things', () => {
  it('reads back steps and plans as they were written', () => {
    const steps = [
      { title: 'Kick-off', percent: 12.5, issue: null },
      { title: '[sic] done', percent: 40, issue: { site: 'main', issue: '10001' } },
      { title: '\\[odd', percent: 60, issue: null },
      { title: '% of all', percent: 100, issue: { site: 'main', issue: 'PROJ-7' } },
    ]
    expect(readSteps(stepsText(steps))).toEqual(steps)
    const plan = { kind: 'targets', targets: [{ day: '2026-10-31', progress: 0.3 }] } as const
    expect(readPlan(planText(plan))).toEqual(plan)
    expect(readPlan('soon')).toBeNull()
    expect(readSteps('first: kick-off')).toBeNull()
  })
})
