import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { overrideHealth } from '../../app/goals/override-health.ts'
import { overrideValue } from '../../app/goals/override-value.ts'
import type { KeyResultInContext } from '../../app/ports/goals.ts'
import { healthOverrideInput } from '../../contracts/api/health-override.ts'
import { keyResultResponse, presentKeyResult } from '../../contracts/api/key-result.ts'
import { valueOverrideInput } from '../../contracts/api/value-override.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { writeProblems } from '../openapi.ts'
import { keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})
const response = { 200: keyResultResponse, ...writeProblems(404, 409) }

/** A person's word over what is computed: on the health of a key result, and on its value. */
export function overrideRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const change = { database, clock, doorbell }
  const present = async (found: KeyResultInContext) =>
    presentKeyResult(found, await database.records.progress.latestSnapshot(found.keyResult.key))

  return (app, _options, done) => {
    app.put(
      '/key-results/:key/health-override',
      {
        schema: {
          operationId: 'overrideHealth',
          summary: 'Say what the health of a key result is',
          description: 'Holds until the end of its last day. The computed health stays visible beside it.',
          tags: ['Health'],
          params,
          body: healthOverrideInput,
          response,
        },
      },
      async (request) =>
        present(
          await overrideHealth(changeBy(change, request), {
            key: keyResultNamed(request.params.key),
            override: request.body,
          }),
        ),
    )

    app.delete(
      '/key-results/:key/health-override',
      {
        schema: {
          operationId: 'followComputedHealth',
          summary: 'Go back to the computed health',
          description: 'Changes nothing when no override is in force.',
          tags: ['Health'],
          params,
          response,
        },
      },
      async (request) =>
        present(
          await overrideHealth(changeBy(change, request), {
            key: keyResultNamed(request.params.key),
            override: null,
          }),
        ),
    )

    app.put(
      '/key-results/:key/value-override',
      {
        schema: {
          operationId: 'overrideValue',
          summary: 'Show a value in the place of the measured one',
          description:
            'Holds until the end of its last day. What is measured goes on being measured and stays visible as `automatic`.',
          tags: ['Key results'],
          params,
          body: valueOverrideInput,
          response,
        },
      },
      async (request) =>
        present(
          await overrideValue(changeBy(change, request), {
            key: keyResultNamed(request.params.key),
            override: request.body,
          }),
        ),
    )

    app.delete(
      '/key-results/:key/value-override',
      {
        schema: {
          operationId: 'followMeasuredValue',
          summary: 'Go back to the measured value',
          description: 'Changes nothing when no override is in force.',
          tags: ['Key results'],
          params,
          response,
        },
      },
      async (request) =>
        present(
          await overrideValue(changeBy(change, request), {
            key: keyResultNamed(request.params.key),
            override: null,
          }),
        ),
    )
    done()
  }
}
