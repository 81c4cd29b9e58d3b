import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPool } from '../../src/adapters/postgres/pool.ts'
import { createProgressRecords } from '../../src/adapters/postgres/progress.ts'
import * as schema from '../../src/adapters/postgres/schema.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { silentLog } from '../support/silent-log.ts'

let store: FreshDatabase
let pool: pg.Pool
beforeEach(async () => {
  store = await freshDatabase()
  pool = createPool(store.url, { max: 1, log: silentLog })
})
afterEach(async () => {
  await pool.end()
  await store.drop()
})

describe('a host that died without a word', () => {
  it('loses its locks within about a minute', async () => {
    const { rows } = await pool.query<{ name: string; setting: string }>(
      "select name, current_setting(name) as setting from pg_settings where name ~ '^tcp_|^idle_in'",
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      idle_in_transaction_session_timeout: '1min',
      tcp_keepalives_count: '3',
      tcp_keepalives_idle: '30',
      tcp_keepalives_interval: '10',
      tcp_user_timeout: '30000',
    })
  })

  it('is not taken for a relink, whose lock is idle as long as its pages take', async () => {
    const db = drizzle(pool, { schema, casing: 'snake_case' })
    const idleTimeout = async (executor: Pick<typeof db, 'execute'>) => {
      const { rows } = await executor.execute(sql`show idle_in_transaction_session_timeout`)
      return rows[0]?.['idle_in_transaction_session_timeout']
    }
    const underLock = await db.transaction(async (transaction) => {
      await createProgressRecords(transaction).lockKeyResults(['KR-12' as KeyResultKey])
      return idleTimeout(transaction)
    })
    expect(underLock).toBe('0')
    expect(await idleTimeout(db)).toBe('1min')
  })
})
