import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyDeliveries } from '../../src/app/apply-deliveries.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
  await service.drain()
  for (const id of [1, 2, 3]) {
    await service.deliver(issueEvent({ id, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
  }
})
afterEach(() => service.stop())

/** The same database, except that its first transaction does its work and then fails. */
function failingOnce(
  when: 'before its commit' | 'after its commit',
  error: Error,
  meanwhile: () => void = () => undefined,
): Database {
  const { records, transaction } = service.database
  let isFirst = true
  return {
    records,
    transaction: async (work) => {
      if (!isFirst) return transaction(work)
      isFirst = false
      await transaction(async (inside) => {
        await work(inside)
        meanwhile()
        if (when === 'before its commit') throw error
      })
      throw error
    },
  }
}

const applyOn = (database: Database, isOutage: (error: unknown) => boolean = () => false) =>
  applyDeliveries(
    { database, readDelivery, compileLinkRules, doorbell: service.doorbell, isOutage, log: silentLog },
    'main',
  )

async function timesApplied(): Promise<number> {
  const outcomes = await service.database.records.inbox.outcomes()
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied'])
  return outcomes[0]!.deliveries
}

const movements = () => service.store.query('select movement from movements')

describe('a delivery is applied once', () => {
  it('when the answer to the commit of its batch is lost', async () => {
    await applyOn(failingOnce('after its commit', new Error('the connection broke')))
    expect(await timesApplied()).toBe(3)
    expect(await movements()).toHaveLength(3)
  })

  it('when another worker applies it after its batch has failed here', async () => {
    const others: Promise<unknown>[] = []
    const failing = failingOnce('before its commit', new Error('this batch fails'), () => {
      others.push(applyOn(service.database))
    })
    await applyOn(failing)
    await Promise.all(others)
    expect(await timesApplied()).toBe(3)
    expect(await movements()).toHaveLength(3)
  })

  it('and its batch is left as it is while the database is away: no delivery is to blame', async () => {
    const away = new Error('the database is away')
    const transactions: string[] = []
    const failing = failingOnce('before its commit', away)
    const counted: Database = {
      ...failing,
      transaction: (work) => {
        transactions.push('one')
        return failing.transaction(work)
      },
    }
    await expect(applyOn(counted, (error) => error === away)).rejects.toBe(away)
    expect(transactions).toHaveLength(1)
    const waiting = await service.database.records.inbox.list({ outcome: 'waiting', limit: 10 })
    expect(waiting.map(({ attempts }) => attempts)).toEqual([0, 0, 0])
  })
})
