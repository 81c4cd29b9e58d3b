import type { KeyResultKey, SiteId } from '../domain/ids.ts'
import type { Fact } from '../domain/mirror/facts.ts'
import type { SiteFields } from '../domain/site.ts'
import { applyFacts } from './apply-facts.ts'
import { afterFailure, nameOf } from './failure.ts'
import { ringFor } from './goals/ring-for.ts'
import type { Doorbell } from './ports/doorbell.ts'
import type { Delivery, DeliveryResult } from './ports/inbox.ts'
import type { Log } from './ports/log.ts'
import type { Database, Records } from './ports/records.ts'
import { loadSiteContext, type CompileLinkRules, type SiteContext } from './site-context.ts'

/** What the bytes of a delivery say; see the contract that reads them. */
export type ReadDelivery = (
  body: Uint8Array,
  context: { fields: SiteFields; ownAccountId: string | null; receivedAt: number },
) =>
  | { readonly kind: 'facts'; readonly event: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'ignored'; readonly event: string; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly event: string; readonly reason: string }

export interface ApplyDeliveriesDeps {
  readonly database: Database
  readonly readDelivery: ReadDelivery
  readonly compileLinkRules: CompileLinkRules
  readonly doorbell: Doorbell
  /** True for an error that says the store is away or busy: no delivery is to blame for it. */
  readonly isOutage: (error: unknown) => boolean
  readonly log: Log
}

/** Large enough to share one commit, small enough that a kill repeats little and memory stays flat. */
const BATCH = { deliveries: 200, bytes: 32 * 1024 * 1024 }
const MAX_ATTEMPTS = 5

/**
 * Applies every due delivery of a site in batches of one transaction: effects, outcomes and feed together. By turns what
 * Jira sent because of somebody's own doing, then the oldest of all: the first webhook of a person overtakes the ten
 * thousand of a bulk change, and those are never left behind. A batch that fails by itself is taken apart, so that one
 * poison delivery holds up none of its neighbours.
 */
export async function applyDeliveries(deps: ApplyDeliveriesDeps, siteId: SiteId): Promise<void> {
  for (let turn = 0; ; turn++) {
    const first = turn % 2 === 0 ? 'direct' : 'oldest'
    let claimed: readonly Delivery[] = []
    try {
      const batch = await deps.database.transaction(async (records) => {
        await records.mirror.lockSite(siteId)
        claimed = await records.inbox.claimDue(siteId, first, BATCH)
        return applyBatch(deps, records, siteId, claimed)
      })
      await ringFor(deps.doorbell, batch, personsBehind(claimed))
    } catch (error) {
      if (claimed.length === 0 || deps.isOutage(error)) throw error
      deps.log.warn(
        { siteId, deliveries: claimed.length, error: nameOf(error) },
        'a batch failed and is taken apart',
      )
      for (const delivery of claimed) await applyAlone(deps, siteId, delivery)
    }
    if (claimed.length === 0) return
  }
}

/** A batch of what persons did is as many changes; what a bulk change made is one, whoever else is in the batch. */
function personsBehind(deliveries: readonly Delivery[]): number {
  return deliveries.every(({ isDirect }) => isDirect) ? Math.max(1, deliveries.length) : 1
}

async function applyBatch(
  deps: ApplyDeliveriesDeps,
  records: Records,
  siteId: SiteId,
  deliveries: readonly Delivery[],
): Promise<readonly KeyResultKey[]> {
  if (deliveries.length === 0) return []
  const context = await loadSiteContext(records, siteId, deps.compileLinkRules)
  const readings = deliveries.map((delivery) => read(deps, context, delivery))
  const { moved, feed } = await applyFacts(
    records,
    context,
    readings.flatMap(({ facts }) => facts),
  )
  await records.inbox.finish(readings.map(({ result }) => result))
  await records.feed.append(feed)
  return moved
}

function read(
  { readDelivery }: ApplyDeliveriesDeps,
  { site }: SiteContext,
  { id, body, receivedAt }: Delivery,
): { result: DeliveryResult; facts: readonly Fact[] } {
  const reading = readDelivery(body, { fields: site.fields, ownAccountId: site.accountId, receivedAt })
  const { event } = reading
  switch (reading.kind) {
    case 'facts':
      return { result: { id, event, outcome: 'applied', reason: null }, facts: reading.facts }
    case 'ignored':
      return { result: { id, event, outcome: 'ignored', reason: reading.reason }, facts: [] }
    case 'unreadable':
      return { result: { id, event, outcome: 'parked', reason: reading.reason }, facts: [] }
  }
}

async function applyAlone(deps: ApplyDeliveriesDeps, siteId: SiteId, delivery: Delivery): Promise<void> {
  try {
    const moved = await deps.database.transaction((records) => applyBatch(deps, records, siteId, [delivery]))
    await ringFor(deps.doorbell, moved)
  } catch (error) {
    if (deps.isOutage(error)) throw error
    const decision = afterFailure(delivery.attempts, MAX_ATTEMPTS, error)
    const { inbox } = deps.database.records
    deps.log.error(
      { siteId, delivery: delivery.id, decision: decision.kind, error: nameOf(error) },
      'a delivery failed',
    )
    if (decision.kind === 'retry') await inbox.retryLater(delivery.id, nameOf(error), decision.delayMs)
    else await inbox.finish([{ id: delivery.id, event: '', outcome: 'parked', reason: decision.reason }])
  }
}
