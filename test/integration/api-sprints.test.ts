import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import {
  ACTIVE,
  CLOSED,
  createSprintGoals,
  FUTURE,
  SPRINT_ISSUES as ISSUES,
  SPRINT_NOW as NOW,
  storeSprintSite,
} from '../support/sprint-site.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
  api.setNow(NOW)
  await createSprintGoals(api)
  await storeSprintSite(api, { sprints: [CLOSED, ACTIVE, FUTURE], issues: ISSUES }, NOW)
})
afterAll(() => api.stop())

type Json = Record<string, unknown>
const keysOf = (items: unknown, key = 'issueKey') => (items as Json[]).map((item) => item[key])

describe('GET /sprints/:id/plan', () => {
  it('says what serves each key result, what serves none and what has no estimate', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/7/plan')
    expect(body).toMatchObject({
      sprint: { id: 7, state: 'active' },
      asOf: '2026-10-29T09:00:00.000Z',
      endAt: '2026-11-06T00:00:00.000Z',
      rhythmDays: 14,
      total: { issues: 4, points: 13, unestimated: 1 },
      unaligned: { amount: { issues: 1, points: 2 }, share: { points: 2 / 13, issues: 0.25 } },
    })
    const [kr1, kr2] = body.keyResults as Json[]
    expect(kr1).toMatchObject({
      keyResult: 'KR-1',
      title: 'Checkout in one step',
      objective: 'O-1',
      namedInGoal: true,
      drives: { issues: 2, points: 11, unestimated: 0 },
      share: { points: 11 / 13, issues: 0.5 },
      open: { issues: 1, points: 3 },
      // 40 points in scope, 13 delivered, 8 of them in this sprint; four sprints end within the year.
      pace: { unit: 'points', remaining: 35, sprintsLeft: 4, neededPerSprint: 8.75, planned: 11 },
    })
    expect(kr2).toMatchObject({
      keyResult: 'KR-2',
      drives: { issues: 1, points: 0, unestimated: 1 },
      pace: null,
    })
    expect(keysOf((body.unaligned as Json).issues)).toEqual(['PROJ-5'])
    expect(keysOf(body.unestimated)).toEqual(['PROJ-4'])
  })

  it('says what its goal names, also what does not exist', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/7/plan')
    expect(body.namedInGoal).toEqual([
      { keyResult: 'KR-1', title: 'Checkout in one step', openIssues: 1 },
      { keyResult: 'KR-9', title: null, openIssues: 0 },
      { keyResult: 'KR-2', title: 'Activation rises', openIssues: 1 },
    ])
  })

  it('lists key results in danger that nothing open in it serves', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/7/plan')
    expect(body.withoutWork).toMatchObject([{ keyResult: 'KR-3', health: 'off_track', ofThisBoard: false }])
    expect(body.withoutWorkCount).toBe(1)
  })

  it('says what is blocked, and whether the sprint holds what it waits for', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/7/plan')
    const waitsFor = { issueKey: 'PROJ-9', summary: 'Pay by phone', inSprint: false }
    expect(body.blocked).toMatchObject([
      { issueKey: 'PROJ-6', since: '2026-10-01T00:00:00.000Z', blockedBy: [waitsFor], keyResults: ['KR-1'] },
    ])
  })

  it('forecasts it by the earlier sprints of its board', async () => {
    const { forecast } = (await api.ask('GET', '/api/v1/sprints/7/plan')).body
    expect(forecast).toMatchObject({ learnedFrom: 1 })
    const { probabilityUnder } = forecast as { probabilityUnder: number }
    expect(probabilityUnder).toBeGreaterThan(0)
    expect(probabilityUnder).toBeLessThan(1)
  })

  it('plans a sprint without dates from now on', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/8/plan')
    expect(body).toMatchObject({
      startAt: '2026-10-29T09:00:00.000Z',
      endAt: '2026-11-12T09:00:00.000Z',
      total: { issues: 1, points: 4 },
    })
  })
})

describe('GET /sprints/:id/standup', () => {
  it('says what happened since the last working day and which key results it moves', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/7/standup')
    expect(body).toMatchObject({ since: '2026-10-27T23:00:00.000Z', asOf: '2026-10-29T09:00:00.000Z' })
    expect(body.delivered).toMatchObject([
      {
        issueKey: 'PROJ-2',
        at: '2026-10-29T07:00:00.000Z',
        moves: [{ keyResult: 'KR-1', role: 'drives', size: 8, progressMoved: 0.2, progressWorth: 0.2 }],
      },
    ])
    expect(body.started).toMatchObject([{ issueKey: 'PROJ-5', moves: [] }])
    expect(body.blocked).toMatchObject([
      {
        issueKey: 'PROJ-6',
        moves: [{ keyResult: 'KR-1', progressMoved: 0, progressWorth: 0.075 }],
        blockedBy: [{ issueKey: 'PROJ-9', summary: 'Pay by phone' }],
      },
    ])
    expect(body.reopened).toEqual([])
  })

  it('names no person', async () => {
    for (const view of ['plan', 'standup']) {
      const { text } = await api.ask('GET', `/api/v1/sprints/7/${view}`)
      expect(text).not.toContain('some-person')
    }
  })

  it('looks back as far as it is told, but not before the sprint', async () => {
    const since = (text: string) =>
      api.ask('GET', `/api/v1/sprints/7/standup?since=${encodeURIComponent(text)}`)
    const { body } = await since('2026-10-29T08:00:00Z')
    expect([body.delivered, body.started]).toEqual([[], []])
    expect((await since('2026-01-01T00:00:00+01:00')).body.since).toBe('2026-10-26T00:00:00.000Z')
    expect((await since('yesterday')).body).toMatchObject({ code: 'OKR_INPUT_INVALID' })
  })
})

describe('GET /sprints/:id/review', () => {
  it('says what was blocked when it was completed, and what by', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/6/review')
    expect(body.blocked).toMatchObject([
      { issueKey: 'PROJ-3', since: '2026-10-16T00:00:00.000Z', blockedBy: [{ issueKey: 'PROJ-9' }] },
    ])
  })

  it('says what it took on and what came of it', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/6/review')
    expect(body).toMatchObject({ startAt: '2026-10-12T00:00:00.000Z', endAt: '2026-10-23T00:00:00.000Z' })
    const lists = ['committed', 'added', 'removed', 'completed', 'notCompleted', 'carriedOver']
    expect(lists.map((list) => keysOf(body[list]))).toEqual([
      ['PROJ-1', 'PROJ-2', 'PROJ-3'],
      [],
      [],
      ['PROJ-1'],
      ['PROJ-2', 'PROJ-3'],
      ['PROJ-2'],
    ])
    expect(keysOf(body.carriedOver, 'into')).toEqual([7])
    expect(body.totals).toMatchObject({ committed: { issues: 3, points: 16 }, completed: { points: 5 } })
  })

  it('says what each key result got and how far it came', async () => {
    const { body } = await api.ask('GET', '/api/v1/sprints/6/review')
    expect(body.keyResults).toMatchObject([
      {
        keyResult: 'KR-1',
        title: 'Checkout in one step',
        committed: { issues: 2, points: 13 },
        planned: { points: 13 / 16 },
        actual: { points: 13 / 16 },
        deviation: { points: 0, issues: 0 },
        delivered: 5,
        progressBefore: 0,
        progressAfter: 0.125,
        carriedOver: { issues: 1, points: 8 },
      },
    ])
  })

  it('is not changed by what happens later', async () => {
    const before = await api.ask('GET', '/api/v1/sprints/6/review')
    const later = ISSUES.slice(0, 3).map((history) => ({
      ...history,
      current: { ...history.current, points: 99, labels: ['KR-2'] },
      changes: [
        ...history.changes,
        { field: 'points', from: history.current.points, to: 99, at: NOW, changeId: '900' },
        { field: 'labels', from: history.current.labels, to: ['KR-2'], at: NOW, changeId: '901' },
      ] as (typeof history.changes)[number][],
    }))
    const other = await startApi()
    other.setNow(NOW)
    try {
      await createSprintGoals(other)
      const issues = [...later, ...ISSUES.slice(3)]
      await storeSprintSite(other, { sprints: [CLOSED, ACTIVE, FUTURE], issues }, NOW)
      const after = await other.ask('GET', '/api/v1/sprints/6/review')
      expect(after.text).toBe(before.text)
    } finally {
      await other.stop()
    }
  })
})

describe('a sprint in another state', () => {
  it.each([
    ['6/plan', 409, 'OKR_SPRINT_CLOSED'],
    ['6/standup', 409, 'OKR_SPRINT_CLOSED'],
    ['8/standup', 409, 'OKR_SPRINT_NOT_STARTED'],
    ['7/review', 409, 'OKR_SPRINT_NOT_CLOSED'],
    ['8/review', 409, 'OKR_SPRINT_NOT_STARTED'],
    ['99/plan', 404, 'OKR_SPRINT_NOT_FOUND'],
    ['x/review', 404, 'OKR_SPRINT_NOT_FOUND'],
    ['other/7/plan', 404, 'OKR_SPRINT_NOT_FOUND'],
  ])('is answered as a problem: %s', async (path, status, code) => {
    const answer = await api.ask('GET', `/api/v1/sprints/${path}`)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})

describe('several sites', () => {
  it('are told apart by their name, which may be left out where one has the id', async () => {
    const plan = async (path: string) => (await api.ask('GET', `/api/v1/sprints/${path}/plan`)).body
    await storeSprintSite(api, { siteId: 'second', sprints: [ACTIVE], issues: [] }, NOW)
    expect(await plan('7')).toMatchObject({ code: 'OKR_INPUT_INVALID', status: 400 })
    expect(await plan('main/7')).toMatchObject({ sprint: { site: 'main' }, total: { issues: 4 } })
    expect(await plan('second/7')).toMatchObject({ sprint: { site: 'second' }, total: { issues: 0 } })
    expect(await plan('8')).toMatchObject({ sprint: { site: 'main' } })
  })
})
