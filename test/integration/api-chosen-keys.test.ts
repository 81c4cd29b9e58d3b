import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

const create = (path: string, body: object) => api.ask('POST', `/api/v1${path}`, { body })

const KINDS = [
  {
    what: 'an objective',
    prefix: 'O',
    path: '/objectives',
    body: { cycle: '2026-Q4', title: 'T' },
    code: 'OKR_OBJECTIVE_EXISTS',
    readAt: '/objectives',
  },
  {
    what: 'a key result',
    prefix: 'KR',
    path: '/key-results',
    body: { objective: 'O-1', title: 'T', measure: { kind: 'binary' } },
    code: 'OKR_KEY_RESULT_EXISTS',
    readAt: '/key-results',
  },
  {
    what: 'an initiative',
    prefix: 'INI',
    path: '/key-results/KR-1/initiatives',
    body: { title: 'T' },
    code: 'OKR_INITIATIVE_EXISTS',
    readAt: '/initiatives',
  },
  {
    what: 'a KPI',
    prefix: 'KPI',
    path: '/kpis',
    body: { title: 'T', unit: '%', band: { below: 5 } },
    code: 'OKR_KPI_EXISTS',
    readAt: '/kpis',
  },
]

describe.each(KINDS)('$what that brings its key along', ({ prefix, path, body, code, readAt }) => {
  it('has it, and those after it get keys that are free', async () => {
    const chosen = `${prefix}-7`
    const made = await create(path, { key: chosen.toLowerCase(), ...body })
    expect([made.status, made.body.key, made.headers.location]).toEqual([
      201,
      chosen,
      `/api/v1${readAt}/${chosen}`,
    ])
    const keys = new Set([chosen])
    for (let nth = 0; nth < 8; nth++) keys.add((await create(path, body)).body.key as string)
    expect(keys.size).toBe(9)
  })

  it('is refused where it is taken, also by an archived one, and writes nothing', async () => {
    const key = `${prefix}-70`
    await create(path, { key, ...body })
    await api.ask('POST', `/api/v1${readAt}/${key}/archive`)
    const before = await api.store.query('select count(*)::int as n from audit')
    const again = await create(path, { key, ...body, title: 'Another' })
    expect([again.status, again.body.code]).toEqual([409, code])
    expect(again.body.problems).toEqual([
      { field: 'key', message: 'is taken; leave it out to get the next free one' },
    ])
    expect(await api.store.query('select count(*)::int as n from audit')).toEqual(before)
    expect((await api.ask('GET', `/api/v1${readAt}/${key}`)).body.title).toBe('T')
  })

  it('is refused for a key of another kind, and for one that nobody could count on from', async () => {
    const wrong = await create(path, { key: 'X-1', ...body })
    expect(wrong.body.problems).toEqual([
      { field: 'key', message: expect.stringContaining(`expected something like ${prefix}-`) as string },
    ])
    const none = await create(path, { key: null, ...body })
    expect(none.body.problems).toEqual([
      {
        field: 'key',
        message: 'expected text, or no key at all: leave it out to get the next free one; found null',
      },
    ])
    const high = await create(path, { key: `${prefix}-100000000`, ...body })
    expect([high.status, high.body.problems]).toEqual([
      400,
      [{ field: 'key', message: expect.stringContaining('is too high to choose') as string }],
    ])
  })
})
