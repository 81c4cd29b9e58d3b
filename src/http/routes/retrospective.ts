import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readRetrospective } from '../../app/cycles/read-retrospective.ts'
import { presentRetrospective, retrospectiveResponse } from '../../contracts/api/retrospective.ts'
import { retrospectiveMarkdown } from '../../domain/retrospective/retrospective-markdown.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { cycleNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a cycle.', examples: ['2026-Q4'] }),
})

const MARKDOWN = 'text/markdown'

export function retrospectiveRoutes({
  database: { records },
  clock,
}: Pick<HttpDeps, 'database' | 'clock'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/cycles/:key/retrospective',
      {
        schema: {
          operationId: 'readRetrospective',
          summary: 'Read what a cycle came to',
          description:
            'As it was frozen when the cycle was closed; a preview while it is open. `Accept: text/markdown` gives it ' +
            'as a text to read.',
          tags: ['Cycles'],
          params,
          response: {
            200: {
              description: 'What a cycle came to.',
              content: {
                'application/json': { schema: retrospectiveResponse },
                [MARKDOWN]: { schema: z.string() },
              },
            },
            ...readProblems(404),
          },
        },
      },
      async (request, reply) => {
        const known = await readRetrospective({ records, clock }, cycleNamed(request.params.key))
        void reply.header('vary', 'accept')
        if (prefersMarkdown(request.headers.accept)) {
          return reply.type(`${MARKDOWN}; charset=utf-8`).send(retrospectiveMarkdown(known.retrospective))
        }
        return reply.type('application/json; charset=utf-8').send(presentRetrospective(known))
      },
    )
    done()
  }
}

/** Whether a reader wants Markdown more than JSON; one who does not say gets JSON. */
function prefersMarkdown(accept: string | undefined): boolean {
  if (accept === undefined) return false
  const wishes = accept.split(',').map((wish) => {
    const [type = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase())
    const quality = parameters.find((parameter) => parameter.startsWith('q='))
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
  })
  const qualityOf = (...types: readonly string[]) =>
    Math.max(0, ...wishes.filter(({ type }) => types.includes(type)).map(({ quality }) => quality))
  return qualityOf(MARKDOWN) > qualityOf('application/json')
}
