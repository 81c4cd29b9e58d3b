import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { findTemplate, removeTemplate, saveTemplate } from '../../app/cycles/goal-templates.ts'
import { startFromTemplate } from '../../app/cycles/start-from-template.ts'
import { hintsOnStarted } from '../../app/goals/hints-on-many.ts'
import { presentHintsOnMany } from '../../contracts/api/lint.ts'
import {
  presentStarted,
  presentTemplate,
  presentTemplates,
  startedResponse,
  templateCreation,
  templateList,
  templateResponse,
  templateUse,
} from '../../contracts/api/template.ts'
import { changeBy } from '../authorship.ts'
import type { HttpDeps } from '../http-deps.ts'
import { lintOptionsOf } from '../lint-options.ts'
import { nothing, readProblems, writeProblems } from '../openapi.ts'
import { cycleNamed } from './named-keys.ts'

const params = z.object({
  name: z.string().meta({ description: 'The name of a template.', examples: ['growth-quarter'] }),
})
const cycleParams = z.object({
  key: z.string().meta({ description: 'The key of a cycle.', examples: ['2027-Q1'] }),
})
const tags = ['Cycles']

export function templateRoutes({
  database,
  clock,
  doorbell,
}: Pick<HttpDeps, 'database' | 'clock' | 'doorbell'>): FastifyPluginCallbackZod {
  const { records } = database
  const change = { database, clock, doorbell }

  return (app, _options, done) => {
    app.get(
      '/templates',
      {
        schema: {
          operationId: 'listTemplates',
          summary: 'List the templates',
          description: 'By name, with how many goals each holds.',
          tags,
          response: { 200: templateList, ...readProblems() },
        },
      },
      async () => presentTemplates(await records.templates.list()),
    )

    app.post(
      '/templates',
      {
        schema: {
          operationId: 'saveTemplate',
          summary: 'Save the objectives of a cycle as a template',
          description:
            'Structure, measures and weights; days as shares of the cycle. Issues of Jira are left out, people as well ' +
            'unless `owners` is true.',
          tags,
          body: templateCreation,
          response: { 201: templateResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { owners, ...own } = request.body
        const template = await saveTemplate(changeBy(change, request), { ...own, keepsOwners: owners })
        return reply
          .code(201)
          .header('location', `/api/v1/templates/${template.name}`)
          .send(presentTemplate(template))
      },
    )

    app.get(
      '/templates/:name',
      {
        schema: {
          operationId: 'readTemplate',
          summary: 'Read a template',
          description: 'All of its goals, with days as shares of a cycle.',
          tags,
          params,
          response: { 200: templateResponse, ...readProblems(404) },
        },
      },
      async ({ params: { name } }) => presentTemplate(await findTemplate(records, name)),
    )

    app.delete(
      '/templates/:name',
      {
        schema: {
          operationId: 'removeTemplate',
          summary: 'Remove a template',
          description: 'The goals that were made from it stay.',
          tags,
          params,
          response: { 204: nothing, ...writeProblems(404) },
        },
      },
      async (request, reply) => {
        await removeTemplate(changeBy(change, request), request.params.name)
        return reply.code(204).send()
      },
    )

    app.post(
      '/cycles/:key/objectives-from-template',
      {
        schema: {
          operationId: 'startFromTemplate',
          summary: 'Make the objectives of a template in a cycle',
          description: 'With keys of their own, and days in the time of this cycle. All of them, or none.',
          tags,
          params: cycleParams,
          body: templateUse,
          response: { 201: startedResponse, ...writeProblems(404, 409) },
        },
      },
      async (request, reply) => {
        const { template } = request.body
        const started = await startFromTemplate(changeBy(change, request), {
          cycle: cycleNamed(request.params.key),
          template,
        })
        const hints = await hintsOnStarted(records, started, lintOptionsOf(request))
        return reply.code(201).send({ ...presentStarted(started), ...presentHintsOnMany(hints) })
      },
    )
    done()
  }
}
