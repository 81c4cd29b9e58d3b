import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { IssueState } from '../../src/domain/mirror/issue.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  aKeyResult,
  createGoals,
  dirtyMarks,
  clearMarks,
  forgetEverything,
  told,
} from '../support/api-goals.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, TO_DO, WONT_DO } from '../support/issues.ts'
import { storeSprintSite } from '../support/sprint-site.ts'

const LIST = '/api/v1/key-results/KR-1/initiatives'
const EPIC = { title: 'A new onboarding', issue: { site: 'main', issue: 'PROJ-1' } }

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await api.store.query('truncate issues, issue_changes, issue_references, statuses, sites, projects cascade')
  await createGoals(api)
  await clearMarks(api)
})

const issue = (id: number, state: Partial<IssueState>, deletedAt: number | null = null) =>
  issueHistory({
    issueId: String(id),
    createdAt: day(0),
    deletedAt,
    state: {
      key: `PROJ-${id}`,
      statusCategory: CATEGORIES.get((state.statusId ?? TO_DO) as typeof TO_DO) ?? 'new',
      ...state,
    },
  })

/** An epic with five stories in every state, one of them with sub-tasks, and one that moved elsewhere. */
const TREE = [
  issue(1, { level: 1, summary: 'Onboarding', statusName: 'Doing', statusId: DOING }),
  issue(2, { parentId: '1', statusId: DONE }),
  issue(3, { parentId: '1', statusId: DOING }),
  issue(4, { parentKey: 'PROJ-1' }),
  issue(5, { parentId: '1', statusId: DONE, resolution: WONT_DO }),
  issue(6, { parentId: '1', statusId: DONE }, day(5)),
  issue(7, { level: -1, parentId: '3', statusId: DONE }),
  issue(8, { level: -1, parentId: '3' }),
  issue(9, { level: 1 }),
  issueHistory({ issueId: '10', createdAt: day(0), state: { key: 'PROJ-10', parentId: '9' } }, [
    day(2),
    { field: 'parent', from: '1', to: '9' },
  ]),
]
const storeTree = (issues = TREE) => storeSprintSite(api, { sprints: [], issues }, NOW)
const create = (body: object) => api.ask('POST', LIST, { body })

describe('an initiative', () => {
  it('shows what came out of its epic: work items by state, and the share that is delivered', async () => {
    await storeTree()
    const { status, headers, body } = await create({ ...EPIC, owner: 'Ada' })
    expect([status, headers.location]).toEqual([201, '/api/v1/initiatives/INI-1'])
    expect(body).toEqual({
      key: 'INI-1',
      keyResult: 'KR-1',
      title: 'A new onboarding',
      owner: 'Ada',
      issue: { site: 'main', issueId: '1', key: 'PROJ-1', summary: 'Onboarding', statusName: 'Doing' },
      output: { total: 3, toDo: 1, inProgress: 1, delivered: 1, closedWithoutDelivery: 1, share: 1 / 3 },
      archivedAt: null,
    })
    expect((await api.ask('GET', '/api/v1/initiatives/INI-1')).body).toEqual(body)
  })

  it('follows its issues, and counts by the category of a status, never by its name', async () => {
    await storeTree()
    await create(EPIC)
    await api.store.query(`update statuses set category = 'done' where status_id = $1`, [DOING])
    const { body } = await api.ask('GET', '/api/v1/initiatives/INI-1')
    expect(body.output).toMatchObject({ inProgress: 0, delivered: 2, share: 2 / 3 })
  })

  it('counts sub-tasks only where there is nothing else, and itself where nothing is below', async () => {
    await storeTree()
    await create({ title: 'A story', issue: { site: 'main', issue: '3' } })
    await create({ title: 'Alone', issue: { site: 'main', issue: 'PROJ-2' } })
    const { items } = (await api.ask('GET', LIST)).body as { items: { output: object }[] }
    expect(items.map(({ output }) => output)).toMatchObject([
      { total: 2, toDo: 1, delivered: 1, share: 0.5 },
      { total: 1, delivered: 1, share: 1 },
    ])
  })

  it('finds what names a classic epic by the key it had before it moved', async () => {
    await storeTree([
      issueHistory({ issueId: '1', createdAt: day(0), state: { key: 'PROJ-1', level: 1 } }, [
        day(3),
        { field: 'key', from: 'OLD-1', to: 'PROJ-1' },
      ]),
      issue(2, { parentKey: 'OLD-1', statusId: DONE }),
      issue(3, { parentKey: 'OLD-9' }),
      issue(4, { parentKey: 'OLD-1', parentId: '3' }),
    ])
    expect((await create(EPIC)).body.output).toMatchObject({ total: 1, delivered: 1 })
  })

  it('counts everything below other epics, and ends in a circle of parents', async () => {
    await storeTree([
      issue(1, { level: 1, parentId: '2' }),
      issue(2, { level: 1, parentId: '1' }),
      issue(3, { parentId: '2', statusId: DONE }),
    ])
    const { body } = await create(EPIC)
    expect(body.output).toMatchObject({ total: 1, delivered: 1 })
  })

  it('goes without an issue, and keeps its place when its issue is deleted', async () => {
    await storeTree()
    expect((await create({ title: 'Talk to ten customers' })).body).toMatchObject({
      issue: null,
      output: null,
    })
    await create(EPIC)
    await api.store.query(`update issues set deleted_at = now() where issue_id = '1'`)
    expect((await api.ask('GET', '/api/v1/initiatives/INI-2')).body).toMatchObject({
      issue: { issueId: '1', key: null },
      output: null,
    })
  })

  it('never moves its key result', async () => {
    await storeTree()
    await clearMarks(api)
    await create(EPIC)
    await api.ask('PATCH', '/api/v1/initiatives/INI-1', { body: { title: 'Another name' } })
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])
  })

  it('leaves a trace of each change, and none of a change that changes nothing', async () => {
    await storeTree()
    await create(EPIC)
    await api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })
    const patch = { keyResult: 'KR-2', issue: null }
    const { body } = await api.ask('PATCH', '/api/v1/initiatives/INI-1', { body: patch })
    expect(body).toMatchObject({ keyResult: 'KR-2', issue: null, title: EPIC.title })
    await api.ask('PATCH', '/api/v1/initiatives/INI-1', { body: patch })
    await api.ask('POST', '/api/v1/initiatives/INI-1/archive')
    await api.ask('POST', '/api/v1/initiatives/INI-1/archive')
    await api.ask('POST', '/api/v1/initiatives/INI-1/restore')
    const { feed, audit } = await told(api, 'INI-1')
    expect(feed).toEqual([
      { kind: 'initiative.created', data: { keyResult: 'KR-1', title: EPIC.title } },
      { kind: 'initiative.updated', data: { keyResult: 'KR-2', changed: ['keyResult', 'issue'] } },
      { kind: 'initiative.archived', data: { keyResult: 'KR-2' } },
      { kind: 'initiative.updated', data: { keyResult: 'KR-2', changed: ['archivedAt'] } },
    ])
    expect(audit.map(({ action }) => action)).toEqual([
      'initiative.create',
      'initiative.update',
      'initiative.archive',
      'initiative.restore',
    ])
  })

  it('is listed page by page, archived ones when asked for', async () => {
    for (const title of ['a', 'b', 'c']) await create({ title })
    await api.ask('POST', '/api/v1/initiatives/INI-2/archive')
    const keys = async (query: string) => {
      const { body } = await api.ask('GET', `${LIST}${query}`)
      return [(body.items as { key: string }[]).map(({ key }) => key), body.next]
    }
    expect(await keys('')).toEqual([['INI-1', 'INI-3'], null])
    expect(await keys('?includeArchived=true&limit=2')).toEqual([['INI-1', 'INI-2'], 'INI-2'])
    expect(await keys('?includeArchived=true&after=INI-2')).toEqual([['INI-3'], null])
  })

  it('needs a key result that is live, and an issue that is known', async () => {
    await storeTree()
    const unknown = await create({ title: 'x', issue: { site: 'main', issue: 'PROJ-99' } })
    expect([unknown.status, unknown.body.code]).toEqual([404, 'OKR_ISSUE_UNKNOWN'])
    await create(EPIC)
    await api.ask('POST', '/api/v1/initiatives/INI-1/archive')
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    for (const [url, sent] of [
      [LIST, { title: 'x' }],
      ['/api/v1/initiatives/INI-1/restore', {}],
    ] as const) {
      const { status, body } = await api.ask('POST', url, { body: sent })
      expect([status, body.code]).toEqual([409, 'OKR_KEY_RESULT_ARCHIVED'])
    }
    const missing = await api.ask('GET', '/api/v1/initiatives/INI-9')
    expect([missing.status, missing.body.code]).toEqual([404, 'OKR_INITIATIVE_NOT_FOUND'])
  })

  it('stays as it was once it is archived, and once its cycle is closed', async () => {
    await create({ title: 'a' })
    await create({ title: 'b' })
    await api.ask('POST', '/api/v1/initiatives/INI-1/archive')
    const change = (key: string) => api.ask('PATCH', `/api/v1/initiatives/${key}`, { body: { title: 'c' } })
    const archived = await change('INI-1')
    expect([archived.status, archived.body.code]).toEqual([409, 'OKR_INITIATIVE_ARCHIVED'])

    const closed = await api.ask('POST', '/api/v1/cycles/2026-Q4/close', { body: { early: true } })
    expect(closed.status).toBe(200)
    for (const refused of [
      await change('INI-2'),
      await api.ask('POST', '/api/v1/initiatives/INI-2/archive'),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, 'OKR_CYCLE_CLOSED'])
    }
  })
})
