import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import { hintsOnPlan } from '../../app/goals/hints-on-many.ts'
import { applyOkrs, refusal } from '../../app/okrs/apply-okrs.ts'
import { exportOkrs } from '../../app/okrs/export-okrs.ts'
import { planOkrs, problemsOfPart } from '../../app/okrs/plan-okrs.ts'
import type { Clock } from '../../app/ports/clock.ts'
import type { Records } from '../../app/ports/records.ts'
import { presentHintsOnMany } from '../../contracts/api/lint.ts'
import type { DocumentProblem } from '../../contracts/okrs/document-problem.ts'
import { okrDocument } from '../../contracts/okrs/document-schema.ts'
import {
  allProblems,
  readOkrDocument,
  readOkrValue,
  type ReadDocument,
} from '../../contracts/okrs/okr-document.ts'
import { okrText, shortDocument } from '../../contracts/okrs/okr-text.ts'
import {
  applyQuery,
  okrDocumentResponse,
  okrPlanResponse,
  okrQuery,
  planQuery,
  presentPlan,
} from '../../contracts/okrs/plan-response.ts'
import { utf8Text } from '../../contracts/okrs/utf8-text.ts'
import type { OkrDocument } from '../../domain/okrs/okr-document.ts'
import type { OkrPlan } from '../../domain/okrs/plan.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { lintOptionsOf } from '../lint-options.ts'
import { readProblems, writeProblems } from '../openapi.ts'

const YAML = 'application/yaml'
const YAML_TYPES = [YAML, 'application/x-yaml', 'text/yaml', 'text/x-yaml']
const BODY_LIMIT_BYTES = 10 * 1024 * 1024

const tags = ['Import and export']
const consumes = ['application/json', YAML]

/** `/okrs`: OKRs as code. */
export function okrRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }
  const optionsOf = ({ overwrite }: { overwrite: string }) => ({
    archiveMissing: true,
    overwrite: overwrite === 'true',
  })

  return (app, _options, done) => {
    const fileOf = readFiles(app, { records, clock })

    app.get(
      '/okrs',
      {
        schema: {
          operationId: 'exportOkrs',
          summary: 'Export OKRs as code',
          description: 'Applying it again changes nothing. `Accept: application/yaml` gives the file itself.',
          tags,
          querystring: okrQuery,
          response: {
            200: {
              description: 'Everything that is not archived, without defaults.',
              content: {
                'application/json': { schema: okrDocumentResponse },
                [YAML]: { schema: z.string() },
              },
            },
            ...readProblems(400, 404),
          },
        },
      },
      async ({ query: { cycle = null }, headers: { accept = '' } }, reply) => {
        const document = await exportOkrs(records, { cycle })
        void reply.header('vary', 'accept')
        if (YAML_TYPES.some((type) => accept.includes(type))) {
          return reply.type(`${YAML}; charset=utf-8`).send(okrText(document))
        }
        const answer = okrDocumentResponse.parse(shortDocument(document))
        return reply.type('application/json; charset=utf-8').send(answer)
      },
    )

    app.post(
      '/okrs/plan',
      {
        bodyLimit: BODY_LIMIT_BYTES,
        config: { authorship: 'nowhere' },
        schema: {
          operationId: 'planOkrs',
          summary: 'Say what applying a file of OKRs would do',
          description:
            'Writes nothing. A file that cannot be applied is refused with all that is wrong with it.',
          tags,
          consumes,
          querystring: planQuery,
          body: okrDocument,
          response: { 200: okrPlanResponse, ...writeProblems(409) },
        },
      },
      async (request) => {
        const planned = await planOkrs(records, request.body, optionsOf(request.query), clock.now())
        if (planned.kind === 'refused') throw refusal(planned.problems, fileOf(request)?.lineOf)
        return present(request, planned.plan)
      },
    )

    app.post(
      '/okrs/apply',
      {
        bodyLimit: BODY_LIMIT_BYTES,
        config: { authorship: 'query' },
        schema: {
          operationId: 'applyOkrs',
          summary: 'Apply a file of OKRs',
          description:
            'Makes the goals those of the file, all of them or none. What a file made in the cycles it lists and it no longer ' +
            'names is archived; what no file ever named stays. Applied again it changes nothing.',
          tags,
          consumes,
          querystring: applyQuery,
          body: okrDocument,
          response: { 200: okrPlanResponse, ...writeProblems(409) },
        },
      },
      async (request) => {
        const { query, body } = request
        const lineOf = fileOf(request)?.lineOf
        const options = { ...optionsOf(query), expectedPlan: query.plan, lineOf }
        return present(request, await applyOkrs(changeBy(change, request), body, options))
      },
    )
    done()
  }
}

/** A plan with what could be better about the goals it writes. */
async function present(request: FastifyRequest<{ Body: OkrDocument }>, plan: OkrPlan) {
  const hints = await hintsOnPlan(request.body, plan.changes, lintOptionsOf(request))
  return { ...presentPlan(plan), ...presentHintsOnMany(hints) }
}

type FileOf = (request: FastifyRequest) => ReadDocument | undefined

/**
 * A file may be sent as it is: what is wrong in it is told by its lines, and with what it refers to that is not there.
 */
function readFiles(
  app: FastifyInstance,
  { records, clock }: { readonly records: Records; readonly clock: Clock },
): FileOf {
  const files = new WeakMap<FastifyRequest, ReadDocument>()
  app.addContentTypeParser<Buffer>(
    YAML_TYPES,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (request, bytes, parsed) => {
      const read = utf8Text(bytes)
      if (read.kind === 'unreadable') {
        parsed(new ThroughlineError('OKR_INPUT_INVALID', `The file ${read.why}.`))
        return
      }
      files.set(request, readOkrDocument(read.text))
      parsed(null, null)
    },
  )
  app.addHook('preValidation', async (request) => {
    if (request.method !== 'POST') return
    const read = files.get(request) ?? readOkrValue(request.body)
    if (read.kind === 'document') request.body = read.document
    else {
      const further = read.part === null ? [] : await problemsOfPart(records, read.part, clock.now())
      throw unreadable(allProblems(read, further))
    }
  })
  return (request) => files.get(request)
}

function unreadable(problems: readonly DocumentProblem[]): ThroughlineError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  return new ThroughlineError('OKR_INPUT_INVALID', `The file has ${count}.`, {
    problems: problems.map(({ line, path, message }) => ({
      field: path === '' ? '(whole)' : path,
      message: line === null ? message : `line ${line}: ${message}`,
    })),
  })
}
