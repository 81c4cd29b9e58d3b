import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInboxRecords } from '../../src/adapters/postgres/inbox.ts'
import * as schema from '../../src/adapters/postgres/schema.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { applyDeliveries } from '../../src/app/apply-deliveries.ts'
import type { Doorbell } from '../../src/app/ports/doorbell.ts'
import type { Database } from '../../src/app/ports/records.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { silentLog } from '../support/silent-log.ts'

const [BULK, OWN] = ['KR-1' as KeyResultKey, 'KR-2' as KeyResultKey]
/** More than a few: as many persons' key results. */
const THEIRS = Array.from({ length: 11 }, (_, at) => `KR-${101 + at}` as KeyResultKey)
const AT = '2026-10-05T07:00:00.000Z'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  const keys = [BULK, OWN, ...THEIRS]
  await storeGoals(service.database, { keyResults: Object.fromEntries(keys.map((key) => [key, BY_COUNT])) })
  await service.drain()
})
afterEach(() => service.stop())

/** As many webhooks as issues were changed at once, which wait. */
async function storeBulk(count: number): Promise<void> {
  const event = JSON.stringify(issueEvent({ id: 77_777, at: AT, labels: [BULK] }))
  await service.store.query(
    `insert into inbox (site_id, delivery_id, body_sha256, body, flow)
     select 'main', 'bulk-' || n, sha256(body), body, 'Secondary'
     from generate_series(1, $2::int) as n,
       lateral (select convert_to(replace($1, '77777', (1000 + n)::text), 'utf8')) as made (body)`,
    [event, count],
  )
}

let issues = 0
const deliverOwn = (flow?: 'Primary') => {
  const event = issueEvent({ id: ++issues, at: AT, labels: [OWN] })
  return service.deliver(event, flow === undefined ? {} : { flow })
}

async function waiting(): Promise<{ own: number; bulk: number }> {
  const [row] = await service.store.query(
    `select count(*) filter (where flow is distinct from 'Secondary')::int as own,
       count(*) filter (where flow = 'Secondary')::int as bulk from inbox where processed_at is null`,
  )
  return row as { own: number; bulk: number }
}

/** Applies what waits, and tells what is left after each transaction. */
async function apply(
  beforeEachOne: () => Promise<unknown> = () => Promise.resolve(),
  doorbell: Doorbell = service.doorbell,
) {
  const left: { own: number; bulk: number }[] = []
  const { records, transaction } = service.database
  const database: Database = {
    records,
    transaction: async (work) => {
      await beforeEachOne()
      const result = await transaction(work)
      left.push(await waiting())
      return result
    },
  }
  const deps = { database, readDelivery, compileLinkRules, doorbell, isOutage: () => false, log: silentLog }
  await applyDeliveries(deps, 'main')
  return left
}

describe('a webhook of a person behind those of a bulk change', () => {
  it.each([undefined, 'Primary'] as const)('is applied before them (flow %s)', async (flow) => {
    await storeBulk(500)
    await deliverOwn(flow)
    const left = await apply()
    expect(left.slice(0, 2)).toEqual([
      { own: 0, bulk: 500 },
      { own: 0, bulk: 300 },
    ])
    expect(left.at(-1)).toEqual({ own: 0, bulk: 0 })
    await service.drain()
    const scope = async (key: KeyResultKey) =>
      (await service.database.records.progress.latestSnapshot(key))?.numbers.delivery.scope.issues
    expect([await scope(OWN), await scope(BULK)]).toEqual([1, 500])
  })

  it('leaves none of them behind, however many of its kind follow', async () => {
    await storeBulk(500)
    const left = await apply(async () => {
      if ((await waiting()).bulk > 0) await deliverOwn('Primary')
    })
    // Three batches of the bulk, each after one of a person's.
    expect(left.findIndex(({ bulk }) => bulk === 0)).toBe(5)
    expect(left.at(-1)).toEqual({ own: 0, bulk: 0 })
  })

  it('is found without walking through them', async () => {
    await storeBulk(5_000)
    await deliverOwn('Primary')
    await service.store.query('analyze inbox')
    const client = new pg.Client({ connectionString: service.store.url })
    await client.connect()
    try {
      const sent: { query: string; params: unknown[] }[] = []
      const logger = { logQuery: (query: string, params: unknown[]) => void sent.push({ query, params }) }
      const db = drizzle(client, { schema, casing: 'snake_case', logger })
      const claimed = await createInboxRecords(db).claimDue('main', 'direct', { deliveries: 200, bytes: 1e6 })
      expect(claimed).toHaveLength(1)
      const { query, params } = sent[0]!
      const plan = await client.query(`explain ${query}`, params)
      expect(JSON.stringify(plan.rows)).toContain('using inbox_waiting_direct')
    } finally {
      await client.end()
    }
  })
})

describe('what the stories of eleven persons move', () => {
  const deliverTheirs = async (flow: 'Primary' | 'Secondary') => {
    for (const key of THEIRS) {
      await service.deliver(issueEvent({ id: ++issues, at: AT, labels: [key] }), { flow })
    }
  }
  const rungWhenApplied = async () => {
    const rung: string[] = []
    const ring = (bell: string, id: string) => Promise.resolve(void rung.push(`${bell} ${id}`))
    await apply(undefined, { ...service.doorbell, ring })
    return rung
  }

  it('is rung for one by one, though they are applied together: no file stands before it', async () => {
    await deliverTheirs('Primary')
    expect((await rungWhenApplied()).toSorted()).toEqual(THEIRS.map((key) => `recompute ${key}`).toSorted())
  })

  it('is rung for in batches when a bulk change made it', async () => {
    await deliverTheirs('Secondary')
    expect(await rungWhenApplied()).toEqual(['recompute-many 4'])
  })
})
