import type { FreshDatabase } from './postgres.ts'

/** What a database holds, table by table: how many rows, and a print of all they say. */
export type RecordPrint = Readonly<Record<string, { readonly rows: number; readonly print: string }>>

/** Takes it when no transaction runs any more. */
export async function recordPrint({ query }: Pick<FreshDatabase, 'query'>): Promise<RecordPrint> {
  const tables = await query("select tablename as name from pg_tables where schemaname = 'public' order by 1")
  const prints: Record<string, RecordPrint[string]> = {}
  for (const { name } of tables as { name: string }[]) {
    const [row] = await query(
      `select count(*)::int as rows, coalesce(md5(string_agg(t::text, ';' order by t::text)), '') as print from ${name} t`,
    )
    prints[name] = row as unknown as RecordPrint[string]
  }
  return prints
}

/** How many rows each table has, without those that have none. */
export function rowCounts(print: RecordPrint): Record<string, number> {
  return Object.fromEntries(
    Object.entries(print).flatMap(([table, { rows }]) => (rows === 0 ? [] : [[table, rows]])),
  )
}

/** Resolves when nobody else is in a transaction on this database: the server may learn late that a program is dead. */
export async function isQuiet({ query }: Pick<FreshDatabase, 'query'>): Promise<boolean> {
  const [row] = await query(
    `select count(*)::int as others from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
  )
  return row!['others'] === 0
}
