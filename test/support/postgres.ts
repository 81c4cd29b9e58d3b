import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { connectDatabase, type PostgresDatabase } from '../../src/adapters/postgres/database.ts'
import { databaseUrl } from './global-setup.ts'
import { silentLog } from './silent-log.ts'

export interface FreshDatabase {
  readonly url: string
  readonly database: PostgresDatabase
  /** Runs SQL beside the stores, to look at what they left. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  drop(): Promise<void>
}

/** A migrated database of its own on the run's PostgreSQL: cloned from the template, dropped at the end. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const serverUrl = inject('serverUrl')
  const name = `throughline_${randomUUID().replaceAll('-', '')}`
  await administrate(serverUrl, `create database ${name} template ${inject('templateDatabase')}`)
  const url = databaseUrl(serverUrl, name)
  const database = connectDatabase({ url, maxConnections: 8, log: silentLog })
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return {
    url,
    database,
    query: async (text, values) => (await client.query<Record<string, unknown>>(text, values)).rows,
    drop: async () => {
      await client.end()
      await database.close()
      await administrate(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

async function administrate(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
