import { Agent, request } from 'undici'
import type { WebhookDelivery } from './webhook-delivery.ts'

/** How one attempt ended: with a status, or without any answer. */
export type Attempt =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unanswered'; readonly reason: string }

export interface WebhookPoster {
  post(delivery: WebhookDelivery, retry: number): Promise<Attempt>
  close(): Promise<void>
}

/** Posts deliveries as Jira does: 5 s to connect, `timeoutMs` to answer. */
export function createWebhookPoster(options: {
  readonly timeoutMs: number
  readonly concurrency: number
}): WebhookPoster {
  const agent = new Agent({
    connections: options.concurrency,
    connect: { timeout: 5_000 },
  })
  return {
    async post(delivery, retry) {
      try {
        const answer = await request(delivery.url, {
          method: 'POST',
          dispatcher: agent,
          headers: {
            ...delivery.headers,
            ...(retry === 0 ? {} : { 'x-atlassian-webhook-retry': String(retry) }),
          },
          body: delivery.body,
          signal: AbortSignal.timeout(options.timeoutMs),
        })
        await answer.body.dump()
        return { kind: 'answered', status: answer.statusCode }
      } catch (error) {
        return { kind: 'unanswered', reason: error instanceof Error ? error.message : String(error) }
      }
    },
    close: () => agent.destroy(),
  }
}

/** Jira tries again after these and never after any other refusal: a wrong 400 or 404 loses the event. */
export function isRetried(attempt: Attempt): boolean {
  if (attempt.kind === 'unanswered') return true
  return RETRIED_STATUSES.has(attempt.status) || attempt.status >= 500
}

const RETRIED_STATUSES = new Set([408, 409, 425, 429])
