import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { aliveResponse, readinessResponse } from '../../contracts/api/probes.ts'
import type { HttpDeps } from '../http-deps.ts'

const operations = { tags: ['Operations'], security: [] }

/** For load balancers, orchestrators and Prometheus. Without a token and without secrets: keep them internal. */
export function probeRoutes({
  readiness,
  metrics,
}: Pick<HttpDeps, 'readiness' | 'metrics'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/healthz',
      {
        schema: {
          operationId: 'readHealth',
          summary: 'Is the process up',
          description: 'Answers 200 as long as the process runs, whatever waits. It needs no token.',
          ...operations,
          response: { 200: aliveResponse },
        },
      },
      () => ({ status: 'alive' as const }),
    )

    app.get(
      '/readyz',
      {
        schema: {
          operationId: 'readReadiness',
          summary: 'Does work get done',
          description:
            'Red when the database does not answer, or when the oldest delivery, key result or comment that waits has ' +
            'waited too long.',
          ...operations,
          response: { 200: readinessResponse, 503: readinessResponse },
        },
      },
      async (_request, reply) => {
        const { ready, checks } = await readiness()
        return reply
          .code(ready ? 200 : 503)
          .header('cache-control', 'no-store')
          .send({ ready, checks: [...checks] })
      },
    )

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(metrics.contentType)
        .send(await metrics.metrics()),
    )
    done()
  }
}
