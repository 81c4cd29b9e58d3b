import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { feedQuery, feedResponse, presentFeedEntry } from '../../contracts/api/feed.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'

export function feedRoutes({ database: { records } }: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/feed',
      {
        schema: {
          operationId: 'readFeed',
          summary: 'Read everything that changed, in order',
          description:
            'Cursors count 1, 2, 3 … in the order of commits and have no gaps: whoever has seen n has seen everything ' +
            'before it. Keep `next` and come back with it as `after`.',
          tags: ['Feed'],
          querystring: feedQuery,
          response: { 200: feedResponse, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after, limit } = request.query
        const rows = await records.feed.after(after, rowsFor(limit))
        const page = answerPage(request, reply, rows, {
          limit,
          present: presentFeedEntry,
          cursorOf: ({ cursor }) => cursor,
        })
        return { items: page.items, next: page.items.at(-1)?.cursor ?? after, hasMore: page.next !== null }
      },
    )
    done()
  }
}
