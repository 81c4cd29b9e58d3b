import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addKpiValues } from '../../app/kpis/add-kpi-values.ts'
import { findKpi } from '../../app/kpis/find-kpi.ts'
import {
  kpiValueHeaders,
  kpiValuePage,
  kpiValueQuery,
  kpiValuesInput,
  kpiValuesResponse,
  presentKpiValue,
  reportedValues,
} from '../../contracts/api/kpi-value.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { kpiNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a KPI.', examples: ['KPI-2'] }),
})
const tags = ['KPIs']

export function kpiValueRoutes({
  database,
  clock,
}: Pick<HttpDeps, 'database' | 'clock'>): FastifyPluginCallbackZod {
  const { records } = database

  return (app, _options, done) => {
    app.post(
      '/kpis/:key/values',
      {
        schema: {
          operationId: 'addKpiValues',
          summary: 'Report values of a KPI',
          description: 'Answers 201 when something is new, 200 when every value was known already.',
          tags,
          params,
          headers: kpiValueHeaders,
          body: kpiValuesInput,
          response: { 200: kpiValuesResponse, 201: kpiValuesResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const stored = await addKpiValues(changeBy({ database, clock }, request), {
          key: kpiNamed(request.params.key),
          ...reportedValues(request.body, request.headers['idempotency-key']),
        })
        const fresh = stored.filter(({ isNew }) => isNew).length
        return reply.code(fresh > 0 ? 201 : 200).send({
          recorded: fresh,
          known: stored.length - fresh,
          items: stored.map(({ value }) => presentKpiValue(value)),
        })
      },
    )

    app.get(
      '/kpis/:key/values',
      {
        schema: {
          operationId: 'listKpiValues',
          summary: 'List values of a KPI, newest first',
          description: 'By when they were reported; each says of what date it is.',
          tags,
          params,
          querystring: kpiValueQuery,
          response: { 200: kpiValuePage, ...readProblems(400, 404) },
        },
      },
      async (request, reply) => {
        const { after = null, limit } = request.query
        const { key } = await findKpi(records, kpiNamed(request.params.key))
        const rows = await records.kpis.values(key, { after, limit: rowsFor(limit) })
        return answerPage(request, reply, rows, { limit, present: presentKpiValue, cursorOf: ({ id }) => id })
      },
    )
    done()
  }
}
