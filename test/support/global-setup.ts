import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts'
import { migrateDatabase } from '../../src/adapters/postgres/migrate.ts'
import { startRedis } from './redis-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server where tests may create databases. */
    serverUrl: string
    /** A migrated database that tests clone. */
    templateDatabase: string
    /** null where there is no Redis; CI always has one. */
    redisUrl: string | null
  }
}

/** Real stores for the whole run: those of DATABASE_URL and REDIS_URL, else an embedded PostgreSQL and redis-server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-test-'))
  const external = process.env.DATABASE_URL
  const embedded = external === undefined ? await startEmbeddedPostgres(folder) : null
  const serverUrl = external ?? embedded!.url
  const redis = process.env.REDIS_URL === undefined ? await startRedis(folder) : null
  const redisUrl = process.env.REDIS_URL ?? redis?.url ?? null
  if (redisUrl === null && process.env.CI === 'true') throw new Error('CI needs redis-server or REDIS_URL')

  const templateDatabase = `throughline_template_${randomUUID().slice(0, 8)}`
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`create database ${templateDatabase}`)
  await migrateDatabase(databaseUrl(serverUrl, templateDatabase))

  project.provide('serverUrl', serverUrl)
  project.provide('templateDatabase', templateDatabase)
  project.provide('redisUrl', redisUrl)
  return async () => {
    await admin.query(`drop database ${templateDatabase} with (force)`)
    await admin.end()
    redis?.stop()
    await embedded?.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.toString()
}
