import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { pushValues } from '../../app/goals/push-values.ts'
import { idempotencyHeaders } from '../../contracts/api/check-in.ts'
import { presentPush, pushedValues, pushResponse, valuePush } from '../../contracts/api/value-push.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { writeProblems } from '../openapi.ts'
import { keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})

export function valueRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.post(
      '/key-results/:key/values',
      {
        schema: {
          operationId: 'pushValues',
          summary: 'Push values that another system measured',
          description:
            'All of them are stored, or none. Answers 201 when there is a new one, 200 when all of them were known by ' +
            'their `id` or by the `Idempotency-Key` of the request. Dates may come late and in any order.',
          tags: ['Key results'],
          params,
          headers: idempotencyHeaders,
          body: valuePush,
          response: { 200: pushResponse, 201: pushResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const values = pushedValues(request.body, request.headers['idempotency-key'] ?? null)
        const push = { key: keyResultNamed(request.params.key), values, author: request.body.author }
        const answer = presentPush(await pushValues(changeBy(change, request), push))
        return reply.code(answer.recorded > 0 ? 201 : 200).send(answer)
      },
    )
    done()
  }
}
