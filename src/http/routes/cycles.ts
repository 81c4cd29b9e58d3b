import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { archiveCycle } from '../../app/goals/archive-cycle.ts'
import { createCycle } from '../../app/goals/create-cycle.ts'
import { findCycle } from '../../app/goals/find-goals.ts'
import { restoreCycle } from '../../app/goals/restore-cycle.ts'
import { updateCycle } from '../../app/goals/update-cycle.ts'
import {
  cycleCreation,
  cyclePage,
  cyclePatch,
  cycleQuery,
  cycleResponse,
  presentCycle,
} from '../../contracts/api/cycle.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { cycleNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a cycle.', examples: ['2026-Q4'] }),
})
const tags = ['Cycles']

export function cycleRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.get(
      '/cycles',
      {
        schema: {
          operationId: 'listCycles',
          summary: 'List cycles',
          description: 'By key. Archived ones are left out unless `includeArchived` is true.',
          tags,
          querystring: cycleQuery,
          response: { 200: cyclePage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, includeArchived } = request.query
        const rows = await records.goals.cycles({ after, limit: rowsFor(limit) }, includeArchived)
        return answerPage(request, reply, rows, { limit, present: presentCycle, cursorOf: ({ key }) => key })
      },
    )

    app.post(
      '/cycles',
      {
        schema: {
          operationId: 'createCycle',
          summary: 'Create a cycle',
          description: 'Its key is yours to choose, and stays.',
          tags,
          body: cycleCreation,
          response: { 201: cycleResponse, ...writeProblems(409) },
        },
      },
      async (request, reply) => {
        const { timeZone, workingDays, holidays, ...own } = request.body
        const cycle = await createCycle(changeBy(change, request), {
          ...own,
          calendar: { timeZone, workingDays, holidays },
        })
        return reply.code(201).header('location', `/api/v1/cycles/${cycle.key}`).send(presentCycle(cycle))
      },
    )

    app.get(
      '/cycles/:key',
      {
        schema: {
          operationId: 'readCycle',
          summary: 'Read a cycle',
          description: 'Archived or not.',
          tags,
          params,
          response: { 200: cycleResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => presentCycle(await findCycle(records, cycleNamed(key))),
    )

    app.patch(
      '/cycles/:key',
      {
        schema: {
          operationId: 'updateCycle',
          summary: 'Change a cycle',
          description: 'Properties that are left out keep their value. Its key results are recomputed.',
          tags,
          params,
          body: cyclePatch,
          response: { 200: cycleResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        presentCycle(
          await updateCycle(changeBy(change, request), {
            key: cycleNamed(request.params.key),
            changes: request.body,
          }),
        ),
    )

    app.post(
      '/cycles/:key/archive',
      {
        schema: {
          operationId: 'archiveCycle',
          summary: 'Archive a cycle',
          description: 'Refused while it has objectives that are not archived.',
          tags,
          params,
          response: { 200: cycleResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        presentCycle(await archiveCycle(changeBy(change, request), { key: cycleNamed(request.params.key) })),
    )

    app.post(
      '/cycles/:key/restore',
      {
        schema: {
          operationId: 'restoreCycle',
          summary: 'Bring an archived cycle back',
          description: 'Goals of it that were archived by themselves stay so.',
          tags,
          params,
          response: { 200: cycleResponse, ...writeProblems(404) },
        },
      },
      async (request) =>
        presentCycle(await restoreCycle(changeBy(change, request), { key: cycleNamed(request.params.key) })),
    )
    done()
  }
}
