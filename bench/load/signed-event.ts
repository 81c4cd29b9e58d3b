import { createHmac, randomUUID } from 'node:crypto'

export const WEBHOOK_SECRET = 'a-secret-that-only-benchmarks-know'

/** A webhook ready to be posted. */
export interface SignedEvent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Signs a body as Jira does, over its bytes. */
export function signed(text: string): SignedEvent {
  const body = Buffer.from(text)
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')
  return {
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': `sha256=${signature}`,
      'x-atlassian-webhook-identifier': randomUUID(),
      'x-atlassian-webhook-flow': 'Primary',
    },
    body,
  }
}
