import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { IGNORE_REASONS, readDelivery, type WebhookContext } from '../../src/contracts/jira/webhook.ts'
import { anyMutations, mutatedJson } from '../support/hostile-json.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { webhookBytes, webhookFiles } from '../support/webhook-files.ts'

const context: WebhookContext = {
  fields: {
    sprint: { id: 'customfield_10107', name: 'Sprint' },
    points: [{ id: 'customfield_10105', name: 'Story Points' }],
    numbers: [],
    flag: null,
    epicLink: { id: 'customfield_10006', name: 'Epic Link' },
    keyResult: { id: 'customfield_10001', name: 'Key Result' },
    blocks: null,
  },
  ownAccountId: '5b10',
  receivedAt: Date.UTC(2026, 9, 1),
}
const END_OF_YEAR_9999 = Date.UTC(10_000, 0) - 1

/** The record takes no NUL, no half of a surrogate pair and no instant beyond the year 9999. */
function requireStorable(value: unknown, key = ''): void {
  if (typeof value === 'string') {
    expect(value.isWellFormed(), `${key} is well formed`).toBe(true)
    expect(value.includes('\0'), `${key} holds a NUL`).toBe(false)
  } else if (typeof value === 'number') {
    expect(Number.isFinite(value), `${key} is ${value}`).toBe(true)
    if (/^at$|At$/.test(key)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(END_OF_YEAR_9999)
    }
    if (/^sprintIds?$|^boardId$/.test(key)) expect(value).toBeLessThan(2 ** 31)
  } else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) {
      expect(name).not.toBe('__proto__')
      requireStorable(item, Array.isArray(value) ? key : name)
    }
  }
}

/** Reads a delivery and checks what holds for every reading. */
function read(body: Uint8Array) {
  const reading = readDelivery(body, context)
  requireStorable(reading)
  expect(reading.event.length).toBeLessThanOrEqual(100)
  switch (reading.kind) {
    case 'facts':
      expect(reading.facts.length).toBeGreaterThan(0)
      expect(JSON.parse(JSON.stringify(reading.facts))).toEqual(reading.facts)
      break
    case 'ignored':
      expect(IGNORE_REASONS[reading.reason]).toBeTypeOf('string')
      break
    case 'unreadable':
      expect(reading.reason.length).toBeGreaterThan(0)
      expect(reading.reason.length).toBeLessThanOrEqual(300)
      break
  }
  return reading
}

const bytes = (text: string) => new TextEncoder().encode(text)

afterAll(() => {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

describe('reading a delivery never throws and gives only what the record can hold', () => {
  it('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (body) => {
        expect(read(body).kind).not.toBe('facts')
      }),
    )
  })

  it('for any JSON, and for any JSON inside an event', () => {
    const anyEvent = fc.constantFrom(
      ...[
        'jira:issue_updated',
        'jira:issue_created',
        'jira:issue_deleted',
        'comment_created',
        'sprint_closed',
      ],
      ...['sprint_deleted', 'board_updated', 'project_deleted', 'user_created', 'toString', '__proto__', 'x'],
    )
    const anyPart = fc.jsonValue({ maxDepth: 4 })
    const anyBody = fc.oneof(
      fc.json(),
      fc
        .record({ webhookEvent: anyEvent, timestamp: fc.oneof(fc.maxSafeInteger(), anyPart) })
        .chain((envelope) =>
          fc
            .dictionary(
              fc.constantFrom('issue', 'changelog', 'sprint', 'board', 'project', 'comment'),
              anyPart,
            )
            .map((parts) => JSON.stringify({ ...envelope, ...parts })),
        ),
    )
    fc.assert(
      fc.property(anyBody, (text) => {
        read(bytes(text))
      }),
      { numRuns: 500 },
    )
  })

  it('for a body cut short or damaged anywhere', () => {
    const body = bytes(
      '{"webhookEvent":"sprint_closed","sprint":{"id":7,"state":"closed","name":"a\\u0000😀"}}',
    )
    fc.assert(
      fc.property(fc.nat(body.length), fc.nat(255), (at, byte) => {
        read(body.slice(0, at))
        read(body.with(at % body.length, byte))
      }),
      { numRuns: 300 },
    )
  })

  it.skipIf(!hasSharedData)('for any mutation of a real payload', () => {
    const payloads = webhookFiles.map((file) => JSON.parse(webhookBytes(file).toString('utf8')) as unknown)
    const kinds = { facts: 0, ignored: 0, unreadable: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...payloads), anyMutations, (payload, mutations) => {
        kinds[read(bytes(mutatedJson(payload, mutations))).kind] += 1
      }),
      { numRuns: 2_000 },
    )
    // A mutation that left nothing readable, or everything, would prove nothing.
    expect(Math.min(...Object.values(kinds))).toBeGreaterThan(50)
  })
})
