import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  BY_POINTS,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'

const URL = '/api/v1/key-results/KR-1/values'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
  await clearMarks(api)
})

type Item = Record<string, unknown>
const itemsOf = (body: Record<string, unknown>) => body['items'] as Item[]
const problemsOf = (body: Record<string, unknown>) =>
  (body['problems'] as { field: string }[]).map(({ field }) => field)

async function stored(): Promise<Item[]> {
  return itemsOf((await api.ask('GET', '/api/v1/key-results/KR-1/check-ins?limit=100')).body)
}

describe('pushing values', () => {
  it('takes one, as a check-in of a system', async () => {
    const { status, body } = await api.ask('POST', URL, { body: { value: 47, author: 'warehouse' } })
    expect([status, body['recorded'], body['known']]).toEqual([201, 1, 0])
    const kept = {
      keyResult: 'KR-1',
      at: '2026-11-21T10:00:00.000Z',
      value: 47,
      confidence: null,
      author: 'warehouse',
      source: 'system',
    }
    expect(itemsOf(body)).toMatchObject([{ ...kept, isNew: true }])
    expect(await stored()).toMatchObject([kept])
  })

  it('takes many in one change: one mark, one ring, one entry of the feed and of the audit log', async () => {
    const values = Array.from({ length: 1_000 }, (_, n) => ({
      value: n,
      at: new Date(NOW - (1_000 - n) * 60_000).toISOString(),
    }))
    const { status, body } = await api.ask('POST', URL, { body: { values, author: 'warehouse' } })
    expect([status, body['recorded']]).toEqual([201, 1_000])
    expect(itemsOf(body).map(({ value }) => value)).toEqual(values.map(({ value }) => value))
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.filter(({ kind }) => kind === 'check_in.recorded')).toMatchObject([
      { data: { value: 999, values: 1_000, author: 'warehouse' } },
    ])
    expect(audit.filter(({ action }) => action === 'check_in.push')).toHaveLength(1)
    expect(await movementsOf(api, 'KR-1')).toMatchObject([
      { kind: 'checked_in', at: NOW - 60_000, sizeBefore: null, sizeAfter: 999 },
    ])
  })

  it('takes dates late and in any order: the latest by its date is the current one', async () => {
    const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`
    await api.ask('POST', URL, {
      body: {
        values: [
          { value: 50, at: at(20) },
          { value: 46, at: at(2) },
        ],
      },
    })
    await api.ask('POST', URL, { body: { value: 48, at: at(10) } })
    const { latestCheckIn } = api.store.database.records.goals
    expect((await latestCheckIn('KR-1' as never, NOW))?.value).toBe(50)
    expect((await latestCheckIn('KR-1' as never, Date.parse(at(12))))?.value).toBe(48)
    expect((await movementsOf(api, 'KR-1')).at(-1)).toMatchObject({ sizeBefore: 50, sizeAfter: 50 })
  })

  it('stores nothing twice under one id, and says which was known', async () => {
    const first = { value: 47, id: 'nps-1' }
    await api.ask('POST', URL, { body: first })
    api.rings()
    const again = await api.ask('POST', URL, {
      body: {
        values: [first, { value: 48, id: 'nps-2' }],
      },
    })
    expect([again.status, again.body['recorded'], again.body['known']]).toEqual([201, 1, 1])
    expect(itemsOf(again.body).map(({ value, isNew }) => [value, isNew])).toEqual([
      [47, false],
      [48, true],
    ])
    await clearMarks(api)
    const third = await api.ask('POST', URL, { body: first })
    expect([third.status, third.body['recorded'], third.body['known']]).toEqual([200, 0, 1])
    expect([api.rings(), await dirtyMarks(api)]).toEqual([[], []])
    expect(await stored()).toHaveLength(2)
  })

  it.each([
    ['value', { value: 99, id: 'nps-1' }, 'the value 47, not 99'],
    ['date', { value: 47, id: 'nps-1', at: '2026-11-02T08:00:00Z' }, 'the date 2026-11-01T08:00:00Z'],
    ['note', { value: 47, id: 'nps-1', note: 'Without bots.' }, 'another note is stored'],
  ])('refuses another %s under a known id and stores nothing of the batch', async (_what, other, message) => {
    await api.ask('POST', URL, { body: { value: 47, id: 'nps-1', at: '2026-11-01T08:00:00Z' } })
    const { status, body } = await api.ask('POST', URL, { body: { values: [{ value: 48 }, other] } })
    expect([status, body['code'], problemsOf(body)]).toEqual([409, 'OKR_VALUE_ID_TAKEN', ['values.1.value']])
    expect(body['detail']).toContain(message)
    expect((await stored()).map(({ value }) => value)).toEqual([47])
  })

  it('keeps one of two values that come at once under one id, and refuses the other', async () => {
    const both = await Promise.all(
      [47, 48].map((value) => api.ask('POST', URL, { body: { value, id: 'nps-1' } })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(await stored()).toHaveLength(1)
  })

  it('knows a value sent again by its id when the clock of its sender ran ahead', async () => {
    const ahead = { value: 47, id: 'nps-1', at: new Date(NOW + 30_000).toISOString() }
    const statuses: number[] = []
    for (const now of [NOW, NOW + 10_000]) {
      api.setNow(now)
      statuses.push((await api.ask('POST', URL, { body: ahead })).status)
    }
    expect(statuses).toEqual([201, 200])
  })

  it('stores a request once under its Idempotency-Key, also when both come at once', async () => {
    const request = {
      body: { values: [{ value: 47 }, { value: 48 }] },
      headers: { 'idempotency-key': 'load-7' },
    }
    const both = await Promise.all([api.ask('POST', URL, request), api.ask('POST', URL, request)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
    expect((await stored()).map(({ value }) => value)).toEqual([48, 47])
  })

  it('stores all or nothing, and names every problem', async () => {
    const { status, body } = await api.ask('POST', URL, {
      body: {
        values: [
          { value: 47, id: 'a' },
          { value: 48, at: '2026-11-22T10:00:00Z' },
          { value: 49, id: 'a' },
        ],
      },
    })
    expect([status, problemsOf(body)]).toEqual([400, ['values.1.at', 'values.2.id']])
    expect(await stored()).toEqual([])
  })

  it('takes 1 and 0 for a yes or no, and nothing between', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: { kind: 'binary' } } })
    const { status, body } = await api.ask('POST', URL, { body: { value: 0.5 } })
    expect([status, problemsOf(body)]).toEqual([400, ['value']])
    expect((await api.ask('POST', URL, { body: { values: [{ value: 0 }, { value: 1 }] } })).status).toBe(201)
  })

  it('is refused where work is the measure, with the way there is', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: BY_POINTS } })
    const { status, body } = await api.ask('POST', URL, { body: { value: 3 } })
    expect([status, body['code']]).toEqual([409, 'OKR_CHECK_IN_NOT_POSSIBLE'])
    expect(body['detail']).toContain('/api/v1/key-results/KR-1/value-override')
  })

  it.each([
    [{}, ['value']],
    [{ value: 'many' }, ['value']],
    [{ values: [{ value: 1 }, { value: 'x' }] }, ['values.1.value']],
    [{ values: [{ value: 1 }], value: 2, note: 'x' }, ['value', 'note']],
    [{ value: 1, confidence: 3 }, ['confidence']],
  ])('is refused for %j at the fields that are wrong', async (body, fields) => {
    const answer = await api.ask('POST', URL, { body })
    expect([answer.status, problemsOf(answer.body)]).toEqual([400, fields])
  })

  it('is refused without values and with more than a thousand', async () => {
    for (const values of [[], Array.from({ length: 1_001 }, () => ({ value: 1 }))])
      expect((await api.ask('POST', URL, { body: { values } })).status).toBe(400)
  })
})

describe('a person’s value', () => {
  const WORD = {
    value: 52,
    reason: 'The dashboard counts test accounts.',
    by: 'Ada',
    untilDay: '2026-11-30',
  }
  const OVERRIDE = '/api/v1/key-results/KR-1/value-override'

  it('is kept with its instant, told, and taken back', async () => {
    const said = await api.ask('PUT', OVERRIDE, { body: WORD })
    expect([said.status, said.body['valueOverride']]).toEqual([
      200,
      { ...WORD, at: '2026-11-21T10:00:00.000Z' },
    ])
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect((await api.ask('DELETE', OVERRIDE)).body['valueOverride']).toBeNull()
    const { audit } = await told(api, 'KR-1')
    expect(audit.slice(-2)).toMatchObject([
      { action: 'key_result.override_value', before: null, after: { value: 52, by: 'Ada' } },
      { action: 'key_result.follow_measured_value', before: { value: 52 }, after: null },
    ])
  })

  it('is not told twice', async () => {
    await api.ask('PUT', OVERRIDE, { body: WORD })
    await clearMarks(api)
    api.setNow(NOW + 60_000)
    await api.ask('PUT', OVERRIDE, { body: WORD })
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])
  })

  it('needs a last day that is not over', async () => {
    const { status, body } = await api.ask('PUT', OVERRIDE, { body: { ...WORD, untilDay: '2026-11-20' } })
    expect([status, problemsOf(body)]).toEqual([400, ['untilDay']])
  })

  it.each([
    [{ kind: 'binary' }, 0.5, 1],
    [{ kind: 'range', unit: '%', band: { below: 5 }, period: 'month' }, 4, 0.75],
    [{ kind: 'milestones', steps: [{ title: 'Live', percent: 100 }] }, 101, 40],
  ])('is one that the measure can have: %j', async (measure, impossible, possible) => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure } })
    const asked = async (value: number) =>
      (await api.ask('PUT', OVERRIDE, { body: { ...WORD, value } })).status
    expect([await asked(impossible), await asked(possible)]).toEqual([400, 200])
  })
})
