import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { archiveKeyResult } from '../../app/goals/archive-key-result.ts'
import { createKeyResult } from '../../app/goals/create-key-result.ts'
import { findKeyResult } from '../../app/goals/find-goals.ts'
import { hintsOnKeyResult } from '../../app/goals/lint-stored.ts'
import { restoreKeyResult } from '../../app/goals/restore-key-result.ts'
import { updateKeyResult } from '../../app/goals/update-key-result.ts'
import type { MeasureInput } from '../../app/goals/measure-input.ts'
import type { KeyResultInContext } from '../../app/ports/goals.ts'
import {
  keyResultCreation,
  keyResultPage,
  keyResultPatch,
  keyResultQuery,
  keyResultResponse,
  keyResultWritten,
  presentKeyResult,
} from '../../contracts/api/key-result.ts'
import { languageOf, presentHints } from '../../contracts/api/lint.ts'
import type { measure as measureInput } from '../../contracts/api/measure.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems, writeProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'
import { issueNamed, keyResultNamed } from './named-keys.ts'

const params = z.object({
  key: z.string().meta({ description: 'The key of a key result.', examples: ['KR-12'] }),
})
const tags = ['Key results']

export function keyResultRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const present = async (found: KeyResultInContext) =>
    presentKeyResult(found, await records.progress.latestSnapshot(found.keyResult.key))
  const hintsOn = async (written: KeyResultInContext, headers: { 'accept-language'?: string | undefined }) =>
    presentHints(await hintsOnKeyResult(records, written, languageOf(headers['accept-language'])))

  return (app, _options, done) => {
    app.get(
      '/key-results',
      {
        schema: {
          operationId: 'listKeyResults',
          summary: 'List key results with their latest numbers',
          description: 'By number. Archived ones are left out unless `includeArchived` is true.',
          tags,
          querystring: keyResultQuery,
          response: { 200: keyResultPage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { after = null, limit, cycle = null, objective = null, includeArchived } = request.query
        const filter = { cycle, objective, includeArchived }
        const rows = await records.goals.keyResults({ after, limit: rowsFor(limit) }, filter)
        const snapshots = await records.progress.latestSnapshots(rows.map(({ keyResult }) => keyResult.key))
        return answerPage(request, reply, rows, {
          limit,
          present: (row) => presentKeyResult(row, snapshots.get(row.keyResult.key) ?? null),
          cursorOf: ({ keyResult }) => keyResult.key,
        })
      },
    )

    app.post(
      '/key-results',
      {
        schema: {
          operationId: 'createKeyResult',
          summary: 'Create a key result',
          description: 'Issues that already name its key in Jira are linked shortly after.',
          tags,
          body: keyResultCreation,
          response: { 201: keyResultWritten, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { key = null, anchorIssue, measure, ...own } = request.body
        const created = await createKeyResult(changeBy(change, request), {
          ...own,
          key,
          measure: measureGiven(measure),
          anchorIssue: issueNamed(anchorIssue),
        })
        return reply
          .code(201)
          .header('location', `/api/v1/key-results/${created.keyResult.key}`)
          .send({ ...presentKeyResult(created, null), ...(await hintsOn(created, request.headers)) })
      },
    )

    app.get(
      '/key-results/:key',
      {
        schema: {
          operationId: 'readKeyResult',
          summary: 'Read a key result with its latest numbers',
          description: 'Archived or not. `/explain` says why it stands there, `/links` which issues count.',
          tags,
          params,
          response: { 200: keyResultResponse, ...readProblems(404) },
        },
      },
      async ({ params: { key } }) => present(await findKeyResult(records, keyResultNamed(key))),
    )

    app.patch(
      '/key-results/:key',
      {
        schema: {
          operationId: 'updateKeyResult',
          summary: 'Change a key result',
          description:
            'Properties that are left out keep their value. A target or a due day that moves is recorded and never ' +
            'counts as progress.',
          tags,
          params,
          body: keyResultPatch,
          response: { 200: keyResultWritten, ...writeProblems(404, 409) },
        },
      },
      async (request) => {
        const { anchorIssue, measure, ...own } = request.body
        const changes = {
          ...own,
          ...(measure === undefined ? {} : { measure: measureGiven(measure) }),
          ...(anchorIssue === undefined ? {} : { anchorIssue: issueNamed(anchorIssue) }),
        }
        const updated = await updateKeyResult(changeBy(change, request), {
          key: keyResultNamed(request.params.key),
          changes,
        })
        return { ...(await present(updated)), ...(await hintsOn(updated, request.headers)) }
      },
    )

    app.post(
      '/key-results/:key/archive',
      {
        schema: {
          operationId: 'archiveKeyResult',
          summary: 'Archive a key result',
          description: 'It leaves the lists and no longer changes; its past stays readable.',
          tags,
          params,
          response: { 200: keyResultResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(
          await archiveKeyResult(changeBy(change, request), { key: keyResultNamed(request.params.key) }),
        ),
    )

    app.post(
      '/key-results/:key/restore',
      {
        schema: {
          operationId: 'restoreKeyResult',
          summary: 'Bring an archived key result back',
          description: 'Its links are evaluated anew. Refused while its objective is archived.',
          tags,
          params,
          response: { 200: keyResultResponse, ...writeProblems(404, 409) },
        },
      },
      async (request) =>
        present(
          await restoreKeyResult(changeBy(change, request), { key: keyResultNamed(request.params.key) }),
        ),
    )
    done()
  }
}

function measureGiven(input: z.output<typeof measureInput>): MeasureInput {
  if (input.kind !== 'milestones') return input
  return { ...input, steps: input.steps.map(({ issue, ...step }) => ({ ...step, issue: issueNamed(issue) })) }
}
