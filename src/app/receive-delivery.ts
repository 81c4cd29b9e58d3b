import type { SiteId } from '../domain/ids.ts'
import type { Doorbell } from './ports/doorbell.ts'
import type { InboxRecords } from './ports/inbox.ts'

export interface IncomingDelivery {
  readonly siteId: SiteId
  readonly body: Uint8Array
  /** `X-Hub-Signature`; null when missing or sent more than once. */
  readonly signature: string | null
  readonly deliveryId: string | null
  readonly retry: string | null
  readonly flow: string | null
}

export type ReceiveOutcome = { readonly kind: 'stored' | 'duplicate' | 'unauthorized' | 'unknown_site' }

export interface ReceiveDeliveryDeps {
  /** The secrets a site may sign with, two during a rotation; null for a site that is not configured. */
  readonly secretsOf: (siteId: SiteId) => readonly string[] | null
  /** Compares in constant time, over the raw bytes. */
  readonly isSignedBy: (body: Uint8Array, signature: string, secret: string) => boolean
  readonly sha256: (body: Uint8Array) => Uint8Array
  readonly inbox: Pick<InboxRecords, 'store'>
  readonly doorbell: Doorbell
}

/**
 * Takes a webhook in: signature, then one committed row, then the bell. Nothing is parsed here: what the bytes mean
 * is decided after Jira has its answer. Throws when the row cannot be stored, so that Jira tries again.
 */
export async function receiveDelivery(
  { secretsOf, isSignedBy, sha256, inbox, doorbell }: ReceiveDeliveryDeps,
  { siteId, body, signature, deliveryId, retry, flow }: IncomingDelivery,
): Promise<ReceiveOutcome> {
  const secrets = secretsOf(siteId)
  if (secrets === null) return { kind: 'unknown_site' }
  if (signature === null || !secrets.some((secret) => isSignedBy(body, signature, secret))) {
    return { kind: 'unauthorized' }
  }
  const stored = await inbox.store({ siteId, deliveryId, bodySha256: sha256(body), body, retry, flow })
  if (stored === 'stored') void doorbell.ring('deliveries', siteId)
  return { kind: stored }
}
