import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded.ts'
import { migrateDatabase } from '../src/adapters/postgres/migrate.ts'
import { schemaText } from './schema-text.ts'

/** Writes `migrations/schema.txt` from an empty database that went through every migration. */
const folder = mkdtempSync(join(tmpdir(), 'throughline-schema-'))
const server = await startEmbeddedPostgres(folder)
const client = new pg.Client({ connectionString: server.url })
try {
  await migrateDatabase(server.url)
  await client.connect()
  const text = await schemaText(async (sql) => {
    const { rows } = await client.query<{ line: string }>(sql)
    return rows.map(({ line }) => line)
  })
  writeFileSync(resolve(import.meta.dirname, '../migrations/schema.txt'), text)
} finally {
  await client.end()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}
