import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { archiveObjective } from '../../app/goals/archive-objective.ts'
import { createObjective } from '../../app/goals/create-objective.ts'
import { findObjective } from '../../app/goals/find-goals.ts'
import { hintsOnObjective } from '../../app/goals/lint-stored.ts'
import { restoreObjective } from '../../app/goals/restore-objective.ts'
import { updateObjective } from '../../app/goals/update-objective.ts'
import { emptyRollUp, rollUpObjective, rollUpObjectives } from '../../app/roll-up/roll-up-objectives.ts'
import { languageOf, presentHints } from '../../contracts/api/lint.ts'
import {
  objectiveCreation,
  objectivePage,
  objectivePatch,
  objectiveQuery,
  objectiveResponse,
  objectiveWritten,
  presentObjective,
} from '../../contracts/api/objective.ts'
import type { Objective } from '../../domain/goals.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { objectiveNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of an objective.', examples: ['O-3'] }),
})
const tags = ['Objectives']

export function objectiveRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const present = async (objective: Objective) =>
    presentObjective(objective, await rollUpObjective(records, objective))
  const hintsOn = async (written: Objective, headers: { 'accept-language'?: string | undefined }) =>
    presentHints(await hintsOnObjective(records, written, languageOf(headers['accept-language'])))

  return (app, _options, done) => {
    app.get(
      '/objectives',
      {
        schema: {
          operationId: 'listObjectives',
          summary: 'List objectives with how they stand',
          description: 'By number. Archived ones are left out unless `includeArchived` is true.',
          tags,
          querystring: objectiveQuery,
          response: { 200: objectivePage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, cycle = null, includeArchived } = request.query
        const page = { after, limit: rowsFor(limit) }
        const rows = await records.goals.objectives(page, { cycle, includeArchived })
        const rollUps = await rollUpObjectives(
          records,
          rows.map(({ key }) => key),
        )
        return answerPage(request, reply, rows, {
          limit,
          present: (row) => presentObjective(row, rollUps.get(row.key) ?? emptyRollUp(row.key)),
          cursorOf: ({ key }) => key,
        })
      },
    )

    app.post(
      '/objectives',
      {
        schema: {
          operationId: 'createObjective',
          summary: 'Create an objective',
          description: 'With the `key` you choose, or the next one, `O-n`.',
          tags,
          body: objectiveCreation,
          response: { 201: objectiveWritten, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { key = null, ...own } = request.body
        const objective = await createObjective(changeBy(change, request), { ...own, key })
        return reply
          .code(201)
          .header('location', `/api/v1/objectives/${objective.key}`)
          .send({
            ...presentObjective(objective, emptyRollUp(objective.key)),
            ...(await hintsOn(objective, request.headers)),
          })
      },
    )

    app.get(
      '/objectives/:key',
      {
        schema: {
          operationId: 'readObjective',
          summary: 'Read an objective with how it stands',
          description: 'Archived or not. `/explain` says why it stands there.',
          tags,
          params,
          response: { 200: objectiveResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => present(await findObjective(records, objectiveNamed(key))),
    )

    app.patch(
      '/objectives/:key',
      {
        schema: {
          operationId: 'updateObjective',
          summary: 'Change an objective',
          description:
            'Properties that are left out keep their value. Moving it to another cycle moves its key results into the ' +
            'time and calendar of that cycle.',
          tags,
          params,
          body: objectivePatch,
          response: { 200: objectiveWritten, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const updated = await updateObjective(changeBy(change, request), {
          key: objectiveNamed(request.params.key),
          changes: request.body,
        })
        return { ...(await present(updated)), ...(await hintsOn(updated, request.headers)) }
      },
    )

    app.post(
      '/objectives/:key/archive',
      {
        schema: {
          operationId: 'archiveObjective',
          summary: 'Archive an objective',
          description: 'Refused while it has key results that are not archived.',
          tags,
          params,
          response: { 200: objectiveResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(
          await archiveObjective(changeBy(change, request), { key: objectiveNamed(request.params.key) }),
        ),
    )

    app.post(
      '/objectives/:key/restore',
      {
        schema: {
          operationId: 'restoreObjective',
          summary: 'Bring an archived objective back',
          description: 'Refused while its cycle is archived.',
          tags,
          params,
          response: { 200: objectiveResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(
          await restoreObjective(changeBy(change, request), { key: objectiveNamed(request.params.key) }),
        ),
    )
    done()
  }
}
