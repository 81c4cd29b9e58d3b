import type { TestApi } from './api.ts'

interface ReportedLine {
  readonly line: number
  readonly type: string
  readonly outcome: string
  readonly key: string | null
  readonly title: string | null
  readonly changes: readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[]
  readonly checkIn: 'new' | 'known' | null
  readonly notes: readonly string[]
  readonly problems: readonly { readonly column: string | null; readonly message: string }[]
}

export interface Report {
  readonly isApplied: boolean
  readonly counts: Readonly<Record<string, number>>
  readonly newCheckIns: number
  readonly madeBeside: readonly { readonly kind: string; readonly key: string; readonly title: string }[]
  readonly problems: readonly string[]
  readonly unusedColumns: readonly string[]
  readonly lines: readonly ReportedLine[]
}

/** Posts a table and gives the report; fails when the file as a whole is refused. */
export async function importCsv({ ask }: TestApi, csv: string, query = 'cycle=2026-Q4'): Promise<Report> {
  const { status, text, body } = await ask('POST', `/api/v1/import?${query}`, {
    body: Buffer.from(csv),
    headers: { 'content-type': 'text/csv' },
  })
  if (status !== 200) throw new Error(`${status}: ${text}`)
  return body as unknown as Report
}

/** Counts of rows that an import may leave behind. */
export async function written({ store }: TestApi): Promise<Record<string, number>> {
  const tables = [
    'cycles',
    'teams',
    'objectives',
    'key_results',
    'initiatives',
    'kpis',
    'check_ins',
    'audit',
    'feed',
  ]
  const counts = await Promise.all(
    tables.map(async (table) => {
      const [row] = await store.query(`select count(*)::int as count from ${table}`)
      return [table, Number(row?.count)] as const
    }),
  )
  return Object.fromEntries(counts)
}

/** Every row that an import could touch, as it is stored: nothing else is “changed nothing”. */
export async function stored({ store }: TestApi): Promise<Record<string, unknown>> {
  const tables = [
    'cycles',
    'teams',
    'objectives',
    'key_results',
    'initiatives',
    'kpis',
    'check_ins',
    'audit',
    'feed',
  ]
  const rows = await Promise.all(
    tables.map(async (table) => [table, await store.query(`select * from ${table} order by 1, 2`)] as const),
  )
  return Object.fromEntries(rows)
}
