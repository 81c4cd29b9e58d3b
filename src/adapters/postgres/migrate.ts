import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { resolve } from 'node:path'

const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations')

/** Any number that no other user of the database takes as an advisory lock. */
const MIGRATION_LOCK = 7_305_210

/**
 * Brings a database's schema up to date. Processes that start together wait for one another; each migration is one
 * transaction, so a kill leaves it whole or absent.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'throughline-migrate' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client), { migrationsFolder: MIGRATIONS })
  } finally {
    await client.end()
  }
}
