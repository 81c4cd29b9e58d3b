import type { TestApi } from './api.ts'

/** Tables of what people and other systems say, each with the column that names what the audit log calls its subject. */
const SUBJECTS = {
  cycles: 'key',
  cycle_closings: 'cycle',
  teams: 'key',
  health_policies: 'name',
  objectives: 'key',
  key_results: 'key',
  manual_links: 'key_result',
  check_ins: 'key_result',
  milestone_ticks: 'key_result',
  initiatives: 'key',
  kpis: 'key',
  kpi_values: 'kpi',
  templates: 'name',
  warnings: 'key_result',
} as const

type Rows = ReadonlySet<string>

/** Every row of these tables, as text that begins with its subject. */
export async function rowsOf({ store }: TestApi): Promise<Rows> {
  const rows = new Set<string>()
  for (const [table, column] of Object.entries(SUBJECTS)) {
    const found = await store.query(
      `select ${column} as subject, to_jsonb(t)::text as row from ${table} as t`,
    )
    for (const { subject, row } of found) rows.add(`${String(subject)} ${table} ${String(row)}`)
  }
  return rows
}

/** The subjects of rows that are new, gone, or not what they were. */
export function subjectsChanged(before: Rows, after: Rows): string[] {
  const notIn = (other: Rows) => (row: string) => !other.has(row)
  const changed = [...[...before].filter(notIn(after)), ...[...after].filter(notIn(before))]
  return [...new Set(changed.map((row) => row.slice(0, row.indexOf(' '))))].sort()
}
