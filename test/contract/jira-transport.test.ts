import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createJira } from '../../src/adapters/jira/create-jira.ts'
import type { JiraError } from '../../src/app/ports/jira.ts'
import { silentLog } from '../support/silent-log.ts'
import type { StubAnswer } from '../support/jira-stub.ts'
import { API_TOKEN, jiraUnderTest } from '../support/jira-under-test.ts'

const BASIC = Buffer.from(`bot@example.com:${API_TOKEN}`).toString('base64')

async function failureOf(work: Promise<unknown>): Promise<JiraError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error as JiraError,
  )
  if (outcome === null) throw new Error('the request was expected to fail')
  return outcome
}

describe('a read', () => {
  it.each([
    ['502', { status: 502, body: {} }],
    ['503', { status: 503, body: {} }],
    ['504', { status: 504, body: {} }],
    ['429', { status: 429, body: {} }],
    ['a cut connection', { fault: 'reset' as const }],
  ])('is sent again after %s', async (_, trouble) => {
    await using test = await jiraUnderTest((_request, count) => (count < 4 ? trouble : { body: [] }))
    expect(await test.jira.resolutions()).toEqual([])
    expect(test.stub.requests).toHaveLength(4)
    expect(test.timer.sleepsMs).toEqual([2000, 4000, 8000])
    expect(test.logged).toHaveLength(3)
    expect(test.stub.problems()).toEqual([])
  })

  it('is given up after four tries', async () => {
    await using test = await jiraUnderTest(() => ({ status: 503, body: {} }))
    const error = await failureOf(test.jira.resolutions())
    expect(error).toMatchObject({ failure: 'unavailable', retryAfterMs: 16_000 })
    expect(error.message).toContain('GET /rest/api/3/resolution: Jira answered 503')
    expect(test.stub.requests).toHaveLength(4)
  })

  it('that is a POST is a read all the same', async () => {
    await using test = await jiraUnderTest((_, count) =>
      count === 1 ? { status: 502, body: {} } : { body: { issues: [] } },
    )
    expect(await test.jira.existingIssues(['1'])).toEqual(new Set())
    expect(test.stub.requests).toHaveLength(2)
  })

  it.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [410, 'gone'],
    [400, 'rejected'],
    [500, 'unavailable'],
  ])('is not sent again after %i', async (status, failure) => {
    await using test = await jiraUnderTest(() => ({ status, body: {}, offSpec: true }))
    expect(await failureOf(test.jira.resolutions())).toMatchObject({ failure, name: 'JiraError' })
    expect(test.stub.requests).toHaveLength(1)
    expect(test.timer.sleepsMs).toEqual([])
  })

  it('that is too slow ends in time, before and within the answer', async () => {
    for (const fault of ['hang', 'hang_in_body'] as const) {
      await using test = await jiraUnderTest(() => ({ fault }), { timeoutMs: 50 })
      const error = await failureOf(test.jira.resolutions())
      expect(error).toMatchObject({ failure: 'unavailable' })
      expect(error.message).toBe('GET /rest/api/3/resolution: no whole answer came in time')
      expect(test.stub.requests).toHaveLength(4)
    }
  })

  it('waits no longer once the service stops', async () => {
    const reached = Promise.withResolvers<undefined>()
    const timer = {
      nowMs: () => 0,
      sleep: (_: number, signal: AbortSignal) =>
        new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
          reached.resolve(undefined)
        }),
    }
    await using test = await jiraUnderTest(() => ({ status: 503, body: {} }), { timer })
    const failed = failureOf(test.jira.resolutions())
    await reached.promise
    await test.jira.close()
    expect((await failed).message).toBe('GET /rest/api/3/resolution: the service is stopping')
  })

  it('is one of at most so many under way at once', async () => {
    const waiting: (() => void)[] = []
    // Answers in pairs: with fewer places it would wait for ever, with more the stub would see more at once.
    const inPairs = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        if (waiting.length === 2) for (const release of waiting.splice(0)) setImmediate(release)
      })
      return { body: { id: 1 } }
    }
    await using test = await jiraUnderTest(inPairs, { maxConcurrent: 2 })
    await Promise.all(Array.from({ length: 12 }, (_, id) => test.jira.estimationField(id)))
    expect(test.stub.requests).toHaveLength(12)
    expect(test.stub.mostAtOnce()).toBe(2)
  })
})

describe('an answer', () => {
  it('may be compressed', async () => {
    const body = gzipSync(JSON.stringify([{ id: '1', name: 'Done' }]))
    const headers = { 'content-encoding': 'gzip' }
    await using test = await jiraUnderTest(() => ({ body, headers, offSpec: true }))
    expect(await test.jira.resolutions()).toEqual([{ id: '1', name: 'Done' }])
  })

  it.each([
    ['plain', false],
    ['compressed', true],
  ])('that is too large is not read to its end: %s', async (_, isCompressed) => {
    const text = JSON.stringify('x'.repeat(100_000))
    const answer: StubAnswer = isCompressed
      ? { body: gzipSync(text), headers: { 'content-encoding': 'gzip' }, offSpec: true }
      : { body: text, offSpec: true }
    await using test = await jiraUnderTest(() => answer, { maxAnswerBytes: 10_000 })
    const error = await failureOf(test.jira.resolutions())
    expect(error).toMatchObject({ failure: 'unexpected' })
    expect(error.message).toContain('larger than 10000 bytes')
    expect(test.stub.requests).toHaveLength(1)
  })

  it.each([
    ['of another shape', { body: [{ name: 'Done' }] }, 'at 0.id'],
    ['that is no JSON', { body: '<html>log in</html>' }, 'not JSON'],
    ['that is empty', { body: '' }, 'empty'],
  ])('%s is unexpected, and says where', async (_, answer, place) => {
    await using test = await jiraUnderTest(() => ({ ...answer, offSpec: true }))
    const error = await failureOf(test.jira.resolutions())
    expect(error).toMatchObject({ failure: 'unexpected' })
    expect(error.message).toMatch(/^GET \/rest\/api\/3\/resolution: Jira's answer is not what it documents: /)
    expect(error.message).toContain(place)
  })

  it('that redirects is refused, and names the host without what else the address holds', async () => {
    const headers = { location: 'https://login.example/sso?ticket=canary' }
    await using test = await jiraUnderTest(() => ({ status: 302, headers, offSpec: true }))
    const error = await failureOf(test.jira.resolutions())
    expect(error).toMatchObject({ failure: 'unexpected' })
    expect(error.message).toContain('a redirect to https://login.example. Redirects are not followed')
    expect(error.message).not.toContain('canary')
    expect(test.stub.requests).toHaveLength(1)
  })

  it('that refuses says why in the words of Jira', async () => {
    const body = {
      errorMessages: ["The value 'X' does not exist for the field 'project'."],
      errors: { jql: 'bad' },
    }
    await using test = await jiraUnderTest(() => ({ status: 400, body }))
    const fields = {
      sprint: null,
      points: [],
      numbers: [],
      flag: null,
      epicLink: null,
      keyResult: null,
      blocks: null,
    }
    const search = test.jira.searchIssues({ jql: 'project = X', pageToken: null, pageSize: 50, fields })
    const error = await failureOf(search)
    expect(error.message).toBe(
      "POST /rest/api/3/search/jql: Jira answered 400. It said: The value 'X' does not exist for the field " +
        "'project'. jql: bad",
    )
  })
})

describe('credentials', () => {
  it('are in no error and no log line, whatever Jira answers', async () => {
    const leaks: StubAnswer[] = [
      { status: 401, body: { errorMessages: [`bad token ${API_TOKEN}`] } },
      { status: 400, body: { errorMessages: [`Basic ${BASIC}`] }, offSpec: true },
      { status: 503, body: { errorMessages: [API_TOKEN] } },
      { status: 429, body: {}, headers: { 'retry-after': '1' } },
      { body: { [API_TOKEN]: 1 }, offSpec: true },
      { fault: 'reset' },
    ]
    for (const leak of leaks) {
      await using test = await jiraUnderTest(() => leak)
      const error = await failureOf(test.jira.resolutions())
      const shown = [inspect(error, { depth: null, showHidden: true }), error.stack, ...test.logged].join(
        '\n',
      )
      expect(shown).toContain('GET /rest/api/3/resolution')
      expect(shown).not.toContain(API_TOKEN)
      expect(shown).not.toContain(BASIC)
    }
  })

  it.each([
    'ftp://jira.example',
    'jira.example',
    'https://bot:canary@jira.example',
    'https://jira.example/?os_authType=basic',
  ])('are not taken from the address: %s', (baseUrl) => {
    const create = () =>
      createJira({
        baseUrl,
        deployment: 'cloud',
        credentials: { bearer: 'x' },
        renderComment: { adf: () => ({}), wiki: () => '' },
        clock: { now: () => 0 },
        log: silentLog,
      })
    expect(create).toThrow(TypeError)
    expect(create).not.toThrow(/canary/)
  })
})
