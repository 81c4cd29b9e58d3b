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
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      )
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
