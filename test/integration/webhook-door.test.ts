import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isSignedBy, sha256 } from '../../src/adapters/system/signature.ts'
import { receiveDelivery, type ReceiveOutcome } from '../../src/app/receive-delivery.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { sign, WEBHOOK_SECRET } from '../support/service.ts'

const LIMIT = 25 * 1024 * 1024

let api: TestApi
/** What the next deliveries are answered with; null: by the real use case. */
let outcome: ReceiveOutcome | 'broken' | null = null

beforeAll(async () => {
  api = await startApi({
    receive: (delivery) => {
      if (outcome === 'broken') return Promise.reject(new Error('no connection to 10.0.0.3'))
      if (outcome !== null) return Promise.resolve(outcome)
      const { inbox } = api.store.database.records
      const silent = () => Promise.resolve()
      const doorbell = { ring: silent, free: silent, close: silent }
      const secretsOf = (site: string) => (site === 'main' ? [WEBHOOK_SECRET] : null)
      return receiveDelivery({ secretsOf, isSignedBy, sha256, inbox, doorbell }, delivery)
    },
  })
})
afterAll(() => api.stop())
beforeEach(() => {
  outcome = { kind: 'stored' }
  api.deliveries.length = 0
})

async function post(body: Buffer | string, headers: Record<string, string> = {}, site = 'main') {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/webhooks/jira/${site}`,
    payload: body,
    headers,
  })
  const type = String(answer.headers['content-type'])
  const described = {
    method: 'POST',
    url: '/webhooks/jira/main',
    status: answer.statusCode,
    type,
    body: answer.body,
  }
  expect(api.description.problemsOf(described)).toEqual([])
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Record<string, unknown>>() }
}

describe('the door for Jira', () => {
  it('hands every byte on as it came', async () => {
    const bodies = [
      Buffer.from('{"a":1}'),
      Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]),
      Buffer.from('\ufeff{"text":"\u4e2d\u6587 \\ud800"}\r\n '),
      Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}'),
      Buffer.from('['.repeat(400_000)),
      randomBytes(70_000),
      Buffer.alloc(0),
    ]
    for (const body of bodies) {
      expect((await post(body, { 'content-type': 'application/json' })).status).toBe(200)
      const handed = api.deliveries.at(-1)?.body ?? Buffer.from('nothing')
      expect(Buffer.compare(Buffer.from(handed), body)).toBe(0)
    }
  })

  it('hands on what Jira says about the delivery', async () => {
    await post('{}', {
      'x-hub-signature': 'sha256=ab',
      'x-atlassian-webhook-identifier': 'id-1',
      'x-atlassian-webhook-retry': '2',
      'x-atlassian-webhook-flow': 'Primary',
    })
    expect(api.deliveries[0]).toMatchObject({
      siteId: 'main',
      signature: 'sha256=ab',
      deliveryId: 'id-1',
      retry: '2',
      flow: 'Primary',
    })
    await post('{}')
    expect(api.deliveries[1]).toMatchObject({ signature: null, deliveryId: null, retry: null, flow: null })
    await post('{}', { 'x-atlassian-webhook-identifier': 'x'.repeat(500) })
    expect(api.deliveries[2]).toMatchObject({ deliveryId: null })
  })

  it.each([
    ['application/json', 200],
    ['application/json; charset=UTF-8', 200],
    ['application/json;charset=utf-8', 200],
    ['application/vnd.atlassian+json', 200],
    ['APPLICATION/JSON', 200],
    ['text/plain', 415],
    ['application/jsonp', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['nonsense', 415],
  ])('reads a body declared as %s: %i', async (type, status) => {
    const answer = await post('{}', { 'content-type': type })
    expect(answer.status).toBe(status)
    expect(api.deliveries).toHaveLength(status === 200 ? 1 : 0)
    if (status === 415) expect(answer.body.code).toBe('OKR_MEDIA_TYPE_UNSUPPORTED')
  })

  it.each([
    ['identity', 200],
    ['gzip', 415],
    ['br', 415],
    ['gzip, identity', 415],
  ])('inflates nothing: a body encoded as %s is answered %i', async (encoding, status) => {
    expect((await post('{}', { 'content-encoding': encoding })).status).toBe(status)
  })

  it('takes 25 MiB and not one byte more', async () => {
    expect((await post(Buffer.alloc(LIMIT, 32))).status).toBe(200)
    expect(api.deliveries[0]?.body.length).toBe(LIMIT)
    const tooLarge = await post(Buffer.alloc(LIMIT + 1, 32))
    expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 'OKR_BODY_TOO_LARGE'])
    expect(api.deliveries).toHaveLength(1)
  })

  it.each([
    ['stored', 200, { status: 'stored' }],
    ['duplicate', 200, { status: 'duplicate' }],
    ['unauthorized', 401, { code: 'OKR_SIGNATURE_INVALID' }],
    ['unknown_site', 404, { code: 'OKR_SITE_UNKNOWN' }],
  ] as const)('answers %s with %i', async (kind, status, body) => {
    outcome = { kind }
    const answer = await post('{}')
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject(body)
  })

  it('asks Jira to come back when the delivery could not be stored, and says nothing of why', async () => {
    outcome = 'broken'
    const { status, headers, body } = await post('{}')
    expect([status, headers['retry-after'], body.code]).toEqual([503, '5', 'OKR_UNAVAILABLE'])
    expect(JSON.stringify(body)).not.toContain('10.0.0.3')
    expect(api.logged.join('')).not.toContain('10.0.0.3')
  })

  it('is as bare as it can be', async () => {
    api.logged.length = 0
    const { headers } = await post('{}')
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'date'])
    expect(api.logged).toEqual([])
  })
})

describe('the signature', () => {
  const body = Buffer.from('{"webhookEvent":"jira:issue_updated"}')
  const good = sign(body)

  beforeEach(() => {
    outcome = null
  })

  it('lets one delivery in, once', async () => {
    const headers = { 'x-hub-signature': good, 'x-atlassian-webhook-identifier': 'one' }
    expect((await post(body, headers)).body).toEqual({ status: 'stored' })
    expect((await post(body, headers)).body).toEqual({ status: 'duplicate' })
    const again = await post(body, { ...headers, 'x-atlassian-webhook-identifier': 'another' })
    expect(again.body).toEqual({ status: 'duplicate' })
    const rows = await api.store.query('select body from inbox')
    expect(rows).toEqual([{ body }])
  })

  it.each([
    ['is missing', {}],
    ['is empty', { 'x-hub-signature': '' }],
    ['is of another body', { 'x-hub-signature': sign(Buffer.from('{}')) }],
    ['is of another secret', { 'x-hub-signature': sign(body, 'another secret') }],
    ['names another method', { 'x-hub-signature': good.replace('sha256', 'sha1') }],
    ['names no method', { 'x-hub-signature': good.slice('sha256='.length) }],
    ['is cut short', { 'x-hub-signature': good.slice(0, -2) }],
    ['is too long', { 'x-hub-signature': `${good}00` }],
    ['was sent twice', { 'x-hub-signature': `${good}, ${good}` }],
    ['stands in another header', { 'x-hub-signature-256': good }],
  ])('is refused when it %s', async (_what, headers) => {
    const before = await api.store.query('select count(*) from inbox')
    const answer = await post(body, headers)
    expect([answer.status, answer.body.code]).toEqual([401, 'OKR_SIGNATURE_INVALID'])
    expect(await api.store.query('select count(*) from inbox')).toEqual(before)
  })

  it('opens no door that does not exist', async () => {
    for (const site of ['other', '__proto__', 'constructor', 'toString', '%00']) {
      expect((await post(body, { 'x-hub-signature': good }, site)).status).toBe(404)
    }
  })
})
