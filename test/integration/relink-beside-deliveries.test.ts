import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { relinkKeyResults } from '../../src/app/relink-key-results.ts'
import { createSlots } from '../../src/app/slots.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-12' as KeyResultKey

let service: TestService
beforeEach(async () => {
  service = await startTestService()
})
afterEach(() => service.stop())

const deliverIssue = (id: number) =>
  service.deliver(issueEvent({ id, at: '2026-10-05T09:00:00.000Z', labels: [KR] }))

/** The database, with something that happens right before the n-th transaction that is opened on it. */
function withEventBefore(position: number, event: () => Promise<unknown>): Database {
  const { records, transaction } = service.database
  let opened = 0
  return {
    records,
    transaction: async (work) => {
      if (++opened === position) await event()
      return transaction(work)
    },
  }
}

async function contributors(): Promise<unknown[]> {
  const rows = await service.store.query('select issue_id from contributions order by 1')
  return rows.map((row) => row['issue_id'])
}

describe('linking a key result anew while webhooks come in', () => {
  it.each([1, 2, 3, 4])('forgets no issue that comes right before its step %i', async (step) => {
    await deliverIssue(1)
    await service.drain()
    await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
    const arrivals: number[] = []
    const database = withEventBefore(step, async () => {
      arrivals.push(2)
      await deliverIssue(2)
      await service.work.deliveries('main')
    })
    await relinkKeyResults({ database, compileLinkRules, relinkSlots: createSlots(1) }, [KR], 'wait')
    if (arrivals.length === 0) await deliverIssue(2)
    await service.drain()
    expect(await contributors()).toEqual(['1', '2'])
    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.delivery.scope.issues).toBe(2)
  })
})
