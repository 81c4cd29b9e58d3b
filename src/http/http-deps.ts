import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify'
import type { Readiness } from '../app/check-readiness.ts'
import type { LinkDeps } from '../app/goals/link-issue.ts'
import type { Clock } from '../app/ports/clock.ts'
import type { Doorbell } from '../app/ports/doorbell.ts'
import type { Database } from '../app/ports/records.ts'
import type { IncomingDelivery, ReceiveOutcome } from '../app/receive-delivery.ts'
import type { CompileLinkRules } from '../app/site-context.ts'

/** Everything the HTTP side needs from outside. Each route takes the few of these it uses. */
export interface HttpDeps {
  readonly database: Database
  readonly clock: Clock
  readonly doorbell: Pick<Doorbell, 'ring'>
  readonly evaluate: LinkDeps['evaluate']
  readonly compileLinkRules: CompileLinkRules
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
  /** Throws when the delivery could not be stored, so that Jira tries again. */
  readonly receiveDelivery: (delivery: IncomingDelivery) => Promise<ReceiveOutcome>
  readonly readiness: () => Promise<Readiness>
  /** A prom-client registry. */
  readonly metrics: { readonly contentType: string; metrics(): Promise<string> }
  /** True for an error that says a store cannot be reached: answered with 503 instead of 500. */
  readonly isOutage: (error: unknown) => boolean
  /** A pino logger; its redaction is the caller's. */
  readonly log: FastifyBaseLogger
  readonly settings: HttpSettings
}

export interface HttpSettings {
  /** The bearer token of the API. Only its digest is kept. */
  readonly adminToken: string
  /** Where people and Jira reach this service: `https://throughline.example.com`. */
  readonly publicUrl: string
  /** Of this build, for the API description. */
  readonly version: string
  readonly trustProxy: NonNullable<FastifyServerOptions['trustProxy']>
  /** Per caller, on `/api` alone. */
  readonly rateLimit: { readonly requests: number; readonly windowMs: number }
  /** Above this mean delay of the event loop requests are answered with 503; 0 turns shedding off. */
  readonly maxEventLoopDelayMs: number
}
