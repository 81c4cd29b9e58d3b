import type { FastifyBaseLogger, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import { webhookResponse } from '../../contracts/api/probes.ts'
import { codedError, sendProblem } from '../error-response.ts'
import type { HttpDeps } from '../http-deps.ts'
import { problemAnswer, problemAnswers } from '../openapi.ts'

/** Jira drops payloads above 25 MB by itself. */
const BODY_LIMIT_BYTES = 25 * 1024 * 1024

/** Longer identifiers than Jira writes would not fit into an index; the body's hash finds the duplicate instead. */
const LONGEST_DELIVERY_ID = 200

const NO_BYTES = Buffer.alloc(0)
const JSON_MEDIA_TYPE = /^application\/(?:json|[\w.-]+\+json)\s*(?:;|$)/i

/**
 * The door for Jira: `POST /webhooks/jira/:site`. The bytes go on untouched, for the signature is over them. This
 * route carries nothing it does not need: no validation, no serialiser, no log line, no child logger.
 */
export function webhookRoutes({
  receiveDelivery,
  log,
}: Pick<HttpDeps, 'receiveDelivery' | 'log'>): FastifyPluginCallback {
  return (app, _options, done) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, parsed) => {
        parsed(null, body)
      },
    )
    app.setChildLoggerFactory(() => log)
    app.addHook('onRequest', (request, _reply, next) => {
      next(unreadable(request))
    })
    // Jira repeats a delivery after 503 and gives up after 4xx: whatever fails on our side has to be the former.
    app.setErrorHandler((error, request, reply) =>
      sendProblem(
        codedError(error, () => true),
        request,
        reply,
        log,
      ),
    )

    app.post<{ Params: { site: string } }>(
      '/webhooks/jira/:site',
      { bodyLimit: BODY_LIMIT_BYTES, config: { swaggerTransform: described } },
      async (request, reply) => {
        const { headers, params, body } = request
        const outcome = await receiveDelivery({
          siteId: params.site,
          body: Buffer.isBuffer(body) ? body : NO_BYTES,
          signature: onlyOne(headers['x-hub-signature']),
          deliveryId: deliveryIdOf(headers['x-atlassian-webhook-identifier']),
          retry: onlyOne(headers['x-atlassian-webhook-retry']),
          flow: onlyOne(headers['x-atlassian-webhook-flow']),
        })
        void reply.header('content-type', 'application/json; charset=utf-8')
        switch (outcome.kind) {
          case 'stored':
            return reply.send('{"status":"stored"}')
          case 'duplicate':
            return reply.send('{"status":"duplicate"}')
          case 'unauthorized':
            return sendProblem(refused(request, params.site, log), request, reply)
          case 'unknown_site':
            return sendProblem(unknownSite(params.site), request, reply)
        }
      },
    )
    done()
  }
}

/** Why a body will not be read at all; undefined when it will. Jira does not promise a content type. */
function unreadable({ headers }: FastifyRequest): ThroughlineError | undefined {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    return unsupported(`The body is encoded as ${encoding}. Send it as it is.`)
  }
  const type = headers['content-type']
  if (type !== undefined && !JSON_MEDIA_TYPE.test(type)) {
    return unsupported(`The body is declared as ${type}. Send JSON.`)
  }
  return undefined
}

function unsupported(message: string): ThroughlineError {
  return new ThroughlineError('OKR_MEDIA_TYPE_UNSUPPORTED', message)
}

/** Node joins a header that was sent twice with a comma, which none of these values contains. */
function onlyOne(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && !header.includes(',') ? header : null
}

function deliveryIdOf(header: string | string[] | undefined): string | null {
  const id = onlyOne(header)
  return id !== null && id.length <= LONGEST_DELIVERY_ID ? id : null
}

function refused(request: FastifyRequest, site: string, log: FastifyBaseLogger): ThroughlineError {
  log.warn(
    { reqId: request.id, site },
    'a delivery without a valid signature was refused: compare the secrets',
  )
  return new ThroughlineError(
    'OKR_SIGNATURE_INVALID',
    'X-Hub-Signature is missing or does not belong to this body. Compare the secret of the webhook in Jira with the one here.',
  )
}

function unknownSite(site: string): ThroughlineError {
  return new ThroughlineError('OKR_SITE_UNKNOWN', `There is no connected Jira site called ${site}.`)
}

/** The route has no schema of its own, so that nothing is compiled for it; only its description has one. */
const described: typeof jsonSchemaTransform = (document) =>
  jsonSchemaTransform({
    ...document,
    schema: {
      operationId: 'receiveWebhook',
      summary: 'Receive a webhook from Jira',
      description:
        'Signed by Jira with HMAC-SHA256 over the body (`X-Hub-Signature`). Answered once the delivery is committed; a ' +
        'delivery that is known already changes nothing.',
      tags: ['Operations'],
      security: [],
      params: z.object({
        site: z.string().meta({ description: 'The Jira site, as `JIRA_SITE` names it.', examples: ['main'] }),
      }),
      response: {
        200: webhookResponse,
        ...problemAnswers(404, 413, 415, 503),
        401: problemAnswer('The signature is missing or does not belong to the body.'),
      },
    },
  })
