import type { Records } from '../ports/records.ts'
import type { ExportedRow, ExportTable } from '../ports/transfers.ts'

/**
 * Every table there is to take along, each after those it refers to. Copies of Jira, what follows from other tables and
 * what only keeps the service going stay.
 */
export const EXPORT_TABLES = [
  'cycles',
  'cycle_closings',
  'teams',
  'health_policies',
  'templates',
  'objectives',
  'key_results',
  'initiatives',
  'check_ins',
  'milestone_ticks',
  'kpis',
  'kpi_values',
  'sites',
  'manual_links',
  'movements',
  'snapshots',
  'warnings',
  'team_digests',
  'audit',
] as const satisfies readonly ExportTable[]

/** Few enough to hold in memory, many enough that a page costs little. */
const PAGE_ROWS = 500

/** Every row of a table, page by page: memory stays the same however long it is. */
export async function* exportPages(
  { transfers }: Pick<Records, 'transfers'>,
  table: ExportTable,
  pageRows: number = PAGE_ROWS,
): AsyncGenerator<readonly ExportedRow[]> {
  for (let after: string | null = null; ;) {
    const page = await transfers.page(table, after, pageRows)
    if (page.length > 0) yield page.map(({ row }) => row)
    const last = page.at(-1)
    if (last === undefined || page.length < pageRows) return
    after = last.position
  }
}
