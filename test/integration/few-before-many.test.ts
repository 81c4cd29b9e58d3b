import { afterEach, describe, expect, inject, it } from 'vitest'
import { addCheckIn } from '../../src/app/goals/add-check-in.ts'
import { applyOkrs } from '../../src/app/okrs/apply-okrs.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { startWorkers, type Workers, type WorkersDeps } from '../../workers/start-workers.ts'
import { eventually } from '../support/eventually.ts'
import { manyKeyResults } from '../support/many-key-results.ts'
import { documentFrom } from '../support/okr-files.ts'
import { createPause } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const redisUrl = inject('redisUrl')

let service: TestService
let workers: Workers | null = null
afterEach(async () => {
  await workers?.stop(10_000)
  workers = null
  await service.stop()
})

/** Workers without a sweeper: whatever happens is due to a bell. */
async function work(handling: Partial<WorkersDeps['work']>): Promise<void> {
  const sweep = () => Promise.resolve()
  const deps = { listener: service.listener, work: { ...service.work, sweep, ...handling }, log: silentLog }
  workers = await startWorkers(deps)
}

/** Objectives of twenty key results each, as a file makes them. */
async function apply(objectives: number): Promise<void> {
  const document = documentFrom(manyKeyResults(objectives, 20))
  const options = { archiveMissing: false, overwrite: false }
  await applyOkrs({ ...service, actor: 'cli' }, document, options)
}

const checkIn = (key: KeyResultKey, value: number) =>
  addCheckIn(
    { ...service, actor: 'api' },
    {
      key,
      value,
      at: null,
      confidence: null,
      note: '',
      author: 'ada',
      source: 'person',
      idempotencyKey: null,
    },
  )

const shows = async (key: KeyResultKey, value: number) =>
  (await service.database.records.progress.latestSnapshot(key))?.numbers.current === value

async function waitingBeside(keys: readonly KeyResultKey[] = []): Promise<number> {
  const [row] = await service.store.query(
    'select count(*)::int as waiting from dirty_key_results where not key_result = any($1)',
    [keys],
  )
  return Number(row?.['waiting'])
}

describe.each([
  ['PostgreSQL', {}],
  ['Redis', { REDIS_URL: `${redisUrl ?? ''}/9` }],
])('with the queue on %s', (name, environment) => {
  const isSkipped = name === 'Redis' && redisUrl === null

  it.skipIf(isSkipped)(
    'what one person does shows while the thousands of a file have hardly begun',
    { timeout: 60_000 },
    async () => {
      service = await startTestService(environment)
      await apply(100)
      expect(await waitingBeside()).toBe(2_000)
      const pause = createPause()
      let batches = 0
      await work({
        recomputeBatch: async (batch) => {
          if (++batches > 4) await pause.wait()
          await service.work.recomputeBatch(batch)
        },
      })
      await pause.reached
      const last = 'KR-1999' as KeyResultKey
      await checkIn(last, 7)
      await eventually('the value to show', () => shows(last, 7))
      expect(await waitingBeside()).toBeGreaterThanOrEqual(0.9 * 2_000)
      pause.end()
    },
  )

  it.skipIf(isSkipped)('many are done however much people do meanwhile', { timeout: 60_000 }, async () => {
    service = await startTestService(environment)
    await apply(15)
    const busy = Array.from({ length: 8 }, (_, at) => `KR-${at + 1}` as KeyResultKey)
    let edits = 0
    let isOver = false
    const edit = async (key: KeyResultKey) => {
      await service.database.records.progress.markDirty([{ keyResult: key, day: null, relink: false }])
      await service.doorbell.ring('recompute', key)
    }
    await work({
      recompute: async (key) => {
        await service.work.recompute(key)
        edits++
        if (!isOver) await edit(key as KeyResultKey)
      },
    })
    for (const key of busy) await edit(key)
    await eventually('the file to be done', async () => (await waitingBeside(busy)) === 0, 50_000)
    isOver = true
    const before = edits
    await eventually('people to be served to the last', async () => (await waitingBeside()) === 0)
    expect(before).toBeGreaterThan(0)
  })
})
