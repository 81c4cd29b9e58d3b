import { randomUUID } from 'node:crypto'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { collectAllowedMethods } from './allowed-methods.ts'
import { apiScope } from './api-scope.ts'
import { closeIdleConnections } from './close-idle.ts'
import { codedError, RETRY_AFTER_SECONDS, sendProblem } from './error-response.ts'
import type { HttpDeps } from './http-deps.ts'
import { nothingHere } from './nothing-here.ts'
import { describeApi } from './openapi.ts'
import { keyResultPageRoutes } from './routes/key-result-page.ts'
import { probeRoutes } from './routes/probes.ts'
import { referenceRoutes } from './routes/reference.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { secureHeaders } from './security-headers.ts'
import { validatorCompiler } from './validation.ts'

/** Bodies of the API are small; the webhook route has a limit of its own. */
const BODY_LIMIT_BYTES = 256 * 1024

/** A client that trickles its request is cut off: first the headers, then the whole of it. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 60_000
const IDLE_CONNECTION_TIMEOUT_MS = 90_000
const TIMEOUT_CHECK_MS = 5_000

/**
 * The HTTP side of Throughline, ready to listen or to be injected into. Nothing is started here.
 *
 *   /healthz /readyz /metrics   never shed, so that an overloaded service still says so
 *   everything else             503 while the event loop is overloaded
 *     /webhooks/jira/:site      raw bytes, as little as possible around it
 *     /api/v1                   token, rate limit, ETag, problem details
 *     /openapi.json /docs       the description and its page
 *     /key-results/KR-1         where the links of Jira comments lead
 */
export function buildApp(deps: HttpDeps): FastifyInstance {
  const { settings, isOutage } = deps
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(codedError(error, isOutage), request, reply)
  const app = Fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: settings.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_CONNECTION_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    frameworkErrors: (error, request, reply) => void refuse(error, request, reply),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(refuse)
  closeIdleConnections(app)
  const answerOptions = collectAllowedMethods(app)
  describeApi(app, settings)

  void app.register((open, _options, done) => {
    secureHeaders(open)
    open.setNotFoundHandler((request, reply) => refuse(nothingHere(request), request, reply))
    void open.register(probeRoutes(deps))
    done()
  })
  void app.register((shedding, _options, done) => {
    if (settings.maxEventLoopDelayMs > 0) {
      void shedding.register(underPressure, {
        maxEventLoopDelay: settings.maxEventLoopDelayMs,
        retryAfter: RETRY_AFTER_SECONDS,
      })
    }
    void shedding.register(webhookRoutes(deps))
    void shedding.register(apiScope(deps), { prefix: '/api' })
    void shedding.register(referenceRoutes)
    void shedding.register(keyResultPageRoutes)
    done()
  })
  void app.register((last, _options, done) => {
    secureHeaders(last)
    answerOptions(last)
    done()
  })
  return app
}
