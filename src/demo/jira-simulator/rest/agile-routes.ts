import type { FastifyInstance } from 'fastify'
import type { Board, JsonObject, StoredSprint } from '../site/jira-history.ts'
import type { RunningSite } from '../site/running-site.ts'
import { agileSprint } from '../site/sprint-json.ts'
import { offsetPage, pathValue, queryOf, refuse } from './answers.ts'

const STATE_ORDER: readonly StoredSprint['state'][] = ['closed', 'active', 'future']

/** Boards and sprints. */
export function agileRoutes(app: FastifyInstance, site: RunningSite): void {
  const { history, catalogue } = site
  const { baseUrl } = history.site

  app.get('/rest/agile/1.0/board', (request) => {
    const query = queryOf(request)
    const types = query.get('type')?.split(',')
    const project = query.get('projectKeyOrId')
    const boards = history.boards.filter(
      (board) =>
        (types === undefined || types.includes(board.type)) &&
        (project === null || catalogue.findProject(project)?.id === board.projectId) &&
        board.name.toLowerCase().includes((query.get('name') ?? '').toLowerCase()),
    )
    const page = offsetPage(boards, query, { usual: 50, max: 50 })
    return { ...page, values: page.values.map((board) => boardJson(site, board)) }
  })

  app.get('/rest/agile/1.0/board/:boardId/configuration', (request, reply) => {
    const board = catalogue.board(Number(pathValue(request, 'boardId')))
    return board === undefined ? noBoard(reply) : reply.send(configurationJson(site, board))
  })

  app.get('/rest/agile/1.0/board/:boardId/sprint', (request, reply) => {
    const board = catalogue.board(Number(pathValue(request, 'boardId')))
    if (board === undefined) return noBoard(reply)
    if (board.type !== 'scrum') return refuse(reply, 400, 'The board does not support sprints')
    const query = queryOf(request)
    const states = query.get('state')?.split(',')
    const sprints = [...site.sprints.values()]
      .filter(({ boardIds }) => boardIds.includes(board.id))
      .filter(({ state }) => states === undefined || states.includes(state))
      .sort((a, b) => STATE_ORDER.indexOf(a.state) - STATE_ORDER.indexOf(b.state) || a.id - b.id)
    const page = offsetPage(sprints, query, { usual: 50, max: 50 })
    return reply.send({ ...page, values: page.values.map((sprint) => agileSprint(sprint, baseUrl)) })
  })

  app.get('/rest/agile/1.0/sprint/:sprintId', (request, reply) => {
    const sprint = site.sprints.get(Number(pathValue(request, 'sprintId')))
    return sprint === undefined
      ? refuse(reply, 404, 'Sprint does not exist.')
      : reply.send(agileSprint(sprint, baseUrl))
  })
}

function noBoard(reply: Parameters<typeof refuse>[0]) {
  return refuse(
    reply,
    404,
    'The requested board cannot be viewed because it either does not exist or is hidden.',
  )
}

function boardJson(site: RunningSite, board: Board): JsonObject {
  const project = site.catalogue.project(board.projectId)
  return {
    id: board.id,
    self: `${site.history.site.baseUrl}/rest/agile/1.0/board/${board.id}`,
    name: board.name,
    type: board.type,
    location: {
      projectId: Number(project.id),
      displayName: `${project.name} (${project.key})`,
      projectName: project.name,
      projectKey: project.key,
      projectTypeKey: 'software',
      name: `${project.name} (${project.key})`,
    },
    isPrivate: false,
  }
}

/** A board that does not estimate has no `estimation` at all. */
function configurationJson(site: RunningSite, board: Board): JsonObject {
  const { history, catalogue } = site
  const { baseUrl } = history.site
  const project = catalogue.project(board.projectId)
  const columns = (['new', 'indeterminate', 'done'] as const).map((category) => ({
    name: category,
    statuses: history.statuses
      .filter((status) => status.category === category)
      .map(({ id }) => ({ id, self: `${baseUrl}/rest/api/2/status/${id}` })),
  }))
  const estimation = board.estimationFieldId && {
    type: 'field',
    field: {
      fieldId: board.estimationFieldId,
      displayName: catalogue.field(board.estimationFieldId).name,
    },
  }
  return {
    id: board.id,
    name: board.name,
    type: board.type,
    self: `${baseUrl}/rest/agile/1.0/board/${board.id}/configuration`,
    location: { type: 'project', projectKeyOrId: project.key },
    filter: { id: String(board.id), self: `${baseUrl}/rest/api/2/filter/${board.id}` },
    columnConfig: { columns, constraintType: 'none' },
    ...(estimation ? { estimation } : {}),
    ranking: { rankCustomFieldId: 10_019 },
  }
}
