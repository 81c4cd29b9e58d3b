import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { connectQueueBackend, type QueueBackend } from '../../src/adapters/queue/backend.ts'
import { createDoorbell, createDoorbellListener } from '../../src/adapters/queue/doorbell.ts'
import type { Doorbell, DoorbellListener } from '../../src/app/ports/doorbell.ts'
import { eventually } from '../support/eventually.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { freePort, hasRedisServer, spawnRedis } from '../support/redis-server.ts'
import { silentLog } from '../support/silent-log.ts'

/** A store of the queue that is away at first, and then comes. */
interface AbsentStore {
  readonly backend: QueueBackend
  come(): Promise<void>
  drop(): Promise<void>
}

async function absentPostgres(): Promise<AbsentStore> {
  const store: FreshDatabase = await freshDatabase()
  const backend = await connectQueueBackend({ kind: 'postgres', url: store.url }, silentLog)
  const name = new URL(store.url).pathname.slice(1)
  const admin = new pg.Client({ connectionString: inject('serverUrl') })
  await admin.connect()
  await admin.query(`alter database ${name} allow_connections false`)
  return {
    backend,
    come: async () => {
      await admin.query(`alter database ${name} allow_connections true`)
    },
    drop: async () => {
      await admin.end()
      await store.drop()
    },
  }
}

async function absentRedis(): Promise<AbsentStore> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-redis-'))
  const port = await freePort()
  const backend = await connectQueueBackend({ kind: 'redis', url: `redis://127.0.0.1:${port}` }, silentLog)
  let server: ReturnType<typeof spawnRedis> | null = null
  return {
    backend,
    come: () => {
      server = spawnRedis(folder, port)
      return Promise.resolve()
    },
    drop: () => {
      server?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

const STORES = [
  ['PostgreSQL', absentPostgres],
  ['Redis', absentRedis],
] as const

describe.each(STORES)('a queue on %s that is away when it is first used', (name, makeAbsent) => {
  const isSkipped = name === 'Redis' && !hasRedisServer() && process.env.CI !== 'true'
  let store: AbsentStore
  let doorbell: Doorbell
  let listener: DoorbellListener

  beforeEach(async () => {
    store = await makeAbsent()
    doorbell = createDoorbell(store.backend, silentLog)
    listener = createDoorbellListener(store.backend, silentLog)
  })
  afterEach(async () => {
    await listener.close(1_000)
    await doorbell.close()
    await store.backend.close()
    await store.drop()
  })

  it.skipIf(isSkipped)('keeps nobody waiting, and works when it comes', async () => {
    const runs: string[] = []
    const startedAt = performance.now()
    const handle = (id: string) => Promise.resolve(void runs.push(id))
    await Promise.all([
      listener.listen('recompute', handle, { concurrency: 1 }),
      doorbell.ring('recompute', 'KR-1'),
    ])
    expect(performance.now() - startedAt).toBeLessThan(3_000)
    expect(runs).toEqual([])

    await store.come()
    await eventually('a ring to be heard', async () => {
      await doorbell.ring('recompute', 'KR-2')
      return runs.includes('KR-2')
    })
  })

  it.skipIf(isSkipped)('is closed in a moment when it never comes', async () => {
    const listening = listener.listen('recompute', () => Promise.resolve(), { concurrency: 1 })
    await Promise.all([listening, doorbell.ring('recompute', 'KR-1')])
    const startedAt = performance.now()
    await listener.close(1_000)
    await doorbell.close()
    expect(performance.now() - startedAt).toBeLessThan(6_000)
  })
})
