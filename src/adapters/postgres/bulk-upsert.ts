import { sql } from 'drizzle-orm'
import type { Executor } from './executor.ts'

type Row = Readonly<Record<string, unknown>>

/** Writes any number of rows in one statement with one parameter; those whose key is known are replaced. */
export async function bulkUpsert(
  db: Executor,
  table: string,
  { key, rows }: { readonly key: string; readonly rows: readonly Row[] },
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first).map(columnOf)
  const names = sql.join(
    columns.map((name) => sql.identifier(name)),
    sql`, `,
  )
  const replaced = sql.join(
    columns
      .filter((name) => name !== key)
      .map((name) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`),
    sql`, `,
  )
  const said = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value])),
  )
  await db.execute(sql`
    insert into ${sql.identifier(table)} (${names})
    select ${names}
    from jsonb_populate_recordset(null::${sql.identifier(table)}, ${JSON.stringify(said)}::jsonb)
    on conflict (${sql.identifier(key)}) do update set ${replaced}`)
}

function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
