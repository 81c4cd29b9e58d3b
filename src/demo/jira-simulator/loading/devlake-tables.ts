import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import type { JsonObject } from '../site/jira-history.ts'

/** One raw answer of Jira, as DevLake keeps them: the JSON, the request it answers and what was asked for. */
interface RawRow {
  readonly data: JsonObject
  readonly url: string
  readonly input: JsonObject | null
}

export interface RawTables {
  readonly issues: readonly RawRow[]
  readonly sprints: readonly RawRow[]
  readonly changelogs: readonly RawRow[]
  readonly statuses: readonly RawRow[]
  readonly issueTypes: readonly RawRow[]
  readonly projects: readonly RawRow[]
  readonly users: readonly RawRow[]
  readonly externalEpics: readonly RawRow[]
}

const FILES: Readonly<Record<keyof RawTables, string>> = {
  issues: '_raw_jira_api_issues.csv',
  sprints: '_raw_jira_api_sprints.csv',
  changelogs: '_raw_jira_api_issue_changelogs.csv',
  statuses: '_raw_jira_api_status.csv',
  issueTypes: '_raw_jira_api_issue_types.csv',
  projects: '_raw_jira_api_projects.csv',
  users: '_raw_jira_api_users.csv',
  externalEpics: '_raw_jira_external_epics.csv',
}

const REQUIRED: ReadonlySet<string> = new Set(['issues', 'sprints'])

/**
 * Reads a folder of DevLake's raw Jira tables. Files other than issues and sprints may be missing.
 *
 * @param baseUrl replaces the site's own address in every link, so that nothing read here leads to a real host
 */
export async function readRawTables(folder: string, baseUrl: string): Promise<RawTables> {
  const tables = await Promise.all(
    Object.entries(FILES).map(async ([table, file]) => [
      table,
      await readTable(folder, file, table, baseUrl),
    ]),
  )
  return Object.fromEntries(tables) as RawTables
}

async function readTable(folder: string, file: string, table: string, baseUrl: string): Promise<RawRow[]> {
  let text: string
  try {
    text = await readFile(join(folder, file), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    if (!REQUIRED.has(table)) return []
    throw new Error(`${folder} has no ${file}: a history needs its issues and its sprints`, { cause: error })
  }
  const rows = parse<Record<string, string>>(text, { columns: true, bom: true, skip_empty_lines: true })
  return rows.map((row) => {
    const url = row.url ?? ''
    const data = (row.data ?? '{}').replaceAll(originOf(url), baseUrl)
    return {
      data: JSON.parse(data) as JsonObject,
      url,
      input:
        row.input === undefined || row.input === '' ? null : (JSON.parse(row.input) as JsonObject | null),
    }
  })
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'no origin'
}
