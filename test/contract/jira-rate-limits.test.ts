import { expect, it } from 'vitest'
import type { CommentDocument } from '../../src/domain/writeback/comment-document.ts'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'
import { jiraUnderTest } from '../support/jira-under-test.ts'

const DOCUMENT: CommentDocument = { blocks: [{ kind: 'paragraph', runs: [{ kind: 'text', text: 'x' }] }] }
const MARKER = { keyResult: 'KR-1', kind: 'status' } as const

/** 429 once, for the first request; then everything is well. */
const slowedOnce = (headers: Record<string, string>) => (request: StubRequest, count: number) => {
  if (count === 1) return { status: 429, headers, body: { errorMessages: ['Rate limit exceeded'] } }
  if (request.method === 'GET') return { body: [] }
  return { status: request.method === 'POST' ? 201 : 200, body: { id: '900' } } satisfies StubAnswer
}

const SENT = 'sent at once'
const HELD = 'not sent'
const LATER = 'sent after waiting'

/** A comment on issue 1 meets the limit; which of these requests does that concern? */
it.each([
  ['jira-per-issue-on-write', { comment1: HELD, edit1: HELD, comment2: SENT, read: SENT }],
  ['jira-burst-based', { comment1: HELD, edit1: SENT, comment2: HELD, read: SENT }],
  ['jira-quota-global-based', { comment1: HELD, edit1: HELD, comment2: HELD, read: LATER }],
  ['jira-quota-tenant-based', { comment1: HELD, edit1: HELD, comment2: HELD, read: LATER }],
  ['jira-cost-based', { comment1: HELD, edit1: HELD, comment2: HELD, read: LATER }],
  [null, { comment1: HELD, edit1: HELD, comment2: HELD, read: LATER }],
])('after a 429 with the reason %s the right requests wait', async (reason, expected) => {
  const headers = { 'retry-after': '10', ...(reason === null ? {} : { 'ratelimit-reason': reason }) }
  const outcomes: Record<string, string> = {}
  for (const name of Object.keys(expected)) {
    await using test = await jiraUnderTest(slowedOnce(headers))
    const { jira, stub, timer } = test
    const comment = (issueId: string) => jira.createComment(issueId, DOCUMENT, MARKER)
    // Jira asked for 10 s; the spread only lengthens it.
    await expect(comment('1')).rejects.toMatchObject({ failure: 'rate_limited', retryAfterMs: 11_500 })

    const requests: Record<string, () => Promise<unknown>> = {
      comment1: () => comment('1'),
      comment2: () => comment('2'),
      edit1: () => jira.updateComment('1', '900', DOCUMENT),
      read: () => jira.resolutions(),
    }
    const failure = await requests[name]!().then(
      () => null,
      (error: unknown) => error,
    )
    if (failure !== null) expect(failure).toMatchObject({ failure: 'rate_limited', retryAfterMs: 11_500 })
    outcomes[name] = stub.requests.length === 1 ? HELD : timer.sleepsMs.length === 0 ? SENT : LATER

    await timer.sleep(11_500, AbortSignal.abort())
    await requests[name]!()
    expect(stub.problems()).toEqual([])
  }
  expect(outcomes).toEqual(expected)
})

it('a read that met the limit is sent again as soon as Jira asked for', async () => {
  const headers = { 'retry-after': '4', 'ratelimit-reason': 'jira-burst-based' }
  await using test = await jiraUnderTest(slowedOnce(headers))
  expect(await test.jira.resolutions()).toEqual([])
  expect(test.timer.sleepsMs).toEqual([4_600])
  expect(test.logged[0]).toContain('"slowed":"GET /rest/api/3/resolution"')
})

it('a read does not wait longer than two minutes: a worker can do other things', async () => {
  const headers = { 'retry-after': '3600', 'ratelimit-reason': 'jira-quota-tenant-based' }
  await using test = await jiraUnderTest(slowedOnce(headers))
  await expect(test.jira.resolutions()).rejects.toMatchObject({
    failure: 'rate_limited',
    retryAfterMs: 4_140_000,
  })
  expect(test.timer.sleepsMs).toEqual([])
  await expect(test.jira.statuses()).rejects.toMatchObject({ failure: 'rate_limited' })
  expect(test.stub.requests).toHaveLength(1)
})

it('writes to one issue are spaced before Jira has to say so', async () => {
  const sentAtMs: number[] = []
  const answer = (): StubAnswer => {
    sentAtMs.push(test.timer.nowMs())
    return { body: { id: '900' } }
  }
  await using test = await jiraUnderTest(answer)
  for (let count = 0; count < 100; count++) await test.jira.updateComment('1', '900', DOCUMENT)
  const most = (windowMs: number) =>
    Math.max(...sentAtMs.map((from) => sentAtMs.filter((at) => at >= from && at < from + windowMs).length))
  expect(most(2_000)).toBe(20)
  expect(sentAtMs.at(-1)).toBe(8_000)

  // The hundred of 30 s are used up: that is too long for a write to wait.
  await expect(test.jira.updateComment('1', '900', DOCUMENT)).rejects.toMatchObject({
    failure: 'rate_limited',
    retryAfterMs: 22_000,
  })
  expect(await test.jira.updateComment('2', '900', DOCUMENT)).toBe('written')
  expect(test.stub.requests).toHaveLength(101)
})
