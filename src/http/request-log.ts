import type { FastifyReply, FastifyRequest } from 'fastify'

/** An `onResponse` hook: one line per request, by route and not by address, so that no key or query is logged. */
export function logRequest(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { method, routeOptions } = request
  const durationMs = Math.round(reply.elapsedTime)
  request.log.info({ method, route: routeOptions.url, status: reply.statusCode, durationMs }, 'request')
  done()
}
