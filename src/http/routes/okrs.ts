import type { FastifyInstance } from 'fastify'
import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import { applyOkrs, refusal } from '../../app/okrs/apply-okrs.ts'
import { exportOkrs } from '../../app/okrs/export-okrs.ts'
import { planOkrs } from '../../app/okrs/plan-okrs.ts'
import { okrDocument } from '../../contracts/okrs/document-schema.ts'
import { readOkrDocument } from '../../contracts/okrs/okr-document.ts'
import { okrText, shortDocument } from '../../contracts/okrs/okr-text.ts'
import {
  applyQuery,
  okrDocumentResponse,
  okrPlanResponse,
  okrQuery,
  planQuery,
  presentPlan,
} from '../../contracts/okrs/plan-response.ts'
import type { HttpDeps } from '../http-deps.ts'
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
  const change = { database, clock, doorbell, actor: 'api' }
  const optionsOf = ({ overwrite }: { overwrite: string }) => ({
    archiveMissing: true,
    overwrite: overwrite === 'true',
  })

  return (app, _options, done) => {
    readYaml(app)

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
      async ({ query, body }) => {
        const planned = await planOkrs(records, body, optionsOf(query))
        if (planned.kind === 'refused') throw refusal(planned.problems)
        return presentPlan(planned.plan)
      },
    )

    app.post(
      '/okrs/apply',
      {
        bodyLimit: BODY_LIMIT_BYTES,
        schema: {
          operationId: 'applyOkrs',
          summary: 'Apply a file of OKRs',
          description:
            'Makes the goals those of the file, all of them or none. Goals of the cycles it lists that it does not name are ' +
            'archived. Applied again it changes nothing.',
          tags,
          consumes,
          querystring: applyQuery,
          body: okrDocument,
          response: { 200: okrPlanResponse, ...writeProblems(409) },
        },
      },
      async ({ query, body }) =>
        presentPlan(await applyOkrs(change, body, { ...optionsOf(query), expectedPlan: query.plan })),
    )
    done()
  }
}

/** A file may be sent as it is: what is wrong in it is told by its lines. */
function readYaml(app: FastifyInstance): void {
  app.addContentTypeParser<string>(
    YAML_TYPES,
    { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
    (_request, text, parsed) => {
      const read = readOkrDocument(text)
      if (read.kind === 'document') parsed(null, read.document)
      else parsed(unreadable(read.problems), undefined)
    },
  )
}

type Problems = Extract<ReturnType<typeof readOkrDocument>, { kind: 'problems' }>['problems']

function unreadable(problems: Problems): ThroughlineError {
  return new ThroughlineError('OKR_INPUT_INVALID', `The file has ${problems.length} problems.`, {
    problems: problems.map(({ line, path, message }) => ({
      field: path === '' ? '(whole)' : path,
      message: line === null ? message : `line ${line}: ${message}`,
    })),
  })
}
