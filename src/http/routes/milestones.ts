import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { tickMilestone } from '../../app/goals/tick-milestone.ts'
import { milestoneResponse, milestoneTick, presentMilestone } from '../../contracts/api/milestone-tick.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { writeProblems } from '../openapi.ts'
import { keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
  step: z.string().meta({
    description: 'The title of a step, or its number counted from 1.',
    examples: ['2'],
  }),
})

export function milestoneRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.put(
      '/key-results/:key/milestones/:step',
      {
        schema: {
          operationId: 'tickMilestone',
          summary: 'Say that a step is done, or is not',
          description:
            'Saying what holds already changes nothing. A step with a Jira issue is ticked by its delivery alone.',
          tags: ['Key results'],
          params,
          body: milestoneTick,
          response: { 200: milestoneResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { key, step } = request.params
        const { done: isDone, at = null, ...said } = request.body
        const word = { key: keyResultNamed(key), step, isDone, at, ...said }
        return presentMilestone(await tickMilestone(changeBy(change, request), word))
      },
    )
    done()
  }
}
