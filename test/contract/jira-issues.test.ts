import { describe, expect, it } from 'vitest'
import type { IssueChange } from '../../src/domain/mirror/issue.ts'
import type { SiteFields } from '../../src/domain/site.ts'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'
import { collect, jiraUnderTest } from '../support/jira-under-test.ts'
import { devlake } from '../support/real-answers.ts'

/** The fields of the site the devlake answers come from. */
const FIELDS: SiteFields = {
  sprint: { id: 'customfield_10020', name: 'Sprint' },
  points: [{ id: 'customfield_10024', name: 'Story points' }],
  numbers: [],
  flag: null,
  epicLink: { id: 'customfield_10014', name: 'Epic Link' },
  keyResult: null,
  blocks: null,
}

interface RealIssue {
  readonly id: string
  readonly key: string
  readonly fields: Record<string, unknown>
  readonly changelog: { readonly total: number; readonly histories: readonly Record<string, unknown>[] }
}

const issues = devlake('api_issues') as unknown as RealIssue[]
const query = { jql: 'project = EE ORDER BY created ASC', pageToken: null, pageSize: 20, fields: FIELDS }

describe('on Cloud', () => {
  const searchPage = (request: StubRequest): StubAnswer => {
    const { nextPageToken = '0', maxResults } = request.body as { nextPageToken?: string; maxResults: number }
    const end = Number(nextPageToken) + maxResults
    const page = issues.slice(Number(nextPageToken), end)
    const isLast = end >= issues.length
    return { body: { issues: page, isLast, ...(isLast ? {} : { nextPageToken: String(end) }) } }
  }

  it('searches by page tokens and asks for the fields a mirror needs, no other', async () => {
    await using test = await jiraUnderTest(searchPage)
    const first = await test.jira.searchIssues(query)
    const second = await test.jira.searchIssues({ ...query, pageToken: first.nextPageToken })
    expect([first.issues.length, second.issues.length]).toEqual([20, 13])
    expect([first.nextPageToken, second.nextPageToken]).toEqual(['20', null])
    expect([...first.unreadable, ...second.unreadable]).toEqual([])
    expect((test.stub.requests[0]?.body as { fields: string[] }).fields.toSorted()).toEqual([
      'assignee',
      'created',
      'customfield_10014',
      'customfield_10020',
      'customfield_10024',
      'issuelinks',
      'issuetype',
      'labels',
      'parent',
      'project',
      'resolution',
      'status',
      'summary',
      'updated',
    ])
    expect(test.stub.problems()).toEqual([])
  })

  it('gives each sprint and status of a page once', async () => {
    await using test = await jiraUnderTest(searchPage)
    const { sprints, statuses } = await test.jira.searchIssues({ ...query, pageSize: 100 })
    expect(new Set(sprints.map(({ sprint }) => sprint.sprintId)).size).toBe(sprints.length)
    expect(sprints.map(({ sprint }) => sprint)).toContainEqual(
      expect.objectContaining({ sprintId: 7, name: 'EE Sprint 7', state: 'closed' }),
    )
    expect(new Set(statuses.map(({ statusId }) => statusId)).size).toBe(statuses.length)
    expect(statuses.length).toBeGreaterThan(1)
  })

  it('reports an issue it cannot read by its id, and goes on with the page', async () => {
    const [first, broken, ...rest] = issues.slice(0, 4)
    const page = [first, { ...broken, fields: { ...broken!.fields, updated: 'yesterday' } }, ...rest]
    await using test = await jiraUnderTest(() => ({ body: { issues: page, isLast: true } }))
    const { issues: read, unreadable } = await test.jira.searchIssues(query)
    expect(read.map(({ issueId }) => issueId)).toEqual([first!.id, ...rest.map(({ id }) => id)])
    expect(unreadable).toEqual([
      { issueId: broken!.id, reason: 'fields.updated: not a date-time: yesterday' },
    ])
  })

  it.each([
    ['no issues at all', { isLast: true }, 'at issues'],
    ['the page token that was just used', { issues: [], nextPageToken: 'same' }, 'nextPageToken'],
  ])('takes a page with %s for an error, not for an empty page', async (_, body, problem) => {
    await using test = await jiraUnderTest(() => ({ body, offSpec: true }))
    const search = test.jira.searchIssues({ ...query, pageToken: 'same' })
    await expect(search).rejects.toMatchObject({
      failure: 'unexpected',
      message: expect.stringMatching(new RegExp(`^POST /rest/api/3/search/jql: .*${problem}`)) as string,
    })
  })

  /** Histories as `changelog/bulkfetch` gives them: the times are numbers. */
  const bulkHistories = (issue: RealIssue) => ({
    issueId: issue.id,
    changeHistories: issue.changelog.histories.map((history) => ({
      ...history,
      created: Date.parse(String(history.created).replace(/(\d\d)$/, ':$1')),
    })),
  })

  it('reads histories in bulk, page by page, whole and oldest first', async () => {
    const answer = (request: StubRequest): StubAnswer => {
      const { nextPageToken } = request.body as { nextPageToken?: string }
      const [page, next] =
        nextPageToken === undefined ? [issues.slice(0, 20), 'two'] : [issues.slice(20), null]
      const body = {
        issueChangeLogs: page.map(bulkHistories),
        ...(next === null ? {} : { nextPageToken: next }),
      }
      return { body }
    }
    await using test = await jiraUnderTest(answer)
    const pages = await collect(
      test.jira.changes(
        issues.map(({ id }) => id),
        FIELDS,
      ),
    )
    const facts = pages.flat()
    const changes = facts.flatMap((fact): readonly IssueChange[] => fact.changes)
    const count = (field: string) => changes.filter((change) => change.field === field).length
    expect(pages).toHaveLength(2)
    expect([count('status'), count('resolution'), count('sprint')]).toEqual([165, 30, 21])
    // Parent and IssueParentAssociation have no field id: a filter by field ids would lose them.
    expect(count('parent')).toBeGreaterThan(16)
    expect(facts.every(({ source }) => source === 'rest')).toBe(true)
    for (const fact of facts) {
      expect(fact.changes.map(({ at }) => at)).toEqual(
        fact.changes.map(({ at }) => at).toSorted((a, b) => a - b),
      )
    }
    expect(test.stub.requests[0]?.body).toEqual({
      issueIdsOrKeys: issues.map(({ id }) => id),
      maxResults: 1000,
    })
    expect(test.stub.problems()).toEqual([])
  })

  it('reads the time of a history as text, as milliseconds and as seconds alike', async () => {
    const items = [{ field: 'status', fieldId: 'status', fieldtype: 'jira', from: '1', to: '3' }]
    const times = ['2020-06-12T08:29:19.000+0800', 1_591_921_759_000, 1_591_921_759]
    const changeHistories = times.map((created, index) => ({ id: String(index), created, items }))
    await using test = await jiraUnderTest(() => ({
      body: { issueChangeLogs: [{ issueId: '1', changeHistories }] },
    }))
    const [fact] = (await collect(test.jira.changes(['1'], FIELDS))).flat()
    expect(new Set(fact?.changes.map(({ at }) => at))).toEqual(new Set([1_591_921_759_000]))
    expect(test.stub.problems()).toEqual([])
  })

  it('asks nothing for no issues', async () => {
    await using test = await jiraUnderTest(() => ({ status: 500 }))
    expect(await collect(test.jira.changes([], FIELDS))).toEqual([])
    expect(await test.jira.existingIssues([])).toEqual(new Set())
    expect(test.stub.requests).toEqual([])
  })

  it('does not page for ever when the page token does not move', async () => {
    await using test = await jiraUnderTest(() => ({ body: { issueChangeLogs: [], nextPageToken: 'same' } }))
    await expect(collect(test.jira.changes(['1'], FIELDS))).rejects.toMatchObject({ failure: 'unexpected' })
    expect(test.stub.requests).toHaveLength(2)
  })

  it('says which issues Jira still shows', async () => {
    const body = {
      issues: [{ id: '10063', key: 'EE-1', fields: {} }],
      issueErrors: [{ id: '10064', errorMessage: 'Issue does not exist' }],
    }
    await using test = await jiraUnderTest(() => ({ body }))
    expect(await test.jira.existingIssues(['10063', '10064'])).toEqual(new Set(['10063']))
    expect(test.stub.problems()).toEqual([])
  })

  it('never takes a failed look for missing issues', async () => {
    await using test = await jiraUnderTest(() => ({ status: 500, body: {} }))
    await expect(test.jira.existingIssues(['10063'])).rejects.toMatchObject({ failure: 'unavailable' })
  })
})

describe('on Data Center', () => {
  const byId = (request: StubRequest): StubAnswer => {
    const issue = issues.find(({ id }) => request.path === `/rest/api/2/issue/${id}`)
    if (issue !== undefined) return { body: issue }
    return { status: 404, body: { errorMessages: ['Issue Does Not Exist'], errors: {} } }
  }

  it('searches by numbers behind the same page token', async () => {
    const page = (request: StubRequest): StubAnswer => {
      const startAt = Number(request.query.get('startAt'))
      const maxResults = Number(request.query.get('maxResults'))
      const found = issues.slice(startAt, startAt + maxResults)
      return { body: { startAt, maxResults, total: issues.length, issues: found } }
    }
    await using test = await jiraUnderTest(page, { deployment: 'datacenter' })
    const first = await test.jira.searchIssues(query)
    const second = await test.jira.searchIssues({ ...query, pageToken: first.nextPageToken })
    expect([first.issues.length, first.nextPageToken]).toEqual([20, '20'])
    expect([second.issues.length, second.nextPageToken]).toEqual([13, null])
    expect(test.stub.requests[1]?.query.get('fields')).toMatch(/^summary,created,.*,customfield_10014$/)
    expect(test.stub.problems()).toEqual([])
  })

  it('reads histories issue by issue, with the same changes as Cloud', async () => {
    await using test = await jiraUnderTest(byId, { deployment: 'datacenter' })
    const asked = [...issues.map(({ id }) => id), '404404']
    const facts = (await collect(test.jira.changes(asked, FIELDS))).flat()
    const changes = facts.flatMap((fact): readonly IssueChange[] => fact.changes)
    expect(changes.filter(({ field }) => field === 'status')).toHaveLength(165)
    expect(test.stub.requests[0]?.url).toContain('?fields=updated&expand=changelog')
    expect(test.stub.problems()).toEqual([])
  })

  it('says so when Jira gives only a part of a history', async () => {
    const [issue] = issues
    const body = { ...issue, changelog: { ...issue!.changelog, total: issue!.changelog.total + 7 } }
    await using test = await jiraUnderTest(() => ({ body }), { deployment: 'datacenter' })
    await collect(test.jira.changes([issue!.id], FIELDS))
    expect(test.logged.join()).toContain('"missing":7')
  })

  it('looks for issues one by one, since the index may lag', async () => {
    await using test = await jiraUnderTest(byId, { deployment: 'datacenter' })
    expect(await test.jira.existingIssues(['10063', '404404'])).toEqual(new Set(['10063']))
    expect(test.stub.problems()).toEqual([])
  })

  it.each([
    ['an issue that may not be seen', { body: { errorMessages: ['No permission'] } }, 'not shown'],
    ['a proxy', { body: '<html>Forbidden</html>', offSpec: true }, 'forbidden'],
    [
      'a locked account',
      {
        body: { errorMessages: ['Denied'] },
        headers: { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE' },
      },
      'unauthorized',
    ],
  ])('tells the 403 of %s from the others', async (_, answer, expected) => {
    await using test = await jiraUnderTest(() => ({ status: 403, ...answer }), { deployment: 'datacenter' })
    const outcome = await test.jira.existingIssues(['10063']).then(
      (found) => (found.size === 0 ? 'not shown' : 'shown'),
      (error: unknown) => (error as { failure: string }).failure,
    )
    expect(outcome).toBe(expected)
  })
})
