import { describe, expect, it } from 'vitest'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import type { RateLimitReason } from '../../src/demo/jira-simulator/rest/faults.ts'
import { basic } from '../support/judged-jira.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { MONDAY, simulatedJira } from '../support/simulated-jira.ts'

const REASONS: RateLimitReason[] = [
  'jira-quota-tenant-based',
  'jira-quota-global-based',
  'jira-burst-based',
  'jira-per-issue-on-write',
]

const MYSELF = '/rest/api/3/myself'
const headers = { authorization: basic(SIMULATOR_CREDENTIALS) }
const text = (value: string) => ({ type: 'text', text: value })
const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text('Hello')] }] }

describe.skipIf(!hasSharedData)('faults on demand', () => {
  it.each(REASONS)('answer 429 with the reason %s and when to come back', async (reason) => {
    await using site = await simulatedJira()
    site.jira.faults.add({ fault: { kind: 'rate_limited', reason, retryAfterSeconds: 7 } })
    const answer = await site.call('GET', MYSELF)
    expect(answer.status).toBe(429)
    expect(answer.headers.get('ratelimit-reason')).toBe(reason)
    expect(answer.headers.get('retry-after')).toBe('7')
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0')
    expect((await site.call('GET', MYSELF)).status).toBe(200)
  })

  it('answer 429 without any hint, as a gateway does', async () => {
    await using site = await simulatedJira()
    site.jira.faults.add({ fault: { kind: 'rate_limited', reason: null, retryAfterSeconds: null } })
    const answer = await site.call('GET', MYSELF)
    expect(answer.status).toBe(429)
    expect([...answer.headers.keys()].filter((name) => /retry|rate/.test(name))).toEqual([])
  })

  it('strike the requests they name, as often as they say, until taken back', async () => {
    await using site = await simulatedJira()
    const { faults } = site.jira
    const takeBack = faults.add({
      method: 'GET',
      url: /\/status$/,
      times: 3,
      fault: { kind: 'status', status: 503, retryAfterSeconds: 3 },
    })
    expect((await site.call('GET', MYSELF)).status).toBe(200)
    const answer = await site.call('GET', '/rest/api/3/status')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3'])
    expect((await site.call('GET', '/rest/api/3/status')).status).toBe(503)
    takeBack()
    expect((await site.call('GET', '/rest/api/3/status')).status).toBe(200)
    faults.add({ times: 9, fault: { kind: 'status', status: 500 } })
    expect((await site.call('GET', MYSELF)).status).toBe(500)
    faults.clear()
    expect((await site.call('GET', MYSELF)).status).toBe(200)
    expect(site.jira.requests.map(({ status }) => status)).toEqual([200, 503, 503, 200, 500, 200])
  })

  it('leave a caller without an answer, or cut the connection', async () => {
    await using site = await simulatedJira()
    const { faults } = site.jira
    faults.add({ fault: { kind: 'hang' } })
    const waiting = fetch(`${site.baseUrl}${MYSELF}`, { headers, signal: AbortSignal.timeout(100) })
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' })
    faults.add({ fault: { kind: 'reset' } })
    await expect(fetch(`${site.baseUrl}${MYSELF}`, { headers })).rejects.toThrow('fetch failed')
    expect((await site.call('GET', MYSELF)).status).toBe(200)
    expect(site.jira.requests.map(({ status }) => status)).toEqual([null, null, 200])
  })

  it.each(['status', 'reset', 'hang'] as const)(
    'lose the answer after the write has happened: %s',
    async (kind) => {
      await using site = await simulatedJira()
      const { id } = site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Anchor' })
      const fault = kind === 'status' ? { kind, status: 502 } : { kind }
      site.jira.faults.add({ method: 'POST', url: /\/comment$/, afterEffect: true, fault })
      const outcome = await fetch(`${site.baseUrl}/rest/api/3/issue/${id}/comment`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ body }),
        signal: AbortSignal.timeout(kind === 'hang' ? 100 : 10_000),
      }).then(
        (response) => response.status,
        () => 'no answer',
      )
      expect(outcome).toBe(kind === 'status' ? 502 : 'no answer')
      expect(site.jira.commentsOf(id).map((comment) => comment.text)).toEqual(['Hello'])
    },
  )
})
