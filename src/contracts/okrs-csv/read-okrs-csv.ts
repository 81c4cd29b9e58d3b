import type { ImportRow } from '../../domain/okr-import/import-row.ts'
import { csvRecords, separatorOf, type CsvRecord, type Separator } from './csv-records.ts'
import type { DateFormat } from './date-cell.ts'
import { decodeText } from './decode-text.ts'
import { mapColumns, type ColumnMapping, type ColumnPlace } from './map-columns.ts'
import { decimalMarkOfCell, type DecimalMark } from './number-cell.ts'
import { readRow } from './row-cells.ts'

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
  const separator = separatorOf(decoded.text)
  const [header, ...records] = csvRecords(decoded.text, separator)
  if (header === undefined) return unreadable('is empty; expected a header with the names of its columns')
  if (header.kind === 'broken') return unreadable(`has a header (line ${header.line}) that ${header.why}`)
  if (records.length > MOST_ROWS)
    return unreadable(`has ${records.length} rows; at most ${MOST_ROWS} are read`)
  const mapped = mapColumns(header.fields, options.mappings)
  if (mapped.kind === 'unmappable') return unreadable(mapped.why)
  const { places, unused } = mapped.map
  if (
    !places.some(
      ({ column }) =>
        column === 'title' || column === 'key_result' || column === 'objective' || column === 'key',
    )
  ) {
    return unreadable(
      `has no column for titles; it has ${header.fields.map((name) => name.trim()).join(', ')}. Name one title, ` +
        'objective or key_result, or say which it is: --map "Their column=title"',
    )
  }
  const decimalMark = options.decimalMark ?? decimalMarkOf(records, places, separator)
  const formats = { dateFormat: options.dateFormat, decimalMark }
  return {
    kind: 'read',
    rows: records.map((record) => rowOf(record, header.fields.length, places, formats)),
    columns: places,
    unusedColumns: unused,
  }
}

function rowOf(
  record: CsvRecord,
  columnCount: number,
  places: readonly ColumnPlace[],
  formats: Parameters<typeof readRow>[3],
): ImportRow {
  const { line } = record
  const broken = (message: string): ImportRow => ({
    line,
    cells: {},
    unitSeen: null,
    problems: [{ column: null, message }],
  })
  if (record.kind === 'broken') return broken(`The line ${record.why}.`)
  const { fields } = record
  if (fields.slice(columnCount).some((field) => field.trim() !== '')) {
    return broken(
      `The line has ${fields.length} fields, the header has ${columnCount}: put a field that holds the separator in quotes.`,
    )
  }
  return readRow(fields, line, places, formats)
}

const NUMBERS: ReadonlySet<string> = new Set([
  ...['baseline', 'target', 'current', 'progress', 'weight', 'at_least', 'above', 'at_most', 'below'],
])

/**
 * The decimal mark of a file, by the numbers that tell it. Without one a file separated by commas has decimal points:
 * spreadsheets separate by semicolons where the comma is decimal.
 */
function decimalMarkOf(
  records: readonly CsvRecord[],
  places: readonly ColumnPlace[],
  separator: Separator,
): DecimalMark | null {
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
  if (seen.size === 1 && mark !== undefined) return mark
  return seen.size === 0 && separator === ',' ? '.' : null
}

function unreadable(why: string): { kind: 'unreadable'; why: string } {
  return { kind: 'unreadable', why: `${why}.` }
}
