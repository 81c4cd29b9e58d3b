import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EpochMs } from '../../../domain/time.ts'
import type { JiraUser, JsonObject } from '../site/jira-history.ts'
import type { WebhookTarget } from '../webhooks/webhook-delivery.ts'
import { bodyOf, pathValue, refuse, textList } from './answers.ts'
import type { Permissions } from './permissions.ts'

/** A webhook an administrator registered over REST. The secret goes in and never comes out. */
export interface RegisteredWebhook {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly events: readonly string[]
  readonly filters: JsonObject
  readonly excludeBody: boolean
  readonly enabled: boolean
  readonly secret: string | null
  readonly lastUpdated: EpochMs
}

export interface WebhookRegistry {
  readonly all: () => readonly RegisteredWebhook[]
  /** Where events go: registered webhooks that are switched on. */
  readonly targets: () => WebhookTarget[]
  install(app: FastifyInstance): void
}

export interface WebhookRegistryDeps {
  readonly account: JiraUser
  readonly permissions: Permissions
  now(): EpochMs
  servedUrl(): string
}

const PATH = '/rest/webhooks/1.0/webhook'

/** The webhook administration that Atlassian documents in words only. Its JQL filters are kept and not applied. */
export function createWebhookRegistry(deps: WebhookRegistryDeps): WebhookRegistry {
  const webhooks = new Map<number, RegisteredWebhook>()
  let lastId = 0

  const json = (webhook: RegisteredWebhook): JsonObject => ({
    name: webhook.name,
    url: webhook.url,
    excludeBody: webhook.excludeBody,
    filters: webhook.filters,
    events: webhook.events,
    enabled: webhook.enabled,
    isSigned: webhook.secret !== null,
    self: `${deps.servedUrl()}${PATH}/${webhook.id}`,
    lastUpdatedUser: deps.account.accountId,
    lastUpdatedDisplayName: deps.account.displayName,
    lastUpdated: webhook.lastUpdated,
  })

  const store = (
    id: number,
    previous: RegisteredWebhook | null,
    body: JsonObject,
  ): RegisteredWebhook | null => {
    const events = body.events === undefined ? previous?.events : textList(body.events)
    const name = body.name ?? previous?.name
    const url = body.url ?? previous?.url
    if (typeof name !== 'string' || typeof url !== 'string' || !URL.canParse(url) || !events?.length)
      return null
    const webhook = {
      id,
      name,
      url,
      events,
      filters: (body.filters ?? previous?.filters ?? {}) as JsonObject,
      excludeBody: body.excludeBody === true,
      enabled: typeof body.enabled === 'boolean' ? body.enabled : (previous?.enabled ?? true),
      secret: typeof body.secret === 'string' ? body.secret : (previous?.secret ?? null),
      lastUpdated: deps.now(),
    }
    webhooks.set(id, webhook)
    return webhook
  }

  const found = (request: FastifyRequest) => webhooks.get(Number(pathValue(request, 'id')))
  const missing = (reply: FastifyReply) => refuse(reply, 404, 'The webhook does not exist.')
  const invalid = (reply: FastifyReply) => refuse(reply, 400, 'A webhook needs a name, a URL and events.')

  return {
    all: () => [...webhooks.values()],
    targets: () =>
      [...webhooks.values()]
        .filter(({ enabled }) => enabled)
        .map(({ url, secret, events }) => ({ url, secret, events })),
    install(app) {
      app.addHook('onRequest', (request, reply, done) => {
        if (request.url.startsWith(PATH) && !deps.permissions.has('ADMINISTER')) {
          refuse(reply, 403, 'You are not authorized to manage webhooks.')
        } else done()
      })
      app.get(PATH, () => [...webhooks.values()].map(json))
      app.post(PATH, (request, reply) => {
        const webhook = store(lastId + 1, null, bodyOf(request))
        if (webhook === null) return invalid(reply)
        lastId = webhook.id
        return reply.code(201).send(json(webhook))
      })
      app.get(`${PATH}/:id`, (request, reply) => {
        const webhook = found(request)
        return webhook === undefined ? missing(reply) : reply.send(json(webhook))
      })
      app.put(`${PATH}/:id`, (request, reply) => {
        const previous = found(request)
        if (previous === undefined) return missing(reply)
        const webhook = store(previous.id, previous, bodyOf(request))
        return webhook === null ? invalid(reply) : reply.send(json(webhook))
      })
      app.delete(`${PATH}/:id`, (request, reply) => {
        const previous = found(request)
        if (previous === undefined) return missing(reply)
        webhooks.delete(previous.id)
        return reply.code(204).send()
      })
    },
  }
}
