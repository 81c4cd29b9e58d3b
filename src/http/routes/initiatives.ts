import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findKeyResult } from '../../app/goals/find-goals.ts'
import {
  archiveInitiative,
  createInitiative,
  findInitiative,
  restoreInitiative,
  updateInitiative,
} from '../../app/initiatives/change-initiative.ts'
import { withOutput } from '../../app/initiatives/initiative-output.ts'
import {
  initiativeCreation,
  initiativePage,
  initiativePatch,
  initiativeQuery,
  initiativeResponse,
  presentInitiative,
} from '../../contracts/api/initiative.ts'
import type { Initiative } from '../../domain/goals.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { initiativeNamed, issueNamed, keyResultNamed } from './named-keys.ts'

const ofKeyResult = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})
const params = z.object({
  key: z.string().meta({ description: 'The key of an initiative.', examples: ['INI-4'] }),
})
const tags = ['Key results']

export function initiativeRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const shown = async (initiative: Initiative) => {
    const [only] = await withOutput(records, [initiative])
    return presentInitiative(only!)
  }

  return (app, _options, done) => {
    app.post(
      '/key-results/:key/initiatives',
      {
        schema: {
          operationId: 'createInitiative',
          summary: 'Create an initiative under a key result',
          description:
            'With the `key` you choose, or the next one, `INI-n`. It moves nothing: linked work moves a key result.',
          tags,
          params: ofKeyResult,
          body: initiativeCreation,
          response: { 201: initiativeResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { key = null, issue, ...own } = request.body
        const keyResult = keyResultNamed(request.params.key)
        const initiative = await createInitiative(changeBy(change, request), {
          ...own,
          key,
          keyResult,
          issue: issueNamed(issue),
        })
        return reply
          .code(201)
          .header('location', `/api/v1/initiatives/${initiative.key}`)
          .send(await shown(initiative))
      },
    )

    app.get(
      '/key-results/:key/initiatives',
      {
        schema: {
          operationId: 'listInitiatives',
          summary: 'List the initiatives of a key result with their output',
          description: 'By number. Archived ones are left out unless `includeArchived` is true.',
          tags,
          params: ofKeyResult,
          querystring: initiativeQuery,
          response: { 200: initiativePage, ...readProblems(400, 404) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, includeArchived } = request.query
        const { keyResult } = await findKeyResult(records, keyResultNamed(request.params.key))
        const page = { after, limit: rowsFor(limit) }
        const rows = await records.initiatives.of(keyResult.key, page, includeArchived)
        return answerPage(request, reply, await withOutput(records, rows), {
          limit,
          present: presentInitiative,
          cursorOf: ({ initiative }) => initiative.key,
        })
      },
    )

    app.get(
      '/initiatives/:key',
      {
        schema: {
          operationId: 'readInitiative',
          summary: 'Read an initiative with its output',
          description: 'Archived or not. `output` counts the issues below its issue now.',
          tags,
          params,
          response: { 200: initiativeResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => shown(await findInitiative(records, initiativeNamed(key))),
    )

    app.patch(
      '/initiatives/:key',
      {
        schema: {
          operationId: 'updateInitiative',
          summary: 'Change an initiative',
          description: 'Properties that are left out keep their value.',
          tags,
          params,
          body: initiativePatch,
          response: { 200: initiativeResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { issue, ...own } = request.body
        const changes = { ...own, issue: issue === undefined ? undefined : issueNamed(issue) }
        return shown(
          await updateInitiative(changeBy(change, request), {
            key: initiativeNamed(request.params.key),
            changes,
          }),
        )
      },
    )

    app.post(
      '/initiatives/:key/archive',
      {
        schema: {
          operationId: 'archiveInitiative',
          summary: 'Archive an initiative',
          description: 'It leaves the lists; the work in Jira goes on counting where it is linked.',
          tags,
          params,
          response: { 200: initiativeResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        shown(
          await archiveInitiative(changeBy(change, request), { key: initiativeNamed(request.params.key) }),
        ),
    )

    app.post(
      '/initiatives/:key/restore',
      {
        schema: {
          operationId: 'restoreInitiative',
          summary: 'Bring an archived initiative back',
          description: 'Refused while its key result is archived.',
          tags,
          params,
          response: { 200: initiativeResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        shown(
          await restoreInitiative(changeBy(change, request), { key: initiativeNamed(request.params.key) }),
        ),
    )
    done()
  }
}
