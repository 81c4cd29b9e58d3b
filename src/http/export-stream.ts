import {
  exportCheckIns,
  exportInitiatives,
  exportKeyResults,
  exportKpis,
  exportObjectives,
  type ExportedKeyResult,
} from '../app/okr-import/export-goals.ts'
import { EXPORT_TABLES, exportPages } from '../app/okr-import/export-table.ts'
import type { Records } from '../app/ports/records.ts'
import type { ExportTable } from '../app/ports/transfers.ts'
import {
  closingLine,
  jsonLine,
  openingLine,
  plainHeader,
  plainLine,
} from '../contracts/okrs-csv/export-lines.ts'
import {
  CHECK_INS,
  GOALS,
  headerLine,
  INITIATIVES,
  KEY_RESULTS,
  KPIS,
  OBJECTIVES,
  tableLine,
  type Cells,
  type CsvTable,
  type KeyResultRow,
} from '../contracts/okrs-csv/goal-rows.ts'
import type { EpochMs } from '../domain/time.ts'

/** Everything, a line of JSON for each row; page by page, so that memory stays the same however much there is. */
export async function* exportJson(records: Records, now: EpochMs): AsyncGenerator<string> {
  yield openingLine(now)
  let rows = 0
  for (const table of EXPORT_TABLES) {
    for await (const page of exportPages(records, table)) {
      rows += page.length
      yield page.map((row) => jsonLine(table, row)).join('')
    }
  }
  yield closingLine(rows)
}

/** Tables of goals and check-ins, which can be imported again. */
const IMPORTABLE = {
  objectives: (records) => csvOf(OBJECTIVES, exportObjectives(records)),
  'key-results': (records) => csvOf(KEY_RESULTS, keyResultRows(records)),
  initiatives: (records) => csvOf(INITIATIVES, exportInitiatives(records)),
  kpis: (records) => csvOf(KPIS, exportKpis(records)),
  'check-ins': (records) => csvOf(CHECK_INS, exportCheckIns(records)),
  goals: (records) => csvOf(GOALS, goalRows(records)),
} as const satisfies Record<string, (records: Records) => AsyncGenerator<string>>

/** Tables that are only to be read. */
const PLAIN = {
  cycles: 'cycles',
  'cycle-closings': 'cycle_closings',
  teams: 'teams',
  'health-policies': 'health_policies',
  templates: 'templates',
  'milestone-ticks': 'milestone_ticks',
  'kpi-values': 'kpi_values',
  sites: 'sites',
  'manual-links': 'manual_links',
  movements: 'movements',
  snapshots: 'snapshots',
  warnings: 'warnings',
  'team-digests': 'team_digests',
  audit: 'audit',
} as const satisfies Record<string, ExportTable>

type Importable = keyof typeof IMPORTABLE
type Plain = keyof typeof PLAIN

/** What there is a CSV file of. */
export const CSV_EXPORTS = [...Object.keys(IMPORTABLE), ...Object.keys(PLAIN)] as [Importable | Plain]

/** A table as CSV, UTF-8 with a byte order mark: without one spreadsheets take it for another encoding. */
export function exportCsv(records: Records, table: Importable | Plain): AsyncGenerator<string> {
  return table in IMPORTABLE
    ? IMPORTABLE[table as Importable](records)
    : plainCsv(records, PLAIN[table as Plain])
}

const BYTE_ORDER_MARK = '\uFEFF'

async function* csvOf<Row>(
  table: CsvTable<Row>,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield `${BYTE_ORDER_MARK}${headerLine(table)}\r\n`
  for await (const page of pages) yield page.map((row) => `${tableLine(table, row)}\r\n`).join('')
}

async function* plainCsv(records: Records, table: ExportTable): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK
  let isFirst = true
  for await (const page of exportPages(records, table)) {
    if (isFirst) yield `${plainHeader(page[0] ?? {})}\r\n`
    isFirst = false
    yield page.map((row) => `${plainLine(row)}\r\n`).join('')
  }
}

/** Rows of every kind as one table's, kind by kind: an objective may stand above the goal it supports. */
async function* goalRows(records: Records): AsyncGenerator<Cells[]> {
  for await (const page of exportObjectives(records)) yield page.map(OBJECTIVES.cellsOf)
  for await (const page of keyResultRows(records)) yield page.map(KEY_RESULTS.cellsOf)
  for await (const page of exportInitiatives(records)) yield page.map(INITIATIVES.cellsOf)
  for await (const page of exportKpis(records)) yield page.map(KPIS.cellsOf)
  for await (const page of exportCheckIns(records)) yield page.map(CHECK_INS.cellsOf)
}

async function* keyResultRows(records: Records): AsyncGenerator<KeyResultRow[]> {
  for await (const page of exportKeyResults(records)) yield page.map(keyResultRow)
}

function keyResultRow({ keyResult, cycle, latestValue, snapshot }: ExportedKeyResult): KeyResultRow {
  return {
    keyResult,
    cycle: cycle.key,
    latestValue,
    measured: snapshot?.numbers.current ?? null,
    progress: snapshot?.numbers.progress ?? null,
    health: snapshot?.numbers.assessment.health ?? null,
  }
}
