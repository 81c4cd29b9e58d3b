import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isOutage } from '../adapters/postgres/outage.ts'
import { createMetrics } from '../adapters/system/metrics.ts'
import { checkReadiness } from '../app/check-readiness.ts'
import type { Service } from '../compose.ts'
import type { Settings } from '../config.ts'
import { buildApp } from '../http/build-app.ts'
import type { HttpDeps } from '../http/http-deps.ts'

/** Work older than this means that nobody does it, however alive the processes look. */
const READINESS_LIMITS = { deliveriesMs: 60_000, recomputeMs: 60_000, commentsMs: 15 * 60_000 }

const RATE_LIMIT = { requests: 600, windowMs: 60_000 }
const MAX_EVENT_LOOP_DELAY_MS = 1_000

/** The HTTP side over a composed service; the caller listens. */
export function composeWeb(
  service: Service,
  { config }: Settings,
  { adminToken, logger }: { adminToken: string; logger: HttpDeps['log'] },
): ReturnType<typeof buildApp> {
  const { database, prompt, clock, doorbell } = service
  const metrics = createMetrics(prompt)
  return buildApp({
    database,
    clock,
    doorbell,
    evaluate: service.evaluate,
    writesComments: service.writesComments,
    compileLinkRules: service.compileLinkRules,
    receiveDelivery: async (delivery) => {
      const outcome = await service.receive(delivery).catch((error: unknown) => {
        metrics.countDelivery('unavailable')
        throw error
      })
      metrics.countDelivery(outcome.kind)
      return outcome
    },
    readiness: () => checkReadiness({ records: prompt.records, limits: READINESS_LIMITS }),
    metrics: metrics.registry,
    isOutage,
    log: logger,
    settings: {
      adminToken,
      publicUrl: config.http.publicUrl,
      version: packageVersion(),
      trustProxy: (_address, hop) => hop < config.http.trustedProxies,
      rateLimit: RATE_LIMIT,
      maxEventLoopDelayMs: MAX_EVENT_LOOP_DELAY_MS,
    },
  })
}

function packageVersion(): string {
  const file = resolve(import.meta.dirname, '../../package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
