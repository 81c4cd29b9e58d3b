import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { connectQueueBackend, type QueueBackend, type QueueStore } from '../../src/adapters/queue/backend.ts'
import { createDoorbell, createDoorbellListener } from '../../src/adapters/queue/doorbell.ts'
import { encodeJobId } from '../../src/adapters/queue/job-id.ts'
import type { Doorbell, DoorbellListener } from '../../src/app/ports/doorbell.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'
import { silentLog } from '../support/silent-log.ts'

const redisUrl = inject('redisUrl')

describe('the doorbell on PostgreSQL', () => {
  let store: FreshDatabase
  beforeEach(async () => {
    store = await freshDatabase()
  })
  afterEach(() => store.drop())
  keepsItsContract(() => ({ kind: 'postgres', url: store.url }))
})

describe.skipIf(redisUrl === null)('the doorbell on Redis', () => {
  let database = 0
  beforeEach(() => {
    database = (database % 15) + 1
  })
  keepsItsContract(() => ({ kind: 'redis', url: `${redisUrl!}/${database}` }))
})

function keepsItsContract(store: () => QueueStore): void {
  let backend: QueueBackend
  let doorbell: Doorbell
  let listener: DoorbellListener

  beforeEach(async () => {
    backend = await connectQueueBackend(store(), silentLog)
    doorbell = createDoorbell(backend, silentLog)
    listener = createDoorbellListener(backend, silentLog)
  })

  afterEach(async () => {
    await listener.close(1_000)
    await doorbell.close()
    await backend.close()
  })

  it('runs for a ring, with its id', async () => {
    const runs = new Recorder()
    await listener.listen('recompute', runs.handle, { concurrency: 2 })
    await doorbell.ring('recompute', 'KR-1')
    await runs.until(1)
    expect(runs.ids).toEqual(['KR-1'])
  })

  it('merges rings of one id that wait, and keeps different ids apart', async () => {
    for (let ring = 0; ring < 10; ring++) {
      await doorbell.ring('recompute', 'KR-1')
      await doorbell.ring('recompute', 'KR-2')
    }
    const runs = new Recorder()
    await listener.listen('recompute', runs.handle, { concurrency: 2 })
    await runs.until(2)
    expect(runs.ids.toSorted()).toEqual(['KR-1', 'KR-2'])
  })

  it('always runs after the last ring, also when it came during a run', async () => {
    const runs = new Recorder()
    let ringAgain: (() => Promise<void>) | null = () => doorbell.ring('recompute', 'KR-1')
    await listener.listen(
      'recompute',
      async (id) => {
        const ring = ringAgain
        ringAgain = null
        await ring?.()
        await runs.handle(id)
      },
      { concurrency: 2 },
    )
    await doorbell.ring('recompute', 'KR-1')
    await runs.until(2)
    expect(runs.ids).toEqual(['KR-1', 'KR-1'])
  })

  it('never runs one id twice at a time', async () => {
    const runs = new Recorder()
    let running = 0
    let most = 0
    await listener.listen(
      'deliveries',
      async (id) => {
        most = Math.max(most, ++running)
        await new Promise((done) => setImmediate(done))
        running--
        await runs.handle(id)
      },
      { concurrency: 4 },
    )
    const rings = Array.from({ length: 20 }, () => doorbell.ring('deliveries', 'main'))
    await Promise.all(rings)
    await doorbell.ring('deliveries', 'main')
    await runs.until(1)
    expect(most).toBe(1)
  })

  it('takes ids that a job id could not be', async () => {
    const ids = ['12', 'a:b:c', '', 'site/ü', 'KR-1']
    const runs = new Recorder()
    await listener.listen('comments', runs.handle, { concurrency: 1 })
    for (const id of ids) await doorbell.ring('comments', id)
    await runs.until(ids.length)
    expect(runs.ids.toSorted()).toEqual(ids.toSorted())
  })

  it('is freed from a ring that blocks an id and never runs', async () => {
    const HOUR_MS = 3_600_000
    const blocking = { deduplication: { id: encodeJobId('KR-1') }, delay: HOUR_MS }
    await backend.queue('recompute').add('recompute', { id: 'KR-1' }, blocking)
    const runs = new Recorder()
    await listener.listen('recompute', runs.handle, { concurrency: 1 })
    await doorbell.ring('recompute', 'KR-1')
    await doorbell.ring('recompute', 'KR-2')
    await runs.until(1)
    expect(runs.ids).toEqual(['KR-2'])

    await doorbell.free('recompute', 'KR-1')
    await doorbell.ring('recompute', 'KR-1')
    await runs.until(2)
    expect(runs.ids).toEqual(['KR-2', 'KR-1'])
  })

  it.each([
    ['one', 'recompute-many', 'recompute'],
    ['many', 'recompute', 'recompute-many'],
  ] as const)('keeps no ring for %s waiting behind those of the other kind', async (_, crowded, other) => {
    const endless = Promise.withResolvers<undefined>()
    const crowd = new Recorder()
    await listener.listen(
      crowded,
      async (id) => {
        await crowd.handle(id)
        await endless.promise
      },
      { concurrency: 2 },
    )
    const runs = new Recorder()
    await listener.listen(other, runs.handle, { concurrency: 2 })
    for (let id = 0; id < 20; id++) await doorbell.ring(crowded, String(id))
    await crowd.until(2)
    await doorbell.ring(other, '7')
    await runs.until(1)
    expect(runs.ids).toEqual(['7'])
    expect(crowd.ids).toHaveLength(2)
    endless.resolve(undefined)
    await crowd.until(20)
  })

  it('goes on after a run that threw', async () => {
    const runs = new Recorder()
    await listener.listen(
      'recompute',
      async (id) => {
        await runs.handle(id)
        if (id === 'KR-1') throw new Error('this run fails')
      },
      { concurrency: 1 },
    )
    await doorbell.ring('recompute', 'KR-1')
    await runs.until(1)
    await doorbell.ring('recompute', 'KR-1')
    await doorbell.ring('recompute', 'KR-2')
    await runs.until(3)
    expect(runs.ids).toContain('KR-2')
  })
}

/** Remembers the runs and lets a test wait for them. */
class Recorder {
  readonly ids: string[] = []
  readonly #waiting: (() => void)[] = []

  readonly handle = (id: string): Promise<void> => {
    this.ids.push(id)
    for (const wake of this.#waiting.splice(0)) wake()
    return Promise.resolve()
  }

  async until(runs: number): Promise<void> {
    while (this.ids.length < runs) await new Promise<void>((done) => this.#waiting.push(done))
  }
}

describe('a doorbell whose store is gone', () => {
  it('fails in a moment and never throws: the sweeper finds the work', async () => {
    const backend = await connectQueueBackend({ kind: 'redis', url: 'redis://127.0.0.1:1' }, silentLog)
    const doorbell = createDoorbell(backend, silentLog)
    await expect(doorbell.ring('deliveries', 'main')).resolves.toBeUndefined()
    await backend.close()
  })
})
