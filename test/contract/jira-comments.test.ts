import { describe, expect, it } from 'vitest'
import type { CommentMarker } from '../../src/app/ports/jira.ts'
import type { CommentDocument } from '../../src/domain/writeback/comment-document.ts'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'
import { jiraUnderTest } from '../support/jira-under-test.ts'

const DOCUMENT: CommentDocument = {
  blocks: [{ kind: 'paragraph', runs: [{ kind: 'text', text: 'KR-12 is on track', style: 'strong' }] }],
}
const MARKER = { keyResult: 'KR-12', kind: 'status' } as const
const marked = (keyResult: string) => [{ key: 'throughline', value: { keyResult, kind: 'status' } }]

interface StoredComment {
  readonly id: string
  readonly properties: readonly { key: string; value: unknown }[]
}

/** Answers as Cloud does: comments without properties, and the list by ids with them. */
function cloudComments(comments: readonly StoredComment[], pageSize = 100) {
  return (request: StubRequest): StubAnswer => {
    if (request.path === '/rest/api/3/comment/list') {
      const { ids } = request.body as { ids: number[] }
      const asked = comments.filter(({ id }) => ids.includes(Number(id)))
      const isExpanded = request.query.get('expand') === 'properties'
      return { body: { values: isExpanded ? asked : asked.map(({ id }) => ({ id })) } }
    }
    const startAt = Number(request.query.get('startAt'))
    const page = comments.slice(startAt, startAt + pageSize).map(({ id }) => ({ id }))
    return { body: { startAt, maxResults: pageSize, total: comments.length, comments: page } }
  }
}

describe('our comment on an issue', () => {
  it('is found by its marker, whoever wrote what', async () => {
    const comments = [
      { id: '1', properties: [] },
      { id: '2', properties: [{ key: 'other', value: { keyResult: 'KR-12', kind: 'status' } }] },
      { id: '3', properties: marked('KR-7') },
      { id: '4', properties: marked('KR-12') },
      { id: '5', properties: marked('KR-12') },
    ]
    await using test = await jiraUnderTest(cloudComments(comments))
    expect(await test.jira.findComment('10063', MARKER)).toBe('4')
    expect(test.stub.problems()).toEqual([])
  })

  it('is found on a later page', async () => {
    const comments = Array.from({ length: 250 }, (_, index) => ({
      id: String(index + 1),
      properties: index === 240 ? marked('KR-12') : [],
    }))
    await using test = await jiraUnderTest(cloudComments(comments))
    expect(await test.jira.findComment('10063', MARKER)).toBe('241')
    expect(test.stub.problems()).toEqual([])
  })

  it('is not there when no comment has the marker', async () => {
    await using test = await jiraUnderTest(cloudComments([{ id: '1', properties: marked('KR-120') }]))
    expect(await test.jira.findComment('10063', MARKER)).toBeNull()
  })

  it('is not looked for by ids on an issue without comments', async () => {
    await using test = await jiraUnderTest(cloudComments([]))
    expect(await test.jira.findComment('10063', MARKER)).toBeNull()
    expect(test.stub.requests).toHaveLength(1)
  })

  it('cannot be missing because a look failed', async () => {
    await using test = await jiraUnderTest(() => ({
      status: 404,
      body: { errorMessages: ['Issue does not exist'] },
    }))
    await expect(test.jira.findComment('10063', MARKER)).rejects.toMatchObject({ failure: 'not_found' })
  })

  it('is found in the listed properties on Data Center', async () => {
    const comments = [{ id: '1' }, { id: '2', properties: marked('KR-12') }]
    await using test = await jiraUnderTest(() => ({ body: { startAt: 0, total: 2, comments } }), {
      deployment: 'datacenter',
    })
    expect(await test.jira.findComment('10063', MARKER)).toBe('2')
    expect(test.stub.requests.map(({ query }) => query.get('expand'))).toEqual(['properties'])
    expect(test.stub.problems()).toEqual([])
  })

  it('is looked up among our own comments where Data Center lists no properties', async () => {
    const answer = (request: StubRequest): StubAnswer => {
      if (request.path === '/rest/api/2/myself')
        return { body: { key: 'bot', name: 'bot', displayName: 'Bot' } }
      if (request.path === '/rest/api/2/comment/2/properties/throughline') return { status: 404, body: {} }
      if (request.path === '/rest/api/2/comment/3/properties/throughline') return { body: marked('KR-12')[0] }
      const comments = ['someone', 'bot', 'bot'].map((key, index) => ({
        id: String(index + 1),
        author: { key },
      }))
      return { body: { startAt: 0, total: 3, comments } }
    }
    await using test = await jiraUnderTest(answer, { deployment: 'datacenter' })
    expect(await test.jira.findComment('10063', MARKER)).toBe('3')
    expect(test.stub.requests.map(({ path }) => path)).not.toContain(
      '/rest/api/2/comment/1/properties/throughline',
    )
    expect(test.stub.problems()).toEqual([])
  })
})

describe('a new comment', () => {
  it('is created with its marker in one request', async () => {
    await using test = await jiraUnderTest(() => ({ status: 201, body: { id: '900' } }))
    expect(await test.jira.createComment('10063', DOCUMENT, MARKER)).toBe('900')
    expect(test.stub.requests).toHaveLength(1)
    expect(test.stub.requests[0]).toMatchObject({
      method: 'POST',
      url: '/rest/api/3/issue/10063/comment',
      body: { body: { type: 'doc', version: 1 }, properties: marked('KR-12') },
    })
    expect(test.stub.problems()).toEqual([])
  })

  it('is wiki text on Data Center', async () => {
    await using test = await jiraUnderTest(() => ({ status: 201, body: { id: '900' } }), {
      deployment: 'datacenter',
    })
    await test.jira.createComment('10063', DOCUMENT, MARKER)
    expect(test.stub.requests[0]?.body).toMatchObject({
      body: expect.stringContaining('12 is on track') as string,
    })
    expect(test.stub.problems()).toEqual([])
  })

  it.each([
    ['a 502', { status: 502, body: {} }, 'unavailable'],
    ['a cut connection', { fault: 'reset' as const }, 'unavailable'],
    ['a 429', { status: 429, body: {}, headers: { 'retry-after': '7' } }, 'rate_limited'],
    ['a 413, the limit of comments', { status: 413, body: { errorMessages: ['limit reached'] } }, 'rejected'],
  ])('is never sent twice: %s is the caller’s', async (_, answer, failure) => {
    await using test = await jiraUnderTest(() => answer)
    await expect(test.jira.createComment('10063', DOCUMENT, MARKER)).rejects.toMatchObject({ failure })
    expect(test.stub.requests).toHaveLength(1)
    expect(test.timer.sleepsMs).toEqual([])
  })
})

describe('a marker', () => {
  it('tells comments of one subject apart by what they are about, and teams from key results', async () => {
    const comments = [
      { id: '1', properties: [{ key: 'throughline', value: { keyResult: 'KR-12', kind: 'status' } }] },
      { id: '2', properties: [{ key: 'throughline', value: { keyResult: 'KR-12', kind: 'warning-7' } }] },
      { id: '3', properties: [{ key: 'throughline', value: { team: 'KR-12', kind: 'digest-2026-11-20' } }] },
    ]
    const listed = { startAt: 0, maxResults: 100, total: 3, comments }
    await using test = await jiraUnderTest(() => ({ body: listed }), { deployment: 'datacenter' })
    const find = (marker: CommentMarker) => test.jira.findComment('10063', marker)
    expect(await find({ keyResult: 'KR-12', kind: 'warning-7' })).toBe('2')
    expect(await find({ keyResult: 'KR-12', kind: 'warning-70' })).toBeNull()
    expect(await find({ team: 'KR-12', kind: 'digest-2026-11-20' })).toBe('3')
    expect(await find({ keyResult: 'KR-12', kind: 'digest-2026-11-20' })).toBeNull()
  })
})

describe('an edit', () => {
  it('notifies nobody', async () => {
    await using test = await jiraUnderTest(() => ({ body: { id: '900' } }))
    expect(await test.jira.updateComment('10063', '900', DOCUMENT)).toBe('written')
    expect(test.stub.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /rest/api/3/issue/10063/comment/900?notifyUsers=false',
    ])
    expect(test.stub.problems()).toEqual([])
  })

  it('lets Jira notify people when it is asked to, and is sent once', async () => {
    const edit = (test: Awaited<ReturnType<typeof jiraUnderTest>>) =>
      test.jira.updateComment('10063', '900', DOCUMENT, { notifies: true })
    await using test = await jiraUnderTest(() => ({ body: { id: '900' } }))
    expect(await edit(test)).toBe('written')
    expect(test.stub.requests.map(({ url }) => url)).toEqual(['/rest/api/3/issue/10063/comment/900'])
    await using failing = await jiraUnderTest(() => ({ status: 502, body: {} }))
    await expect(edit(failing)).rejects.toMatchObject({ failure: 'unavailable' })
    expect(failing.stub.requests).toHaveLength(1)
  })

  it('is sent once more without the flag when Jira refuses to be silent', async () => {
    const answer = (request: StubRequest): StubAnswer =>
      request.query.has('notifyUsers') ? { status: 403, body: {} } : { body: { id: '900' } }
    await using test = await jiraUnderTest(answer)
    expect(await test.jira.updateComment('10063', '900', DOCUMENT)).toBe('written')
    expect(test.stub.requests.map(({ url }) => url)).toEqual([
      '/rest/api/3/issue/10063/comment/900?notifyUsers=false',
      '/rest/api/3/issue/10063/comment/900',
    ])
    expect(test.stub.requests[1]?.body).toEqual(test.stub.requests[0]?.body)
    expect(test.stub.problems()).toEqual([])
  })

  it('is refused when Jira refuses it either way', async () => {
    await using test = await jiraUnderTest(() => ({ status: 403, body: {} }))
    const edit = test.jira.updateComment('10063', '900', DOCUMENT)
    await expect(edit).rejects.toMatchObject({ failure: 'forbidden' })
    expect(test.stub.requests).toHaveLength(2)
  })

  it('is not repeated for an account that is locked', async () => {
    const headers = { 'x-authentication-denied-reason': 'CAPTCHA_CHALLENGE; login-url=https://jira.example' }
    await using test = await jiraUnderTest(() => ({ status: 403, body: {}, headers }))
    const edit = test.jira.updateComment('10063', '900', DOCUMENT)
    await expect(edit).rejects.toMatchObject({ failure: 'unauthorized' })
    expect(test.stub.requests).toHaveLength(1)
  })

  it('of a deleted comment says that it is gone', async () => {
    await using test = await jiraUnderTest(() => ({ status: 404, body: {} }))
    expect(await test.jira.updateComment('10063', '900', DOCUMENT)).toBe('gone')
  })
})
