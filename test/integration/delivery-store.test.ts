import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReceivedDelivery } from '../../src/app/ports/inbox.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

let store: FreshDatabase

beforeEach(async () => {
  store = await freshDatabase()
})

afterEach(() => store.drop())

function delivery(deliveryId: string | null, text: string | Buffer, siteId = 'main'): ReceivedDelivery {
  const body = Buffer.from(text)
  const bodySha256 = createHash('sha256').update(body).digest()
  return { siteId, deliveryId, body, bodySha256, retry: '1', flow: 'Primary' }
}

const storeAll = (deliveries: readonly ReceivedDelivery[]) =>
  Promise.all(deliveries.map((each) => store.database.records.inbox.store(each)))

describe('deliveries that come at the same time', () => {
  it('are stored byte for byte, each with its own identifier', async () => {
    const bodies = Array.from({ length: 300 }, (_, index) => randomBytes(1 + ((index * 37) % 900)))
    const outcomes = await storeAll(bodies.map((body, index) => delivery(`id-${index}`, body)))
    expect(new Set(outcomes)).toEqual(new Set(['stored']))
    const rows = await store.query('select delivery_id, body, body_sha256, retry, flow from inbox')
    expect(rows).toHaveLength(300)
    for (const row of rows) {
      const body = bodies[Number(String(row['delivery_id']).slice(3))]!
      expect(body.equals(row['body'] as Buffer)).toBe(true)
      expect(
        createHash('sha256')
          .update(body)
          .digest()
          .equals(row['body_sha256'] as Buffer),
      ).toBe(true)
      expect(row).toMatchObject({ retry: '1', flow: 'Primary' })
    }
  })

  it('are told apart from their duplicates, by identifier, by body and by both', async () => {
    expect(await storeAll([delivery('first', 'known already')])).toEqual(['stored'])
    const outcomes = await storeAll([
      delivery('other', 'under way'),
      delivery('a', 'one'),
      delivery('a', 'one'),
      delivery('a', 'two'),
      delivery('b', 'one'),
      delivery('b', 'three'),
      delivery('first', 'four'),
      delivery('c', 'known already'),
    ])
    const rows = await store.query(
      'select delivery_id, convert_from(body, $1) as body from inbox order by id',
      ['UTF8'],
    )
    const stored = outcomes.filter((outcome) => outcome === 'stored')
    expect(stored).toHaveLength(rows.length - 1)
    // Whichever of two that exclude each other came first, none is stored twice and none is lost.
    const seen = (key: string) => rows.map((row) => row[key])
    expect(new Set(seen('delivery_id')).size).toBe(rows.length)
    expect(new Set(seen('body')).size).toBe(rows.length)
    expect(seen('delivery_id')).toEqual(expect.arrayContaining(['first', 'a', 'b']))
  })

  it('are answered each for itself: the one that is known, and the one with its body that is new', async () => {
    await storeAll([delivery('known', 'one')])
    const outcomes = await storeAll([
      delivery('other', 'under way'),
      delivery('known', 'two'),
      delivery('new', 'two'),
    ])
    expect(outcomes).toEqual(['stored', 'duplicate', 'stored'])
  })

  it('of two sites or without identifiers do not shut each other out', async () => {
    const outcomes = await storeAll([
      // Goes by itself, and the others together after it.
      delivery('first', 'under way'),
      delivery('a', 'one', 'main'),
      delivery('a', 'one', 'other'),
      delivery(null, 'two'),
      delivery(null, 'three'),
      delivery(null, 'three'),
      delivery(null, ''),
    ])
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(1)
    expect(outcomes.slice(0, 4)).toEqual(['stored', 'stored', 'stored', 'stored'])
  })

  it('fail one by one: what PostgreSQL refuses takes no other with it', async () => {
    const tooLongForAnIndex = randomBytes(8_000).toString('hex')
    const outcomes = await Promise.allSettled(
      ['one', tooLongForAnIndex, 'two', 'three'].map((id) =>
        store.database.records.inbox.store(delivery(id, `body of ${id}`)),
      ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await store.query('select id from inbox')).toHaveLength(3)
  })

  it('share statements', async () => {
    const statements = async () =>
      Number((await store.query('select count(distinct xmin::text) as n from inbox'))[0]!['n'])
    await storeAll(Array.from({ length: 100 }, (_, index) => delivery(`id-${index}`, `body ${index}`)))
    expect(await statements()).toBeLessThan(10)
  })

  it('are not held up by a large one', async () => {
    const large = delivery('large', randomBytes(20 * 1024 * 1024))
    const order: string[] = []
    const note = (name: string) => (outcome: string) => order.push(`${name} ${outcome}`)
    const { inbox } = store.database.records
    await Promise.all([
      inbox.store(large).then(note('large')),
      inbox.store(delivery('small', 'small')).then(note('small')),
    ])
    expect(order).toEqual(['small stored', 'large stored'])
  })
})
