import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { acknowledgeWarning } from '../../app/warnings/acknowledge-warning.ts'
import { findWarning } from '../../app/warnings/change-warning.ts'
import { snoozeWarning, unsnoozeWarning } from '../../app/warnings/snooze-warning.ts'
import {
  presentWarning,
  warningAcknowledgement,
  warningPage,
  warningQuery,
  warningResponse,
  warningSnooze,
  warningWaking,
} from '../../contracts/api/warning.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'

const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .meta({ description: 'The id of a warning.' }),
})
const tags = ['Warnings']

export function warningRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const present = (episode: Parameters<typeof presentWarning>[0]) => presentWarning(episode, clock.now())

  return (app, _options, done) => {
    app.get(
      '/warnings',
      {
        schema: {
          operationId: 'listWarnings',
          summary: 'List warnings, newest first',
          description: 'Open ones unless asked otherwise. Acknowledged and snoozed ones are open.',
          tags,
          querystring: warningQuery,
          response: { 200: warningPage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, state, keyResult = null, objective = null } = request.query
        const rows = await records.warnings.list(
          { after, limit: rowsFor(limit) },
          { state, keyResult, objective },
        )
        return answerPage(request, reply, rows, { limit, present, cursorOf: ({ id }) => id })
      },
    )

    app.get(
      '/warnings/:id',
      {
        schema: {
          operationId: 'readWarning',
          summary: 'Read a warning',
          description: 'Open or over, with the numbers it was raised by.',
          tags,
          params,
          response: { 200: warningResponse, ...readProblems(400, 404) },
        },
      },
      async ({ params: { id } }) => present(await findWarning(records, id)),
    )

    app.post(
      '/warnings/:id/acknowledge',
      {
        schema: {
          operationId: 'acknowledgeWarning',
          summary: 'Say that you know of a warning',
          description: 'It stays open, and nobody is told of it again unless it becomes worse.',
          tags,
          params,
          body: warningAcknowledgement,
          response: { 200: warningResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(
          await acknowledgeWarning(changeBy(change, request), { id: request.params.id, ...request.body }),
        ),
    )

    app.post(
      '/warnings/:id/snooze',
      {
        schema: {
          operationId: 'snoozeWarning',
          summary: 'Keep a warning quiet until an instant',
          description: 'It stays open and is shown; if it still stands by then, people are told then.',
          tags,
          params,
          body: warningSnooze,
          response: { 200: warningResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(await snoozeWarning(changeBy(change, request), { id: request.params.id, ...request.body })),
    )

    app.post(
      '/warnings/:id/unsnooze',
      {
        schema: {
          operationId: 'unsnoozeWarning',
          summary: 'End the snooze of a warning',
          description: 'People are told of it again from now on. Changes nothing when it is not snoozed.',
          tags,
          params,
          body: warningWaking,
          response: { 200: warningResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(await unsnoozeWarning(changeBy(change, request), { id: request.params.id, ...request.body })),
    )
    done()
  }
}
