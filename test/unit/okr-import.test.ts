import { describe, expect, it } from 'vitest'
import { mapColumns, readMapping } from '../../src/contracts/okrs-csv/map-columns.ts'
import { readOkrsCsv } from '../../src/contracts/okrs-csv/read-okrs-csv.ts'
import { COLUMN_ALIASES } from '../../src/contracts/okrs-csv/column-aliases.ts'
import { COLUMNS } from '../../src/contracts/okrs-csv/columns.ts'
import { comparable } from '../../src/contracts/okrs-csv/map-columns.ts'
import { cycleNamed } from '../../src/domain/okr-import/cycle-name.ts'
import { hangingOn } from '../../src/domain/okr-import/left-out.ts'
import { importKeyOf } from '../../src/domain/okr-import/check-in-identity.ts'
import { measureOfRow } from '../../src/domain/okr-import/row-measure.ts'
import { translateRows } from '../../src/domain/okr-import/translate-rows.ts'
import { typedRows } from '../../src/domain/okr-import/typed-rows.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'

const NOTHING_STORED = { cycles: [], teams: [], objectives: [], keyResults: [], initiatives: [], kpis: [] }
const ONE_PROBLEM = 1
const OPTIONS = { mappings: [], dateFormat: null, decimalMark: null }

function rowsOf(csv: string) {
  const read = readOkrsCsv(Buffer.from(csv), OPTIONS)
  if (read.kind === 'unreadable') throw new Error(read.why)
  return read.rows
}

const translated = (csv: string) =>
  translateRows(rowsOf(csv), NOTHING_STORED, { cycle: '2026-Q4', without: new Set() })

describe('columns', () => {
  it('are found by a mapping, by our names, then by those of others, and none is taken twice', () => {
    const mapping = readMapping('Ziel = target')
    const mapped = mapColumns(
      ['Target Value', 'TITLE', 'Name', 'Ziel', ' due-date ', 'Mood'],
      mapping.kind === 'mapping' ? [mapping.mapping] : [],
    )
    expect(mapped).toMatchObject({ kind: 'mapped', map: { unused: ['Target Value', 'Name', 'Mood'] } })
    const places = mapped.kind === 'mapped' ? mapped.map.places : []
    expect(Object.fromEntries(places.map(({ column, index }) => [column, index]))).toEqual({
      target: 3,
      title: 1,
      due: 4,
    })
  })

  it('mean one thing each, whoever names them', () => {
    const owners = new Map<string, string[]>()
    for (const column of Object.keys(COLUMNS)) owners.set(comparable(column), [column])
    for (const [column, names] of Object.entries(COLUMN_ALIASES)) {
      for (const name of names) {
        const known = owners.get(comparable(name)) ?? []
        owners.set(comparable(name), known.includes(column) ? known : [...known, column])
      }
    }
    expect(owners.size).toBeGreaterThan(200)
    expect([...owners].filter(([, columns]) => columns.length > 1)).toEqual([])
  })

  it('take “目标” for the title of a line where there is no other column for one', () => {
    expect(rowsOf('类型,目标,起始值\n目标,增长,\n').map(({ cells }) => cells)).toEqual([
      { type: 'objective', title: '增长' },
    ])
  })
})

describe('numbers of a file', () => {
  it('tell each other which mark is decimal, and stay unread where nothing tells', () => {
    const targets = (csv: string) => rowsOf(csv).map(({ cells, problems }) => cells.target ?? problems.length)
    expect(targets('title;target\na;1.234\nb;2,5\n')).toEqual([1234, 2.5])
    expect(targets('title;target\na;1.234\nb;2\n')).toEqual([ONE_PROBLEM, 2])
    // Commas between the fields tell nothing: some spreadsheets write 1.234 for a thousand there.
    expect(targets('title,target\na,1.234\nb,"1,234"\n')).toEqual([ONE_PROBLEM, ONE_PROBLEM])
    expect(targets('title,target\na,1.234\nb,"1,234"\nc,2.5\n')).toEqual([1.234, 1234, 2.5])
    // What is no number tells nothing of the others.
    expect(targets('title,target\na,"1,234"\nb,2.5\nc,"3,5 or 4"\nd,1.2.3\n')).toEqual([
      ...[1234, 2.5, ONE_PROBLEM, ONE_PROBLEM],
    ])
  })
})

describe('cycle names', () => {
  it.each([
    ['2026-Q4', '2026-Q4', '2026-10-01', '2026-12-31'],
    ['Q1 2028', '2028-Q1', '2028-01-01', '2028-03-31'],
    ['Q3 Y2025', '2025-Q3', '2025-07-01', '2025-09-30'],
    ['Y2025', '2025', '2025-01-01', '2025-12-31'],
    ['2026年第三季度', '2026-Q3', '2026-07-01', '2026-09-30'],
    ['H1 2026', '2026-H1', '2026-01-01', '2026-06-30'],
    ['2026年下半年', '2026-H2', '2026-07-01', '2026-12-31'],
    ['Annual 2026', '2026', '2026-01-01', '2026-12-31'],
  ])('%s is %s', (name, key, startDay, endDay) => {
    expect(cycleNamed(name)).toMatchObject({ key, startDay, endDay })
  })

  it.each(['Q4 FY26', 'FY2026', 'next quarter', 'Q5 2026', '1999'])('%s tells no dates', (name) => {
    expect(cycleNamed(name)).toBeNull()
  })
})

describe('lines', () => {
  it('without a type are told by their columns, their key or their numbers', () => {
    const types = (csv: string) => typedRows(rowsOf(csv)).map(({ type }) => type)
    expect(types('title,parent,target\nA,,\nB,A,3\nC,A,\nD,,4\n')).toEqual([
      ...['objective', 'key_result', 'objective', 'objective'],
    ])
    expect(types('key,title\nO-1,a\nKR-1,b\nINI-1,c\nKPI-1,d\n')).toEqual([
      ...['objective', 'key_result', 'initiative', 'kpi'],
    ])
  })

  it('may name what stands below them, also two objectives that hold each other’s key results', () => {
    const { document, lines } = translated(
      'type,external_id,parent,title,target\nkey_result,k,o,KR,5\nobjective,p,k,Child,\nobjective,o,,Top,\n',
    )
    expect(lines.flatMap(({ problems }) => problems)).toEqual([])
    expect(
      document.objectives.map(({ title, parent, keyResults }) => [title, parent, keyResults.length]),
    ).toEqual([
      ['Child', 'KR-1', 0],
      ['Top', null, 1],
    ])
  })

  it('of an outline belong to the line of their number, whatever else is called like it', () => {
    const { document, lines } = translated(
      [
        'outline,type,title,target',
        ...['1,objective,Europe,', '1.1,key_result,Revenue,5', '1.1.1,initiative,Fair in Lyon,'],
        ...['2,objective,Asia,', '2.1,key_result,Revenue,7', '2.1.1,initiative,Fair in Osaka,'],
      ].join('\n'),
    )
    expect(lines.flatMap(({ problems }) => problems)).toEqual([])
    const made = document.objectives.map(({ title, keyResults }) => [
      title,
      ...keyResults.flatMap((keyResult) => keyResult.initiatives.map((initiative) => initiative.title)),
    ])
    expect(made).toEqual([
      ['Europe', 'Fair in Lyon'],
      ['Asia', 'Fair in Osaka'],
    ])
  })

  it('of an outline are a problem where a number comes again that others belong to, and these hang on that line', () => {
    const csv = [
      'outline,type,title,target',
      ...['1.1.1,initiative,Above both,', '1,objective,Europe,', '1.1,key_result,Revenue,5'],
      ...['1.1.1,initiative,First,', '1.1,key_result,Margin,7', '1.1.2,initiative,Second,'],
    ].join('\n')
    const { lines } = translated(csv)
    expect(lines.flatMap(({ row, problems }) => problems.map(({ message }) => [row.line, message]))).toEqual([
      [6, expect.stringMatching(/^1\.1 stands on line 4 too/)],
    ])
    expect(hangingOn(lines, new Set([6]))).toEqual(
      new Map([
        [2, 'Margin is on line 6, which is left out.'],
        [7, 'Margin is on line 6, which is left out.'],
      ]),
    )
    const without = translateRows(rowsOf(csv), NOTHING_STORED, { cycle: '2026-Q4', without: new Set([6]) })
    expect(without.lines.at(-1)?.problems).toEqual([
      { column: 'parent', message: 'Margin is on line 6, which is left out.' },
    ])
  })

  it('of an outline that tells no types are key results by their numbers under something else', () => {
    const { document } = translated('order,title,target\n1,Growth,\n1.1,Revenue,10\n1.2,Reach,\n')
    expect(document.objectives.map(({ title, parent }) => [title, parent])).toEqual([
      ['Growth', null],
      ['Reach', 'O-1'],
    ])
    expect(document.objectives[0]?.keyResults).toMatchObject([{ title: 'Revenue', measure: { target: 10 } }])
  })

  it('that repeat a goal are a problem, those of one title under two objectives are not', () => {
    const twice = translated(
      'type,parent,title,target\nobjective,,O,\nkey_result,O,Same,5\nkey_result,O,same ,6\n',
    )
    expect(twice.lines.map(({ problems }) => problems.length)).toEqual([0, 0, 1])
    const apart = translated('objective,key_result,target\nA,Same,5\nB,Same,6\n')
    expect(apart.lines.flatMap(({ problems }) => problems)).toEqual([])
    expect(apart.document.objectives).toHaveLength(2)
  })

  it('never make an objective out of a mistyped name in a table that names its types', () => {
    const { lines, document } = translated(
      'type,objective,title,target\nobjective,,Growth,\nkey_result,Grwoth,KR,5\n',
    )
    expect(lines[1]?.problems[0]?.message).toMatch(/There is no objective called Grwoth/)
    expect(document.objectives).toHaveLength(1)
  })
})

describe('measures of lines', () => {
  it('keep what a line leaves blank, and change only what it says', () => {
    const before = { kind: 'metric', unit: '%', baseline: 45, target: 55 } as const
    expect(measureOfRow({}, null, before)).toMatchObject({ measure: before })
    expect(measureOfRow({ target: 60 }, null, before)).toMatchObject({ measure: { ...before, target: 60 } })
  })

  it('do not turn a key result measured by work into one measured by numbers unless they say so', () => {
    const before = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
    expect(measureOfRow({ target: 60 }, null, before)).toMatchObject({
      measure: before,
      notes: [expect.stringContaining('delivery')],
    })
    expect(measureOfRow({ measure: 'metric', target: 60 }, null, before)).toMatchObject({
      measure: { kind: 'metric' },
    })
  })

  it.each([
    [{ target: 5, baseline: 5 }, /both 5/],
    [{ baseline: 5 }, /no target/],
    [{ measure: 'range' }, /no band/],
    [{ measure: 'range', above: 5, below: 5 }, /holds no number/],
    [{ measure: 'milestones' }, /no steps/],
    [{ measure: 'milestones', steps: [{ title: 'a', percent: 50, issue: null }] }, /reaches 100/],
    [{ measure: 'field_sum', target: 5 }, /field is missing/],
    [{ measure: 'delivery', size: 'hours' }, /size is hours/],
  ] as const)('refuse %j', (cells, why) => {
    const read = measureOfRow(cells, null, null)
    expect(read.kind).toBe('problem')
    expect(read.kind === 'problem' && read.message).toMatch(why)
  })
})

describe('a reported value', () => {
  it('is the same by its date, value, confidence and note, whoever said it on whatever line', () => {
    const said = {
      line: 1,
      keyResult: 'KR-1' as KeyResultKey,
      cycle: null,
      isLog: true,
      refusal: null,
      at: null,
      value: 5,
      confidence: null,
      note: '',
      author: 'Ada',
      source: 'person' as const,
    }
    expect(importKeyOf({ ...said, line: 9, author: 'Bo' }, 1)).toBe(importKeyOf(said, 1))
    const others = [
      { value: 6 },
      { confidence: 5 },
      { note: 'x' },
      { at: { kind: 'day', day: '2026-11-02' } as const },
    ]
    expect(
      new Set([
        ...others.map((other) => importKeyOf({ ...said, ...other }, 1)),
        importKeyOf(said, 1),
        importKeyOf(said, 2),
      ]).size,
    ).toBe(6)
  })
})
