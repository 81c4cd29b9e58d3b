import type { FastifyPluginCallbackZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ThroughlineError } from '../../app/errors.ts'
import type { SprintFilter } from '../../app/ports/mirror.ts'
import { parseSiteCursor, siteCursor } from '../../contracts/api/cursors.ts'
import { siteId } from '../../contracts/api/fields.ts'
import {
  parseSprintId,
  presentSprint,
  sprintPage,
  sprintQuery,
  sprintResponse,
} from '../../contracts/api/sprint.ts'
import type { HttpDeps } from '../http-deps.ts'
import { readProblems } from '../openapi.ts'
import { answerPage, rowsFor } from '../paging.ts'

const params = z.object({
  site: siteId,
  id: z.string().meta({ description: "Jira's id of the sprint.", examples: ['37'] }),
})
const tags = ['Sprints']

export function sprintRoutes({
  database: { records },
}: Pick<HttpDeps, 'database'>): FastifyPluginCallbackZod {
  return (app, _options, done) => {
    app.get(
      '/sprints',
      {
        schema: {
          operationId: 'listSprints',
          summary: 'List sprints',
          description: 'By site and Jira’s id, of every state unless `state` says one.',
          tags,
          querystring: sprintQuery,
          response: { 200: sprintPage, ...readProblems(400) },
        },
      },
      async (request, reply) => {
        const { site = null, state = null, board = null, after, limit } = request.query
        const rows = await records.mirror.sprints({
          siteId: site,
          state,
          boardId: board,
          after: after === undefined ? null : placeOf(after),
          limit: rowsFor(limit),
        })
        return answerPage(request, reply, rows, {
          limit,
          present: presentSprint,
          cursorOf: (sprint) => siteCursor(sprint.siteId, sprint.sprintId),
        })
      },
    )

    app.get(
      '/sprints/:site/:id',
      {
        schema: {
          operationId: 'readSprint',
          summary: 'Read a sprint',
          description: 'As Jira last told of it.',
          tags,
          params,
          response: { 200: sprintResponse, ...readProblems(400, 404) },
        },
      },
      async ({ params: { site, id } }) => {
        const sprintId = parseSprintId(id)
        const sprint = sprintId === null ? null : await records.mirror.sprint(site, sprintId)
        if (sprint !== null) return presentSprint(sprint)
        throw new ThroughlineError('OKR_SPRINT_NOT_FOUND', `No sprint ${id} of site ${site} is known here.`)
      },
    )
    done()
  }
}

function placeOf(after: string): SprintFilter['after'] {
  const cursor = parseSiteCursor(after)
  const sprintId = cursor === null ? null : parseSprintId(cursor.id)
  if (cursor !== null && sprintId !== null) return { siteId: cursor.siteId, sprintId }
  throw new ThroughlineError('OKR_INPUT_INVALID', 'The query is not valid: see after.', {
    problems: [{ field: 'after', message: 'is not the `next` of a page of sprints' }],
  })
}
