import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult, AN_OBJECTIVE, BY_POINTS } from '../support/api-goals.ts'
import { day, DOING, DONE, moved } from '../support/issues.ts'
import { aSprint, inSprint } from '../support/sprint-pasts.ts'
import { storeSprintSite } from '../support/sprint-site.ts'

const NOW = day(80)

/** Weekly sprints 1 to 5 of board 1, the first on the first day; of each, as many points are done as its number. */
const weekly = (id: number) =>
  aSprint({
    sprintId: id,
    state: 'closed',
    startAt: day(7 * id),
    endAt: day(7 * id + 7),
    completeAt: day(7 * id + 7),
  })

let api: TestApi

beforeAll(async () => {
  api = await startApi()
  api.setNow(NOW)
  await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  await api.ask('POST', '/api/v1/objectives', { body: AN_OBJECTIVE })
  await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ measure: BY_POINTS }) })
  const ids = [1, 2, 3, 4, 5]
  const issues = ids.flatMap((id) => [
    inSprint(
      10 * id,
      { sprintIds: [id], labels: ['KR-1'], points: id, statusId: DONE },
      moved(day(7 * id + 1), DOING, DONE),
    ),
    inSprint(10 * id + 1, { sprintIds: [id], points: 10 - id }),
  ])
  const others = [
    aSprint({ ...weekly(6), boardId: 2 }),
    aSprint({ sprintId: 7, state: 'active', startAt: day(79) }),
    aSprint({ sprintId: 8, state: 'future', startAt: null, boardId: 3 }),
  ]
  await storeSprintSite(api, { sprints: [...ids.map(weekly), ...others], issues }, NOW)
})
afterAll(() => api.stop())

const trend = async (path: string) => (await api.ask('GET', `/api/v1/boards/${path}`)).body
const idsOf = ({ items }: Record<string, unknown>) =>
  (items as { sprintId: number }[]).map(({ sprintId }) => sprintId)

describe('GET /boards/:id/trend', () => {
  it('has a point for each closed sprint that began on the board, in the order they ended', async () => {
    const body = await trend('1/trend')
    expect(idsOf(body)).toEqual([1, 2, 3, 4, 5])
    expect((body.items as object[])[1]).toEqual({
      sprintId: 2,
      name: 'Sprint 2',
      startAt: '2026-10-15T00:00:00.000Z',
      endAt: '2026-10-22T00:00:00.000Z',
      alignment: { points: 0.2, issues: 0.5 },
      velocity: { issues: 1, points: 2, unestimated: 0 },
      predictability: { points: 0.2, issues: 0.5 },
    })
    expect(body.medians).toEqual({
      alignment: { points: 0.3, issues: 0.5 },
      velocity: { points: 3, issues: 1 },
      predictability: { points: 0.3, issues: 0.5 },
    })
  })

  it('goes on to older sprints, page by page', async () => {
    const first = await api.ask('GET', '/api/v1/boards/1/trend?limit=2')
    expect([idsOf(first.body), first.body.next]).toEqual([[4, 5], '4'])
    expect(first.headers.link).toBe('</api/v1/boards/1/trend?limit=2&after=4>; rel="next"')
    const second = await trend('1/trend?limit=2&after=4')
    expect([idsOf(second), second.next]).toEqual([[2, 3], '2'])
    const last = await trend('1/trend?limit=2&after=2')
    expect([idsOf(last), last.next]).toEqual([[1], null])
    expect(last.medians).toMatchObject({ velocity: { points: 1 } })
  })

  it('costs an unchanged reader nothing', async () => {
    const { headers } = await api.ask('GET', '/api/v1/boards/1/trend')
    api.setNow(NOW + 60_000)
    const again = await api.ask('GET', '/api/v1/boards/1/trend', {
      headers: { 'if-none-match': headers.etag! },
    })
    expect(again.status).toBe(304)
  })

  it('is empty for a board without closed sprints, and a problem for one nobody knows', async () => {
    expect(await trend('3/trend')).toMatchObject({ site: 'main', boardId: 3, items: [], next: null })
    for (const path of ['9/trend', 'x/trend', 'other/1/trend'])
      expect(await trend(path)).toMatchObject({ status: 404, code: 'OKR_BOARD_NOT_FOUND' })
    for (const query of ['limit=0', 'limit=51', 'after=x', 'until=1'])
      expect(await trend(`1/trend?${query}`)).toMatchObject({ status: 400, code: 'OKR_INPUT_INVALID' })
  })

  it('tells the boards of several sites apart, and leaves deleted sprints out', async () => {
    await storeSprintSite(api, { siteId: 'second', sprints: [weekly(1), weekly(2)], issues: [] }, NOW)
    await api.store.database.records.mirror.saveDeletedSprints('second', [
      { kind: 'sprint_deleted', sprintId: 1, at: NOW + 1 },
    ])
    expect(await trend('1/trend')).toMatchObject({ status: 400, code: 'OKR_INPUT_INVALID' })
    expect(idsOf(await trend('second/1/trend'))).toEqual([2])
    expect(idsOf(await trend('main/1/trend'))).toHaveLength(5)
    const review = await api.ask('GET', '/api/v1/sprints/second/1/review')
    expect(review.status).toBe(200)
    await api.store.database.records.mirror.saveDeletedSprints('main', [
      { kind: 'sprint_deleted', sprintId: 7, at: NOW + 1 },
    ])
    for (const view of ['plan', 'standup'])
      expect((await api.ask('GET', `/api/v1/sprints/main/7/${view}`)).body.code).toBe('OKR_SPRINT_NOT_FOUND')
  })
})
