import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { boardTrend } from '../../app/sprints/board-trend.ts'
import { siteId } from '../../contracts/api/fields.ts'
import { presentTrend, trendQuery, trendResponse } from '../../contracts/api/sprint-trend.ts'
import { parseSprintId } from '../../contracts/api/sprint.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { linkNext } from '../paging.ts'

const id = z.string().meta({ description: "Jira's id of the board.", examples: ['8'] })

const PLACES = [
  { path: '/boards/:id/trend', params: z.object({ id }), suffix: '' },
  { path: '/boards/:site/:id/trend', params: z.object({ site: siteId, id }), suffix: 'OfSite' },
] as const

export function boardRoutes({
  database: { records },
  compileLinkRules,
  clock,
}: Pick<HttpDeps, 'database' | 'compileLinkRules' | 'clock'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    for (const { path, params, suffix } of PLACES) {
      app.get(
        path,
        {
          schema: {
            operationId: `readBoardTrend${suffix}`,
            summary: 'Read the trend of a board over its closed sprints',
            description: 'Of the sprints that began on it. Sprints that were deleted are left out.',
            tags: ['Sprints'],
            params,
            querystring: trendQuery,
            response: { 200: trendResponse, ...readProblems(400, 404) },
          },
        },
        async (request, reply) => {
          const named: { readonly site?: string; readonly id: string } = request.params
          const { after = null, limit } = request.query
          const trend = await boardTrend(
            { records, compileLinkRules, now: clock.now() },
            { siteId: named.site ?? null, boardId: parseSprintId(named.id), text: named.id, after, limit },
          )
          if (trend.next !== null) linkNext(request, reply, String(trend.next))
          return presentTrend(trend)
        },
      )
    }
    done()
  }
}
