import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createJiraSimulator,
  SIMULATOR_CREDENTIALS,
  type JiraSimulator,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import { generateSite } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import type { JiraHistory } from '../../src/demo/jira-simulator/site/jira-history.ts'
import { plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { basic, judgedJira, type JudgedJira } from '../support/judged-jira.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

const kanban = (history: JiraHistory): JiraHistory => ({
  ...history,
  boards: [
    ...history.boards,
    {
      id: 77,
      name: 'Support',
      type: 'kanban',
      projectId: history.projects[0]!.id,
      estimationFieldId: null,
    },
  ],
})

const SITES: readonly [string, () => JiraHistory | Promise<JiraHistory>][] = [
  ['a plain site', () => kanban(plainSite({ projects: [{ key: 'SHOP', name: 'Shop' }] }))],
  ['a real history', async () => kanban(await loadDevlakeHistory(sharedData('rest/devlake')))],
  [
    'a generated site',
    () => kanban(generateSite({ seed: 4, projects: 2, issues: 60, sprints: 3, timeZone: 'Asia/Shanghai' })),
  ],
]

describe.skipIf(!hasSharedData).each(SITES)('REST of %s', (_name, load) => {
  let jira: JiraSimulator
  let call: JudgedJira
  let baseUrl: string

  beforeAll(async () => {
    jira = createJiraSimulator({ history: await load() })
    ;({ baseUrl } = await jira.start())
    call = judgedJira(baseUrl)
  })
  afterAll(() => jira.stop())

  it.each([
    '/rest/api/3/myself',
    '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,ADD_COMMENTS,ADMINISTER',
    '/rest/api/3/field',
    '/rest/api/3/status',
    '/rest/api/3/resolution',
    '/rest/api/3/issuetype',
    '/rest/api/3/issueLinkType',
    '/rest/api/3/serverInfo',
    '/rest/api/3/project/search?maxResults=2',
    '/rest/agile/1.0/board?maxResults=50',
    '/rest/agile/1.0/board/77/configuration',
  ])('answers GET %s as Atlassian documents it', async (url) => {
    expect(await call('GET', url)).toMatchObject({ status: 200, body: expect.anything() as unknown })
  })

  it('answers issues, their changelogs and their comments as Atlassian documents it', async () => {
    const { key } = jira.history.issues.count
      ? jira.history.issues.at(0).values
      : jira.createIssue({ at: 0, projectKey: 'SHOP', summary: 'First' })
    const project = jira.history.projects.find(({ id }) => id === jira.issue(key).values.projectId)!.key
    const search = await call('POST', '/rest/api/3/search/jql', {
      jql: `project = ${project} ORDER BY created ASC`,
      fields: ['*all'],
    })
    const { issues } = search.body as { issues: { id: string }[] }
    expect(issues.length).toBeGreaterThan(0)
    const ids = issues.map(({ id }) => id)
    const changelogs = await call('POST', '/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: ids })
    expect(changelogs.status).toBe(200)
    const fetched = await call('POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: [...ids, 'NONE-1'] })
    expect((fetched.body as { issues: unknown[] }).issues).toHaveLength(ids.length)
    expect((fetched.body as { issueErrors: unknown[] }).issueErrors).toMatchObject([{ id: 'NONE-1' }])
    for (const id of ids.slice(0, 3)) {
      expect((await call('GET', `/rest/api/3/issue/${id}/comment`)).status).toBe(200)
    }
  })

  it('lists the sprints of a scrum board and refuses those of a kanban board', async () => {
    for (const board of jira.history.boards) {
      const answer = await call('GET', `/rest/agile/1.0/board/${board.id}/sprint?maxResults=50`)
      expect(answer.status).toBe(board.type === 'kanban' ? 400 : 200)
      if (board.type === 'kanban') continue
      const { values } = answer.body as { values: { id: number }[] }
      const expected = jira.history.sprints.filter(({ boardIds }) => boardIds.includes(board.id))
      expect(values.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
      for (const { id } of values.slice(0, 3)) {
        expect((await call('GET', `/rest/agile/1.0/sprint/${id}`)).body).toMatchObject({ id })
      }
    }
    expect((await call('GET', '/rest/agile/1.0/board/4711/sprint')).status).toBe(404)
    expect((await call('GET', '/rest/agile/1.0/sprint/4711')).status).toBe(404)
  })

  it('names the estimation field in the configuration of a scrum board alone', async () => {
    const scrum = jira.history.boards.find(({ type }) => type === 'scrum')!
    const configuration = await call('GET', `/rest/agile/1.0/board/${scrum.id}/configuration`)
    expect(configuration.body).toMatchObject({
      estimation: { type: 'field', field: { fieldId: jira.history.site.fieldIds.points } },
    })
    expect((await call('GET', '/rest/agile/1.0/board/77/configuration')).body).not.toHaveProperty(
      'estimation',
    )
  })

  it('has exactly one field with the schema of sprints', async () => {
    const { body } = await call('GET', '/rest/api/3/field')
    const sprintFields = (body as { id: string; schema?: { custom?: string } }[]).filter(
      ({ schema }) => schema?.custom === 'com.pyxis.greenhopper.jira:gh-sprint',
    )
    expect(sprintFields.map(({ id }) => id)).toEqual([jira.history.site.fieldIds.sprint])
  })

  it('refuses a caller without the right credentials', async () => {
    const wrongToken = SIMULATOR_CREDENTIALS.apiToken.replace('simulated', 'dissimula')
    const strangers = ['', 'Bearer x', basic({ ...SIMULATOR_CREDENTIALS, apiToken: wrongToken })]
    expect(wrongToken).toHaveLength(SIMULATOR_CREDENTIALS.apiToken.length)
    for (const authorization of strangers) {
      const answer = await judgedJira(baseUrl, authorization)('GET', '/rest/api/3/myself')
      expect(answer.status).toBe(401)
    }
  })

  it('has removed the old searches', async () => {
    for (const version of [2, 3]) {
      const response = await fetch(`${baseUrl}/rest/api/${version}/search?jql=project=SHOP`, {
        headers: { authorization: basic(SIMULATOR_CREDENTIALS) },
      })
      expect(response.status).toBe(410)
    }
  })

  it('keeps a record of what it was asked, without headers', async () => {
    await call('POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys: ['NONE-2'] })
    expect(jira.requests.at(-1)).toEqual({
      method: 'POST',
      url: '/rest/api/3/issue/bulkfetch',
      body: { issueIdsOrKeys: ['NONE-2'] },
      status: 200,
    })
  })
})

describe('permissions', () => {
  it('are granted as configured, and unknown keys are refused', async () => {
    const history = plainSite({ projects: [{ key: 'SHOP', name: 'Shop' }] })
    const jira = createJiraSimulator({ history, permissions: new Set(['BROWSE_PROJECTS']) })
    const call = judgedJira((await jira.start()).baseUrl)
    const granted = await call('GET', '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,ADD_COMMENTS')
    expect(granted.body).toMatchObject({
      permissions: { BROWSE_PROJECTS: { havePermission: true }, ADD_COMMENTS: { havePermission: false } },
    })
    expect((await call('GET', '/rest/api/3/mypermissions')).status).toBe(400)
    expect((await call('GET', '/rest/api/3/mypermissions?permissions=FLY')).status).toBe(400)
    expect((await call('GET', '/rest/webhooks/1.0/webhook')).status).toBe(403)
    await jira.stop()
  })
})
