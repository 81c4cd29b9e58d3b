import { counted } from '../domain/counted.ts'
import type { ImportReport, LineOutcome, ReportLine } from '../domain/okr-import/import-report.ts'
import type { RowType } from '../domain/okr-import/import-row.ts'
import { plainText } from '../domain/writeback/plain-text.ts'
import type { OkrsCsv } from '../contracts/okrs-csv/read-okrs-csv.ts'

const WORDS: Readonly<Record<LineOutcome, string>> = {
  create: 'new',
  change: 'changed',
  check_in: 'check-in',
  unchanged: 'unchanged',
  skipped: 'skipped',
  problem: 'PROBLEM',
}

const TYPES: Readonly<Record<RowType, string>> = {
  objective: 'objective',
  key_result: 'key result',
  initiative: 'initiative',
  kpi: 'kpi',
  check_in: 'check-in',
}

const MOST_TITLE = 60

/** What an import does or would do, line by line, and in the end how much of what. Lines without news are counted only. */
export function importText({ columns, unusedColumns }: OkrsCsv, report: ImportReport): string {
  const renamed = columns.filter(({ column, name }) => column !== name)
  return [
    ...(renamed.length === 0
      ? []
      : [`Columns: ${renamed.map(({ column, name }) => `${shown(name)} → ${column}`).join(', ')}`]),
    ...(unusedColumns.length === 0 ? [] : [`Not used: ${unusedColumns.map(shown).join(', ')}`]),
    ...report.madeBeside.map(({ kind, key, title }) => `new ${kind} ${key}: ${shown(title)}`),
    ...report.lines.filter(hasNews).flatMap(lineText),
    ...report.problems.map((message) => `PROBLEM in the file: ${message}`),
    countsText(report),
  ].join('\n')
}

function hasNews({ outcome, notes }: ReportLine): boolean {
  return outcome !== 'unchanged' || notes.length > 0
}

function lineText({
  line,
  type,
  outcome,
  key,
  title,
  changes,
  checkIn,
  notes,
  problems,
}: ReportLine): string[] {
  const about = [key, title === null ? null : shown(title)].filter((part) => part !== null).join(' ')
  const reports =
    checkIn === 'new' && outcome !== 'check_in' && outcome !== 'problem' ? ', with a check-in' : ''
  const what = outcome === 'check_in' ? 'on' : TYPES[type]
  return [
    `line ${line}: ${WORDS[outcome]} ${what} ${about}${reports}`.trimEnd(),
    ...changes.map(({ name, before, after }) => `    ${name}: ${valueText(before)} → ${valueText(after)}`),
    ...notes.map((note) => `    note: ${note}`),
    ...problems.map(({ column, message }) => `    ${column === null ? '' : `${shown(column)}: `}${message}`),
  ]
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return shown(typeof value === 'string' ? value : JSON.stringify(value))
}

function shown(text: string): string {
  return plainText(text, MOST_TITLE)
}

function countsText({ counts, newCheckIns, lines }: ImportReport): string {
  const parts = (Object.keys(WORDS) as LineOutcome[])
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${WORDS[outcome].toLowerCase()}`)
  const reported = newCheckIns === 0 ? '' : `; ${counted(newCheckIns, 'check-in')}`
  return `${counted(lines.length, 'line')}: ${parts.length === 0 ? 'nothing' : parts.join(', ')}${reported}.`
}
