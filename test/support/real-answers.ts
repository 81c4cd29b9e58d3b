import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { sharedData } from './shared-data.ts'

/** The rows of one table of real REST answers: `api_issues`, `api_sprints` … */
export function devlake(table: string): Record<string, unknown>[] {
  const csv = readFileSync(sharedData('rest/devlake', `_raw_jira_${table}.csv`), 'utf8').trimStart()
  const rows = parse(csv, { columns: true, relax_column_count: true }) as unknown as { data: string }[]
  return rows.map((row) => JSON.parse(row.data) as Record<string, unknown>)
}

/** One answer of an older Jira: `all_boards`, `sprints` … */
export function goJira(name: string): unknown {
  return JSON.parse(readFileSync(sharedData('rest/go-jira', `${name}.json`), 'utf8'))
}
