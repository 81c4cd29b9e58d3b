import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readHistory } from '../../app/goals/read-history.ts'
import { historyQuery, historyResponse, presentDay, presentSnapshot } from '../../contracts/api/history.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})

export function historyRoutes({
  database: { records },
  clock,
}: Pick<HttpDeps, 'database' | 'clock'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/key-results/:key/history',
      {
        schema: {
          operationId: 'readHistory',
          summary: 'Read the past of a key result',
          description: 'A point per day for a chart, and the snapshots with what changed between them.',
          tags: ['Key results'],
          params,
          querystring: historyQuery,
          response: { 200: historyResponse, ...readProblems(400, 404) },
        },
      },
      async (request, reply) => {
        const { from = null, to = null, after = null, limit } = request.query
        const key = keyResultNamed(request.params.key)
        const question = { key, from, to, beforeSnapshot: after, snapshotLimit: rowsFor(limit) }
        const { days, snapshots } = await readHistory({ records, clock }, question)
        const page = answerPage(request, reply, snapshots, {
          limit,
          present: presentSnapshot,
          cursorOf: ({ id }) => id,
        })
        return { keyResult: key, days: days.map(presentDay), ...page }
      },
    )
    done()
  }
}
