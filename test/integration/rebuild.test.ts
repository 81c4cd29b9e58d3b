import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { archiveKeyResult } from '../../src/app/goals/archive-key-result.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import { recomputeKeyResult } from '../../src/app/recompute-key-result.ts'
import { createSlots } from '../../src/app/slots.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { createPause, doneOrLockedOut, type Pause } from '../support/pauses.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-12' as KeyResultKey

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  await service.deliver(issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: [KR] }))
  await service.drain()
})
afterEach(() => service.stop())

const deliverDone = (id = 1) =>
  service.deliver(
    issueEvent({
      id,
      at: '2026-10-06T09:00:00.000Z',
      labels: [KR],
      status: 'done',
      changelog: { id: 900 + id, items: [statusItem('to_do', 'done')] },
    }),
  )

async function rebuildAndRecompute(): Promise<void> {
  for (const key of await rebuildDerived(service)) await service.work.recompute(key)
}

const days = () => service.database.records.progress.days(KR)

/** The database, where work that has claimed its key result stops before it reads the flow. */
function stoppingAfterClaim(pause: Pause): Database {
  const { records, transaction } = service.database
  return {
    records,
    transaction: (work) =>
      transaction((inside) => {
        const flowFrom: typeof inside.contributions.flowFrom = async (key, day) => {
          await pause.wait()
          return inside.contributions.flowFrom(key, day)
        }
        return work({ ...inside, contributions: { ...inside.contributions, flowFrom } })
      }),
  }
}

describe('a rebuild', () => {
  it('waits for a recompute that runs, and neither of them fails', async () => {
    await deliverDone(2)
    await service.drain()
    await deliverDone()
    await service.work.deliveries('main')
    const pause = createPause()
    const recompute = recomputeKeyResult(
      {
        ...service,
        database: stoppingAfterClaim(pause),
        compileLinkRules,
        relinkSlots: createSlots(1),
        isOutage: () => false,
        publicUrl: '',
        writesComments: false,
      },
      KR,
    )
    await pause.reached
    const rebuild = rebuildDerived(service)
    await doneOrLockedOut(rebuild, service.store)
    pause.end()

    const [recomputed, rebuilt] = await Promise.allSettled([recompute, rebuild])
    expect(recomputed).toEqual({ status: 'fulfilled', value: undefined })
    expect(rebuilt).toEqual({ status: 'fulfilled', value: [KR] })
  })

  it('leaves a key result that lost all its issues with no progress and no days', async () => {
    await deliverDone()
    await service.drain()
    expect(await days()).toHaveLength(2)
    const site = (await service.database.records.sites.site('main'))!
    await service.database.records.sites.save({ ...site, labelPattern: '^goal/([0-9]+)$' })
    await rebuildAndRecompute()
    expect(await days()).toEqual([])
    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.progress).toBeNull()
  })

  it('keeps the days of an archived key result', async () => {
    await deliverDone()
    await service.drain()
    const changer = { ...service, actor: 'api' }
    await archiveKeyResult(changer, { key: KR })
    await service.drain()
    const before = await days()
    expect(before).toHaveLength(2)
    await rebuildAndRecompute()
    expect(await days()).toEqual(before)
  })
})
