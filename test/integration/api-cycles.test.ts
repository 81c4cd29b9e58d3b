import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  A_CYCLE,
  aKeyResult,
  AN_OBJECTIVE,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

const kept = {
  key: '2026-Q4',
  title: 'Fourth quarter 2026',
  startDay: '2026-10-01',
  endDay: '2026-12-31',
  timeZone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  holidays: [],
  closedAt: null,
  archivedAt: null,
}

describe('creating a cycle', () => {
  it('answers with it, stores it, tells the feed and the audit log, and rings for nothing', async () => {
    const { status, headers, body } = await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    expect(status).toBe(201)
    expect(headers.location).toBe('/api/v1/cycles/2026-Q4')
    expect(body).toEqual(kept)
    expect((await api.ask('GET', '/api/v1/cycles/2026-Q4')).body).toEqual(kept)

    const { feed, audit } = await told(api, '2026-Q4')
    expect(feed).toEqual([
      {
        kind: 'cycle.created',
        data: { title: 'Fourth quarter 2026', startDay: '2026-10-01', endDay: '2026-12-31' },
      },
    ])
    expect(audit).toMatchObject([
      { at: NOW, actor: 'api', action: 'cycle.create', before: null, after: { key: '2026-Q4' } },
    ])
    expect(api.rings()).toEqual([])
  })

  it('refuses a key that is taken and leaves no trace of the attempt', async () => {
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    const { status, body } = await api.ask('POST', '/api/v1/cycles', {
      body: { ...A_CYCLE, title: 'Another' },
    })
    expect([status, body.code]).toEqual([409, 'OKR_CYCLE_EXISTS'])
    const { feed, audit } = await told(api, '2026-Q4')
    expect([feed.length, audit.length]).toEqual([1, 1])
  })

  it('names every problem of a calendar that nobody can follow', async () => {
    const body = {
      ...A_CYCLE,
      endDay: '2026-09-30',
      timeZone: 'Mars/Olympus',
      workingDays: [1, 1],
    }
    const answer = await api.ask('POST', '/api/v1/cycles', { body })
    expect(answer.status).toBe(400)
    expect((answer.body.problems as { field: string }[]).map(({ field }) => field)).toEqual([
      'timeZone',
      'endDay',
      'workingDays',
    ])
    const tooLong = await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, endDay: '2030-01-01' } })
    expect(tooLong.body.problems).toMatchObject([{ field: 'endDay' }])
  })
})

describe('changing a cycle', () => {
  beforeEach(async () => {
    await createGoals(api)
    await clearMarks(api)
  })

  it('keeps what is left out, and recomputes its key results when its time changes', async () => {
    const { body } = await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { holidays: ['2026-12-25'] } })
    expect(body).toEqual({ ...kept, holidays: ['2026-12-25'] })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    expect((await told(api, '2026-Q4')).feed.at(-1)).toEqual({
      kind: 'cycle.updated',
      data: { changed: ['holidays'] },
    })
  })

  it('counts work on other days after the time zone changed, so links are evaluated anew', async () => {
    await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { timeZone: 'Asia/Shanghai' } })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: true }])
  })

  it('tells a new end as a due date that moved, of the key results that have none of their own', async () => {
    await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ dueDay: '2026-12-15' }) })
    await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { endDay: '2027-03-31' } })
    expect(await movementsOf(api, 'KR-1')).toMatchObject([{ kind: 'due_date_moved', at: NOW }])
    expect(await movementsOf(api, 'KR-2')).toEqual([])
    await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { startDay: '2026-09-01' } })
    expect(await movementsOf(api, 'KR-1')).toHaveLength(1)
  })

  it('recomputes nothing for a new title, and writes nothing at all when nothing changes', async () => {
    await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { title: 'Q4' } })
    expect(await dirtyMarks(api)).toEqual([])
    const before = await told(api, '2026-Q4')
    const { status } = await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { title: 'Q4' } })
    expect(status).toBe(200)
    expect(await told(api, '2026-Q4')).toEqual(before)
  })

  it('refuses an end before the due day of one of its key results', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { dueDay: '2026-12-20' } })
    const { status, body } = await api.ask('PATCH', '/api/v1/cycles/2026-Q4', {
      body: { endDay: '2026-12-01' },
    })
    expect(status).toBe(400)
    expect(body.problems).toMatchObject([
      { field: 'endDay', message: expect.stringContaining('KR-1') as string },
    ])
    expect((await api.ask('GET', '/api/v1/cycles/2026-Q4')).body.endDay).toBe('2026-12-31')
  })
})

describe('archiving a cycle', () => {
  it('is refused while it has objectives, works once, and can be taken back', async () => {
    await createGoals(api)
    const refused = await api.ask('POST', '/api/v1/cycles/2026-Q4/archive')
    expect([refused.status, refused.body.code]).toEqual([409, 'OKR_CYCLE_NOT_EMPTY'])

    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    await api.ask('POST', '/api/v1/objectives/O-1/archive')
    const archived = await api.ask('POST', '/api/v1/cycles/2026-Q4/archive')
    expect(archived.body.archivedAt).toBe('2026-11-21T10:00:00.000Z')
    expect((await api.ask('GET', '/api/v1/cycles')).body.items).toEqual([])
    expect((await api.ask('GET', '/api/v1/cycles?includeArchived=true')).body.items).toHaveLength(1)

    await api.ask('POST', '/api/v1/cycles/2026-Q4/archive')
    const restored = await api.ask('POST', '/api/v1/cycles/2026-Q4/restore')
    expect(restored.body).toEqual(kept)
    expect((await told(api, '2026-Q4')).audit.map(({ action }) => action)).toEqual([
      'cycle.create',
      'cycle.archive',
      'cycle.restore',
    ])
  })

  it('lets nothing new into an archived cycle, and brings nothing back into it', async () => {
    await createGoals(api)
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    await api.ask('POST', '/api/v1/objectives/O-1/archive')
    const intoObjective = await api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })
    expect(intoObjective.body.problems).toMatchObject([{ field: 'objective' }])
    await api.ask('POST', '/api/v1/cycles/2026-Q4/archive')
    const objective = await api.ask('POST', '/api/v1/objectives', { body: AN_OBJECTIVE })
    expect(objective.body.problems).toMatchObject([{ field: 'cycle' }])
    expect((await api.ask('POST', '/api/v1/objectives/O-1/restore')).status).toBe(400)
    expect((await api.ask('POST', '/api/v1/key-results/KR-1/restore')).status).toBe(400)
  })
})

describe('listing cycles', () => {
  it('pages through all of them once, in order, whether by body or by Link header', async () => {
    const keys = ['2024', '2025-Q1', '2025-Q2', '2026-Q1', '2026-Q2', 'a']
    for (const key of keys) await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key } })

    const seen: string[] = []
    let pages = 0
    let url: string | undefined = '/api/v1/cycles?limit=3'
    while (url !== undefined) {
      const { body, headers } = await api.ask('GET', url)
      seen.push(...(body.items as { key: string }[]).map(({ key }) => key))
      pages++
      url = /^<([^>]+)>; rel="next"$/.exec(headers.link ?? '')?.[1]
      expect(body.next).toBe(url === undefined ? null : new URLSearchParams(url.split('?')[1]).get('after'))
    }
    expect(seen).toEqual(keys)
    expect(pages).toBe(2)
  })

  it('answers 404 for a key nobody has and for a text that is no key', async () => {
    for (const key of ['2030', '%00', 'a b', '..%2f']) {
      const { status, body } = await api.ask('GET', `/api/v1/cycles/${key}`)
      expect([status, body.code]).toEqual([404, 'OKR_CYCLE_NOT_FOUND'])
    }
  })
})
