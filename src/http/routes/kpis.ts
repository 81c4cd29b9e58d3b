import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { archiveKpi, restoreKpi } from '../../app/kpis/archive-kpi.ts'
import { createKpi } from '../../app/kpis/create-kpi.ts'
import { findKpi } from '../../app/kpis/find-kpi.ts'
import { judgeKpi, judgeKpis } from '../../app/kpis/judge-kpis.ts'
import { kpiHistory } from '../../app/kpis/kpi-history.ts'
import { updateKpi } from '../../app/kpis/update-kpi.ts'
import {
  kpiCreation,
  kpiHistoryQuery,
  kpiHistoryResponse,
  kpiPage,
  kpiPatch,
  kpiQuery,
  kpiResponse,
  presentKpi,
  presentKpiHistory,
} from '../../contracts/api/kpi.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { kpiNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a KPI.', examples: ['KPI-2'] }),
})
const tags = ['KPIs']

export function kpiRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const shown = async (kpi: Kpi) => presentKpi(await judgeKpi(records, kpi, clock.now()))

  return (app, _options, done) => {
    app.get(
      '/kpis',
      {
        schema: {
          operationId: 'listKpis',
          summary: 'List KPIs with their health',
          description: 'By number. Archived ones are left out unless `includeArchived` is true.',
          tags,
          querystring: kpiQuery,
          response: { 200: kpiPage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, team = null, owner = null, includeArchived } = request.query
        const filter = { team, owner, includeArchived }
        const rows = await records.kpis.kpis({ after, limit: rowsFor(limit) }, filter)
        const judged = await judgeKpis(records, rows, clock.now())
        return answerPage(request, reply, judged, {
          limit,
          present: presentKpi,
          cursorOf: ({ kpi }) => kpi.key,
        })
      },
    )

    app.post(
      '/kpis',
      {
        schema: {
          operationId: 'createKpi',
          summary: 'Create a KPI',
          description: 'With the `key` you choose, or the next one, `KPI-n`.',
          tags,
          body: kpiCreation,
          response: { 201: kpiResponse, ...writeProblems(409) },
        },
      },
      async (request, reply) => {
        const { key = null, ...own } = request.body
        const kpi = await createKpi(changeBy(change, request), { ...own, key })
        return reply
          .code(201)
          .header('location', `/api/v1/kpis/${kpi.key}`)
          .send(await shown(kpi))
      },
    )

    app.get(
      '/kpis/:key',
      {
        schema: {
          operationId: 'readKpi',
          summary: 'Read a KPI with its health',
          description: 'Archived or not. `/history` has its periods, `/values` what was reported.',
          tags,
          params,
          response: { 200: kpiResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => shown(await findKpi(records, kpiNamed(key))),
    )

    app.patch(
      '/kpis/:key',
      {
        schema: {
          operationId: 'updateKpi',
          summary: 'Change a KPI',
          description:
            'Properties that are left out keep their value. Another band judges its whole past anew.',
          tags,
          params,
          body: kpiPatch,
          response: { 200: kpiResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        shown(
          await updateKpi(changeBy(change, request), {
            key: kpiNamed(request.params.key),
            changes: request.body,
          }),
        ),
    )

    app.post(
      '/kpis/:key/archive',
      {
        schema: {
          operationId: 'archiveKpi',
          summary: 'Archive a KPI',
          description: 'Nobody is reminded of it any more; its values stay.',
          tags,
          params,
          response: { 200: kpiResponse, ...writeProblems(404) },
        },
      },
      async (request) =>
        shown(await archiveKpi(changeBy(change, request), { key: kpiNamed(request.params.key) })),
    )

    app.post(
      '/kpis/:key/restore',
      {
        schema: {
          operationId: 'restoreKpi',
          summary: 'Bring an archived KPI back',
          description: 'It is judged again, and its owner is reminded of it again.',
          tags,
          params,
          response: { 200: kpiResponse, ...writeProblems(404) },
        },
      },
      async (request) =>
        shown(await restoreKpi(changeBy(change, request), { key: kpiNamed(request.params.key) })),
    )

    app.get(
      '/kpis/:key/history',
      {
        schema: {
          operationId: 'readKpiHistory',
          summary: 'Read the periods of a KPI, inside its band or not',
          description: 'Judged by the band it has now. A period without a value is left out.',
          tags,
          params,
          querystring: kpiHistoryQuery,
          response: { 200: kpiHistoryResponse, ...readProblems(400, 404) },
        },
      },
      async ({ params: { key }, query: { from = null, to = null } }) => {
        const kpi = await findKpi(records, kpiNamed(key))
        const periods = await kpiHistory(records, kpi, { fromDay: from, toDay: to }, clock.now())
        return presentKpiHistory(kpi, periods)
      },
    )
    done()
  }
}
