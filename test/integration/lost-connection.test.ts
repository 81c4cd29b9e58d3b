import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../src/adapters/postgres/database.ts'
import { migrateDatabase } from '../../src/adapters/postgres/migrate.ts'
import { isOutage } from '../../src/adapters/postgres/outage.ts'
import { connectQueueBackend } from '../../src/adapters/queue/backend.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { openSeverableLine, type SeverableLine } from '../support/severable-line.ts'
import { silentLog } from '../support/silent-log.ts'

let store: FreshDatabase
let holder: pg.Client
let line: SeverableLine
beforeEach(async () => {
  store = await freshDatabase()
  line = await openSeverableLine(store.url)
  holder = new pg.Client({ connectionString: store.url })
  await holder.connect()
})
afterEach(async () => {
  await holder.end()
  await line.close()
  await store.drop()
})

/** How work fails whose line is cut while it waits for these tables. */
async function failureWithout(tables: readonly string[], work: () => Promise<unknown>): Promise<unknown> {
  await holder.query(`begin; lock table ${tables.join()}`)
  const failure = work().then(
    () => 'no failure',
    (error: unknown) => error,
  )
  await eventually('it to wait', async () => {
    const waiting = await store.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return waiting.length > 0
  })
  line.cut()
  return failure
}

/** The rollback is then refused with an error of its own, which hides the first. */
describe('a connection that is lost in the middle of a transaction is an outage', () => {
  it('of the record', async () => {
    const database = connectDatabase({ url: line.url, maxConnections: 1, log: silentLog })
    const read = () => database.transaction((records) => records.sites.site('main'))
    expect(isOutage(await failureWithout(['sites'], read))).toBe(true)
    await database.close()
  })

  it('of the migrations', async () => {
    const migrate = () => migrateDatabase(line.url)
    expect(isOutage(await failureWithout(['drizzle.__drizzle_migrations'], migrate))).toBe(true)
  })

  it('of the queue’s own migrations', async () => {
    const queue = await connectQueueBackend({ kind: 'postgres', url: store.url }, silentLog)
    await queue.close()
    const tables = await store.query(
      `select 'bullmq.' || tablename as name from pg_tables where schemaname = 'bullmq'`,
    )
    const migrate = () => connectQueueBackend({ kind: 'postgres', url: line.url }, silentLog)
    expect(
      isOutage(
        await failureWithout(
          tables.map(({ name }) => String(name)),
          migrate,
        ),
      ),
    ).toBe(true)
  })
})
