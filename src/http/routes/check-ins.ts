import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addCheckIn } from '../../app/goals/add-check-in.ts'
import { findKeyResult } from '../../app/goals/find-goals.ts'
import {
  checkInCreation,
  checkInPage,
  checkInQuery,
  checkInResponse,
  idempotencyHeaders,
  presentCheckIn,
} from '../../contracts/api/check-in.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})
const tags = ['Key results']

export function checkInRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.post(
      '/key-results/:key/check-ins',
      {
        schema: {
          operationId: 'addCheckIn',
          summary: 'Report a value, a confidence or a note',
          description:
            'Answers 201 with a new check-in, 200 with the first one for an `Idempotency-Key` that is known.',
          tags,
          params,
          headers: idempotencyHeaders,
          body: checkInCreation,
          response: { 200: checkInResponse, 201: checkInResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { checkIn, isNew } = await addCheckIn(changeBy(change, request), {
          ...request.body,
          key: keyResultNamed(request.params.key),
          at: request.body.at ?? null,
          idempotencyKey: request.headers['idempotency-key'] ?? null,
        })
        return reply.code(isNew ? 201 : 200).send(presentCheckIn(checkIn))
      },
    )

    app.get(
      '/key-results/:key/check-ins',
      {
        schema: {
          operationId: 'listCheckIns',
          summary: 'List check-ins, newest first',
          description: 'By when they were reported; each says of what date its value is.',
          tags,
          params,
          querystring: checkInQuery,
          response: { 200: checkInPage, ...readProblems(400, 404) },
        },
      },
      async (request, reply) => {
        const { after = null, limit } = request.query
        const { keyResult } = await findKeyResult(records, keyResultNamed(request.params.key))
        const rows = await records.goals.checkIns(keyResult.key, { after, limit: rowsFor(limit) })
        return answerPage(request, reply, rows, { limit, present: presentCheckIn, cursorOf: ({ id }) => id })
      },
    )
    done()
  }
}
