import { expect, it } from 'vitest'
import { collect, jiraUnderTest } from '../support/jira-under-test.ts'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'
import { devlake, goJira } from '../support/real-answers.ts'

const only = (path: string, answer: StubAnswer) => (request: StubRequest) =>
  request.path === path ? answer : { status: 404, offSpec: true }

it('says which account the credentials belong to', async () => {
  const [user] = devlake('api_users')
  await using test = await jiraUnderTest(only('/rest/api/3/myself', { body: user }))
  expect(await test.jira.whoAmI()).toMatchObject({ accountId: user?.accountId, timeZone: 'Asia/Shanghai' })
  expect(test.stub.problems()).toEqual([])
})

it('knows an account of Data Center by its key', async () => {
  const body = { key: 'JIRAUSER10100', name: 'ci.bot', displayName: 'CI Bot', active: true }
  await using test = await jiraUnderTest(only('/rest/api/2/myself', { body }), { deployment: 'datacenter' })
  expect((await test.jira.whoAmI()).accountId).toBe('JIRAUSER10100')
  expect(test.stub.problems()).toEqual([])
})

it('authenticates with email and token on Cloud, with a bearer token on Data Center', async () => {
  const answer = () => ({ body: { accountId: '1', displayName: 'Bot' } })
  await using cloud = await jiraUnderTest(answer)
  await using dataCenter = await jiraUnderTest(answer, {
    deployment: 'datacenter',
    credentials: { bearer: 'pat-1' },
  })
  await cloud.jira.whoAmI()
  await dataCenter.jira.whoAmI()
  const basic = Buffer.from('bot@example.com:ATATT3xFfGF0-canary-token').toString('base64')
  expect(cloud.stub.requests[0]?.headers.authorization).toBe(`Basic ${basic}`)
  expect(cloud.stub.requests[0]?.headers['user-agent']).toMatch(/^Throughline\/\d+\.\d+\.\d+$/)
  expect(dataCenter.stub.requests[0]?.headers.authorization).toBe('Bearer pat-1')
})

it('keeps the path of a gateway address', async () => {
  await using test = await jiraUnderTest(() => ({ body: [] }), { basePath: '/ex/jira/0f3b-cloud' })
  expect(await test.jira.fields()).toEqual([])
  expect(test.stub.requests[0]?.path).toBe('/rest/api/3/field')
})

it('reads the types of links', async () => {
  const type = { id: '10000', name: 'Blocks', inward: 'is blocked by', outward: 'blocks' }
  const body = { issueLinkTypes: [type] }
  await using test = await jiraUnderTest(only('/rest/api/3/issueLinkType', { body }))
  expect(await test.jira.linkTypes()).toEqual([{ id: '10000', name: 'Blocks', inward: 'is blocked by' }])
  expect(test.stub.problems()).toEqual([])
})

it('gives the permissions the account has, of those asked for', async () => {
  const body = {
    permissions: {
      BROWSE_PROJECTS: { key: 'BROWSE_PROJECTS', havePermission: true },
      ADMINISTER: { key: 'ADMINISTER', havePermission: false },
      EDIT_ISSUES: { key: 'EDIT_ISSUES', havePermission: true },
    },
  }
  await using test = await jiraUnderTest(only('/rest/api/3/mypermissions', { body }))
  const granted = await test.jira.grantedPermissions(['BROWSE_PROJECTS', 'ADMINISTER'])
  expect([...granted]).toEqual(['BROWSE_PROJECTS'])
  expect(test.stub.requests[0]?.query.get('permissions')).toBe('BROWSE_PROJECTS,ADMINISTER')
  expect(test.stub.problems()).toEqual([])
})

it('reads the fields of a real Server with the schema that tells them apart', async () => {
  const body = [...devlake('api_issue_fields'), ...(goJira('all_fields') as unknown[])]
  await using test = await jiraUnderTest(() => ({ body }), { deployment: 'datacenter' })
  expect(await test.jira.fields()).toEqual([
    {
      id: 'customfield_10315',
      name: 'cu用户单选',
      schemaCustom: 'com.atlassian.jira.plugin.system.customfieldtypes:userpicker',
    },
    {
      id: 'customfield_10400',
      name: 'gitBranch',
      schemaCustom: 'com.xiplink.jira.git.jira_git_plugin:gitbranches',
    },
    { id: 'description', name: 'Description', schemaCustom: null },
    { id: 'summary', name: 'Summary', schemaCustom: null },
  ])
  expect(test.stub.problems()).toEqual([])
})

it('reads the statuses of a real site by category key, whatever they are called', async () => {
  await using test = await jiraUnderTest(() => ({ body: devlake('api_status') }))
  const statuses = await test.jira.statuses()
  const count = (category: string) => statuses.filter((status) => status.category === category).length
  expect([count('new'), count('indeterminate'), count('done')]).toEqual([21, 21, 11])
  expect(statuses[0]?.version).toEqual({ at: 1_700_000_000_000, rank: Number.MAX_SAFE_INTEGER })
  expect(test.stub.problems()).toEqual([])
})

it('reads resolutions', async () => {
  await using test = await jiraUnderTest(() => ({ body: goJira('all_resolutions') }))
  expect(await test.jira.resolutions()).toContainEqual({ id: '1', name: 'Fixed' })
  expect(test.stub.problems()).toEqual([])
})

it('reads every page of projects on Cloud, and the one list of Data Center', async () => {
  const projects = devlake('api_projects')
  const page = (request: StubRequest): StubAnswer => {
    const startAt = Number(request.query.get('startAt'))
    const values = projects.slice(startAt, startAt + 5)
    return { body: { startAt, maxResults: 5, total: 12, isLast: startAt + 5 >= 12, values } }
  }
  await using cloud = await jiraUnderTest(page)
  await using dataCenter = await jiraUnderTest(() => ({ body: projects }), { deployment: 'datacenter' })
  const found = await cloud.jira.projects()
  expect(found).toHaveLength(12)
  expect(found[0]).toMatchObject({ kind: 'project', projectId: '10007', key: 'CC', deleted: false })
  expect(await dataCenter.jira.projects()).toEqual(found)
  expect(cloud.stub.requests.map(({ query }) => query.get('startAt'))).toEqual(['0', '5', '10'])
  expect([...cloud.stub.problems(), ...dataCenter.stub.problems()]).toEqual([])
})

it('gives boards page by page', async () => {
  const all = goJira('all_boards') as { values: unknown[] }
  const page = (request: StubRequest): StubAnswer => {
    const startAt = Number(request.query.get('startAt'))
    return { body: { startAt, maxResults: 4, total: 6, values: all.values.slice(startAt, startAt + 4) } }
  }
  await using test = await jiraUnderTest(page)
  const pages = await collect(test.jira.boards())
  expect(pages.map(({ length }) => length)).toEqual([4, 2])
  expect(pages[0]?.[0]).toEqual({ id: 4, name: 'Test Weekly', type: 'scrum' })
  expect(test.stub.problems()).toEqual([])
})

it.each([
  [
    'a story point field',
    { type: 'field', field: { fieldId: 'customfield_10016', displayName: 'Points' } },
    'customfield_10016',
  ],
  ['time, which is no size', { type: 'field', field: { fieldId: 'timeoriginalestimate' } }, undefined],
  ['a count of issues', { type: 'issueCount' }, undefined],
  ['nothing', undefined, undefined],
])('finds that a board estimates by %s', async (_, estimation, expected) => {
  const body = { id: 7, name: 'Board', type: 'scrum', ...(estimation === undefined ? {} : { estimation }) }
  await using test = await jiraUnderTest(only('/rest/agile/1.0/board/7/configuration', { body }))
  expect((await test.jira.estimationField(7))?.id).toBe(expected)
  expect(test.stub.problems()).toEqual([])
})

it('reads a real kanban board, which has no estimation', async () => {
  await using test = await jiraUnderTest(() => ({ body: goJira('board_configuration') }))
  expect(await test.jira.estimationField(35)).toBeNull()
  expect(test.stub.problems()).toEqual([])
})

it('reads every sprint a board lists, also those that began on another board', async () => {
  const values = devlake('api_sprints')
  const page = (request: StubRequest): StubAnswer => {
    const startAt = Number(request.query.get('startAt'))
    const isLast = startAt + 12 >= values.length
    return { body: { startAt, maxResults: 12, isLast, values: values.slice(startAt, startAt + 12) } }
  }
  await using test = await jiraUnderTest(page)
  const sprints = await test.jira.sprints(8)
  expect(sprints).toHaveLength(30)
  expect(sprints.filter(({ boardId }) => boardId !== 8)).toHaveLength(1)
  expect(sprints[0]).toMatchObject({
    sprintId: 7,
    state: 'closed',
    startAt: Date.UTC(2020, 5, 12, 0, 38, 51, 882),
  })
  expect(test.stub.problems()).toEqual([])
})

it('reads sprints of Server, whose offsets have a colon and whose future ones have no dates', async () => {
  await using test = await jiraUnderTest(() => ({ body: goJira('sprints') }), { deployment: 'datacenter' })
  const sprints = await test.jira.sprints(734)
  expect(new Set(sprints.map(({ state }) => state))).toEqual(new Set(['closed', 'active', 'future']))
  expect(sprints.find(({ state }) => state === 'future')).toMatchObject({ startAt: null, endAt: null })
  expect(sprints[0]?.completeAt).toBe(Date.parse('2016-04-28T05:08:48.543-07:00'))
})

it('takes 400 as the answer of a board that knows no sprints, on the first page only', async () => {
  const refusal = { status: 400, body: { errorMessages: ['The board does not support sprints'] } }
  await using kanban = await jiraUnderTest(() => refusal)
  expect(await kanban.jira.sprints(35)).toEqual([])
  expect(kanban.stub.problems()).toEqual([])

  const values = [{ id: 1, name: 'One', state: 'future' }]
  await using broken = await jiraUnderTest((_, count) =>
    count === 1 ? { body: { isLast: false, values } } : refusal,
  )
  await expect(broken.jira.sprints(8)).rejects.toMatchObject({ failure: 'rejected' })
})
