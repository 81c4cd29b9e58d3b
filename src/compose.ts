import type { PostgresDatabase } from './adapters/postgres/database.ts'
import { isOutage } from './adapters/postgres/outage.ts'
import { createDoorbell, createDoorbellListener } from './adapters/queue/doorbell.ts'
import { compileLinkRules } from './adapters/system/label-pattern.ts'
import { createMessages } from './adapters/system/messages.ts'
import { isSignedBy, sha256 } from './adapters/system/signature.ts'
import { applyDeliveries } from './app/apply-deliveries.ts'
import { descendantsOf } from './app/descendants.ts'
import { workOutEvaluation } from './app/evaluate-issues.ts'
import type { LinkDeps } from './app/goals/link-issue.ts'
import { keysOfBatch } from './app/key-result-batches.ts'
import type { Clock } from './app/ports/clock.ts'
import type { Doorbell, DoorbellListener } from './app/ports/doorbell.ts'
import type { Jira } from './app/ports/jira.ts'
import type { Log } from './app/ports/log.ts'
import { receiveDelivery, type IncomingDelivery, type ReceiveOutcome } from './app/receive-delivery.ts'
import { recomputeKeyResult, recomputeKeyResults } from './app/recompute-key-result.ts'
import { relayComments } from './app/relay-comments.ts'
import { loadSiteContext } from './app/site-context.ts'
import { createSlots } from './app/slots.ts'
import { createSweep } from './app/sweep.ts'
import { sendDigests } from './app/warnings/send-digests.ts'
import type { Settings } from './config.ts'
import { readDelivery } from './contracts/jira/webhook.ts'
import { connectJira } from './compose/connect-jira.ts'
import { openStores } from './compose/open-stores.ts'
import type { KeyResultKey, SiteId } from './domain/ids.ts'
import { renderContent } from './domain/writeback/comment-content.ts'

export interface ServiceOptions {
  readonly settings: Settings
  readonly log: Log
  readonly clock: Clock
  /** How long to wait for a database that cannot be reached yet; a person at a terminal waits less than a service. */
  readonly patienceMs?: number
  /** Ends that wait. */
  readonly stopping?: AbortSignal
}

/** Throughline wired up: what the HTTP server, the workers and the command line work with. */
export interface Service {
  readonly database: PostgresDatabase
  /** Answers or fails within seconds, also when PostgreSQL hangs: for intake and for probes. */
  readonly prompt: PostgresDatabase
  readonly databaseUrl: string
  readonly doorbell: Doorbell
  readonly listener: DoorbellListener
  readonly clock: Clock
  readonly log: Log
  readonly compileLinkRules: typeof compileLinkRules
  /** null without credentials. */
  readonly jira: Jira | null
  /** False where no Jira can be written to, or comments are switched off. */
  readonly writesComments: boolean
  /** Works out what issues contribute after a link was made by hand. */
  readonly evaluate: LinkDeps['evaluate']
  receive(delivery: IncomingDelivery): Promise<ReceiveOutcome>
  readonly work: {
    deliveries(siteId: SiteId): Promise<void>
    /** Leaves a key result that another run links anew to that run. */
    recompute(key: string): Promise<void>
    /** The same, but it is recomputed when this resolves: for whoever waits to see it. */
    recomputeNow(key: KeyResultKey): Promise<void>
    recomputeBatch(batch: string): Promise<void>
    /** Gives those that failed. */
    recomputeAll(keys: readonly KeyResultKey[]): Promise<readonly KeyResultKey[]>
    comments(): Promise<void>
    digests(): Promise<void>
    sweep(): Promise<void>
  }
  close(): Promise<void>
}

const SHORT_PATIENCE_MS = 5_000

/**
 * Each keeps two of the twelve connections of work; the rest is for transactions that are over soon. More than the
 * batches and the sweep together have under way: what one person wishes finds a place beside them.
 */
const RELINKS_AT_ONCE = 4

/** Opens the stores, brings their schemas up to date and wires the use cases. The only place that does. */
export async function composeService(options: ServiceOptions): Promise<Service> {
  const { settings, log, clock, patienceMs = SHORT_PATIENCE_MS, stopping } = options
  const { config, secrets } = settings
  const stores = await openStores(settings, { log, patienceMs, stopping })
  const { database, prompt, queue } = stores
  const doorbell = createDoorbell(queue, log)
  const listener = createDoorbellListener(queue, log)
  const jira = connectJira(settings, { clock, log })
  const say = createMessages().sayIn(config.locale)

  const writesComments = jira !== null && config.jira.writesComments
  const recompute = {
    database,
    clock,
    doorbell,
    isOutage,
    compileLinkRules,
    relinkSlots: createSlots(RELINKS_AT_ONCE),
    publicUrl: config.http.publicUrl,
    writesComments,
    log,
  }
  const run: Omit<Service['work'], 'sweep'> = {
    deliveries: (siteId) =>
      applyDeliveries({ database, readDelivery, compileLinkRules, doorbell, isOutage, log }, siteId),
    recompute: (key) => recomputeKeyResult(recompute, key as KeyResultKey),
    recomputeNow: (key) => recomputeKeyResult(recompute, key, 'wait'),
    recomputeBatch: async (batch) => {
      await recomputeKeyResults(recompute, keysOfBatch(batch))
    },
    recomputeAll: (keys) => recomputeKeyResults(recompute, keys),
    comments: () =>
      relayComments({
        database,
        clock,
        log,
        jiraOf: () => jira,
        render: (content) => renderContent(content, say),
      }),
    digests: () => sendDigests(recompute),
  }
  const work: Service['work'] = {
    ...run,
    sweep: createSweep({ database, clock, compileLinkRules, doorbell, run, isOutage, log }),
  }
  return {
    database,
    prompt,
    databaseUrl: stores.databaseUrl,
    doorbell,
    listener,
    clock,
    log,
    compileLinkRules,
    jira,
    writesComments,
    evaluate: async (records, siteId, issueIds) => {
      const context = await loadSiteContext(records, siteId, compileLinkRules)
      const below = await descendantsOf(records, siteId, issueIds)
      return workOutEvaluation(records, context, [...issueIds, ...below])
    },
    receive: (delivery) =>
      receiveDelivery(
        {
          secretsOf: (siteId) =>
            siteId === config.jira.siteId && secrets.webhookSecrets.length > 0
              ? secrets.webhookSecrets
              : null,
          isSignedBy,
          sha256,
          inbox: prompt.records.inbox,
          doorbell,
        },
        delivery,
      ),
    work,
    close: async () => {
      await doorbell.close()
      await jira?.close()
      await stores.close()
    },
  }
}
