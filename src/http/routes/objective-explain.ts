import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { explainKeyResult } from '../../app/roll-up/explain-key-result.ts'
import { explainObjective } from '../../app/roll-up/explain-objective.ts'
import {
  keyResultExplanation,
  objectiveExplanation,
  presentKeyResultExplanation,
  presentObjectiveExplanation,
} from '../../contracts/api/roll-up.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { keyResultNamed, objectiveNamed } from './named-keys.ts'

export function explainRoutes({
  database: { records },
}: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/objectives/:key/explain',
      {
        schema: {
          operationId: 'explainObjective',
          summary: 'Read why an objective stands as it does',
          description: 'Every term with its weight, what it adds, or why it is left out.',
          tags: ['Objectives'],
          params: z.object({
            key: z.string().meta({ description: 'The key of an objective.', examples: ['O-3'] }),
          }),
          response: { 200: objectiveExplanation, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) =>
        presentObjectiveExplanation(await explainObjective(records, objectiveNamed(key))),
    )

    app.get(
      '/key-results/:key/explain',
      {
        schema: {
          operationId: 'explainKeyResult',
          summary: 'Read why a key result stands as it does',
          description: 'Its value, its progress, its pace and its health, each with what it follows from.',
          tags: ['Key results'],
          params: z.object({
            key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
          }),
          response: { 200: keyResultExplanation, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) =>
        presentKeyResultExplanation(await explainKeyResult(records, keyResultNamed(key))),
    )
    done()
  }
}
