import { afterEach, describe, expect, it } from 'vitest'
import { readJson } from '../../src/contracts/jira/json.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { NO_FIELDS } from '../../src/domain/site.ts'

const RECEIVED_AT = Date.UTC(2026, 9, 1)
const context = { fields: NO_FIELDS, ownAccountId: null, receivedAt: RECEIVED_AT }

const read = (body: Uint8Array | string) =>
  readDelivery(typeof body === 'string' ? new TextEncoder().encode(body) : body, context)

const sprintEvent = (sprint: string) =>
  `{"webhookEvent":"sprint_closed","timestamp":1594082275703,"sprint":${sprint}}`

afterEach(() => {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

describe('a body that is', () => {
  it.each<[string, Uint8Array | string, RegExp]>([
    ['empty', '', /^the body is empty$/],
    ['400 kB of [', '['.repeat(400_000), /^the JSON nests 400000 levels deep; at most 100 are read$/],
    [
      'nested too deeply inside an event',
      sprintEvent('{"a":'.repeat(101) + '1' + '}'.repeat(101)),
      /nests 102 levels/,
    ],
    ['null', 'null', /^the body is JSON but not an object$/],
    ['a list', '[]', /not an object/],
    ['text', '"text"', /not an object/],
    ['a number', '7', /not an object/],
    ['a number beyond all numbers', '1e200000', /not an object/],
    ['no JSON', '<html>502</html>', /^the body is not JSON: Unexpected token/],
    ['a form', 'payload=%7B%7D', /^the body is not JSON/],
    ['cut short', '{"webhookEvent":"sprint_closed"', /^the body is not JSON/],
    ['two bodies', '{}{}', /^the body is not JSON/],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), /^the body is not JSON/],
    ['bytes of no text at all', Uint8Array.of(0xff, 0xfe, 0x00, 0xc0), /^the body is not JSON/],
  ])('%s is unreadable, and says why', (_case, body, reason) => {
    const reading = read(body)
    expect(reading).toMatchObject({ kind: 'unreadable', event: '' })
    expect(reading.kind === 'unreadable' && reading.reason).toMatch(reason)
  })

  it.each([
    ['a NUL', '\0'],
    ['a NUL inside', '{"a":\0}'],
    ['half a surrogate pair', '{"a":\ud83d}'],
    ['a pair where the reason is cut', `{"a":${'😀'.repeat(400)}}`],
  ])('%s has a reason that can be stored', (_case, body) => {
    const reading = read(body)
    const reason = reading.kind === 'unreadable' ? reading.reason : ''
    expect(reason).toMatch(/^the body is not JSON/)
    expect(reason.isWellFormed()).toBe(true)
    expect(reason).not.toContain('\0')
  })

  it('an object without an event is ignored: it is no webhook of ours', () => {
    expect(read('{}')).toEqual({ kind: 'ignored', event: '', reason: 'no_event_name' })
    expect(read('{"webhookEvent":7}')).toMatchObject({ reason: 'no_event_name' })
  })
})

describe('depth', () => {
  it('is read up to a hundred levels, and brackets inside text are no depth', () => {
    const nested = (levels: number) => new TextEncoder().encode('['.repeat(levels) + ']'.repeat(levels))
    expect(readJson(nested(100)).kind).toBe('json')
    expect(readJson(nested(101)).kind).toBe('unreadable')
    const text = JSON.stringify({ a: `${'['.repeat(500)}\\"${'{'.repeat(500)}` })
    expect(readJson(new TextEncoder().encode(text)).kind).toBe('json')
  })
})

describe('an event', () => {
  it.each([
    ['of no known name', 'galaxy_created'],
    ['named like a property of every object', 'toString'],
    ['named like the prototype', '__proto__'],
    ['named like a constructor', 'constructor'],
  ])('%s is ignored and counted', (_case, event) => {
    expect(read(JSON.stringify({ webhookEvent: event }))).toEqual({
      kind: 'ignored',
      event,
      reason: 'unknown_event',
    })
  })

  it('keeps a hundred characters of its name, none of them in half', () => {
    const { event } = read(JSON.stringify({ webhookEvent: `x${'😀'.repeat(80)}` }))
    expect(event.length).toBeLessThanOrEqual(100)
    expect(event.isWellFormed()).toBe(true)
  })

  it.each([
    ['without what it is about', '{"webhookEvent":"sprint_closed"}', 'sprint_closed: at sprint: '],
    ['about something that is no sprint', sprintEvent('[]'), 'sprint_closed: at sprint: '],
    ['about a sprint without id', sprintEvent('{"state":"closed"}'), 'sprint_closed: at sprint.id: '],
    [
      'about a sprint whose id is a list',
      sprintEvent('{"id":[7],"state":"closed"}'),
      'sprint_closed: at sprint.id: ',
    ],
    [
      'about a sprint whose id is true',
      sprintEvent('{"id":true,"state":"closed"}'),
      'sprint_closed: at sprint.id: ',
    ],
    [
      'about a sprint whose id no database holds',
      sprintEvent('{"id":2147483648,"state":"x"}'),
      'sprint_closed: at sprint.id',
    ],
    [
      'about a board without id',
      '{"webhookEvent":"board_deleted","board":{"id":null}}',
      'board_deleted: at board.id: ',
    ],
    [
      'about an issue with an empty id',
      '{"webhookEvent":"jira:issue_deleted","issue":{"id":"\\u0000"}}',
      'jira:issue_deleted: at issue.id: ',
    ],
  ])('%s is unreadable, and says where', (_case, body, where) => {
    const reading = read(body)
    expect(reading.kind).toBe('unreadable')
    expect(reading.kind === 'unreadable' && reading.reason.startsWith(where)).toBe(true)
  })

  it.each(['null', '"soon"', '-5', '1e300', '8640000000000001', '253402300800000'])(
    'that happened at %s happened when it was received',
    (timestamp) => {
      const body = `{"webhookEvent":"jira:issue_deleted","timestamp":${timestamp},"issue":{"id":"7"}}`
      expect(read(body)).toMatchObject({ facts: [{ kind: 'issue_deleted', issueId: '7', at: RECEIVED_AT }] })
    },
  )

  it('at the last instant of the year 9999 is still told by its own time', () => {
    const body = '{"webhookEvent":"jira:issue_deleted","timestamp":253402300799999,"issue":{"id":"7"}}'
    expect(read(body)).toMatchObject({ facts: [{ at: 253402300799999 }] })
  })

  it('about the last sprint that a database can hold is read', () => {
    expect(read(sprintEvent('{"id":2147483647,"state":"x"}'))).toMatchObject({
      facts: [{ version: { rank: 0 }, sprint: { sprintId: 2147483647 } }],
    })
  })

  it.each(['"first"', '1.5', '"99999999999999999999"'])(
    'whose changelog has the id %s ranks as one without',
    (id) => {
      const fields = '{"created":"2026-10-01T00:00:00Z","updated":"2026-10-01T00:00:00Z","status":{"id":"1"}}'
      const issue = `{"id":"7","key":"P-7","fields":${fields}}`
      const body = `{"webhookEvent":"jira:issue_updated","issue":${issue},"changelog":{"id":${id},"items":[]}}`
      expect(read(body)).toMatchObject({
        kind: 'facts',
        facts: [{ version: { rank: 0 } }, { kind: 'issue_seen' }],
      })
    },
  )

  it('says a thing twice: the last one counts, as everywhere in JSON', () => {
    expect(read('{"webhookEvent":"user_created","webhookEvent":"jira:version_released"}')).toMatchObject({
      event: 'jira:version_released',
      reason: 'versions_are_not_used',
    })
  })
})

describe('a prototype', () => {
  it.each([
    ['at the top', '{"__proto__":{"polluted":true},"webhookEvent":"user_created"}'],
    ['spelt with an escape', '{"\\u005f_proto__":{"polluted":true},"webhookEvent":"user_created"}'],
    [
      'through a constructor',
      '{"constructor":{"prototype":{"polluted":true}},"webhookEvent":"user_created"}',
    ],
  ])('%s reaches nothing', (_case, body) => {
    expect(read(body)).toMatchObject({ kind: 'ignored', reason: 'users_are_kept_as_ids' })
  })

  it('is left out of what is read, at any depth', () => {
    const text = '{"a":[{"__proto__":{"x":1},"b":{"constructor":{"prototype":{}}}}]}'
    expect(readJson(new TextEncoder().encode(text))).toEqual({ kind: 'json', value: { a: [{ b: {} }] } })
    const { value } = readJson(new TextEncoder().encode('{"__proto__":{"x":1}}')) as { value: object }
    expect(Object.getOwnPropertyNames(value)).toEqual([])
  })

  it('does not lend an event its parts', () => {
    const sprint = '{"id":7,"state":"active"}'
    const lent = `{"webhookEvent":"sprint_started","__proto__":{"sprint":${sprint}}}`
    expect(read(lent).kind).toBe('unreadable')
    expect(read(sprintEvent(`{"__proto__":${sprint}}`)).kind).toBe('unreadable')
  })
})

it('takes NUL and halves of surrogate pairs out of what it keeps', () => {
  const sprint = '{"id":7,"state":"active","name":"Spr\\u0000int \\ud83d","goal":"\\udc00"}'
  expect(read(sprintEvent(sprint))).toMatchObject({
    kind: 'facts',
    facts: [{ sprint: { sprintId: 7, name: 'Sprint \ufffd', goal: '\ufffd' } }],
  })
})
