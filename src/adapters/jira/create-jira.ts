import type { Clock } from '../../app/ports/clock.ts'
import type { Jira } from '../../app/ports/jira.ts'
import type { Log } from '../../app/ports/log.ts'
import type { Deployment } from '../../domain/site.ts'
import { createBoards } from './boards.ts'
import { createCatalogue } from './catalogue.ts'
import { createJiraClient } from './client.ts'
import { createCloudIssues } from './cloud-issues.ts'
import { createComments, type CommentRenderer } from './comments.ts'
import { createDataCenterIssues } from './datacenter-issues.ts'
import { createFailures } from './failures.ts'
import type { GuardOptions } from './outgoing-guard.ts'
import { createPatientSender } from './patient-sender.ts'
import { createRateLimits } from './rate-limits.ts'
import { createSlots } from '../../app/slots.ts'
import { systemTimer, type Timer } from './timer.ts'
import { createTransport, type JiraCredentials } from './transport.ts'
import { createWebhooks } from './webhooks.ts'

export interface JiraOptions {
  /** The site (`https://acme.atlassian.net`), or the gateway `https://api.atlassian.com/ex/jira/<cloudId>`. */
  readonly baseUrl: string
  readonly deployment: Deployment
  readonly credentials: JiraCredentials
  readonly renderComment: CommentRenderer
  readonly clock: Clock
  readonly log: Log
  /** From sending a request to the last byte of its answer; 20 s. */
  readonly timeoutMs?: number
  /** Requests under way at once; 8. */
  readonly maxConcurrent?: number
  /** The largest answer that is read; 64 MB. */
  readonly maxAnswerBytes?: number
  /**
   * Whether Jira may be on a private network, as Data Center is; true. Link-local and cloud metadata addresses are
   * refused in any case.
   */
  readonly allowPrivateAddresses?: boolean
  /** From 0 up to 1; spreads retries. */
  readonly random?: () => number
  readonly timer?: Timer
  readonly lookup?: GuardOptions['lookup']
}

/**
 * Jira's REST API as Throughline's port, for Cloud and Data Center.
 *
 * @throws TypeError for a base URL that is not plain http(s)
 */
export function createJira(options: JiraOptions): Jira {
  const { deployment, credentials, clock, log, maxConcurrent = 8, lookup } = options
  const closing = new AbortController()
  const transport = createTransport({
    baseUrl: options.baseUrl,
    credentials,
    timeoutMs: options.timeoutMs ?? 20_000,
    maxConnections: maxConcurrent,
    maxAnswerBytes: options.maxAnswerBytes ?? 64 * 1024 * 1024,
    allowPrivateAddresses: options.allowPrivateAddresses ?? true,
    ...(lookup === undefined ? {} : { lookup }),
  })
  const failures = createFailures(credentials)
  const send = createPatientSender({
    transport,
    failures,
    log,
    limits: createRateLimits(),
    slots: createSlots(maxConcurrent),
    timer: options.timer ?? systemTimer,
    random: options.random ?? Math.random,
    closing: closing.signal,
  })
  const client = createJiraClient(send, failures)
  const catalogue = createCatalogue(client, deployment, clock)
  const ownAccountId = async () => (await catalogue.whoAmI()).accountId

  return {
    ...catalogue,
    ...createBoards(client),
    ...(deployment === 'cloud'
      ? createCloudIssues(client, clock)
      : createDataCenterIssues(client, log, clock)),
    ...createComments(client, deployment, options.renderComment, ownAccountId),
    ...createWebhooks(client),
    async close() {
      closing.abort()
      await transport.close()
    },
  }
}
