import { timingSafeEqual } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import type { EpochMs } from '../../../domain/time.ts'
import type { CommentLedger } from '../site/comment-mutations.ts'
import type { RunningSite } from '../site/running-site.ts'
import { agileRoutes } from './agile-routes.ts'
import { refuse } from './answers.ts'
import { catalogueRoutes } from './catalogue-routes.ts'
import { changelogRoutes } from './changelog-routes.ts'
import { commentPropertyRoutes } from './comment-properties.ts'
import { commentRoutes } from './comment-routes.ts'
import type { createFaults } from './faults.ts'
import type { Permissions } from './permissions.ts'
import { recordRequests, type RecordedRequest } from './request-record.ts'
import { searchRoutes } from './search-routes.ts'
import type { WebhookRegistry } from './webhook-registry.ts'
import type { WriteLimits } from './write-limits.ts'

export interface Credentials {
  readonly email: string
  readonly apiToken: string
}

export interface RestServerDeps {
  readonly site: RunningSite
  readonly ledger: CommentLedger
  readonly registry: WebhookRegistry
  readonly faults: ReturnType<typeof createFaults>
  readonly writeLimits: WriteLimits
  readonly credentials: Credentials
  readonly permissions: Permissions
  readonly recordAnswers: boolean
  now(): EpochMs
  servedUrl(): string
}

/** The REST side of the simulator, not yet listening, and the record of what it was asked. */
export function createRestServer(deps: RestServerDeps): {
  readonly app: FastifyInstance
  readonly requests: readonly RecordedRequest[]
} {
  const { site, ledger, registry, faults, writeLimits } = deps
  const app = Fastify({ logger: false, forceCloseConnections: true, bodyLimit: 10 * 2 ** 20 })
  faults.install(app)
  const requests = recordRequests(app, deps.recordAnswers)
  requireCredentials(app, deps.credentials)
  app.setNotFoundHandler((request, reply) => refuse(reply, 404, `No such resource: ${request.url}`))
  registry.install(app)
  catalogueRoutes(app, deps)
  searchRoutes(app, site)
  changelogRoutes(app, site)
  agileRoutes(app, site)
  commentRoutes(app, { site, ledger, writeLimits, now: () => deps.now() })
  commentPropertyRoutes(app, { site, ledger, writeLimits })
  return { app, requests }
}

function requireCredentials(app: FastifyInstance, { email, apiToken }: Credentials): void {
  const expected = Buffer.from(`Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`)
  app.addHook('onRequest', (request, reply, done) => {
    const given = Buffer.from(request.headers.authorization ?? '')
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      done()
      return
    }
    void reply.header('x-seraph-loginreason', 'AUTHENTICATED_FAILED')
    refuse(reply, 401, 'Client must be authenticated to access this resource.')
  })
}
