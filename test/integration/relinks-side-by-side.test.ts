import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { recomputeKeyResults } from '../../src/app/recompute-key-result.ts'
import { createSlots } from '../../src/app/slots.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { eventually } from '../support/eventually.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { createPause, doneOrLockedOut, type Pause } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const KEYS = Array.from({ length: 10 }, (_, index) => `KR-${index + 1}` as KeyResultKey)
const [KR] = KEYS as [KeyResultKey]
/** Fewer than are asked for at once, and so many that as many connections are left. */
const AT_ONCE = 4

let service: TestService
let rung: string[]
beforeEach(async () => {
  service = await startTestService()
  rung = []
  await service.deliver(issueEvent({ id: 1, at: '2026-10-05T07:00:00.000Z', labels: [KR] }))
  await service.work.deliveries('main')
  await storeGoals(service.database, { keyResults: Object.fromEntries(KEYS.map((key) => [key, BY_COUNT])) })
})
afterEach(() => service.stop())

/** A batch of many that links all of them anew, and stops before it says that it has. */
function linkMany(pause: Pause): Promise<unknown> {
  const { records, transaction } = service.database
  const linksEvaluated: typeof records.progress.linksEvaluated = async (wishes) => {
    await pause.wait()
    await records.progress.linksEvaluated(wishes)
  }
  const database: Database = {
    transaction,
    records: { ...records, progress: { ...records.progress, linksEvaluated } },
  }
  return recomputeKeyResults(
    {
      ...service,
      database,
      doorbell: { ring: (bell, id) => Promise.resolve(void rung.push(`${bell} ${id}`)) },
      compileLinkRules,
      relinkSlots: createSlots(1),
      isOutage: () => false,
      publicUrl: '',
      writesComments: false,
      log: silentLog,
    },
    KEYS,
  )
}

const mark = (relink: boolean) =>
  service.database.records.progress.markDirty([{ keyResult: KR, day: null, relink }])
const dirty = () => service.database.records.progress.dirtyKeyResults(100)

/** True when it is done without having waited for a lock. */
async function isDoneAtOnce(work: Promise<unknown>): Promise<boolean> {
  let isDone = false
  const noted = work.then(() => (isDone = true))
  await doneOrLockedOut(noted, service.store)
  return isDone
}

describe('a key result that a batch of many links anew', () => {
  it('keeps no run of another waiting: it is left to the batch, which sees what came meanwhile', async () => {
    const pause = createPause()
    const many = linkMany(pause)
    await pause.reached
    await mark(false)
    const one = service.work.recompute(KR)
    const swept = service.work.recomputeAll(KEYS)
    const atOnce = [await isDoneAtOnce(one), await isDoneAtOnce(swept)]
    expect((await dirty()).toSorted()).toEqual(KEYS.toSorted())
    pause.end()
    await Promise.all([many, one, swept])
    expect(atOnce).toEqual([true, true])
    expect(await swept).toEqual([])
    expect(await dirty()).toEqual([])
    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.delivery.scope.issues).toBe(1)
  })

  it('is rung for by the batch when its links are wished anew meanwhile', async () => {
    const pause = createPause()
    const many = linkMany(pause)
    await pause.reached
    await mark(true)
    await service.work.recompute(KR)
    pause.end()
    await many
    expect(rung).toEqual([`recompute ${KR}`])
    expect(await dirty()).toEqual([KR])
    await service.work.recompute(KR)
    expect(await dirty()).toEqual([])
  })

  it('is waited for by whoever must see it', async () => {
    const pause = createPause()
    const many = linkMany(pause)
    await pause.reached
    const now = service.work.recomputeNow(KR)
    expect(await isDoneAtOnce(now)).toBe(false)
    pause.end()
    await Promise.all([many, now])
    expect(await dirty()).toEqual([])
  })
})

describe('many relinks that are asked for at once', () => {
  it('leave connections to all other work, and none of them fails', async () => {
    const held = createPause()
    const holder = service.database.transaction(async (records) => {
      await records.mirror.lockSite('main')
      await held.wait()
    })
    await held.reached
    const all = Promise.allSettled(KEYS.map((key) => service.work.recompute(key)))
    const waiting = async () => {
      const [row] = await service.store.query(
        `select count(*)::int as waiting from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return Number(row?.['waiting'])
    }
    await eventually('relinks to wait for the site', async () => (await waiting()) >= AT_ONCE)
    await service.database.ping()
    const atOnce = await waiting()
    held.end()
    await holder
    expect((await all).filter(({ status }) => status === 'rejected')).toEqual([])
    expect(atOnce).toBe(AT_ONCE)
    expect(await dirty()).toEqual([])
  })
})
