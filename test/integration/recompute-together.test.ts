import { afterEach, beforeEach, expect, describe, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { recomputeKeyResult, recomputeKeyResults } from '../../src/app/recompute-key-result.ts'
import { createSlots } from '../../src/app/slots.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, BY_POINTS, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const KEYS = Array.from({ length: 30 }, (_, index) => `KR-${index + 1}` as KeyResultKey)
const NOW = Date.parse('2026-11-10T09:00:00Z')

let service: TestService
let rung: string[]
let logged: unknown[]
beforeEach(async () => {
  service = await startTestService()
  rung = []
  logged = []
  const measures = KEYS.map((key, index) => [key, index % 2 === 0 ? BY_COUNT : BY_POINTS] as const)
  await storeGoals(service.database, { keyResults: Object.fromEntries(measures) })
  service.setNow(NOW)
  for (const [index, key] of KEYS.entries()) {
    const at = '2026-10-05T07:00:00.000Z'
    await service.deliver(issueEvent({ id: index + 1, at, created: at, labels: [key] }))
  }
  await service.work.deliveries('main')
  await service.work.recomputeAll(KEYS)
})
afterEach(() => service.stop())

const deps = () => ({
  ...service,
  doorbell: { ring: (_bell: string, id: string) => Promise.resolve(void rung.push(id)) },
  clock: { now: () => NOW },
  compileLinkRules,
  relinkSlots: createSlots(1),
  isOutage: () => false,
  publicUrl: 'http://127.0.0.1',
  writesComments: true,
  log: { ...silentLog, error: (facts: object, message: string) => void logged.push({ ...facts, message }) },
})

const markAll = () =>
  service.database.transaction(({ progress }) =>
    progress.markDirty(KEYS.map((keyResult) => ({ keyResult, day: '2026-10-01', relink: false }))),
  )

const numbers = async () => {
  const snapshots = await service.database.records.progress.latestSnapshots(KEYS)
  return KEYS.map((key) => snapshots.get(key)?.numbers)
}

describe('key results that are recomputed together', () => {
  it('come to the same as one by one', async () => {
    await service.store.query('delete from snapshots')
    await markAll()
    for (const key of KEYS) await recomputeKeyResult(deps(), key)
    const alone = await numbers()
    expect(alone.every((one) => one !== undefined)).toBe(true)

    await service.store.query('delete from snapshots')
    await markAll()
    await recomputeKeyResults(deps(), KEYS)
    expect(await numbers()).toEqual(alone)
    expect(await service.database.records.progress.dirtyKeyResults(100)).toEqual([])
  })

  it('keep none waiting for one that cannot be: they are recomputed without it, and it is told', async () => {
    await markAll()
    const broken = KEYS[10]!
    await service.store.query(`update key_results set measure = '{"kind": "unheard of"}' where key = $1`, [
      broken,
    ])
    expect(await recomputeKeyResults(deps(), KEYS)).toEqual([broken])
    const left = await service.database.records.progress.dirtyKeyResults(100)
    expect(left).toEqual([broken])
    // The sweeper tries again what stays marked: a bell would have it tried once more at once.
    expect(rung.filter((id) => id !== 'due')).toEqual([])
    expect(logged).toEqual([
      {
        keyResult: broken,
        error: expect.stringMatching(/Error/) as unknown,
        message: 'a key result could not be recomputed',
      },
    ])
  })

  it('are tried once when they are one alone', async () => {
    let tries = 0
    const transaction = () => {
      tries++
      return Promise.reject(Object.assign(new TypeError('no such thing'), { code: '22P02' }))
    }
    const database = { records: service.database.records, transaction }
    expect(await recomputeKeyResults({ ...deps(), database }, [KEYS[0]!])).toEqual([KEYS[0]])
    expect(tries).toBe(1)
    expect(logged).toEqual([expect.objectContaining({ keyResult: KEYS[0], error: 'TypeError (22P02)' })])
  })

  it('are linked anew together, those of them for which that is wished', async () => {
    const before = await numbers()
    await service.store.query(`delete from contributions where key_result in ('KR-1', 'KR-2', 'KR-3')`)
    await service.database.transaction(({ progress }) =>
      progress.markDirty(
        KEYS.map((keyResult, index) => ({ keyResult, day: '2026-10-01', relink: index !== 2 })),
      ),
    )
    await recomputeKeyResults(deps(), KEYS)
    expect(await numbers()).toEqual(before)
    expect(await service.store.query('select key_result from contributions order by 1')).toEqual(
      KEYS.filter((key) => key !== 'KR-3')
        .toSorted()
        .map((key) => ({ key_result: key })),
    )
    expect(await service.database.records.progress.dirtyKeyResults(100)).toEqual([])
  })

  it('keep a wish for new links that came while they were linked', async () => {
    const wish = () =>
      service.database.records.progress.markDirty([{ keyResult: KEYS[0]!, day: null, relink: true }])
    await wish()
    const { records, transaction } = service.database
    const linksEvaluated: typeof records.progress.linksEvaluated = async (wishes) => {
      await wish()
      await records.progress.linksEvaluated(wishes)
    }
    const database = {
      transaction,
      records: { ...records, progress: { ...records.progress, linksEvaluated } },
    }
    await recomputeKeyResults({ ...deps(), database }, KEYS)
    expect(await records.progress.relinkWishes(KEYS)).toMatchObject([{ keyResult: KEYS[0] }])
    // A run that heard the ring of that wish found the key result locked, and left it to this one.
    expect(rung.filter((id) => id !== 'due')).toEqual([KEYS[0]])
  })
})
