import { sql } from 'drizzle-orm'
import type { InboxRecords, ReceivedDelivery } from '../../app/ports/inbox.ts'
import type { Executor } from './executor.ts'
import { isOutage } from './outage.ts'

type Stored = 'stored' | 'duplicate'

interface Waiting {
  readonly delivery: ReceivedDelivery
  done(outcome: Stored): void
  failed(error: unknown): void
}

const MAX_ROWS = 64
/** Of one statement. A larger body goes by itself and holds up nobody. */
const MAX_BYTES = 512 * 1024

const SHA256_BYTES = 32

/**
 * Stores deliveries one statement after another: what arrives while one is under way goes together in the next. Each
 * is answered only after the commit that holds it. Most of what a statement costs, the commit above all, it costs
 * once: 32 senders get through with half the work of a statement for each, and wait for two commits at most.
 */
export function createDeliveryStore(db: Executor): Pick<InboxRecords, 'store'> {
  const waiting: Waiting[] = []
  let isStoring = false

  const storeNext = async () => {
    if (isStoring) return
    isStoring = true
    while (waiting.length > 0) await storeBatch(db, waiting.splice(0, rowsThatFit(waiting)))
    isStoring = false
  }

  return {
    store: (delivery) =>
      new Promise((done, failed) => {
        const one = { delivery, done, failed }
        if (delivery.body.byteLength > MAX_BYTES) void storeBatch(db, [one])
        else {
          waiting.push(one)
          void storeNext()
        }
      }),
  }
}

/** As many of the first as fit together, and always the first one. */
function rowsThatFit(waiting: readonly Waiting[]): number {
  let bytes = 0
  const tooMany = waiting.findIndex(
    ({ delivery }, index) => index === MAX_ROWS || (bytes += delivery.body.byteLength) > MAX_BYTES,
  )
  return tooMany === -1 ? waiting.length : Math.max(1, tooMany)
}

/** Settles every delivery of a batch. What a statement refuses is tried alone, so that one fails for itself. */
async function storeBatch(db: Executor, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await insert(
      db,
      batch.map(({ delivery }) => delivery),
    )
    batch.forEach(({ done }, index) => done(outcomes[index]!))
  } catch (error) {
    if (batch.length === 1 || isOutage(error)) batch.forEach(({ failed }) => failed(error))
    else for (const one of batch) await storeBatch(db, [one])
  }
}

/** One row for each delivery that is new by its identifier and by its body, also among themselves. */
async function insert(db: Executor, deliveries: readonly ReceivedDelivery[]): Promise<Stored[]> {
  // In the order of their hashes, so that two statements with the same deliveries wait and never deadlock.
  const rows = [...deliveries].sort((a, b) => Buffer.compare(a.bodySha256, b.bodySha256))
  const column = (value: (delivery: ReceivedDelivery) => string | number | null) => sql.param(rows.map(value))
  // Bodies and hashes travel end to end as one binary value each: an array of them would be hexadecimal text.
  const bodies = Buffer.concat(rows.map(({ body }) => body))
  const hashes = Buffer.concat(rows.map(({ bodySha256 }) => bodySha256))
  const stored = await db.execute<Row>(sql`
    insert into inbox (site_id, delivery_id, body_sha256, body, retry, flow)
    select site_id, delivery_id,
      substring(${hashes}::bytea from (place::int - 1) * ${SHA256_BYTES} + 1 for ${SHA256_BYTES}),
      substring(${bodies}::bytea from (sum(bytes) over (order by place) - bytes)::int + 1 for bytes),
      retry, flow
    from unnest(${column(({ siteId }) => siteId)}::text[], ${column(({ deliveryId }) => deliveryId)}::text[],
      ${column(({ retry }) => retry)}::text[], ${column(({ flow }) => flow)}::text[],
      ${column(({ body }) => body.byteLength)}::int[])
      with ordinality as r(site_id, delivery_id, retry, flow, bytes, place)
    order by place
    on conflict do nothing
    returning site_id, delivery_id, body_sha256`)
  const isNew = new Set(stored.rows.map((row) => identity(row.site_id, row.delivery_id, row.body_sha256)))
  // Of two that are the same in everything, one was stored.
  return deliveries.map(({ siteId, deliveryId, bodySha256 }) =>
    isNew.delete(identity(siteId, deliveryId, bodySha256)) ? 'stored' : 'duplicate',
  )
}

interface Row extends Record<string, unknown> {
  readonly site_id: string
  readonly delivery_id: string | null
  readonly body_sha256: Buffer
}

function identity(siteId: string, deliveryId: string | null, bodySha256: Uint8Array): string {
  return JSON.stringify([siteId, deliveryId, Buffer.from(bodySha256).toString('hex')])
}
