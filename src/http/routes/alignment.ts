import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readAlignment } from '../../app/alignment/read-alignment.ts'
import { alignmentQuery, alignmentResponse, presentAlignment } from '../../contracts/api/alignment.ts'
import { alignmentMap } from '../../domain/alignment/map/alignment-map.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'

const tags = ['Objectives']

export function alignmentRoutes({
  database: { records },
  clock,
}: Pick<HttpDeps, 'database' | 'clock'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/alignment',
      {
        schema: {
          operationId: 'readAlignment',
          summary: 'Read how objectives hang together',
          description:
            'The tree from the company down, objectives that support nothing, and what does not fit: an epic two ' +
            'objectives claim, a dependency in danger or due later, a parent that is archived or ends earlier.',
          tags,
          querystring: alignmentQuery,
          response: { 200: alignmentResponse, ...readProblems(400, 404) },
        },
      },
      async ({ query: { cycle = null } }) =>
        presentAlignment(await readAlignment(records, cycle, clock.now())),
    )

    app.get(
      '/alignment.svg',
      {
        schema: {
          operationId: 'drawAlignment',
          summary: 'Draw how objectives hang together',
          description: 'The same as a picture that stands by itself: save it, and show the file on any page.',
          tags,
          querystring: alignmentQuery,
          response: {
            200: { description: 'The map.', content: { 'image/svg+xml': { schema: z.string() } } },
            ...readProblems(400, 404),
          },
        },
      },
      async ({ query: { cycle = null } }, reply) =>
        reply.type('image/svg+xml').send(alignmentMap(await readAlignment(records, cycle, clock.now()))),
    )
    done()
  }
}
