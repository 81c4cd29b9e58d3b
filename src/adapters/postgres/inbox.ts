import { and, asc, desc, eq, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { Delivery, DeliveryResult, DeliverySummary, InboxRecords } from '../../app/ports/inbox.ts'
import { createDeliveryStore } from './delivery-store.ts'
import type { Executor } from './executor.ts'
import { firstRow } from './rows.ts'
import { deliveryCounts, inbox } from './schema.ts'

export function createInboxRecords(db: Executor): InboxRecords {
  return {
    ...createDeliveryStore(db),

    async claimDue(siteId, first, atMost) {
      const due = and(
        eq(inbox.siteId, siteId),
        isNull(inbox.processedAt),
        lte(inbox.nextAttemptAt, sql`now()`),
      )
      const oldestOf = (which: SQL | undefined) =>
        db
          .select({ id: inbox.id, bytes: sql<number>`octet_length(${inbox.body})` })
          .from(inbox)
          .where(which)
          .orderBy(asc(inbox.id))
          .limit(atMost.deliveries)
          .for('update', { skipLocked: true })
      const direct = first === 'direct' ? await oldestOf(and(due, IS_DIRECT)) : []
      const candidates = direct.length > 0 ? direct : await oldestOf(due)
      const ids = withinBytes(candidates, atMost.bytes)
      if (ids.length === 0) return []
      const rows: Delivery[] = await db
        .select({
          id: inbox.id,
          siteId: inbox.siteId,
          body: inbox.body,
          receivedAt: inbox.receivedAt,
          attempts: inbox.attempts,
          isDirect: sql<boolean>`${IS_DIRECT}`,
        })
        .from(inbox)
        .where(inArray(inbox.id, ids))
        .orderBy(asc(inbox.id))
      return rows
    },

    async finish(results) {
      if (results.length === 0) return
      const finished = await db.execute<{ id: string }>(sql`
        update inbox set processed_at = now(), outcome = r.outcome, event = r.event, reason = r.reason
        from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
          as r(id bigint, outcome text, event text, reason text)
        where inbox.id = r.id and inbox.processed_at is null
        returning inbox.id`)
      const ids = new Set(finished.rows.map(({ id }) => Number(id)))
      const counted = countsOf(results.filter(({ id }) => ids.has(id)))
      if (counted.length === 0) return
      await db
        .insert(deliveryCounts)
        .values(counted)
        .onConflictDoUpdate({
          target: [deliveryCounts.event, deliveryCounts.outcome, deliveryCounts.reason],
          set: { deliveries: sql`${deliveryCounts.deliveries} + excluded.deliveries` },
        })
    },

    async retryLater(id, reason, delayMs) {
      await db
        .update(inbox)
        .set({
          attempts: sql`${inbox.attempts} + 1`,
          nextAttemptAt: sql`now() + ${delayMs} * interval '1 millisecond'`,
          reason,
        })
        .where(eq(inbox.id, id))
    },

    async sitesWithDueDeliveries() {
      const rows = await db.execute<{ id: string }>(sql`
        select id from sites where exists (
          select 1 from inbox
          where site_id = sites.id and processed_at is null and next_attempt_at <= now())`)
      return rows.rows.map((row) => row.id)
    },

    async oldestUnprocessedAgeMs() {
      // The first of each site by id: a look at the whole backlog would cost most when there is most to do.
      const rows = await db.execute<{ age: number | null }>(sql`
        select extract(epoch from now() - min(oldest.received_at))::float8 * 1000 as age
        from sites cross join lateral (
          select received_at from inbox
          where site_id = sites.id and processed_at is null
          order by id limit 1) as oldest`)
      return firstRow(rows.rows).age
    },

    list: ({ outcome, limit }) =>
      db
        .select(SUMMARY)
        .from(inbox)
        .where(
          outcome === null
            ? undefined
            : outcome === 'waiting'
              ? isNull(inbox.processedAt)
              : eq(inbox.outcome, outcome),
        )
        .orderBy(desc(inbox.id))
        .limit(limit),

    async find(id) {
      const rows = await db.select(SUMMARY).from(inbox).where(eq(inbox.id, id))
      return rows[0] ?? null
    },

    async replay(id) {
      const rows = await db
        .update(inbox)
        .set({ processedAt: null, outcome: null, reason: null, attempts: 0, nextAttemptAt: sql`now()` })
        .where(eq(inbox.id, id))
        .returning({ id: inbox.id })
      return rows.length > 0
    },

    async outcomes() {
      const rows = await db
        .select()
        .from(deliveryCounts)
        .orderBy(deliveryCounts.outcome, deliveryCounts.event)
      return rows.map(({ reason, ...row }) => ({ ...row, reason: reason === '' ? null : reason }))
    },

    countWaiting: () => db.$count(inbox, isNull(inbox.processedAt)),
  }
}

/** As the index `inbox_waiting_direct` says it: what waits from a bulk change is not walked. */
const IS_DIRECT = sql`flow is distinct from 'Secondary'`

/** In one order, so that two sites that count at once wait for each other and never deadlock. */
function countsOf(results: readonly DeliveryResult[]) {
  const groups = Map.groupBy(results, ({ event, outcome, reason }) =>
    // Reasons of parked deliveries quote what was wrong with each: counted apart they would be without number.
    // So do names of events nobody knows.
    JSON.stringify([
      reason === 'unknown_event' ? '' : event,
      outcome,
      outcome === 'ignored' ? (reason ?? '') : '',
    ]),
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { length: deliveries }]) => {
      const [event, outcome, reason] = JSON.parse(key) as [string, DeliveryResult['outcome'], string]
      return { event, outcome, reason, deliveries }
    })
}

const SUMMARY = {
  id: inbox.id,
  siteId: inbox.siteId,
  event: inbox.event,
  receivedAt: inbox.receivedAt,
  attempts: inbox.attempts,
  outcome: sql<DeliverySummary['outcome']>`${inbox.outcome}`,
  reason: inbox.reason,
  bytes: sql<number>`octet_length(${inbox.body})`,
}

/** The first ids whose bodies fit together, and always the first one. */
function withinBytes(candidates: readonly { id: number; bytes: number }[], maxBytes: number): number[] {
  let total = 0
  return candidates
    .filter(({ bytes }, index) => (total += bytes) <= maxBytes || index === 0)
    .map(({ id }) => id)
}
