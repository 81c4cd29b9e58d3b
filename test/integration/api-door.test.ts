import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN_TOKEN, AUTHORIZED, startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
  await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
})
afterAll(() => api.stop())

describe('the token', () => {
  it.each([
    ['none', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['an empty one', { authorization: 'Bearer ' }],
    ['one too long', { authorization: `Bearer ${ADMIN_TOKEN}x` }],
    ['another scheme', { authorization: `Basic ${ADMIN_TOKEN}` }],
    ['the bare token', { authorization: ADMIN_TOKEN }],
  ])('is asked for alike when there is %s, before anything is looked up', async (_what, headers) => {
    for (const url of ['/api/v1/cycles/2026-Q4', '/api/v1/cycles/2030', '/api/v1/nothing', '/api/nothing']) {
      const answer = await api.app.inject({ url, headers })
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['www-authenticate']).toBe('Bearer')
      expect(answer.json()).toEqual({
        type: 'urn:throughline:problem:okr-unauthorized',
        title: 'A valid token is needed',
        status: 401,
        detail: 'This needs a valid token. Send it as `Authorization: Bearer <token>`.',
        code: 'OKR_UNAUTHORIZED',
        problems: [],
      })
    }
  })

  it('is asked for on every operation of the API', async () => {
    const guarded = api.description.operations.filter(({ path }) => path.startsWith('/api/'))
    expect(guarded.length).toBeGreaterThan(20)
    for (const { method, path } of guarded) {
      const url = path.replaceAll(/\{[^}]+\}/g, '1')
      const answer = await api.app.inject({ method: method as 'GET', url })
      expect([method, path, answer.statusCode]).toEqual([method, path, 401])
    }
  })

  it('may be written in any case of its scheme', async () => {
    const headers = { authorization: `bearer  ${ADMIN_TOKEN}` }
    expect((await api.app.inject({ url: '/api/v1/cycles', headers })).statusCode).toBe(200)
  })
})

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

describe('reading again', () => {
  it('costs nothing while nothing changed', async () => {
    for (const url of ['/api/v1/cycles', '/api/v1/cycles/2026-Q4', '/api/v1/feed', '/openapi.json']) {
      const first = await api.ask('GET', url)
      const tag = first.headers.etag ?? ''
      expect(tag).toMatch(/^W\/"[\w-]{22}"$/)
      for (const known of [tag, `"other", ${tag}`, tag.slice(2), '*']) {
        const again = await api.ask('GET', url, { headers: { 'if-none-match': known } })
        expect([again.status, again.text, again.headers.etag]).toEqual([304, '', tag])
      }
      expect((await api.ask('GET', url, { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(200)
    }
  })

  it('answers anew once something changed', async () => {
    const { headers } = await api.ask('GET', '/api/v1/cycles/2026-Q4')
    await api.ask('PATCH', '/api/v1/cycles/2026-Q4', { body: { title: 'Changed' } })
    const known = { 'if-none-match': headers.etag ?? '' }
    expect((await api.ask('GET', '/api/v1/cycles/2026-Q4', { headers: known })).status).toBe(200)
  })
})

describe('other methods', () => {
  it('answers HEAD like GET without a body, and OPTIONS with what is allowed and no CORS', async () => {
    const get = await api.ask('GET', '/api/v1/cycles')
    const head = await api.ask('HEAD', '/api/v1/cycles')
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.etag).toBe(get.headers.etag)
    const options = await api.app.inject({
      method: 'OPTIONS',
      url: '/api/v1/cycles/2026-Q4',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'PATCH' },
    })
    expect([options.statusCode, options.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS, PATCH'])
    expect(Object.keys(options.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('answers', () => {
  it('carry headers that let no browser run, frame or keep them', async () => {
    for (const url of ['/api/v1/cycles', '/nothing', '/healthz', '/openapi.json']) {
      const { headers } = await api.ask('GET', url)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  it('are logged by route, never by address, body or token', async () => {
    await api.ask('GET', '/api/v1/cycles/2026-Q4?x=somebody')
    await api.ask('GET', '/api/v1/cycles/2026-Q4')
    const lines = api.logged.filter((line) => line.includes('/api/v1/cycles/:key'))
    expect(lines.length).toBeGreaterThan(1)
    for (const line of api.logged) {
      expect(line).not.toContain(ADMIN_TOKEN)
      expect(line).not.toMatch(/2026-Q4|somebody/)
    }
  })
})

describe('limits', () => {
  it('counts callers with and without the token apart, and says when to go on', async () => {
    const limited = await startApi({ settings: { rateLimit: { requests: 3, windowMs: 60_000 } } })
    const guess = () =>
      limited.app.inject({ url: '/api/v1/nothing', headers: { authorization: 'Bearer guess' } })
    for (let n = 0; n < 3; n++) expect((await guess()).statusCode).toBe(401)
    const refused = await guess()
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([
      429,
      'OKR_TOO_MANY_REQUESTS',
    ])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)

    for (let n = 0; n < 3; n++) expect((await limited.ask('GET', '/api/v1/cycles')).status).toBe(200)
    expect((await limited.ask('GET', '/api/v1/cycles')).status).toBe(429)
    expect((await limited.app.inject({ url: '/healthz' })).statusCode).toBe(200)
    const webhook = { method: 'POST' as const, url: '/webhooks/jira/main', payload: '{}' }
    for (let n = 0; n < 5; n++) expect((await limited.app.inject(webhook)).statusCode).toBe(200)
    await limited.stop()
  })

  it('takes the address of the caller from a proxy only when one is trusted', async () => {
    const settings = { rateLimit: { requests: 1, windowMs: 60_000 } }
    const from = (app: TestApi, address: string) =>
      app.app.inject({ url: '/api/v1/cycles', headers: { ...AUTHORIZED, 'x-forwarded-for': address } })
    const direct = await startApi({ settings })
    expect((await from(direct, '198.51.100.1')).statusCode).toBe(200)
    expect((await from(direct, '198.51.100.2')).statusCode).toBe(429)
    await direct.stop()
    const behindProxy = await startApi({ settings: { ...settings, trustProxy: true } })
    expect((await from(behindProxy, '198.51.100.1')).statusCode).toBe(200)
    expect((await from(behindProxy, '198.51.100.2')).statusCode).toBe(200)
    expect((await from(behindProxy, '198.51.100.2')).statusCode).toBe(429)
    await behindProxy.stop()
  })

  it('gives a client that trickles its request an end', () => {
    const { server } = api.app
    expect(server.headersTimeout).toBeLessThanOrEqual(10_000)
    expect(server.requestTimeout).toBeLessThanOrEqual(60_000)
    expect(server.timeout).toBeGreaterThan(0)
  })

  it('closes the door on what is no HTTP', async () => {
    await api.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = api.app.server.address() as { port: number }
    const socket = connect(port, '127.0.0.1')
    socket.write('SSH-2.0-OpenSSH_9.6\r\n\r\n')
    const received: Buffer[] = []
    for await (const chunk of socket) received.push(chunk as Buffer)
    expect(Buffer.concat(received).toString()).toMatch(/^HTTP\/1\.1 400 /)
  })
})
