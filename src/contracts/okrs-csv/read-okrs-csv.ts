import { plainText } from '../../domain/writeback/plain-text.ts'
import type { ImportRow } from '../../domain/okr-import/import-row.ts'
import { csvRecords, separatorOf, type CsvRecord } from './csv-records.ts'
import type { DateFormat } from './date-cell.ts'
import { decodeText } from './decode-text.ts'
import { isBlank } from './formula-guard.ts'
import { mapColumns, type ColumnMapping, type ColumnPlace } from './map-columns.ts'
import { decimalMarkOfCell, type DecimalMark } from './number-cell.ts'
import { readRow } from './row-cells.ts'
import { readPeriod } from './word-cell.ts'

export interface CsvOptions {
  readonly mappings: readonly ColumnMapping[]
  readonly dateFormat: DateFormat | null
  readonly decimalMark: DecimalMark | null
}

/** A file of goals, line by line. */
export interface OkrsCsv {
  readonly kind: 'read'
  readonly rows: readonly ImportRow[]
  /** Columns of ours, and what the file calls them. */
  readonly columns: readonly ColumnPlace[]
  /** Columns of the file that nothing is taken from. */
  readonly unusedColumns: readonly string[]
}

const MOST_ROWS = 100_000
const MOST_OF_HEADER = 500
const MOST_OF_A_NAME = 300

/**
 * Reads a file of goals: its encoding, its separator, which columns it has, and every cell. What is wrong with a line
 * is told with the line; only what is wrong with the whole file is `unreadable`.
 */
export function readOkrsCsv(
  bytes: Uint8Array,
  options: CsvOptions,
): OkrsCsv | { kind: 'unreadable'; why: string } {
  const decoded = decodeText(bytes)
  if (decoded.kind === 'unreadable') return decoded
  const { separator, start } = separatorOf(decoded.text)
  const [header, ...records] = atMost(MOST_ROWS + 2, csvRecords(decoded.text, separator, start))
  if (header === undefined) return unreadable('is empty; expected a header with the names of its columns')
  if (header.kind === 'broken') return unreadable(`has a header (line ${header.line}) that ${header.why}`)
  if (records.length > MOST_ROWS)
    return unreadable(`has more than ${MOST_ROWS} rows, which is the most that is read at once: split it`)
  const mapped = mapColumns(header.fields, options.mappings)
  if (mapped.kind === 'unmappable') return unreadable(mapped.why)
  const { unused } = mapped.map
  const places = withCycles(mapped.map.places, records)
  if (
    !places.some(
      ({ column }) =>
        column === 'title' || column === 'key_result' || column === 'objective' || column === 'key',
    )
  ) {
    return unreadable(
      `has no column for titles; line ${header.line}, which names the columns, has ` +
        `${plainText(header.fields.map((name) => name.trim()).join(', '), MOST_OF_HEADER)}. Name one title, objective or ` +
        'key_result, or say which it is: --map "Their column=title"',
    )
  }
  const decimalMark = options.decimalMark ?? decimalMarkOf(records, places)
  const formats = { dateFormat: options.dateFormat, decimalMark }
  return {
    kind: 'read',
    rows: records.map((record) => rowOf(record, header.fields.length, places, formats)),
    columns: places,
    unusedColumns: unused,
  }
}

/** What is called “Period” says how often a range is judged, or which cycle a goal is in: its cells tell. */
function withCycles(places: readonly ColumnPlace[], records: readonly CsvRecord[]): readonly ColumnPlace[] {
  const period = places.find(({ column }) => column === 'period')
  if (period === undefined || places.some(({ column }) => column === 'cycle')) return places
  const said = records
    .map((record) => (record.kind === 'read' ? (record.fields[period.index] ?? '') : ''))
    .filter((cell) => !isBlank(cell))
  const isOfCycles = said.length > 0 && said.every((cell) => cell.length <= 200 && readPeriod(cell) === null)
  return isOfCycles
    ? places.map((place) => (place === period ? { ...period, column: 'cycle' as const } : place))
    : places
}

function rowOf(
  record: CsvRecord,
  columnCount: number,
  places: readonly ColumnPlace[],
  formats: Parameters<typeof readRow>[3],
): ImportRow {
  const { line } = record
  const broken = (message: string, said: readonly string[]): ImportRow => ({
    line,
    cells: {},
    unread: [],
    said,
    unitSeen: null,
    problems: [{ column: null, message }],
  })
  if (record.kind === 'broken') return broken(`The line ${record.why}.`, record.pieces)
  const { fields } = record
  if (fields.slice(columnCount).some((field) => field.trim() !== '')) {
    return broken(
      `The line has ${fields.length} fields, the header has ${columnCount}: put a field that holds the separator in quotes.`,
      fields.map((field) => field.trim()).filter((field) => field !== '' && field.length <= MOST_OF_A_NAME),
    )
  }
  return readRow(fields, line, places, formats)
}

const NUMBERS: ReadonlySet<string> = new Set([
  ...['baseline', 'target', 'current', 'progress', 'weight', 'at_least', 'above', 'at_most', 'below'],
  ...['target_share', 'contribution_weight', 'intended_share'],
])

/**
 * The decimal mark of a file, by the numbers that tell it; null where none does, or they differ. What separates the
 * fields does not tell: some spreadsheets write `1.200` for twelve hundred between commas.
 */
function decimalMarkOf(records: readonly CsvRecord[], places: readonly ColumnPlace[]): DecimalMark | null {
  const indexes = places.filter(({ column }) => NUMBERS.has(column)).map(({ index }) => index)
  const seen = new Set<DecimalMark>()
  for (const record of records) {
    if (record.kind === 'broken') continue
    for (const index of indexes) {
      const mark = decimalMarkOfCell(record.fields[index] ?? '')
      if (mark !== null) seen.add(mark)
    }
  }
  const [mark] = seen
  return seen.size === 1 && mark !== undefined ? mark : null
}

/** The first of them: what comes after is not read at all. */
function* atMost<T>(most: number, all: Iterable<T>): Generator<T> {
  let count = 0
  for (const each of all) {
    yield each
    if (++count === most) return
  }
}

function unreadable(why: string): { kind: 'unreadable'; why: string } {
  return { kind: 'unreadable', why: `${why}.` }
}
