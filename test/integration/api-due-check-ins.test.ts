import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, BY_METRIC, BY_POINTS, createGoals, forgetEverything } from '../support/api-goals.ts'

const TEAM = {
  title: 'Search',
  timeZone: 'Europe/Berlin',
  checkIns: { everyWeeks: 1, weekday: 1 },
}
const DUE = '/api/v1/check-ins/due'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

/** Saturday the 21st: asked on Monday the 16th. */
beforeEach(async () => {
  await forgetEverything(api)
  await api.ask('PUT', '/api/v1/teams/search', { body: TEAM })
  await createGoals(api)
  await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { team: 'search', owner: 'Grace Hopper' } })
})

const due = async (query = '') => {
  const { status, body } = await api.ask('GET', `${DUE}${query}`)
  expect(status).toBe(200)
  return body as { items: { keyResult: string; asked: string[] }[]; kpis: { kpi: string }[] }
}
const keys = async (query = '') => (await due(query)).items.map(({ keyResult }) => keyResult)
const checkIn = (body: object, key = 'KR-1') =>
  api.ask('POST', `/api/v1/key-results/${key}/check-ins`, { body })

describe('what is due', () => {
  it('says since when, what is asked, what was said last, and where to go', async () => {
    await checkIn({ value: 47, confidence: 6, at: '2026-11-12T10:00:00Z' })
    expect((await due()).items).toEqual([
      {
        team: 'search',
        keyResult: 'KR-1',
        title: 'Activation rises to 55 %',
        objective: 'O-1',
        owner: 'Grace Hopper',
        sinceDay: '2026-11-16',
        asked: ['value', 'confidence'],
        unit: '%',
        lastValue: { at: '2026-11-12T10:00:00.000Z', value: 47 },
        lastConfidence: { at: '2026-11-12T10:00:00.000Z', confidence: 6 },
        url: 'https://okr.example.com/key-results/KR-1',
      },
    ])
  })

  it.each([
    ['a value', { value: 48 }],
    ['a confidence', { confidence: 3 }],
    ['a note', { note: 'Nothing new.' }],
    ['a confidence that a system brings', { confidence: 3, source: 'system' }],
  ])('is over with %s', async (_what, body) => {
    await checkIn(body)
    expect(await keys()).toEqual([])
  })

  it('is over with a word about the time since, not with one about the time before', async () => {
    await checkIn({ value: 48, at: '2026-11-15T22:59:59Z' })
    expect(await keys()).toEqual(['KR-1'])
    await checkIn({ value: 48, at: '2026-11-15T23:00:00Z' })
    expect(await keys()).toEqual([])
  })

  it('asks no value that another system pushes, and still a confidence', async () => {
    await checkIn({ value: 48, source: 'system', author: 'bi' })
    expect((await due()).items).toMatchObject([{ asked: ['confidence'], lastValue: { value: 48 } }])
  })

  it('asks work that measures itself for a confidence alone', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: BY_POINTS } })
    expect((await due()).items).toMatchObject([{ asked: ['confidence'], unit: '' }])
  })

  it('is over with a step ticked by hand since', async () => {
    const measure = { kind: 'milestones', steps: [{ title: 'Signed', percent: 100 }] }
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure } })
    expect((await due()).items).toMatchObject([{ asked: ['steps', 'confidence'] }])
    await api.store.query(`insert into milestone_ticks (key_result, step, at, is_done, note, author)
      values ('KR-1', 'Signed', '2026-11-20', true, '', 'Ada')`)
    expect(await keys()).toEqual([])
  })

  it('is asked by team and by owner: of the objective where a key result has none', async () => {
    await api.ask('PUT', '/api/v1/teams/web', { body: { ...TEAM, title: 'Web' } })
    await api.ask('POST', '/api/v1/objectives', { body: { cycle: '2026-Q4', title: 'Other', team: 'web' } })
    for (const given of [{ owner: 'Ada' }, { objective: 'O-2' }]) {
      await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ measure: BY_METRIC, ...given }) })
    }
    expect(await keys()).toEqual(['KR-1', 'KR-2', 'KR-3'])
    expect(await keys('?team=web')).toEqual(['KR-3'])
    expect(await keys('?owner=Ada')).toEqual(['KR-2'])
    expect(await keys('?owner=Grace%20Hopper')).toEqual(['KR-1'])
    const { status, body } = await api.ask('GET', `${DUE}?team=nobody`)
    expect([status, body.code]).toEqual([404, 'OKR_TEAM_NOT_FOUND'])
  })

  it('is nothing for a team that is not asked, and for archived goals', async () => {
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    expect(await keys()).toEqual([])
    await api.ask('POST', '/api/v1/key-results/KR-1/restore')
    expect(await keys()).toEqual(['KR-1'])
    await api.ask('PUT', '/api/v1/teams/search', { body: { ...TEAM, checkIns: null } })
    expect(await keys()).toEqual([])
  })

  it('holds the KPIs that wait for a value, by team and owner as well', async () => {
    const kpi = { title: 'Attrition', unit: '%', band: { below: 5 }, checkEveryDays: 7, source: 'HR' }
    await api.ask('POST', '/api/v1/kpis', { body: { ...kpi, owner: 'Ada' } })
    await api.ask('POST', '/api/v1/kpis', { body: { ...kpi, team: 'search' } })
    await api.ask('POST', '/api/v1/kpis', { body: kpi })
    const push = (key: string, at: string) =>
      api.ask('POST', `/api/v1/kpis/${key}/values`, { body: { value: 4, at } })
    await push('KPI-1', '2026-11-01T12:00:00Z')
    await push('KPI-3', '2026-11-14T12:00:00Z')
    expect((await due()).kpis).toMatchObject([
      { kpi: 'KPI-1', owner: 'Ada', health: 'stale', sinceDay: '2026-11-09', source: 'HR' },
      { kpi: 'KPI-2', team: 'search', health: 'no_data', sinceDay: null, lastValueAt: null },
    ])
    expect((await due('?team=search')).kpis.map(({ kpi: key }) => key)).toEqual(['KPI-2'])
    expect((await due('?owner=Ada')).kpis.map(({ kpi: key }) => key)).toEqual(['KPI-1'])
  })
})
