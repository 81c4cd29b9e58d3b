import { createHmac } from 'node:crypto'
import type { ReceiveOutcome } from '../../src/app/receive-delivery.ts'
import { composeService, type Service } from '../../src/compose.ts'
import { readSettings } from '../../src/config.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'
import { silentLog } from './silent-log.ts'

export const WEBHOOK_SECRET = 'a secret of at least sixteen characters'

export interface TestService extends Service {
  readonly store: FreshDatabase
  /** Posts a signed webhook as Jira would, without HTTP. */
  deliver(
    event: object | Uint8Array,
    headers?: { deliveryId?: string; flow?: 'Primary' | 'Secondary' },
  ): Promise<ReceiveOutcome>
  /** Does all the work that waits, as workers would. */
  drain(): Promise<void>
  setNow(at: number): void
  stop(): Promise<void>
}

/** The whole service on a database of its own, without HTTP and workers: tests do the work when they want it done. */
export async function startTestService(environment: Record<string, string> = {}): Promise<TestService> {
  const store = await freshDatabase()
  let now = Date.parse('2026-11-21T10:00:00Z')
  const settings = readSettings({
    DATABASE_URL: store.url,
    JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...environment,
  })
  const service = await composeService({ settings, log: silentLog, clock: { now: () => now } })
  let deliveries = 0
  return {
    ...service,
    store,
    deliver: (event, headers = {}) => {
      const body = event instanceof Uint8Array ? event : Buffer.from(JSON.stringify(event))
      return service.receive({
        siteId: 'main',
        body,
        signature: sign(body),
        deliveryId: headers.deliveryId ?? `delivery-${++deliveries}`,
        retry: null,
        flow: headers.flow ?? null,
      })
    },
    drain: () => drain(service),
    setNow: (at) => {
      now = at
    },
    stop: async () => {
      await service.close()
      await store.drop()
    },
  }
}

export function sign(body: Uint8Array, secret = WEBHOOK_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

async function drain({ work, database }: Service): Promise<void> {
  await work.deliveries('main')
  for (;;) {
    const dirty = await database.records.progress.dirtyKeyResults(100)
    if (dirty.length === 0) return
    for (const key of dirty) await work.recompute(key)
  }
}
