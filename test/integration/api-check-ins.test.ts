import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
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

const URL = '/api/v1/key-results/KR-1/check-ins'
const KR1 = 'KR-1' as KeyResultKey

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

describe('checking in', () => {
  it('stores a value, says what it was before, and has the key result recomputed', async () => {
    await api.ask('POST', URL, { body: { value: 47, at: '2026-11-20T12:00:00+02:00' } })
    await clearMarks(api)
    const body = { value: 48.5, confidence: 7, note: 'Onboarding went live.\nWe wait.', author: 'bi' }
    const answer = await api.ask('POST', URL, { body })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ keyResult: 'KR-1', at: '2026-11-21T10:00:00.000Z', ...body })
    expect((await movementsOf(api, 'KR-1')).at(-1)).toMatchObject({
      kind: 'checked_in',
      at: NOW,
      sizeBefore: 47,
      sizeAfter: 48.5,
    })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.at(-1)).toMatchObject({ kind: 'check_in.recorded', data: { value: 48.5, author: 'bi' } })
    expect(audit.at(-1)).toMatchObject({ action: 'check_in.create', after: { note: body.note } })
  })

  it('stores nothing twice under one Idempotency-Key, also when both come at once', async () => {
    const request = { body: { value: 50 }, headers: { 'idempotency-key': 'bi-2026-11-21' } }
    const [a, b] = await Promise.all([api.ask('POST', URL, request), api.ask('POST', URL, request)])
    expect([a.status, b.status].sort()).toEqual([200, 201])
    expect(a.body).toEqual(b.body)
    const rings = api.rings()
    const again = await api.ask('POST', URL, request)
    expect([again.status, again.body.value]).toEqual([200, 50])
    for (const body of [{ value: 99 }, { value: 50, confidence: 3 }, { value: 50, note: 'Of all teams.' }]) {
      const other = await api.ask('POST', URL, { ...request, body })
      expect([other.status, other.body.code]).toEqual([409, 'OKR_VALUE_ID_TAKEN'])
    }
    expect(rings).toHaveLength(1)
    expect(api.rings()).toEqual([])
    expect((await api.ask('GET', URL)).body.items).toHaveLength(1)
    expect((await told(api, 'KR-1')).feed.filter(({ kind }) => kind === 'check_in.recorded')).toHaveLength(1)
  })

  it('takes an equal key for another key result', async () => {
    await api.ask('POST', '/api/v1/key-results', {
      body: {
        objective: 'O-1',
        title: 'Other',
        measure: { kind: 'metric', unit: '%', baseline: 0, target: 1 },
      },
    })
    const request = { body: { value: 1 }, headers: { 'idempotency-key': 'k' } }
    expect((await api.ask('POST', URL, request)).status).toBe(201)
    expect((await api.ask('POST', '/api/v1/key-results/KR-2/check-ins', request)).status).toBe(201)
  })

  it('keeps what a clock slightly ahead of ours reports as of now, so that it counts at once', async () => {
    const answer = await api.ask('POST', URL, { body: { value: 5, at: '2026-11-21T10:00:30Z' } })
    expect([answer.status, answer.body.at]).toEqual([201, '2026-11-21T10:00:00.000Z'])
    expect(await movementsOf(api, 'KR-1')).toMatchObject([{ kind: 'checked_in', at: NOW }])
    expect(await api.store.database.records.goals.latestCheckIn(KR1, NOW)).toMatchObject({ value: 5 })
  })

  it.each([
    ['says nothing', {}, 'value'],
    ['lies in the future', { value: 1, at: '2026-11-22T10:00:00Z' }, 'at'],
  ])('refuses a check-in that %s', async (_what, body, field) => {
    const answer = await api.ask('POST', URL, { body })
    expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]])
    expect(api.rings()).toEqual([])
  })

  it('takes no value for a key result that is measured by its work, but takes a confidence', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: BY_POINTS } })
    const refused = await api.ask('POST', URL, { body: { value: 3 } })
    expect([refused.status, refused.body.code]).toEqual([409, 'OKR_CHECK_IN_NOT_POSSIBLE'])
    expect((await api.ask('POST', URL, { body: { confidence: 3 } })).status).toBe(201)
  })

  it('is over once the key result is archived', async () => {
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    const { status, body } = await api.ask('POST', URL, { body: { value: 3 } })
    expect([status, body.code]).toEqual([409, 'OKR_KEY_RESULT_ARCHIVED'])
  })
})

describe('reading check-ins', () => {
  it('pages through them, newest entry first', async () => {
    for (let value = 1; value <= 5; value++) await api.ask('POST', URL, { body: { value } })
    const first = await api.ask('GET', `${URL}?limit=2`)
    const second = await api.ask('GET', `${URL}?limit=2&after=${String(first.body.next)}`)
    const third = await api.ask('GET', `${URL}?limit=2&after=${String(second.body.next)}`)
    const values = [first, second, third].flatMap(({ body }) =>
      (body.items as { value: number }[]).map(({ value }) => value),
    )
    expect(values).toEqual([5, 4, 3, 2, 1])
    expect(third.body.next).toBeNull()
  })

  it('takes the latest by its date and then by its entry, as of an instant, and only with a value', async () => {
    const { goals } = api.store.database.records
    const at = (hour: number) => `2026-11-20T0${hour}:00:00Z`
    await api.ask('POST', URL, { body: { value: 2, at: at(2) } })
    await api.ask('POST', URL, { body: { value: 3, at: at(2) } })
    await api.ask('POST', URL, { body: { value: 1, at: at(1) } })
    await api.ask('POST', URL, { body: { confidence: 3, at: at(3) } })
    const latest = async (instant: string) =>
      (await goals.latestCheckIn(KR1, Date.parse(instant)))?.value ?? null
    expect(await latest(at(9))).toBe(3)
    expect(await latest(at(1))).toBe(1)
    expect(await latest(at(0))).toBeNull()
    expect((await goals.checkInValues(KR1)).map(({ value }) => value)).toEqual([1, 2, 3])
  })
})
