import type { EpochMs } from '../../domain/time.ts'
import { csvLine } from '../backtest-csv.ts'
import { instantsAsText } from '../instants-as-text.ts'
import { guarded } from './formula-guard.ts'

/** Lines that leave the service: of a table as JSON, or of one as CSV when it has no form that can be imported. */

type Row = Readonly<Record<string, unknown>>

/** `{"table":"objectives","row":{…}}` */
export function jsonLine(table: string, row: Row): string {
  return `${JSON.stringify({ table, row: instantsAsText(row) })}\n`
}

/** The first line: what follows, and since when it was read. */
export function openingLine(at: EpochMs): string {
  return jsonLine('export', { version: 1, begunAt: at })
}

/** The last line: without it the download was cut off. */
export function closingLine(rows: number): string {
  return jsonLine('end', { rows })
}

/** Names of columns as the tables of goals have them: `raised_at`. */
export function plainHeader(row: Row): string {
  return csvLine(
    Object.keys(row).map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
  )
}

/** A row as it is: lists and objects as JSON, text guarded against spreadsheets. */
export function plainLine(row: Row): string {
  return csvLine(
    Object.values(instantsAsText(row) as Row).map((value) => {
      if (value === null || value === undefined) return ''
      if (typeof value === 'string') return guarded(value)
      return JSON.stringify(value)
    }),
  )
}
