import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { deliveryList, deliveryQuery, presentDelivery } from '../../contracts/api/delivery.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'

export function deliveryRoutes({
  database: { records },
}: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/deliveries',
      {
        schema: {
          operationId: 'listDeliveries',
          summary: 'List the newest webhooks received from Jira',
          description: 'With what became of each and why. Bodies are kept and not shown.',
          tags: ['Operations'],
          querystring: deliveryQuery,
          response: { 200: deliveryList, ...readProblems(400) },
        },
      },
      async ({ query: { outcome = null, limit } }) => {
        const deliveries = await records.inbox.list({ outcome, limit })
        return { items: deliveries.map(presentDelivery) }
      },
    )
    done()
  }
}
