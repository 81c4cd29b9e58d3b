import fc from 'fast-check'

/** A table of goals in one of the ways people write them, some of its rows broken, each in one way. */
export interface BrokenTable {
  readonly csv: string
  /** Lines that are broken, and how. */
  readonly broken: ReadonlyMap<number, string>
}

type RowKind = 'objective' | 'key_result' | 'initiative' | 'check_in'

/** A row before it is written: its cells by column. */
interface Row {
  readonly kind: RowKind
  readonly hasOthers: boolean
  readonly cells: Readonly<Record<string, string>>
}

interface Way {
  readonly name: string
  readonly kinds: readonly RowKind[]
  readonly in?: string
  /** What stands in the cell, by what stood there; without a column, what stands on the line. */
  readonly broken: (text: string) => string
  /** Takes away what others call the row by. */
  readonly unnames?: boolean
}

const GOALS = ['objective', 'key_result'] as const
const ALL = [...GOALS, 'initiative', 'check_in'] as const
const LONG = 'x'.repeat(301)

export const MOVES_CELLS = 'a title that is two fields'

const WAYS: readonly Way[] = [
  { name: 'a word for a number', kinds: ['key_result'], in: 'target', broken: () => 'a lot' },
  { name: 'a shortened number', kinds: ['key_result'], in: 'baseline', broken: () => '1.2k' },
  { name: 'a word for a value', kinds: ['key_result', 'check_in'], in: 'current', broken: () => '#N/A!' },
  { name: 'no way to go', kinds: ['key_result'], in: 'target', broken: () => '0' },
  { name: 'no day', kinds: ['key_result'], in: 'due', broken: () => 'soon' },
  { name: 'a day that may be two', kinds: ['key_result'], in: 'due', broken: () => '03/04/2026' },
  { name: 'a day outside the cycle', kinds: ['key_result'], in: 'due', broken: () => '2031-01-01' },
  { name: 'a zone that may be several', kinds: ['check_in'], in: 'at', broken: () => '2026-11-02 09:30 CST' },
  { name: 'a confidence above 10', kinds: ['check_in'], in: 'confidence', broken: () => '11' },
  { name: 'no type', kinds: ALL, in: 'type', broken: () => 'wish' },
  { name: 'no level', kinds: ['objective'], in: 'level', broken: () => 'galaxy' },
  { name: 'a cycle without days', kinds: GOALS, in: 'cycle', broken: () => 'FY27 Q1' },
  { name: 'another cycle', kinds: ['key_result'], in: 'cycle', broken: () => '2024-Q1' },
  { name: 'a weight of nothing', kinds: ['key_result'], in: 'weight', broken: () => '0' },
  { name: 'a parent that is not there', kinds: ALL, in: 'parent', broken: () => 'nobody' },
  { name: 'a long title', kinds: GOALS, in: 'title', broken: () => LONG, unnames: true },
  { name: 'no title', kinds: ALL.slice(0, 3), in: 'title', broken: () => '', unnames: true },
  {
    name: MOVES_CELLS,
    kinds: GOALS,
    in: 'title',
    broken: (text) => `${text}, and more`,
    unnames: true,
  },
  { name: 'no number of an outline', kinds: ALL, in: 'outline', broken: (text) => `${text}.x` },
  { name: 'fields too many', kinds: ALL, broken: (text) => `${text},one,more` },
  { name: 'a quote left open', kinds: ALL, broken: (text) => text.replace(/,(?=[^,])/, ',"') },
]

interface Style {
  readonly columns: readonly string[]
  readonly ways: readonly Way[]
  /** Whether rows name each other by their titles. */
  readonly goesByTitles: boolean
  readonly rowsOf: (objective: number, keyResults: number, hasReports: boolean) => Row[]
}

const METRIC = { unit: '%', baseline: '0', target: '50', current: '5', due: '2026-12-18', weight: '1' }

/** A table with a line for everything, its rows named by `nameOf`. */
function flat(nameOf: (kind: RowKind, nth: string) => Record<string, string>, titles: boolean): Style {
  const titleOf = (kind: RowKind, nth: string) => `${kind} ${nth}`
  const columns = [
    'type',
    'external_id',
    'title',
    'parent',
    'level',
    'cycle',
    ...Object.keys(METRIC),
    'at',
    'confidence',
  ]
  const refer = (kind: RowKind, nth: string) => (titles ? titleOf(kind, nth) : `${kind[0]}${nth}`)
  const row = (
    kind: RowKind,
    nth: string,
    parent: string,
    hasOthers: boolean,
    cells: Record<string, string> = {},
  ): Row => ({
    kind,
    hasOthers,
    cells: { type: kind, title: titleOf(kind, nth), ...nameOf(kind, nth), parent, ...cells },
  })
  return {
    columns,
    ways: WAYS.filter((way) => way.in === undefined || columns.includes(way.in)),
    goesByTitles: titles,
    rowsOf: (objective, keyResults, hasReports) => [
      row('objective', `${objective}`, '', true, { level: 'team' }),
      ...Array.from({ length: keyResults }, (_, index) => {
        const nth = `${objective}.${index}`
        const self = refer('key_result', nth)
        return [
          row('key_result', nth, refer('objective', `${objective}`), hasReports, METRIC),
          ...(hasReports
            ? [
                row('initiative', nth, self, false),
                row('check_in', nth, self, false, {
                  title: '',
                  current: '7',
                  at: '2026-11-02 09:30',
                  confidence: '7',
                }),
              ]
            : []),
        ]
      }).flat(),
    ],
  }
}

const SHEET_COLUMNS = ['cycle', 'objective', 'key_result', ...Object.keys(METRIC)]

/** A line for each key result, its objective beside the first one alone. */
const SHEET: Style = {
  columns: SHEET_COLUMNS,
  ways: [
    ...WAYS.filter(
      (way) => way.in !== undefined && SHEET_COLUMNS.includes(way.in) && way.broken('') !== '2031-01-01',
    ),
    ...WAYS.filter((way) => way.in === undefined),
    { name: 'a long objective', kinds: ['key_result'] as const, in: 'objective', broken: () => LONG },
    { name: 'a long key result', kinds: ['key_result'] as const, in: 'key_result', broken: () => LONG },
  ].filter(({ name }) => name !== 'another cycle'),
  goesByTitles: false,
  rowsOf: (objective, keyResults) =>
    Array.from({ length: keyResults }, (_, index) => ({
      kind: 'key_result' as const,
      hasOthers: index === 0,
      cells: {
        ...(index === 0 ? { cycle: '2026-Q4', objective: `Objective ${objective}` } : {}),
        key_result: `Result ${objective}.${index}`,
        ...METRIC,
      },
    })),
}

const OUTLINE_COLUMNS = ['outline', 'type', 'title', 'level', ...Object.keys(METRIC)]

const OUTLINE: Style = {
  columns: OUTLINE_COLUMNS,
  ways: WAYS.filter((way) => way.in === undefined || OUTLINE_COLUMNS.includes(way.in)),
  goesByTitles: false,
  rowsOf: (objective, keyResults, hasReports) => [
    {
      kind: 'objective',
      hasOthers: true,
      cells: { outline: `${objective}`, type: 'objective', title: `Objective ${objective}`, level: 'team' },
    },
    ...Array.from({ length: keyResults }, (_, index): Row[] => {
      const outline = `${objective}.${index + 1}`
      const initiative = { outline: `${outline}.1`, type: 'initiative', title: `Project ${outline}` }
      return [
        {
          kind: 'key_result',
          hasOthers: hasReports,
          cells: { outline, type: 'key_result', title: 'Result', ...METRIC },
        },
        ...(hasReports ? [{ kind: 'initiative' as const, hasOthers: false, cells: initiative }] : []),
      ]
    })
      .flat()
      .map((row, index) => ({ ...row, cells: { ...row.cells, title: `${row.cells.title} ${index}` } })),
  ],
}

const STYLES: readonly Style[] = [
  flat((kind, nth) => (kind === 'check_in' ? {} : { external_id: `${kind[0]}${nth}` }), false),
  flat(() => ({}), true),
  SHEET,
  OUTLINE,
]

const objectives = fc.array(
  fc.record({ keyResults: fc.integer({ min: 1, max: 4 }), hasReports: fc.boolean() }),
  {
    minLength: 2,
    maxLength: 8,
  },
)

/** Any of them; about every fourth row is broken. */
export const anyBrokenTable: fc.Arbitrary<BrokenTable> = fc
  .record({
    style: fc.constantFrom(...STYLES),
    objectives,
    ways: fc.array(fc.option(fc.nat(1_000), { freq: 3, nil: null }), { minLength: 150, maxLength: 150 }),
  })
  .map(({ style, objectives: drawn, ways }) => {
    const rows = drawn.flatMap(({ keyResults, hasReports }, nth) =>
      style.rowsOf(nth + 1, keyResults, hasReports),
    )
    const broken = new Map<number, string>()
    const lines = rows.map((row, index) => {
      const drawnWay = ways[index] ?? null
      const fitting = style.ways.filter((way) => isFor(way, row, style))
      const way = drawnWay === null ? undefined : fitting[drawnWay % fitting.length]
      if (way === undefined) return lineOf(style, row.cells)
      broken.set(index + 2, way.name)
      if (way.in === undefined) return way.broken(lineOf(style, row.cells))
      return lineOf(style, { ...row.cells, [way.in]: way.broken(row.cells[way.in] ?? '') })
    })
    return { csv: [style.columns.join(','), ...lines].join('\n'), broken }
  })

function isFor({ kinds, in: column, unnames }: Way, { kind, hasOthers, cells }: Row, style: Style): boolean {
  if (!kinds.includes(kind) || (unnames === true && hasOthers && style.goesByTitles)) return false
  // A key result may be in the cycle that stands on its own line or on none; an objective that is blank is filled in.
  return column !== 'objective' || cells.objective !== undefined
}

function lineOf({ columns }: Style, cells: Readonly<Record<string, string>>): string {
  return columns.map((column) => cells[column] ?? '').join(',')
}
