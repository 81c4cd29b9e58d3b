import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { ThroughlineError } from '../app/errors.ts'
import { acceptAuthorship } from './authorship.ts'
import { createAuthentication, unauthorized } from './authentication.ts'
import { codedError, sendProblem } from './error-response.ts'
import { tagContent } from './etag.ts'
import type { HttpDeps } from './http-deps.ts'
import { nothingHere } from './nothing-here.ts'
import { logRequest } from './request-log.ts'
import { alignmentRoutes } from './routes/alignment.ts'
import { auditRoutes } from './routes/audit.ts'
import { boardRoutes } from './routes/boards.ts'
import { checkInRoutes } from './routes/check-ins.ts'
import { cycleClosingRoutes } from './routes/cycle-closing.ts'
import { cycleRoutes } from './routes/cycles.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { dueCheckInRoutes } from './routes/due-check-ins.ts'
import { exportRoutes } from './routes/export.ts'
import { feedRoutes } from './routes/feed.ts'
import { healthPolicyRoutes } from './routes/health-policies.ts'
import { historyRoutes } from './routes/history.ts'
import { importRoutes } from './routes/import.ts'
import { initiativeRoutes } from './routes/initiatives.ts'
import { keyResultRoutes } from './routes/key-results.ts'
import { kpiRoutes } from './routes/kpis.ts'
import { kpiValueRoutes } from './routes/kpi-values.ts'
import { linkRoutes } from './routes/links.ts'
import { lintRoutes } from './routes/lint.ts'
import { milestoneRoutes } from './routes/milestones.ts'
import { explainRoutes } from './routes/objective-explain.ts'
import { objectiveRoutes } from './routes/objectives.ts'
import { okrRoutes } from './routes/okrs.ts'
import { retrospectiveRoutes } from './routes/retrospective.ts'
import { overrideRoutes } from './routes/overrides.ts'
import { sprintViewRoutes } from './routes/sprint-views.ts'
import { sprintRoutes } from './routes/sprints.ts'
import { teamRoutes } from './routes/teams.ts'
import { valueRoutes } from './routes/values.ts'
import { templateRoutes } from './routes/templates.ts'
import { warningRoutes } from './routes/warnings.ts'
import { secureHeaders } from './security-headers.ts'

/**
 * Everything under `/api`: counted, then authenticated, before a byte of a body is read. Callers with the token and
 * callers without are counted apart, so that guessing cannot lock the others out.
 */
export function apiScope(deps: HttpDeps): FastifyPluginAsync {
  const { settings, isOutage } = deps
  const isAuthorized = createAuthentication(settings.adminToken)

  return async (api) => {
    secureHeaders(api)
    await api.register(rateLimit, {
      global: false,
      max: settings.rateLimit.requests,
      timeWindow: settings.rateLimit.windowMs,
      keyGenerator: (request) => `${isAuthorized(request) ? 'token' : 'none'} ${normalizeIP(request.ip)}`,
      errorResponseBuilder: (_request, { after }) =>
        new ThroughlineError('OKR_TOO_MANY_REQUESTS', `Too many requests. Go on in ${after}.`),
    })
    api.addHook('onRequest', api.rateLimit())
    api.addHook('onRequest', (request, _reply, done) => {
      done(isAuthorized(request) ? undefined : unauthorized())
    })
    api.addHook('onSend', tagContent)
    api.addHook('onResponse', logRequest)
    api.setNotFoundHandler((request, reply) =>
      sendProblem(codedError(nothingHere(request), isOutage), request, reply),
    )

    readEmptyJson(api)
    acceptAuthorship(api)

    const v1 = { prefix: '/v1' }
    void api.register(cycleRoutes(deps), v1)
    void api.register(cycleClosingRoutes(deps), v1)
    void api.register(retrospectiveRoutes(deps), v1)
    void api.register(templateRoutes(deps), v1)
    void api.register(objectiveRoutes(deps), v1)
    void api.register(keyResultRoutes(deps), v1)
    void api.register(lintRoutes(deps), v1)
    void api.register(explainRoutes(deps), v1)
    void api.register(alignmentRoutes(deps), v1)
    void api.register(overrideRoutes(deps), v1)
    void api.register(healthPolicyRoutes(deps), v1)
    void api.register(teamRoutes(deps), v1)
    void api.register(checkInRoutes(deps), v1)
    void api.register(dueCheckInRoutes(deps), v1)
    void api.register(initiativeRoutes(deps), v1)
    void api.register(kpiRoutes(deps), v1)
    void api.register(kpiValueRoutes(deps), v1)
    void api.register(valueRoutes(deps), v1)
    void api.register(milestoneRoutes(deps), v1)
    void api.register(warningRoutes(deps), v1)
    void api.register(linkRoutes(deps), v1)
    void api.register(historyRoutes(deps), v1)
    void api.register(sprintRoutes(deps), v1)
    void api.register(sprintViewRoutes(deps), v1)
    void api.register(boardRoutes(deps), v1)
    void api.register(feedRoutes(deps), v1)
    void api.register(auditRoutes(deps), v1)
    void api.register(deliveryRoutes(deps), v1)
    void api.register(okrRoutes(deps), v1)
    void api.register(importRoutes(deps), v1)
    void api.register(exportRoutes(deps), v1)
  }
}

/** Many clients declare JSON on every request, also on those that say nothing. */
function readEmptyJson(api: FastifyInstance): void {
  const parse = api.getDefaultJsonParser('error', 'error')
  api.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
}
