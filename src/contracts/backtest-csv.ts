import { z } from 'zod'
import type { BacktestRow } from '../domain/backtest/walk-forward.ts'
import { plainText } from '../domain/writeback/plain-text.ts'

/** Far more than any sprint holds: a number above it is a mistake of whoever wrote the file. */
const MOST = 1e9
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i

const number = z
  .string()
  .trim()
  .regex(NUMBER, 'is not a number')
  .transform(Number)
  .pipe(z.number().min(-MOST, 'is less than −1,000,000,000').max(MOST, 'is more than 1,000,000,000'))
const quantity = number.pipe(z.number().nonnegative('is negative'))

/** A line of a backtest file, its columns by name. */
const line = z.object({
  group: z.string(),
  board: z.string(),
  sprint: z.string().min(1, 'is empty'),
  elapsed_share: quantity.pipe(z.number().max(1, 'is more than 1: expected a share of the time')),
  planned_days: quantity,
  start_count: quantity,
  start_points: quantity,
  added_count: quantity,
  added_points: quantity,
  removed_count: quantity,
  removed_points: quantity,
  todo_count: quantity,
  todo_points: quantity,
  in_progress_count: quantity,
  in_progress_points: quantity,
  done_count: quantity,
  done_points: quantity,
  team_size: quantity,
  outcome: number,
})

type Column = keyof typeof line.shape

export const BACKTEST_COLUMNS = Object.keys(line.shape) as readonly Column[]

/** Where each column of the contract stands in a file; others may stand between them, in any order. */
export type ColumnPlaces = Readonly<Record<Column, number>>

export function readHeader(
  fields: readonly string[],
): { kind: 'read'; places: ColumnPlaces } | { kind: 'columns_missing'; columns: Column[] } {
  const names = fields.map((field) => field.trim().toLowerCase())
  const columns = BACKTEST_COLUMNS.filter((column) => !names.includes(column))
  if (columns.length > 0) return { kind: 'columns_missing', columns }
  const places = Object.fromEntries(BACKTEST_COLUMNS.map((column) => [column, names.indexOf(column)]))
  return { kind: 'read', places: places as ColumnPlaces }
}

/** @param columnCount how many fields the header has */
export function readRow(
  fields: readonly string[],
  places: ColumnPlaces,
  columnCount: number,
): { kind: 'read'; row: BacktestRow } | { kind: 'unreadable'; why: string } {
  if (fields.length !== columnCount) {
    return { kind: 'unreadable', why: `has ${fields.length} fields, the header has ${columnCount}` }
  }
  const named = Object.fromEntries(BACKTEST_COLUMNS.map((column) => [column, fields[places[column]]]))
  const read = line.safeParse(named)
  if (read.success) return { kind: 'read', row: rowOf(read.data) }
  const why = read.error.issues.map(({ path, message }) => {
    const column = String(path[0])
    return `${column} ${message}: ${shown(named[column] ?? '')}`
  })
  return { kind: 'unreadable', why: why.join('; ') }
}

function rowOf(read: z.output<typeof line>): BacktestRow {
  const amount = (list: 'start' | 'added' | 'removed' | 'todo' | 'in_progress' | 'done') => ({
    issues: read[`${list}_count`],
    points: read[`${list}_points`],
  })
  return {
    group: read.group,
    board: read.board,
    sprint: read.sprint,
    elapsedShare: read.elapsed_share,
    plannedDays: read.planned_days,
    start: amount('start'),
    added: amount('added'),
    removed: amount('removed'),
    toDo: amount('todo'),
    inProgress: amount('in_progress'),
    done: amount('done'),
    teamSize: read.team_size,
    outcome: read.outcome,
  }
}

const MOST_SHOWN = 40

/** A field in a message: on one line, cut, and nothing in it that a terminal would obey. */
function shown(text: string): string {
  return JSON.stringify(plainText(text, MOST_SHOWN))
}

export const FORECAST_COLUMNS = [
  'group',
  'board',
  'sprint',
  'elapsed_share',
  'p_under',
  'expected_outcome',
] as const

/** The fields of a forecast, in the order of `FORECAST_COLUMNS`. */
export function forecastFields(
  { group, board, sprint, elapsedShare }: BacktestRow,
  { pUnder, expectedOutcome }: { pUnder: number; expectedOutcome: number },
): string[] {
  return [
    group,
    board,
    sprint,
    String(elapsedShare),
    pUnder.toFixed(6),
    String(Math.round(expectedOutcome * 1e3) / 1e3),
  ]
}

/**
 * One line of CSV without its end; only what needs quotes gets them. Names stay as they are, also those that a
 * spreadsheet would take for a formula: programs find a row by them, and a mark put before them would be part of the name.
 */
export function csvLine(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(',')
}
