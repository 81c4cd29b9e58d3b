import type { SiteId } from '../../domain/ids.ts'
import type { EpochMs } from '../../domain/time.ts'

/** A webhook as it came: bytes, not meaning. */
export interface ReceivedDelivery {
  readonly siteId: SiteId
  /** Jira's `X-Atlassian-Webhook-Identifier`, the same over its retries; null on Data Center. */
  readonly deliveryId: string | null
  readonly bodySha256: Uint8Array
  readonly body: Uint8Array
  /** Jira's retry count, for the operator. */
  readonly retry: string | null
  /** `Secondary` for the fallout of a bulk change or a cascade, else `Primary`; null on Data Center. */
  readonly flow: string | null
}

export interface Delivery {
  readonly id: number
  readonly siteId: SiteId
  readonly body: Uint8Array
  readonly receivedAt: EpochMs
  readonly attempts: number
  /** It follows from somebody's own doing: Jira does not say that it is the fallout of a bulk change. */
  readonly isDirect: boolean
}

export interface DeliveryBatch {
  readonly deliveries: number
  readonly bytes: number
}

export type DeliveryOutcome = 'applied' | 'ignored' | 'parked'

export interface DeliveryResult {
  readonly id: number
  readonly outcome: DeliveryOutcome
  readonly event: string
  /** Why it was ignored or parked; null when applied. */
  readonly reason: string | null
}

export interface DeliveryCount {
  readonly event: string
  readonly outcome: DeliveryOutcome
  readonly reason: string | null
  readonly deliveries: number
}

export interface DeliverySummary {
  readonly id: number
  readonly siteId: SiteId
  readonly event: string | null
  readonly receivedAt: EpochMs
  readonly attempts: number
  readonly outcome: DeliveryOutcome | null
  readonly reason: string | null
  readonly bytes: number
}

/**
 * The inbox is the record of what Jira sent:
 *
 *   stored → applied | ignored | parked        parked → stored (replayed by hand)
 *          ↘ failed attempt, tried again later, parked after the last
 */
export interface InboxRecords {
  /** One row per delivery identifier and per body; a second one is a duplicate and changes nothing. */
  store(delivery: ReceivedDelivery): Promise<'stored' | 'duplicate'>
  /**
   * Due deliveries of a site that fit into the bytes given (at least one), oldest first, locked for this transaction.
   *
   * @param first `direct`: those that follow from somebody's own doing, and the oldest of all only when there are none
   */
  claimDue(siteId: SiteId, first: 'direct' | 'oldest', atMost: DeliveryBatch): Promise<Delivery[]>
  /** Keeps what became of deliveries, and counts them; what somebody else has finished meanwhile stays as it is. */
  finish(results: readonly DeliveryResult[]): Promise<void>
  /** Keeps a delivery whose handling failed for another attempt. */
  retryLater(id: number, reason: string, delayMs: number): Promise<void>
  sitesWithDueDeliveries(): Promise<SiteId[]>
  /** How long the oldest delivery nobody has processed has waited; null when there is none. */
  oldestUnprocessedAgeMs(): Promise<number | null>
  list(filter: { outcome: DeliveryOutcome | 'waiting' | null; limit: number }): Promise<DeliverySummary[]>
  find(id: number): Promise<DeliverySummary | null>
  /** Puts a delivery back in line, also one that was applied. False when there is no such id. */
  replay(id: number): Promise<boolean>
  /** How often deliveries ended in each way, ever; a replayed one counts again. Reasons only of ignored ones. */
  outcomes(): Promise<readonly DeliveryCount[]>
  /** How many wait to be processed. */
  countWaiting(): Promise<number>
}
