import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import type { DeliveryOutcome } from '../../../app/ports/inbox.ts'
import { bytes, instant } from './columns.ts'

/** Webhooks as they came. The delivery id is not signed, so the body's hash is a second key. */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    siteId: text().notNull(),
    deliveryId: text(),
    bodySha256: bytes().notNull(),
    body: bytes().notNull(),
    retry: text(),
    flow: text(),
    receivedAt: instant()
      .notNull()
      .default(sql`now()`),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant()
      .notNull()
      .default(sql`now()`),
    processedAt: instant(),
    outcome: text(),
    event: text(),
    reason: text(),
  },
  (table) => [
    uniqueIndex('inbox_delivery').on(table.siteId, table.deliveryId),
    uniqueIndex('inbox_body').on(table.siteId, table.bodySha256),
    index('inbox_waiting')
      .on(table.siteId, table.id)
      .where(sql`processed_at is null`),
    index('inbox_waiting_direct')
      .on(table.siteId, table.id)
      .where(sql`processed_at is null and flow is distinct from 'Secondary'`),
    index('inbox_parked')
      .on(table.id)
      .where(sql`outcome = 'parked'`),
  ],
)

/** How deliveries ended, counted as they end: reading the counts never walks the inbox. */
export const deliveryCounts = pgTable(
  'delivery_counts',
  {
    event: text().notNull(),
    outcome: text().$type<DeliveryOutcome>().notNull(),
    reason: text().notNull(),
    deliveries: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.event, table.outcome, table.reason] })],
)
