import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { Database } from '../../app/ports/records.ts'

export interface Metrics {
  readonly registry: Registry
  /** One webhook answered: stored, duplicate, unauthorized, unknown_site, unavailable. */
  countDelivery(outcome: string): void
}

/** Prometheus metrics of the process and of the work that waits. Labels hold outcomes and reasons, never contents. */
export function createMetrics(database: Database): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const received = new Counter({
    name: 'throughline_webhooks_total',
    help: 'Webhooks answered, by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const { inbox, progress, comments } = database.records
  ageGauge(
    registry,
    'throughline_oldest_unprocessed_delivery_seconds',
    'Age of the oldest delivery nobody has processed.',
    () => inbox.oldestUnprocessedAgeMs(),
  )
  ageGauge(
    registry,
    'throughline_oldest_dirty_key_result_seconds',
    'Age of the oldest wish to recompute a key result.',
    () => progress.oldestDirtyAgeMs(),
  )
  ageGauge(
    registry,
    'throughline_oldest_due_comment_seconds',
    'Age of the oldest Jira comment that is due.',
    () => comments.oldestDueAgeMs(),
  )
  const waiting = new Gauge({
    name: 'throughline_deliveries_waiting',
    help: 'Deliveries nobody has processed yet.',
    registers: [registry],
    async collect() {
      waiting.set(await inbox.countWaiting())
    },
  })
  const processed = new Gauge({
    name: 'throughline_deliveries_processed',
    help: 'Deliveries processed since the beginning, by event and outcome, and by reason for ignored ones.',
    labelNames: ['event', 'outcome', 'reason'],
    registers: [registry],
    async collect() {
      processed.reset()
      for (const { event, outcome, reason, deliveries } of await inbox.outcomes()) {
        processed.set({ event, outcome, reason: reason ?? '' }, deliveries)
      }
    },
  })
  return { registry, countDelivery: (outcome) => received.inc({ outcome }) }
}

function ageGauge(registry: Registry, name: string, help: string, ageMs: () => Promise<number | null>): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      gauge.set(((await ageMs()) ?? 0) / 1000)
    },
  })
}
