const KEY_RESULTS_OF_AN_OBJECTIVE = 4
const HEADER = 'type,external_id,parent,title,unit,baseline,target,current,due'
const COLUMNS = HEADER.split(',')

/** A broken line of a table, and what a report has to say of it. */
interface BrokenLine {
  readonly line: number
  readonly column: string | null
  readonly says: RegExp
}

/** A cell that breaks a line about a key result. */
const WAYS: readonly (Omit<BrokenLine, 'line'> & { readonly in: string; readonly cell: string })[] = [
  {
    in: 'target',
    cell: 'a lot',
    column: 'target',
    says: /“a lot” is not a number; expected a number such as 1234.5/,
  },
  { in: 'parent', cell: 'nobody', column: 'parent', says: /no objective called nobody.*Give its key/ },
  { in: 'due', cell: '2031-01-01', column: 'dueDay', says: /2031-01-01, outside the cycle 2026-Q4/ },
  {
    in: 'due',
    cell: '03/04/2026',
    column: 'due',
    says: /“03\/04\/2026” could be read day first or month first/,
  },
  { in: 'target', cell: '0', column: null, says: /Baseline and target are both 0.*two different numbers/ },
  { in: 'title', cell: '"open', column: null, says: /has a quote that is not closed/ },
  { in: 'title', cell: 'one,too many', column: null, says: /has 10 fields, the header has 9/ },
  { in: 'type', cell: 'wish', column: 'type', says: /“wish” is no type; expected objective, key_result/ },
]

/** A table of as many rows as asked: four key results to an objective; every so manieth row is broken, each in another way. */
export function tableOfGoals(
  rows: number,
  brokenEvery: number | null,
): { readonly csv: string; readonly broken: readonly BrokenLine[] } {
  const broken: BrokenLine[] = []
  const lines = Array.from({ length: rows }, (_, index) => {
    const nth = Math.floor(index / (KEY_RESULTS_OF_AN_OBJECTIVE + 1))
    if (index % (KEY_RESULTS_OF_AN_OBJECTIVE + 1) === 0) return `objective,o${nth},,Objective ${nth},,,,,`
    const cells = [
      'key_result',
      `k${index}`,
      `o${nth}`,
      `Result ${index}`,
      '%',
      '0',
      String(index + 1),
      '0.5',
      '2026-12-18',
    ]
    if (brokenEvery === null || index % brokenEvery !== brokenEvery - 1) return cells.join(',')
    const way = WAYS[broken.length % WAYS.length]!
    broken.push({ line: index + 2, column: way.column, says: way.says })
    return cells.with(COLUMNS.indexOf(way.in), way.cell).join(',')
  })
  return { csv: [HEADER, ...lines].join('\n'), broken }
}
