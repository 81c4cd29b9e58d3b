import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'

/** A record of a CSV file, or what is in the way of reading it; lines count from 1. */
export type CsvRecord =
  | { readonly kind: 'read'; readonly line: number; readonly fields: readonly string[] }
  | { readonly kind: 'broken'; readonly line: number; readonly why: string }

/** A field may hold line breaks, but a quote that was never closed must not swallow the rest of the file. */
const MOST_LINES_OF_A_RECORD = 10

/** @throws what opening and reading a file throws */
export async function readCsvFile(file: string): Promise<CsvRecord[]> {
  return [...csvRecords(await readFile(file, 'utf8'))]
}

/**
 * The records of CSV (RFC 4180; with or without a byte order mark, any line ends). Blank lines are passed over. A
 * broken record costs one line.
 */
export function* csvRecords(text: string): Generator<CsvRecord> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (let start = 0; start < lines.length;) {
    const count = linesOfRecord(lines, start)
    const record = lines.slice(start, start + (count ?? 1)).join('\n')
    const line = start + 1
    const fields = count === null ? null : fieldsOf(record)
    start += fields === null ? 1 : count!
    if (record.trim() === '') continue
    if (fields !== null) yield { kind: 'read', line, fields }
    else yield { kind: 'broken', line, why: 'has a quote that is not closed, or stands where none may stand' }
  }
}

/** How many lines the record takes that starts here; null when a quote stays open. */
function linesOfRecord(lines: readonly string[], start: number): number | null {
  let isOpen = false
  for (let count = 1; count <= MOST_LINES_OF_A_RECORD && start + count <= lines.length; count++) {
    for (const char of lines[start + count - 1]!) if (char === '"') isOpen = !isOpen
    if (!isOpen) return count
  }
  return null
}

function fieldsOf(record: string): string[] | null {
  if (!record.includes('"')) return record.split(',')
  try {
    return parse(record, { relax_column_count: true })[0] ?? null
  } catch {
    return null
  }
}
