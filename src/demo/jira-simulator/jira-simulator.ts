import type { AddressInfo } from 'node:net'
import type { EpochMs } from '../../domain/time.ts'
import { createFaults, type Faults } from './rest/faults.ts'
import { ALL_PERMISSIONS, type Permissions } from './rest/permissions.ts'
import type { RecordedRequest } from './rest/request-record.ts'
import { createRestServer, type Credentials } from './rest/rest-server.ts'
import { createWebhookRegistry, type RegisteredWebhook } from './rest/webhook-registry.ts'
import { createWriteLimits } from './rest/write-limits.ts'
import { bodyAsDocument, bodyAsText } from './site/comment-body.ts'
import { createCommentLedger, type CommentMutations, type CommentWrite } from './site/comment-mutations.ts'
import { createIssueMutations, type IssueMutations } from './site/issue-mutations.ts'
import { createLinkMutations, type LinkMutations } from './site/link-mutations.ts'
import type { JiraHistory, JsonObject, StoredIssue, StoredSprint } from './site/jira-history.ts'
import { createRandom } from './site/random.ts'
import { createRunningSite } from './site/running-site.ts'
import type { SprintForm } from './site/sprint-json.ts'
import { createSprintMutations, type SprintMutations } from './site/sprint-mutations.ts'
import type { WebhookTarget } from './webhooks/webhook-delivery.ts'
import {
  createWebhookDispatcher,
  type DispatcherOptions,
  type WebhookDispatcher,
} from './webhooks/webhook-dispatcher.ts'
import type { WebhookEvent } from './webhooks/webhook-event.ts'

export interface JiraSimulatorOptions {
  readonly history: JiraHistory
  /** Decides carry-over delays, disorder and delivery identifiers. */
  readonly seed?: number
  readonly credentials?: Credentials
  /** What the account may do; everything when unset. Webhooks need `ADMINISTER`. */
  readonly permissions?: Permissions
  readonly sprintForm?: SprintForm
  /** Sends events here whatever is registered over REST. */
  readonly webhook?: { readonly url: string; readonly secret: string | null }
  readonly dispatch?: Omit<DispatcherOptions, 'seed' | 'targets'>
  /** Jira's own clock, for what it dates itself: comments written over REST. The wall clock when unset. */
  readonly now?: () => EpochMs
  /** Real time for the limits on writes; never simulated. */
  readonly elapsedMs?: () => number
  /** Keeps answers beside requests in `requests`. */
  readonly recordAnswers?: boolean
  /** A free port when unset. */
  readonly port?: number
}

export const SIMULATOR_CREDENTIALS: Credentials = {
  email: 'bot@throughline.example',
  apiToken: 'simulated-api-token',
}

/** A comment as a test or the demo looks at it. */
interface SimulatedComment {
  readonly id: string
  readonly authorId: string
  readonly document: JsonObject
  readonly text: string
  readonly properties: ReadonlyMap<string, unknown>
  readonly createdAt: EpochMs
  readonly updatedAt: EpochMs
}

/** One simulated Jira: its people's doings as functions, its REST API, its webhooks. */
export interface JiraSimulator extends IssueMutations, LinkMutations, SprintMutations, CommentMutations {
  /** Listens on loopback. */
  start(): Promise<{ readonly baseUrl: string }>
  /** Stops answering and gives up deliveries under way. */
  stop(): Promise<void>
  readonly webhooks: WebhookDispatcher & {
    /** Where events go beside registered webhooks; null for nowhere. */
    setTarget(target: { readonly url: string; readonly secret: string | null } | null): void
    registered(): readonly RegisteredWebhook[]
    /** Called with every event as it happens. Gives a function that ends it. */
    onEvent(listener: (event: WebhookEvent) => void): () => void
  }
  readonly faults: Faults
  /** Every REST request so far. */
  readonly requests: readonly RecordedRequest[]
  /** Every write to a comment, with whether Jira told watchers of it. */
  readonly commentWrites: readonly CommentWrite[]
  commentsOf(issueIdOrKey: string): readonly SimulatedComment[]
  /** Writes to one issue that came too fast and were refused. */
  writeLimitViolations(): number
  issue(idOrKey: string): StoredIssue
  sprint(id: number): StoredSprint
  readonly history: JiraHistory
}

/** Builds a simulator from a history: a loaded one, a generated one or a plain site. */
export function createJiraSimulator(options: JiraSimulatorOptions): JiraSimulator {
  const { history } = options
  const seed = options.seed ?? 1
  const now = options.now ?? Date.now
  const permissions = options.permissions ?? ALL_PERMISSIONS
  const listeners = new Set<(event: WebhookEvent) => void>()
  let served = ''
  let ownTarget: WebhookTarget | null = options.webhook ? { ...options.webhook, events: null } : null

  const registry = createWebhookRegistry({
    account: history.site.account,
    permissions,
    now,
    servedUrl: () => served,
  })
  const dispatcher = createWebhookDispatcher({
    ...options.dispatch,
    seed,
    targets: () => [...(ownTarget === null ? [] : [ownTarget]), ...registry.targets()],
  })
  const site = createRunningSite(history, options.sprintForm ?? 'objects', (event) => {
    for (const listener of listeners) listener(event)
    dispatcher.send(event)
  })
  const ledger = createCommentLedger(site)
  const faults = createFaults()
  const writeLimits = createWriteLimits(options.elapsedMs ?? (() => performance.now()))
  const { app, requests } = createRestServer({
    site,
    ledger,
    registry,
    faults,
    writeLimits,
    credentials: options.credentials ?? SIMULATOR_CREDENTIALS,
    permissions,
    recordAnswers: options.recordAnswers ?? false,
    now,
    servedUrl: () => served,
  })

  return {
    ...createIssueMutations(site),
    ...createLinkMutations(site),
    ...createSprintMutations(site, createRandom(seed + 2)),
    addComment: (issue, comment) => ledger.addComment(issue, comment),
    history,
    async start() {
      await app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
      served = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
      return { baseUrl: served }
    },
    async stop() {
      await dispatcher.close()
      await app.close()
    },
    webhooks: {
      ...dispatcher,
      setTarget(target) {
        ownTarget = target && { ...target, events: null }
      },
      registered: registry.all,
      onEvent(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    faults,
    requests,
    commentWrites: ledger.writes,
    commentsOf: (issueIdOrKey) =>
      ledger.of(issueIdOrKey).map((comment) => ({
        id: comment.id,
        authorId: String(comment.author.accountId),
        document: bodyAsDocument(comment.body),
        text: bodyAsText(comment.body),
        properties: comment.properties,
        createdAt: comment.createdAt,
        updatedAt: comment.updatedAt,
      })),
    writeLimitViolations: () => writeLimits.violations(),
    issue: (idOrKey) => site.issue(idOrKey),
    sprint: (id) => site.sprint(id),
  }
}
