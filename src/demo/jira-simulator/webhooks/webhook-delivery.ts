import { createHash } from 'node:crypto'
import type { WebhookEvent } from './webhook-event.ts'
import { signatureOf } from './webhook-signature.ts'

/** Where events are sent. */
export interface WebhookTarget {
  readonly url: string
  /** Null leaves deliveries unsigned, as a webhook registered without a secret. */
  readonly secret: string | null
  /** Event names it wants; null for all. */
  readonly events: readonly string[] | null
}

/** One event on its way to one target: its bytes and headers stay the same over all attempts. */
export interface WebhookDelivery {
  readonly url: string
  readonly event: string
  readonly identifier: string
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** @param identify gives the delivery its identifier, knowing its bytes */
export function makeDelivery(
  event: WebhookEvent,
  target: WebhookTarget,
  identify: (body: Uint8Array) => string,
): WebhookDelivery {
  const body = new TextEncoder().encode(JSON.stringify(event.body))
  const identifier = identify(body)
  return {
    url: target.url,
    event: event.name,
    identifier,
    body,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'user-agent': 'Atlassian Webhook HTTP Client',
      'x-atlassian-webhook-flow': event.flow,
      'x-atlassian-webhook-identifier': identifier,
      ...(target.secret === null ? {} : { 'x-hub-signature': signatureOf(target.secret, body) }),
    },
  }
}

/** The same bytes under another identifier: what a receiver must recognise by the body. */
export function renamed(delivery: WebhookDelivery, identifier: string): WebhookDelivery {
  const headers = { ...delivery.headers, 'x-atlassian-webhook-identifier': identifier }
  return { ...delivery, identifier, headers }
}

/**
 * An identifier that is equal in every run of the same seed. It depends on the bytes, so that two simulators of one
 * seed that say different things are not taken for repeating themselves.
 */
export function deliveryIdentifier(seed: number, number: number, body: Uint8Array): string {
  const hash = createHash('sha256').update(`${seed}:${number}:`).update(body).digest('hex')
  return [0, 8, 12, 16, 20]
    .map((start, index, starts) => hash.slice(start, starts[index + 1] ?? 32))
    .join('-')
}
