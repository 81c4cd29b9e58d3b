import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { readDueCheckIns } from '../../app/check-ins/read-due-check-ins.ts'
import { readDueKpis } from '../../app/kpis/read-due-kpis.ts'
import { dueQuery, dueResponse, presentDueCheckIn, presentDueKpi } from '../../contracts/api/due-check-ins.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'

export function dueCheckInRoutes({
  database,
  clock,
  settings,
}: Pick<HttpDeps, 'database' | 'clock' | 'settings'>): FastifyPluginCallbackZod {
  const { records } = database

  return (app, _options, done) => {
    app.get(
      '/check-ins/due',
      {
        schema: {
          operationId: 'listDueCheckIns',
          summary: 'List what people are asked for now',
          description:
            'Check-ins that were asked for on a cadence day of a team and not made since, and KPIs that wait for a value.',
          tags: ['Key results'],
          querystring: dueQuery,
          response: { 200: dueResponse, ...readProblems(400, 404) },
        },
      },
      async ({ query: { team = null, owner = null } }) => {
        const question = { team, owner }
        const now = clock.now()
        const checkIns = await readDueCheckIns(records, question, now)
        const kpis = await readDueKpis(records, question, now)
        return {
          items: checkIns.map((one) => presentDueCheckIn(one, settings.publicUrl)),
          kpis: kpis.map(presentDueKpi),
        }
      },
    )
    done()
  }
}
