import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOkrDocument } from '../../src/contracts/okrs/okr-document.ts'
import { AUTHORIZED, startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
  await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
})
afterAll(() => api.stop())

const IN_QUOTES = '(in quotes, if it looks like a number)'

describe('problems', () => {
  it('name every field that is wrong at once', async () => {
    const body = {
      key: 'a b',
      title: '',
      startDay: '2026-02-30',
      workingDays: [0, 8],
      holidays: 'none',
      x: 1,
    }
    const answer = await api.ask('POST', '/api/v1/cycles', { body })
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    const fields = (answer.body.problems as { field: string }[]).map(({ field }) => field)
    expect(fields.sort()).toEqual([
      'endDay',
      'holidays',
      'key',
      'startDay',
      'title',
      'workingDays.0',
      'workingDays.1',
      'x',
    ])
    expect(answer.body.code).toBe('OKR_INPUT_INVALID')
  })

  it('are told in the words in which a file with the same mistakes is refused, but for the quotes of YAML', async () => {
    const cycle = {
      key: 'a b',
      title: 5,
      startDay: 'soon',
      workingDays: [1, 8],
      holidays: 'none',
      colour: 'red',
    }
    const { body } = await api.ask('POST', '/api/v1/cycles', { body: cycle })
    const problems = body.problems as { field: string; message: string }[]
    const told = problems.map(({ field, message }) => `${field} ${message}`)
    expect(told.toSorted()).toEqual([
      'colour is not a property here; check its spelling, or take it out',
      'endDay is missing; give text',
      'holidays expected a list; found "none"',
      'key is not a cycle key; expected something like 2026-Q4; found "a b"',
      'startDay expected a day such as 2026-12-31; found "soon"',
      'title expected text; found 5',
      'workingDays.1 expected at most 7; found 8',
    ])
    const file = readOkrDocument(JSON.stringify({ version: 1, cycles: [cycle] }))
    const inFile = file.kind === 'problems' ? file.problems : []
    expect(
      inFile.map(({ path, message }) => `${path.replace('cycles.0.', '')} ${message}`).toSorted(),
    ).toEqual(
      told.toSorted().map((problem) => problem.replace('text; found 5', `text ${IN_QUOTES}; found 5`)),
    )
  })

  it.each([
    ['/cycles?limit=0', 'limit expected at least 1; found "0"'],
    ['/cycles?limit=many', 'limit expected a number; found "many"'],
    [
      '/audit?from=yesterday',
      'from expected an instant with its offset, such as 2026-12-31T09:00:00Z; found "yesterday"',
    ],
  ])('say what stands in the address %s', async (url, expected) => {
    const { body } = await api.ask('GET', `/api/v1${url}`)
    const problems = body.problems as { field: string; message: string }[]
    expect(problems.map(({ field, message }) => `${field} ${message}`)).toEqual([expected])
  })

  it('say what is missing once, and what a number is that cannot be kept', async () => {
    const pushed = await api.ask('POST', '/api/v1/key-results/KR-1/values', { body: {} })
    expect(pushed.body.problems).toEqual([{ field: 'value', message: 'is missing: give a value, or values' }])
    const huge = await api.ask('POST', '/api/v1/key-results/KR-1/values', {
      body: '{"value":1e999}',
      headers: { 'content-type': 'application/json' },
    })
    expect(huge.body.problems).toEqual([
      { field: 'value', message: 'expected a number; found infinity, or a number too large to keep' },
    ])
  })

  it('are told of a value that is nested without end', async () => {
    const body = `{"title":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body, headers })
    expect([answer.status, answer.body.code]).toEqual([400, 'OKR_INPUT_INVALID'])
    expect(answer.body.problems).toMatchObject([{ field: 'title' }])
  })

  it('reach into the input', async () => {
    const measure = { kind: 'metric', unit: '%', baseline: '45', target: 1e400 }
    const answer = await api.ask('POST', '/api/v1/key-results', {
      body: { objective: 'O-1', title: 'T', measure, anchorIssue: { site: 'main' } },
    })
    expect((answer.body.problems as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'anchorIssue.issue',
      'measure.baseline',
      'measure.target',
    ])
  })

  it.each([
    '/api/v1/cycles?limit=0',
    '/api/v1/cycles?limit=201',
    '/api/v1/cycles?limt=5',
    '/api/v1/feed?after=-1',
  ])('are told of the query in %s', async (url) => {
    const { status, body } = await api.ask('GET', url)
    expect([status, body.code]).toEqual([400, 'OKR_INPUT_INVALID'])
  })

  it.each([
    ['half a JSON text', '{', 'application/json', 400, 'OKR_INPUT_INVALID'],
    ['a list', '[]', 'application/json', 400, 'OKR_INPUT_INVALID'],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'OKR_MEDIA_TYPE_UNSUPPORTED'],
    ['XML', '<a/>', 'application/xml', 415, 'OKR_MEDIA_TYPE_UNSUPPORTED'],
    ['too much', `{"title":"${'x'.repeat(300_000)}"}`, 'application/json', 413, 'OKR_BODY_TOO_LARGE'],
    ['a __proto__', '{"__proto__":{"polluted":1}}', 'application/json', 400, 'OKR_INPUT_INVALID'],
    ['an escaped one', '{"\\u005f_proto__":{"polluted":1}}', 'application/json', 400, 'OKR_INPUT_INVALID'],
    [
      'a constructor',
      '{"constructor":{"prototype":{"polluted":1}}}',
      'application/json',
      400,
      'OKR_INPUT_INVALID',
    ],
    ['a depth', '['.repeat(100_000), 'application/json', 400, 'OKR_INPUT_INVALID'],
  ])('answer a body that is %s', async (_what, body, type, status, code) => {
    const answer = await api.ask('PATCH', '/api/v1/cycles/2026-Q4', {
      body,
      headers: { 'content-type': type },
    })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it.each(['a\u0000b', '\ud800', 'a\u0007b', 'a\nb', ' \t '])(
    'refuse the text %j where people read a line',
    async (text) => {
      const measure = { kind: 'metric', unit: text, baseline: 0, target: 1 }
      const body = {
        objective: 'O-1',
        title: text,
        owner: text,
        measure,
        anchorIssue: { site: text, issue: text },
      }
      const answer = await api.ask('POST', '/api/v1/key-results', { body })
      expect((answer.body.problems as { field: string }[]).map(({ field }) => field)).toEqual([
        'title',
        'owner',
        'measure.unit',
        'anchorIssue.site',
        'anchorIssue.issue',
      ])
    },
  )

  it('refuse days and instants that no record can hold', async () => {
    const cycle = {
      ...A_CYCLE,
      key: 'k',
      startDay: '0000-01-01',
      endDay: '9999-12-31',
      holidays: ['1999-12-31'],
    }
    const answer = await api.ask('POST', '/api/v1/cycles', { body: cycle })
    expect((answer.body.problems as object[]).length).toBe(3)
    for (const at of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-21', '2026-11-21T10:00:00']) {
      const checkIn = await api.ask('POST', '/api/v1/key-results/KR-1/check-ins', {
        body: { at, note: 'a\u0000b' },
      })
      expect((checkIn.body.problems as { field: string }[]).map(({ field }) => field)).toEqual(['at', 'note'])
    }
  })

  it('read no body as an empty object, also when JSON was announced', async () => {
    for (const headers of [{}, { 'content-type': 'application/json' }]) {
      expect((await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { headers })).status).toBe(200)
      const { body } = await api.ask('POST', '/api/v1/cycles', { headers })
      const fields = (body.problems as { field: string }[]).map(({ field }) => field)
      expect(fields).toEqual(['key', 'title', 'startDay', 'endDay'])
    }
  })

  it('keep what failed on our side to themselves', async () => {
    await api.store.query('alter table cycles rename to cycles_away')
    const { status, body, headers } = await api.ask('POST', '/api/v1/cycles', {
      body: { ...A_CYCLE, key: 'k', title: 'A customer' },
    })
    await api.store.query('alter table cycles_away rename to cycles')
    expect([status, body.code]).toEqual([500, 'OKR_INTERNAL'])
    expect(JSON.stringify(body)).not.toMatch(/cycles|select|insert|relation/)
    const line = api.logged.find((one) => one.includes('request failed')) ?? ''
    expect(line).toContain(headers['x-request-id'])
    expect(line).toContain('42P01')
    expect(line).not.toContain('A customer')
  })

  it('say where there is nothing', async () => {
    for (const url of ['/', '/api/v1/nothing', '/api/v2/cycles', '/favicon.ico']) {
      const { status, body } = await api.ask('GET', url)
      expect([status, body.code]).toEqual([404, 'OKR_NOT_FOUND'])
    }
    const { status } = await api.ask('DELETE', '/api/v1/cycles/2026-Q4')
    expect(status).toBe(404)
    const broken = await api.app.inject({ url: '/api/v1/cycles/%ff', headers: AUTHORIZED })
    expect([broken.statusCode, broken.json<{ code: string }>().code]).toEqual([400, 'OKR_INPUT_INVALID'])
  })
})
