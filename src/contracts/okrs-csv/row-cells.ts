import { MOST_DAYS_BETWEEN_CHECKS } from '../../domain/kpis/kpi-health.ts'
import { LEAST_SHARE } from '../../domain/measures/range.ts'
import { plainText } from '../../domain/writeback/plain-text.ts'
import type { ImportColumn, ImportRow, RowCells, RowProblem } from '../../domain/okr-import/import-row.ts'
import { amount, lineOfText, linesOfText } from '../api/fields.ts'
import type { DateFormat } from './date-cell.ts'
import { isBlank, unguarded } from './formula-guard.ts'
import type { ColumnPlace } from './map-columns.ts'
import { readNumber, type DecimalMark } from './number-cell.ts'
import { readIssue, readOutline, readPlan, readSteps } from './structured-cell.ts'
import { readDayOfTime, readSaidAt } from './time-cell.ts'
import {
  readAmbition,
  readHealthRollUp,
  readLevel,
  readMeasureKind,
  readPeriod,
  readType,
  readValueOfPeriod,
} from './word-cell.ts'

/** How cells of a file are to be read where they do not tell. */
export interface CellFormats {
  readonly dateFormat: DateFormat | null
  readonly decimalMark: DecimalMark | null
}

type CellRead =
  | { readonly kind: 'value'; readonly value: unknown; readonly unit?: string | null }
  | { readonly kind: 'problem'; readonly message: string }

type ReadCell = (cell: string, formats: CellFormats) => CellRead

const value = (read: unknown): CellRead => ({ kind: 'value', value: read })
const problem = (message: string): CellRead => ({ kind: 'problem', message })

/** @param expected ends a sentence: `expected …` */
function word(read: (cell: string) => unknown, expected: string): ReadCell {
  return (cell) => {
    const found = read(cell)
    return found === null ? problem(`is none that is known; expected ${expected}`) : value(found)
  }
}

function line(mostCharacters: number): ReadCell {
  const schema = lineOfText(mostCharacters)
  return (cell) => checked(schema, unguarded(cell.trim()).replaceAll(/[\r\n\t]+\s*/gu, ' '))
}

function lines(mostCharacters: number): ReadCell {
  const schema = linesOfText(mostCharacters)
  return (cell) => checked(schema, unguarded(cell.trim()))
}

function checked(schema: ReturnType<typeof lineOfText>, text: string): CellRead {
  const read = schema.safeParse(text)
  if (read.success) return value(read.data)
  const [issue] = read.error.issues
  return problem(
    issue?.code === 'too_big'
      ? `has ${text.length} characters; at most ${Number(issue.maximum)} are kept: shorten it`
      : 'holds control characters or broken Unicode; expected plain text',
  )
}

function number(
  isGood: (read: number) => boolean = () => true,
  expected = 'a number such as 1234.5',
): ReadCell {
  return (cell, { decimalMark }) => {
    const read = readNumber(cell, decimalMark)
    switch (read.kind) {
      case 'ambiguous':
        return problem('could be read with a decimal comma or point; say which with --decimal: “,” or “.”')
      case 'shortened':
        return problem(
          `is a shortened number; write it out, such as 1200 for 1.2k, its unit in the column unit`,
        )
      case 'not_a_number':
        return problem(`is not a number; expected ${expected}, its unit in the column unit`)
      case 'number':
        if (!isGood(read.value) || !amount.safeParse(read.value).success)
          return problem(`is out of range; expected ${expected}`)
        return { kind: 'value', value: read.value, unit: read.unit }
    }
  }
}

const percent = number((read) => read >= 0 && read <= 100, 'a percentage from 0 to 100')
const ORDER_UNKNOWN =
  'could be read day first or month first; write it as 2026-12-31, or say which: --date-format dmy or mdy'
const NO_DAY = 'is not a day; expected something like 2026-12-31'
const NO_TIME =
  'has a time that no clock shows; expected 00:00 to 23:59 and a known offset, such as 2026-12-31 09:30'
const NO_ZONE =
  'has something behind its time that is no offset; write a time zone as 2026-12-31 09:30 +01:00, or UTC, or leave it ' +
  'out: then the time goes by the clock of the cycle'
const A_COUNTED_DAY =
  'is a day as a spreadsheet counts it; expected something like 2026-12-31: format the column as a date and save again'

const day: ReadCell = (cell, { dateFormat }) => {
  const read = readDayOfTime(cell, dateFormat)
  if (read.kind === 'day') return value(read.day)
  if (read.kind === 'not_a_time') return problem(NO_TIME)
  return problem(whyNoDay(cell, read.kind))
}

/** Days of this century are counted in five digits. */
function whyNoDay(cell: string, kind: 'ambiguous' | 'not_a_day'): string {
  if (kind === 'ambiguous') return ORDER_UNKNOWN
  return /^[3-9]\d{4}(?:\.\d+)?$/.test(cell.trim()) ? A_COUNTED_DAY : NO_DAY
}

const saidAt: ReadCell = (cell, { dateFormat }) => {
  const read = readSaidAt(cell, dateFormat)
  if (read.kind === 'not_a_time') return problem(NO_TIME)
  if (read.kind === 'unknown_zone') return problem(NO_ZONE)
  return read.kind === 'ambiguous' || read.kind === 'not_a_day'
    ? problem(whyNoDay(cell, read.kind))
    : value(read)
}

/** 0 to 10; other tools say it in percent. */
const confidence: ReadCell = (cell, formats) => {
  const read = number()(cell, formats)
  if (read.kind === 'problem') return read
  const said = read.unit === '%' ? Number(read.value) / 10 : Number(read.value)
  return Number.isInteger(said) && said >= 0 && said <= 10
    ? value(said)
    : problem('is no confidence; expected a whole number from 0 to 10')
}

/** In the column `type` of some tools stands a level, or how a goal is measured. */
const type: ReadCell = (cell) => {
  const found = readType(cell)
  if (found !== null) return value(found)
  if (readLevel(cell) !== null || readMeasureKind(cell) !== null) return value(null)
  return problem('is no type; expected objective, key_result, initiative, kpi or check_in')
}

const statusWeights: ReadCell = (cell) => {
  const [, toDo, inProgress] =
    /^(\d{1,3}(?:\.\d+)?(?:e-\d+)?)\s*\/\s*(\d{1,3}(?:\.\d+)?(?:e-\d+)?)$/.exec(cell.trim()) ?? []
  return toDo === undefined
    ? problem('are no weights; expected percent for work to do and in progress, such as 0/50')
    : value({ toDo: Number(toDo), inProgress: Number(inProgress) })
}

const READERS: Readonly<Record<ImportColumn, ReadCell>> = {
  type,
  key: line(60),
  external_id: line(200),
  outline: word(readOutline, 'numbers with points between them, such as 1.2.1'),
  parent: line(300),
  objective: line(300),
  key_result: line(300),
  title: line(300),
  description: lines(5_000),
  level: word(readLevel, 'company, department, team or individual'),
  ambition: word(readAmbition, 'committed or aspirational'),
  owner: line(200),
  owner_account_id: line(128),
  team: line(200),
  cycle: line(200),
  due: day,
  weight: number((read) => read > 0 && read <= 1_000, 'a weight above 0, at most 1000'),
  contribution_weight: number((read) => read > 0 && read <= 1_000, 'a weight above 0, at most 1000'),
  health_roll_up: word(readHealthRollUp, 'worst or median'),
  health_policy: line(40),
  intended_share: percent,
  depends_on: (cell) =>
    value(
      cell
        .split(/[,;\s]+/)
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    ),
  plan: word(readPlan, 'linear, none, or targets such as 2026-10-31=0.3; 2026-11-30=0.6'),
  anchor_issue: word(readIssue, 'a site and an issue such as main:PROJ-7'),
  measure: word(readMeasureKind, 'metric, range, binary, milestones, delivery or field_sum'),
  unit: line(40),
  baseline: number(),
  target: number(),
  size: line(40),
  field: line(40),
  status_weights: statusWeights,
  at_least: number(),
  above: number(),
  at_most: number(),
  below: number(),
  period: word(readPeriod, 'day, week, month or quarter'),
  value_of_period: word(readValueOfPeriod, 'latest, mean, sum, lowest or highest'),
  target_share: number((read) => read >= LEAST_SHARE && read <= 1, `a share from ${LEAST_SHARE} to 1`),
  steps: word(readSteps, 'a line for each step such as “40 % First customers live”'),
  source: lines(200),
  check_every_days: number(
    (read) => Number.isInteger(read) && read >= 1 && read <= MOST_DAYS_BETWEEN_CHECKS,
    `a whole number of days from 1 to ${MOST_DAYS_BETWEEN_CHECKS}`,
  ),
  time_zone: line(60),
  current: number(),
  progress: number(),
  confidence,
  note: lines(5_000),
  author: line(200),
  at: saidAt,
}

const MOST_SHOWN = 40

/** Columns of text that may be long; every other cell is short, or it is not read at all. */
const LONG: ReadonlySet<ImportColumn> = new Set([
  'description',
  'note',
  'source',
  'steps',
  'plan',
  'depends_on',
])
const MOST_OF_SHORT = 300
const MOST_OF_LONG = 20_000
/** Columns of people's words: what cannot be seen may hold an emoji together there. Elsewhere it is passed over. */
const TEXT: ReadonlySet<ImportColumn> = new Set([
  ...([
    'parent',
    'objective',
    'key_result',
    'title',
    'description',
    'owner',
    'author',
    'note',
    'source',
  ] as const),
  ...(['team', 'unit', 'steps', 'external_id'] as const),
])
const INVISIBLE = /[\u200B-\u200D\u2060\uFEFF]/gu

function readCell(column: ImportColumn, cell: string, formats: CellFormats): CellRead {
  const most = LONG.has(column) ? MOST_OF_LONG : MOST_OF_SHORT
  const text = cell.trim()
  const { length } = unguarded(text)
  if (length > most) return problem(`has ${length} characters; at most ${most} are read: shorten it`)
  return READERS[column](TEXT.has(column) ? text : text.replaceAll(INVISIBLE, ''), formats)
}

/** The cells of a record that say something, each read as its column asks, and everything that is wrong with them. */
export function readRow(
  fields: readonly string[],
  lineNumber: number,
  places: readonly ColumnPlace[],
  formats: CellFormats,
): ImportRow {
  const cells: Partial<Record<ImportColumn, unknown>> = {}
  const problems: RowProblem[] = []
  const unread: ImportColumn[] = []
  let unitSeen: string | null = null
  for (const { column, index, name } of places) {
    const cell = fields[index] ?? ''
    if (isBlank(cell)) continue
    const read = readCell(column, cell, formats)
    if (read.kind === 'problem') {
      problems.push({ column: name, message: `${shown(cell)} ${read.message}.` })
      unread.push(column)
      continue
    }
    if (read.value !== null) cells[column] = read.value
    unitSeen ??= read.unit ?? null
    if (column === 'type' && read.value === null) {
      const [level, measure] = [readLevel(cell), readMeasureKind(cell)]
      if (level !== null) cells.level ??= level
      else if (measure !== null) cells.measure ??= measure
    }
  }
  return { line: lineNumber, cells: cells as RowCells, unread, said: [], unitSeen, problems }
}

/** A cell in a message: on one line, cut, and nothing in it that a terminal would obey. */
function shown(text: string): string {
  return `“${plainText(text, MOST_SHOWN)}”`
}
