import type { FastifyInstance, FastifyReply } from 'fastify'
import type { JsonObject } from '../site/jira-history.ts'
import type { RunningSite } from '../site/running-site.ts'
import { bodyOf, queryOf, refuse, textList, wholeNumber } from './answers.ts'
import { fieldSelection, selectedIssue } from './field-selection.ts'
import { searchIssues } from './search.ts'

const SEARCH_KEYS = new Set([
  'expand',
  'fields',
  'fieldsByKeys',
  'jql',
  'maxResults',
  'nextPageToken',
  'properties',
  'reconcileIssues',
])

const INVALID_PAYLOAD = 'Invalid request payload. Refer to the REST API documentation and try again.'

/** Search by JQL, issues by id, and the searches Jira has removed. */
export function searchRoutes(app: FastifyInstance, site: RunningSite): void {
  const answerSearch = (reply: FastifyReply, asked: JsonObject) => {
    const fields = asked.fields === undefined ? [] : textList(asked.fields)
    if (typeof asked.jql !== 'string' || fields === null) return refuse(reply, 400, INVALID_PAYLOAD)
    const answer = searchIssues(site, {
      jql: asked.jql,
      selection: fieldSelection(fields, 'id'),
      maxResults: wholeNumber(asked.maxResults, 50, { min: 1, max: 5_000 }),
      nextPageToken: typeof asked.nextPageToken === 'string' ? asked.nextPageToken : null,
    })
    return answer.kind === 'page' ? reply.send(answer.page) : refuse(reply, 400, answer.message)
  }

  app.post('/rest/api/3/search/jql', (request, reply) => {
    const body = bodyOf(request)
    if (Object.keys(body).some((key) => !SEARCH_KEYS.has(key))) return refuse(reply, 400, INVALID_PAYLOAD)
    const reconciled = body.reconcileIssues
    if (Array.isArray(reconciled) && reconciled.length > 50) {
      return refuse(reply, 400, 'At most 50 issues can be reconciled.')
    }
    return answerSearch(reply, body)
  })

  app.get('/rest/api/3/search/jql', (request, reply) => {
    const query = queryOf(request)
    const fields = query.getAll('fields').flatMap((list) => list.split(','))
    return answerSearch(reply, { ...Object.fromEntries(query), fields })
  })

  app.post('/rest/api/3/issue/bulkfetch', (request, reply) => {
    const body = bodyOf(request)
    const names = textList(body.issueIdsOrKeys)
    const fields = body.fields === undefined ? [] : textList(body.fields)
    if (names === null || fields === null) return refuse(reply, 400, INVALID_PAYLOAD)
    if (names.length === 0 || names.length > 100) {
      return refuse(reply, 400, `Between 1 and 100 issues can be fetched, not ${names.length}.`)
    }
    const selection = fieldSelection(fields, '*navigable')
    const found = names.map((name) => ({ name, issue: site.shelf.get(name) }))
    const issues = new Map(found.flatMap(({ issue }) => (issue === undefined ? [] : [[issue.id, issue]])))
    return reply.send({
      issues: [...issues.values()]
        .sort((a, b) => Number(a.id) - Number(b.id))
        .map((issue) => selectedIssue(site, issue, selection)),
      issueErrors: found
        .filter(({ issue }) => issue === undefined)
        .map(({ name }) => ({
          id: name,
          errorMessage: 'Issue does not exist or you do not have permission to see it.',
        })),
    })
  })

  for (const version of ['2', '3']) {
    app.route({
      method: ['GET', 'POST'],
      url: `/rest/api/${version}/search`,
      handler: (_request, reply) =>
        refuse(
          reply,
          410,
          `The requested API has been removed. Please migrate to the /rest/api/${version}/search/jql API. ` +
            'A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
        ),
    })
  }
}
