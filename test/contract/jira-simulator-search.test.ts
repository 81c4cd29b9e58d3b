import { describe, expect, it } from 'vitest'
import { createJiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { generateSite } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import { judgedJira, type JudgedJira } from '../support/judged-jira.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { MONDAY, simulatedJira } from '../support/simulated-jira.ts'

interface Page {
  readonly issues: readonly { readonly id: string; readonly key?: string; readonly fields?: object }[]
  readonly nextPageToken?: string
  readonly isLast: boolean
}

const MINUTE_MS = 60_000

async function search(call: JudgedJira, asked: object): Promise<Page> {
  const answer = await call('POST', '/rest/api/3/search/jql', asked)
  expect(answer.status).toBe(200)
  return answer.body as Page
}

async function keysOf(call: JudgedJira, jql: string): Promise<(string | undefined)[]> {
  const { issues } = await search(call, { jql, fields: ['key'] })
  return issues.map(({ key }) => key)
}

async function allPages(call: JudgedJira, asked: object): Promise<Page[]> {
  const pages: Page[] = []
  let nextPageToken: string | undefined
  do {
    const page = await search(call, { ...asked, ...(nextPageToken === undefined ? {} : { nextPageToken }) })
    pages.push(page)
    nextPageToken = page.nextPageToken
  } while (nextPageToken !== undefined)
  return pages
}

describe.skipIf(!hasSharedData)('search by JQL', () => {
  it('finds issues by project, key, id and time, and orders them', async () => {
    await using site = await simulatedJira()
    const { jira, call } = site
    const [a, b] = [0, 1].map((index) =>
      jira.createIssue({ at: MONDAY + index * MINUTE_MS, projectKey: 'SHOP', summary: `S${index}` }),
    ) as [{ id: string; key: string }, { id: string; key: string }]
    const c = jira.createIssue({ at: MONDAY + 2 * MINUTE_MS, projectKey: 'APP', summary: 'A' })
    jira.editIssue(a.id, { at: MONDAY + 10 * MINUTE_MS, labels: ['KR-1'] })

    expect(await keysOf(call, 'project = SHOP ORDER BY created ASC')).toEqual([a.key, b.key])
    expect(await keysOf(call, 'project = "Shop" order by created desc')).toEqual([b.key, a.key])
    expect(await keysOf(call, 'project in (SHOP, APP) ORDER BY updated DESC')).toEqual([a.key, c.key, b.key])
    expect(await keysOf(call, `key in (${b.key}, ${c.key}) ORDER BY created ASC`)).toEqual([b.key, c.key])
    expect(await keysOf(call, `id in (${a.id}) AND project = SHOP`)).toEqual([a.key])
    expect(await keysOf(call, `project = SHOP AND updated >= "2026-10-05 09:05"`)).toEqual([a.key])
    expect(await keysOf(call, `created >= "2026-10-05 09:01" ORDER BY created`)).toEqual([b.key, c.key])
  })

  it('reads dates in the time zone of the account, to the minute', async () => {
    await using site = await simulatedJira({ timeZone: 'Asia/Shanghai' })
    const { jira, call } = site
    const { key } = jira.createIssue({ at: MONDAY + 59_000, projectKey: 'SHOP', summary: 'At 17:00:59' })
    expect(await keysOf(call, 'created >= "2026-10-05 17:00"')).toEqual([key])
    expect(await keysOf(call, 'created >= "2026/10/05 17:00"')).toEqual([key])
    expect(await keysOf(call, 'created >= "2026-10-05 17:01"')).toEqual([])
    expect(await keysOf(call, 'created >= "2026-10-05"')).toEqual([key])
  })

  it.each([
    ['summary ~ "shop"', 'summary'],
    ['project = SHOP OR project = APP', 'OR'],
    ['project != SHOP', '!='],
    ['project = NOWHERE', "'NOWHERE' does not exist for the field 'project'"],
    ['key in (SHOP-404)', "'SHOP-404' does not exist"],
    ['id in (404)', "'404' does not exist"],
    ['created >= "yesterday"', "Date value 'yesterday'"],
    ['created >= "2026-02-30 10:00"', "Date value '2026-02-30 10:00'"],
    ['project = SHOP ORDER BY rank', 'rank'],
    ['project = SHOP ORDER BY created ASC, key ASC', 'more than one field'],
    ['ORDER BY created ASC', 'Unbounded JQL queries are not allowed here'],
    ['project in (SHOP', 'ends too early'],
    ['project = "SHOP', 'cannot be split'],
  ])('refuses %s with 400 and says why', async (jql, reason) => {
    await using site = await simulatedJira()
    const answer = await site.call('POST', '/rest/api/3/search/jql', { jql })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ errorMessages: [expect.stringContaining(reason)], errors: {} })
  })

  it('gives ids alone unless fields are asked for, and null for a field the issue does not have', async () => {
    await using site = await simulatedJira()
    const { jira, call } = site
    const { id, key } = jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'One' })
    const jql = 'project = SHOP'
    expect((await search(call, { jql })).issues).toEqual([{ id }])
    const fields = ['summary', 'customfield_10900', 'not_a_field']
    const [issue] = (await search(call, { jql, fields })).issues
    expect(issue).toMatchObject({ id, key })
    expect(issue?.fields).toEqual({ summary: 'One', customfield_10900: null })
    const [all] = (await search(call, { jql, fields: ['*all', '-summary'] })).issues
    expect(all?.fields).toHaveProperty('status')
    expect(all?.fields).not.toHaveProperty('summary')
  })

  it('refuses unknown properties and tokens of another query', async () => {
    await using site = await simulatedJira()
    const { jira, call } = site
    for (const index of [0, 1]) jira.createIssue({ at: index, projectKey: 'SHOP', summary: 'x' })
    const ask = async (body: object) => (await call('POST', '/rest/api/3/search/jql', body)).status
    const { nextPageToken } = await search(call, { jql: 'project = SHOP', maxResults: 1 })
    expect(await ask({ jql: 'project = SHOP', nextPageToken })).toBe(200)
    expect(await ask({ jql: 'project = APP', nextPageToken })).toBe(400)
    expect(await ask({ jql: 'project = SHOP', nextPageToken: 'AAAA' })).toBe(400)
    expect(await ask({ jql: 'project = SHOP', startAt: 0 })).toBe(400)
    expect(await ask({})).toBe(400)
  })

  it('answers a GET as it answers a POST', async () => {
    await using site = await simulatedJira()
    const { jira, call } = site
    jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'One' })
    const query = 'jql=project%20%3D%20SHOP&fields=summary,status&maxResults=10'
    const posted = { jql: 'project = SHOP', fields: ['summary', 'status'], maxResults: 10 }
    expect((await call('GET', `/rest/api/3/search/jql?${query}`)).body).toEqual(await search(call, posted))
  })
})

describe.skipIf(!hasSharedData)('pages of a search', () => {
  it.each(['ASC', 'DESC'])('visit every issue once, %s', async (direction) => {
    const history = generateSite({ seed: 3, projects: 3, issues: 250, sprints: 4 })
    const jira = createJiraSimulator({ history })
    const call = judgedJira((await jira.start()).baseUrl)
    for (const order of ['created', 'updated']) {
      const jql = `project in (P1, P3) ORDER BY ${order} ${direction}`
      const pages = await allPages(call, { jql, fields: ['summary'], maxResults: 40 })
      const ids = pages.flatMap(({ issues }) => issues.map(({ id }) => id))
      const expected = Array.from({ length: history.issues.count }, (_, position) =>
        history.issues.at(position),
      )
        .filter(({ values }) => values.projectId !== history.projects[1]!.id)
        .map(({ id }) => id)
      expect(ids).toHaveLength(expected.length)
      expect([...ids].sort()).toEqual([...expected].sort())
      expect(pages.map(({ isLast }) => isLast)).toEqual([...pages.slice(1).map(() => false), true])
    }
    await jira.stop()
  })

  it('hold 100 issues when fields are shown and up to 5,000 when only ids are', async () => {
    const jira = createJiraSimulator({
      history: generateSite({ seed: 3, projects: 1, issues: 300, sprints: 2 }),
    })
    const call = judgedJira((await jira.start()).baseUrl)
    const jql = 'project = P1'
    expect((await search(call, { jql, maxResults: 5_000 })).issues).toHaveLength(300)
    expect((await search(call, { jql, maxResults: 5_000, fields: ['id', 'key'] })).issues).toHaveLength(300)
    expect((await search(call, { jql, maxResults: 5_000, fields: ['summary'] })).issues).toHaveLength(100)
    expect((await search(call, { jql })).issues).toHaveLength(50)
    await jira.stop()
  })

  it('by creation are not disturbed by changes and new issues in between', async () => {
    await using site = await simulatedJira()
    const { jira, call } = site
    const keys = Array.from(
      { length: 6 },
      (_, index) => jira.createIssue({ at: MONDAY + index, projectKey: 'SHOP', summary: `${index}` }).key,
    )
    const asked = { jql: 'project = SHOP ORDER BY created ASC', fields: ['key'], maxResults: 3 }
    const first = await search(call, asked)
    jira.editIssue(keys[0]!, { at: MONDAY + 100, labels: ['late'] })
    const late = jira.createIssue({ at: MONDAY + 200, projectKey: 'SHOP', summary: 'late' })
    const rest = await allPages(call, { ...asked, nextPageToken: first.nextPageToken })
    const seen = [first, ...rest].flatMap(({ issues }) => issues.map(({ key }) => key))
    expect(seen).toEqual([...keys, late.key])
  })
})

describe.skipIf(!hasSharedData)('changelogs of many issues', () => {
  it('come oldest first over all issues, page by page, and only for the fields asked for', async () => {
    const history = generateSite({ seed: 3, projects: 2, issues: 80, sprints: 3 })
    const jira = createJiraSimulator({ history })
    const call = judgedJira((await jira.start()).baseUrl)
    const issues = Array.from({ length: 80 }, (_, position) => history.issues.at(position))
    const issueIdsOrKeys = issues.map(({ id }) => id)
    interface Logs {
      issueChangeLogs: {
        issueId: string
        changeHistories: { id: string; created: string; items: object[] }[]
      }[]
      nextPageToken?: string
    }
    const seen: string[] = []
    const newestOfPages: string[] = []
    let nextPageToken: string | undefined
    do {
      const asked = { issueIdsOrKeys, maxResults: 50, ...(nextPageToken ? { nextPageToken } : {}) }
      const page = (await call('POST', '/rest/api/3/changelog/bulkfetch', asked)).body as Logs
      const histories = page.issueChangeLogs.flatMap(({ changeHistories }) => changeHistories)
      const created = histories.map((entry) => entry.created).sort()
      expect(created[0]! >= (newestOfPages.at(-1) ?? '')).toBe(true)
      newestOfPages.push(created.at(-1)!)
      seen.push(...histories.map(({ id }) => id))
      nextPageToken = page.nextPageToken
    } while (nextPageToken !== undefined)
    const expected = issues.flatMap(({ histories }) => histories.map(({ id }) => id))
    expect([...seen].sort()).toEqual([...expected].sort())

    const asked = { issueIdsOrKeys, fieldIds: ['status'] }
    const onlyStatus = (await call('POST', '/rest/api/3/changelog/bulkfetch', asked)).body as Logs
    const items = onlyStatus.issueChangeLogs.flatMap((log) =>
      log.changeHistories.flatMap((entry) => entry.items),
    )
    expect(items.length).toBeGreaterThan(0)
    expect(items.every((item) => (item as { field: string }).field === 'status')).toBe(true)
    await jira.stop()
  })

  it.each([
    { issueIdsOrKeys: [] },
    { issueIdsOrKeys: Array.from({ length: 1_001 }, String) },
    { issueIdsOrKeys: ['1'], fieldIds: Array.from({ length: 11 }, String) },
    { issueIdsOrKeys: ['1'], nextPageToken: 'nonsense' },
  ])('are refused past the limits', async (body) => {
    await using site = await simulatedJira()
    expect((await site.call('POST', '/rest/api/3/changelog/bulkfetch', body)).status).toBe(400)
  })

  it('limit a fetch of issues to 100', async () => {
    await using site = await simulatedJira()
    for (const count of [0, 101]) {
      const issueIdsOrKeys = Array.from({ length: count }, String)
      expect((await site.call('POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys })).status).toBe(400)
    }
  })
})
