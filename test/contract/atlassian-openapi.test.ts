import { describe, expect, it } from 'vitest'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { problemsOfRequest, problemsOfResponse } from '../support/atlassian-openapi.ts'
import { UNDOCUMENTED_PATHS } from '../support/openapi-exceptions.ts'
import { devlake, goJira } from '../support/real-answers.ts'

const ADF = {
  version: 1,
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'On track' }] }],
}

describe('the judge of requests', () => {
  it('passes what Atlassian documents', () => {
    const requests = [
      { method: 'GET', url: '/rest/api/3/project/search?startAt=0&maxResults=100&orderBy=key' },
      { method: 'GET', url: '/rest/agile/1.0/board/12/sprint?state=active,closed&startAt=50' },
      { method: 'POST', url: '/rest/api/3/search/jql', body: { jql: 'project = A', fields: ['status'] } },
      { method: 'POST', url: '/rest/api/3/issue/10001/comment', body: { body: ADF } },
      { method: 'PUT', url: '/rest/api/2/issue/10001/comment/7?notifyUsers=false', body: { body: 'text' } },
    ]
    expect(requests.flatMap(problemsOfRequest)).toEqual([])
  })

  it.each([
    ['an unknown path', 'GET', '/rest/api/3/searchx', undefined, 'not documented by Atlassian'],
    ['an unknown method', 'DELETE', '/rest/api/3/search/jql', undefined, 'only GET, POST is documented'],
    ['an unknown query parameter', 'GET', '/rest/api/3/field?all=1', undefined, "'all' is not documented"],
    ['a query value of another type', 'GET', '/rest/agile/1.0/board?startAt=x', undefined, 'an integer'],
    [
      'a query value out of bounds',
      'GET',
      '/rest/api/3/project/search?maxResults=101',
      undefined,
      'at most 100',
    ],
    [
      'a query value outside its list',
      'GET',
      '/rest/agile/1.0/board?orderBy=id',
      undefined,
      'must be one of',
    ],
    ['a path value of another type', 'GET', '/rest/agile/1.0/board/x/configuration', undefined, 'an integer'],
    ['a missing body', 'POST', '/rest/api/3/search/jql', undefined, 'a body is required'],
    ['a body nobody asked for', 'GET', '/rest/api/3/field', {}, 'no body is documented'],
    [
      'an unknown body property',
      'POST',
      '/rest/api/3/search/jql',
      { startAt: 0 },
      "unknown property 'startAt'",
    ],
    [
      'a missing body property',
      'POST',
      '/rest/api/3/changelog/bulkfetch',
      {},
      "required property 'issueIdsOrKeys'",
    ],
    ['a read-only property', 'POST', '/rest/api/3/issue/1/comment', { id: '1', body: ADF }, 'read-only'],
    [
      'text as a comment on Cloud',
      'POST',
      '/rest/api/3/issue/1/comment',
      { body: 'text' },
      'adf must be object',
    ],
    ['ADF as a comment on Data Center', 'POST', '/rest/api/2/issue/1/comment', { body: ADF }, 'must be text'],
    [
      'a webhook without a url',
      'POST',
      '/rest/webhooks/1.0/webhook',
      { name: 'x', events: ['a'] },
      "property 'url'",
    ],
  ])('refuses %s', (_, method, url, body, problem) => {
    expect(problemsOfRequest({ method, url, body }).join('\n')).toContain(problem)
  })

  it('prefers a literal segment over a templated one', () => {
    const bulk = { method: 'POST', url: '/rest/api/3/issue/bulkfetch', body: { issueIdsOrKeys: ['1'] } }
    expect(problemsOfRequest(bulk)).toEqual([])
  })

  it('exempts one path only, the admin webhook', () => {
    expect(UNDOCUMENTED_PATHS.map(({ path }) => path)).toEqual(['/rest/webhooks/1.0/webhook'])
    expect(problemsOfRequest({ method: 'GET', url: '/rest/webhooks/1.0/webhook/x' })).toHaveLength(1)
    expect(problemsOfRequest({ method: 'GET', url: '/rest/agile/1.0/boards/1234/7' })).toHaveLength(1)
  })
})

describe('the judge of answers', () => {
  it.each([
    ['another type', 200, { issues: {} }, 'body/issues must be array'],
    ['an unknown property', 200, { issues: [], total: 3 }, "unknown property 'total'"],
    ['an undocumented status', 418, {}, 'the status is not one of 200, 400, 401'],
  ])('refuses %s', (_, status, body, problem) => {
    const answer = { method: 'POST', url: '/rest/api/3/search/jql', status, body }
    expect(problemsOfResponse(answer).join('\n')).toContain(problem)
  })

  it('accepts what the gateway answers to anything', () => {
    const answer = { method: 'POST', url: '/rest/api/3/search/jql', status: 429, body: { any: 1 } }
    expect(problemsOfResponse(answer)).toEqual([])
  })

  it('accepts every answer a real Jira gave', () => {
    const answers = [
      ...devlake('api_issues').map((body) => ({ url: '/rest/api/3/issue/1', body })),
      ...devlake('external_epics').map((body) => ({ url: '/rest/api/3/issue/1', body })),
      ...devlake('api_issue_relationships').map((body) => ({ url: '/rest/api/2/issue/1', body })),
      { url: '/rest/api/3/issue/1/changelog', body: { values: devlake('api_issue_changelogs') } },
      { url: '/rest/api/3/project/search', body: { values: devlake('api_projects') } },
      { url: '/rest/api/3/status', body: devlake('api_status') },
      { url: '/rest/api/2/field', body: devlake('api_issue_fields') },
      ...devlake('api_users').map((body) => ({ url: '/rest/api/3/myself', body })),
      { url: '/rest/agile/1.0/board/8/sprint', body: { values: devlake('api_sprints') } },
      { url: '/rest/agile/1.0/board/734/sprint', body: goJira('sprints') },
      { url: '/rest/agile/1.0/board', body: goJira('all_boards') },
      { url: '/rest/agile/1.0/board/35/configuration', body: goJira('board_configuration') },
      { url: '/rest/api/2/field', body: goJira('all_fields') },
      { url: '/rest/api/2/resolution', body: goJira('all_resolutions') },
    ]
    expect(answers.length).toBeGreaterThan(90)
    expect(
      answers.flatMap((answer) => problemsOfResponse({ method: 'GET', status: 200, ...answer })),
    ).toEqual([])
  })
})

describe('the judge of documents', () => {
  it('passes a document and refuses an empty text node', () => {
    expect(problemsOfAdf(ADF)).toEqual([])
    const empty = { ...ADF, content: [{ type: 'paragraph', content: [{ type: 'text', text: '' }] }] }
    expect(problemsOfAdf(empty).join('\n')).toContain('fewer than 1 characters')
  })
})
