import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { forgetEverything, told } from '../support/api-goals.ts'

const ATTRITION = { title: 'Monthly attrition', unit: '%', band: { below: 5 }, source: 'HR export' }
const VALUES = '/api/v1/kpis/KPI-1/values'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

const create = (given: object = {}) => api.ask('POST', '/api/v1/kpis', { body: { ...ATTRITION, ...given } })
const push = (body: object, headers: Record<string, string> = {}) =>
  api.ask('POST', VALUES, { body, headers })
const read = async (key = 'KPI-1') => (await api.ask('GET', `/api/v1/kpis/${key}`)).body
const values = async () => (await api.ask('GET', VALUES)).body.items as { value: number; id: number }[]

describe('a KPI', () => {
  it('is made with a key of its own and the defaults of its period, and leaves a trace', async () => {
    const { status, headers, body } = await create()
    expect([status, headers.location]).toEqual([201, '/api/v1/kpis/KPI-1'])
    expect(body).toMatchObject({
      key: 'KPI-1',
      period: 'month',
      valueOfPeriod: 'latest',
      checkEveryDays: 31,
      health: 'no_data',
      latestPeriod: null,
      lastValueAt: null,
    })
    const { feed, audit } = await told(api, 'KPI-1')
    expect(feed).toEqual([{ kind: 'kpi.created', data: { title: 'Monthly attrition' } }])
    expect(audit).toMatchObject([{ action: 'kpi.create', actor: 'api', after: { band: { below: 5 } } }])
  })

  it('skips a key that somebody chose by hand', async () => {
    await create()
    await api.store.query(`update kpis set key = 'KPI-2' where key = 'KPI-1'`)
    expect((await create()).body.key).toBe('KPI-3')
  })

  it('is refused with every problem at once', async () => {
    const wrong = await create({ band: { above: 5, below: 5 }, unit: '', checkEveryDays: 0 })
    const fields = (wrong.body.problems as { field: string }[]).map(({ field }) => field)
    expect([wrong.status, fields.sort()]).toEqual([400, ['band', 'checkEveryDays', 'unit']])
    const unknown = await create({ team: 'nobody', timeZone: 'Mars/Olympus' })
    expect((unknown.body.problems as { field: string }[]).map(({ field }) => field)).toEqual([
      'team',
      'timeZone',
    ])
  })

  it('changes, says what changed, and is looked at again', async () => {
    await create()
    await push({ value: 6 })
    expect((await read()).health).toBe('at_risk')
    const { body } = await api.ask('PATCH', '/api/v1/kpis/KPI-1', { body: { band: { below: 7 } } })
    expect(body).toMatchObject({ band: { below: 7 }, health: 'on_track' })
    expect((await told(api, 'KPI-1')).feed.at(-1)).toEqual({
      kind: 'kpi.updated',
      data: { changed: ['band'] },
    })
    expect(await api.store.database.records.kpis.due(1, 10)).toEqual(['KPI-1'])
  })

  it('that is archived takes no values and is listed only when asked for', async () => {
    await create()
    await create({ title: 'Other' })
    await api.ask('POST', '/api/v1/kpis/KPI-1/archive')
    expect([(await push({ value: 1 })).status, (await push({ value: 1 })).body.code]).toEqual([
      409,
      'OKR_KPI_ARCHIVED',
    ])
    const patched = await api.ask('PATCH', '/api/v1/kpis/KPI-1', { body: { title: 'X' } })
    expect(patched.status).toBe(409)
    const keys = async (query: string) =>
      ((await api.ask('GET', `/api/v1/kpis${query}`)).body.items as { key: string }[]).map(({ key }) => key)
    expect(await keys('')).toEqual(['KPI-2'])
    expect(await keys('?includeArchived=true')).toEqual(['KPI-1', 'KPI-2'])
    const restored = await api.ask('POST', '/api/v1/kpis/KPI-1/restore')
    expect(restored.body.archivedAt).toBeNull()
    expect((await push({ value: 1 })).status).toBe(201)
  })

  it('is listed page by page, by team and by owner', async () => {
    await api.ask('PUT', '/api/v1/teams/people', { body: { title: 'People' } })
    for (const given of [{ owner: 'Ada' }, { team: 'people' }, { owner: 'Ada', team: 'people' }]) {
      await create(given)
    }
    const first = await api.ask('GET', '/api/v1/kpis?limit=2')
    const second = await api.ask('GET', `/api/v1/kpis?limit=2&after=${String(first.body.next)}`)
    const keys = [first, second].map(({ body }) => (body.items as { key: string }[]).map(({ key }) => key))
    expect([...keys, second.body.next]).toEqual([['KPI-1', 'KPI-2'], ['KPI-3'], null])
    const both = await api.ask('GET', '/api/v1/kpis?team=people&owner=Ada')
    expect(both.body.items).toMatchObject([{ key: 'KPI-3' }])
  })

  it.each(['KPI-9', 'O-1', 'x'])('%s that nobody has is not found', async (key) => {
    const { status, body } = await api.ask('GET', `/api/v1/kpis/${key}`)
    expect([status, body.code]).toEqual([404, 'OKR_KPI_NOT_FOUND'])
  })
})

describe('values', () => {
  beforeEach(() => create())

  it('make its health, also those of the past, in any order', async () => {
    await push({ value: 5, at: '2026-11-10T10:00:00Z' })
    expect(await read()).toMatchObject({
      health: 'at_risk',
      latestPeriod: {
        fromDay: '2026-11-01',
        toDay: '2026-11-30',
        value: 5,
        isInside: false,
        verdict: 'slipping',
      },
      lastValueAt: '2026-11-10T10:00:00.000Z',
    })
    await push({ value: 6, at: '2026-10-10T10:00:00Z' })
    expect((await read()).health).toBe('off_track')
    await push({ value: 4, at: '2026-10-11T10:00:00Z' })
    expect((await read()).health).toBe('at_risk')
    await push({ value: 4.9, at: '2026-11-11T10:00:00Z' })
    expect((await read()).health).toBe('on_track')
    expect((await values()).map(({ value }) => value)).toEqual([4.9, 4, 6, 5])
  })

  it('are stored once under one id or Idempotency-Key, also when both come at once', async () => {
    const one = { value: 4 }
    const header = { 'idempotency-key': 'hr-2026-11' }
    const [a, b] = await Promise.all([push(one, header), push(one, header)])
    expect([a.status, b.status].sort()).toEqual([200, 201])
    expect(a.body.items).toEqual(b.body.items)
    const again = await push({ value: 4, id: 'hr-2026-11' })
    expect([again.status, again.body]).toMatchObject([200, { recorded: 0, known: 1, items: [{ value: 4 }] }])
    const other = await push({ values: [{ value: 5 }, { value: 9, id: 'hr-2026-11' }] })
    expect([other.status, other.body]).toMatchObject([
      409,
      { code: 'OKR_VALUE_ID_TAKEN', problems: [{ field: 'values.1.value' }] },
    ])
    const corrected = await push({ value: 4, note: 'Without bots.', id: 'hr-2026-11' })
    expect([corrected.status, corrected.body.code]).toEqual([409, 'OKR_VALUE_ID_TAKEN'])
    expect(await values()).toHaveLength(1)
    const reported = (await told(api, 'KPI-1')).feed.filter(({ kind }) => kind === 'kpi.reported')
    expect(reported).toHaveLength(1)
  })

  it('come in batches of which each value is known again', async () => {
    const at = (day: number) => `2026-11-${day}T10:00:00Z`
    const batch = [11, 12, 13].map((day) => ({ value: day, at: at(day), id: `d${day}` }))
    expect((await push({ values: batch })).body).toMatchObject({ recorded: 3, known: 0 })
    const next = [...batch, { value: 14, at: at(14), id: 'd14' }]
    const twice = await push({ values: [...next, { value: 99, id: 'd14' }] })
    expect([twice.status, twice.body.problems]).toMatchObject([400, [{ field: 'values.4.id' }]])
    const { status, body } = await push({ values: next, author: 'bi' })
    expect([status, body.recorded, body.known]).toEqual([201, 1, 3])
    expect((body.items as { value: number }[]).map(({ value }) => value)).toEqual([11, 12, 13, 14])
    const unnamed = { values: [{ value: 1 }, { value: 2 }] }
    expect((await push(unnamed, { 'idempotency-key': 'r' })).body.recorded).toBe(2)
    expect((await push(unnamed, { 'idempotency-key': 'r' })).body).toMatchObject({ recorded: 0, known: 2 })
    expect((await push(unnamed)).body.recorded).toBe(2)
  })

  it('are stored all or none', async () => {
    const { status, body } = await push({ values: [{ value: 1 }, { value: 2, at: '2026-12-01T00:00:00Z' }] })
    expect([status, body.problems]).toMatchObject([400, [{ field: 'values.1.at' }]])
    expect(await values()).toEqual([])
  })

  it.each([
    [{}, ['value']],
    [{ value: 'x' }, ['value']],
    [{ values: [{ value: 1 }, {}] }, ['values.1.value']],
    [{ values: [{ value: 1 }], value: 2, at: '2026-11-01T00:00:00Z' }, ['value', 'at']],
  ])('are refused as %j with the fields that are wrong', async (body, fields) => {
    const answer = await push(body)
    const named = (answer.body.problems as { field: string }[]).map(({ field }) => field)
    expect([answer.status, named]).toEqual([400, fields])
  })

  it('tell the feed when they leave the band and when they are back, once each', async () => {
    for (const value of [4, 6, 7, 4, 3]) await push({ value })
    const { feed } = await told(api, 'KPI-1')
    const news = feed.filter(({ kind }) => kind !== 'kpi.reported' && kind !== 'kpi.created')
    expect(news).toMatchObject([
      { kind: 'kpi.at_risk', data: { value: 6, health: 'at_risk', healthBefore: 'on_track', unit: '%' } },
      { kind: 'kpi.back_in_band', data: { value: 4, healthBefore: 'at_risk' } },
    ])
  })

  it('that add up are no alarm while their month runs', async () => {
    await api.ask('PATCH', '/api/v1/kpis/KPI-1', { body: { band: { atLeast: 100 }, valueOfPeriod: 'sum' } })
    await push({ value: 10 })
    expect(await read()).toMatchObject({ health: 'no_data', latestPeriod: { verdict: 'filling' } })
    expect((await api.ask('GET', '/api/v1/check-ins/due')).body.kpis).toEqual([])
    await push({ value: 120, at: '2026-10-10T10:00:00Z' })
    expect(await read()).toMatchObject({ health: 'on_track', latestPeriod: { value: 10 } })
    const kinds = (await told(api, 'KPI-1')).feed.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'kpi.at_risk' || kind === 'kpi.left_band')).toEqual([])
  })

  it('are listed newest first, page by page', async () => {
    await push({ values: [1, 2, 3].map((value) => ({ value })) })
    const first = await api.ask('GET', `${VALUES}?limit=2`)
    const second = await api.ask('GET', `${VALUES}?limit=2&after=${String(first.body.next)}`)
    const shown = [first, second].flatMap(({ body }) => body.items as { value: number }[])
    expect(shown.map(({ value }) => value)).toEqual([3, 2, 1])
    expect(second.body.next).toBeNull()
  })
})

describe('the history of a KPI', () => {
  it('is its periods in its own time zone, each inside the band or not', async () => {
    await create({ timeZone: 'Asia/Shanghai' })
    const at = (text: string, value: number) => ({ value, at: text })
    await push({
      values: [
        at('2026-08-31T15:59:59Z', 4),
        at('2026-08-31T16:00:00Z', 6),
        at('2026-09-30T15:00:00Z', 6),
        at('2026-10-31T15:59:00Z', 5),
        at('2026-11-02T00:00:00Z', 3),
      ],
    })
    const history = async (query = '') => (await api.ask('GET', `/api/v1/kpis/KPI-1/history${query}`)).body
    const { periods } = await history()
    expect(periods).toEqual([
      {
        fromDay: '2026-08-01',
        toDay: '2026-08-31',
        value: 4,
        isInside: true,
        isRunning: false,
        verdict: 'inside',
      },
      {
        fromDay: '2026-09-01',
        toDay: '2026-09-30',
        value: 6,
        isInside: false,
        isRunning: false,
        verdict: 'outside',
      },
      {
        fromDay: '2026-10-01',
        toDay: '2026-10-31',
        value: 5,
        isInside: false,
        isRunning: false,
        verdict: 'outside',
      },
      {
        fromDay: '2026-11-01',
        toDay: '2026-11-30',
        value: 3,
        isInside: true,
        isRunning: true,
        verdict: 'inside',
      },
    ])
    const some = await history('?from=2026-09-15&to=2026-10-01')
    expect((some.periods as { fromDay: string }[]).map(({ fromDay }) => fromDay)).toEqual([
      '2026-09-01',
      '2026-10-01',
    ])
  })

  it.each([
    ['mean', 4],
    ['sum', 12],
    ['lowest', 2],
    ['highest', 7],
    ['latest', 3],
  ])('takes the %s of a period', async (valueOfPeriod, value) => {
    await create({ valueOfPeriod })
    const days = [7, 2, 3].map((said, index) => ({ value: said, at: `2026-11-0${index + 1}T00:00:00Z` }))
    await push({ values: days })
    expect((await read()).latestPeriod).toMatchObject({ value })
  })
})
