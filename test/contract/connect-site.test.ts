import { expect, it } from 'vitest'
import { connectSite, WEBHOOK_EVENTS, type ConnectInput } from '../../src/app/connect-site.ts'
import { JiraError, type WebhookRegistration } from '../../src/app/ports/jira.ts'
import { readDelivery } from '../../src/contracts/jira/webhook.ts'
import { NO_FIELDS } from '../../src/domain/site.ts'
import { jiraUnderTest } from '../support/jira-under-test.ts'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'

const SECRET = 'canary-webhook-secret'
const INPUT: ConnectInput = {
  keyResultField: null,
  blocks: null,
  webhook: { name: 'Throughline', url: 'https://okr.example/webhooks/jira/main', secret: SECRET },
}
const ALL = ['BROWSE_PROJECTS', 'ADD_COMMENTS', 'EDIT_OWN_COMMENTS', 'ADMINISTER']

/** A small Jira, with the answers of single paths replaced. */
function site(granted: readonly string[], answers: Record<string, StubAnswer> = {}) {
  const registered: WebhookRegistration[] = []
  const permissions = Object.fromEntries(
    ALL.map((key) => [key, { key, havePermission: granted.includes(key) }]),
  )
  return (request: StubRequest): StubAnswer => {
    const answer = answers[`${request.method} ${request.path}`]
    if (answer !== undefined) return answer
    switch (request.path) {
      case '/rest/api/3/myself':
        return { body: { accountId: 'bot', displayName: 'Bot', timeZone: 'Europe/Vienna' } }
      case '/rest/api/3/mypermissions':
        return { body: { permissions } }
      case '/rest/api/3/field':
        return { body: [] }
      case '/rest/agile/1.0/board':
        return { body: { values: [], isLast: true } }
      case '/rest/webhooks/1.0/webhook': {
        if (request.method === 'POST') registered.push(request.body as WebhookRegistration)
        const self = 'https://acme.atlassian.net/rest/webhooks/1.0/webhook/72'
        const [webhook] = registered.map(({ name, url, events }) => ({ name, url, events, self }))
        return request.method === 'POST' ? { status: 201, body: webhook } : { body: webhook ? [webhook] : [] }
      }
      default:
        return request.method === 'PUT' ? { status: 200 } : { status: 404, offSpec: true }
    }
  }
}

it('connects: account, permissions, fields and a registered webhook', async () => {
  await using test = await jiraUnderTest(site(ALL))
  const report = await connectSite({ jira: test.jira }, INPUT)
  expect(report).toMatchObject({
    kind: 'connected',
    account: { accountId: 'bot', timeZone: 'Europe/Vienna' },
    missingPermissions: [],
    discovery: { fields: NO_FIELDS, pointsFoundBy: 'nothing' },
    webhook: { kind: 'registered', webhook: { id: '72', enabled: true, events: WEBHOOK_EVENTS } },
  })
  expect(test.stub.problems()).toEqual([])
})

it('ends in the same state when it runs again', async () => {
  await using test = await jiraUnderTest(site(ALL))
  const first = await connectSite({ jira: test.jira }, INPUT)
  expect(await connectSite({ jira: test.jira }, INPUT)).toEqual(first)
  const writes = test.stub.requests.filter(({ method, path }) => method !== 'GET' && path.includes('webhook'))
  expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /rest/webhooks/1.0/webhook',
    'PUT /rest/webhooks/1.0/webhook/72',
  ])
})

it('asks for nothing more once Jira has refused the account', async () => {
  await using test = await jiraUnderTest(() => ({ status: 401, body: {} }))
  expect(await connectSite({ jira: test.jira }, INPUT)).toMatchObject({
    kind: 'not_connected',
    failure: 'unauthorized',
    message: expect.stringContaining('GET /rest/api/3/myself: Jira answered 401') as string,
  })
  expect(test.stub.requests).toHaveLength(1)
})

it('says what each missing permission is needed for', async () => {
  await using test = await jiraUnderTest(site(['BROWSE_PROJECTS', 'ADMINISTER']))
  expect(await connectSite({ jira: test.jira }, INPUT)).toMatchObject({
    missingPermissions: [
      { key: 'ADD_COMMENTS', neededTo: 'write_comments' },
      { key: 'EDIT_OWN_COMMENTS', neededTo: 'edit_comments' },
    ],
  })
})

it('gives an administrator the exact values to enter when the account may not, without the secret', async () => {
  await using test = await jiraUnderTest(site(['BROWSE_PROJECTS']))
  const report = await connectSite({ jira: test.jira }, INPUT)
  expect(report).toMatchObject({
    webhook: {
      kind: 'enter_by_hand',
      reason: 'the account is not a Jira administrator',
      values: {
        name: 'Throughline',
        url: 'https://okr.example/webhooks/jira/main',
        secret: 'the value of JIRA_WEBHOOK_SECRET',
        events: WEBHOOK_EVENTS,
        jql: '',
        excludeBody: false,
      },
    },
  })
  expect(JSON.stringify(report)).not.toContain(SECRET)
  expect(test.stub.requests.some(({ path }) => path.includes('webhook'))).toBe(false)
})

it.each([
  ['a scoped token or a newer Data Center', { status: 404, body: {} }, 'enter_by_hand'],
  ['an administrator without the right', { status: 403, body: {} }, 'enter_by_hand'],
  [
    'an address Jira does not take',
    { status: 400, body: { errorMessages: ['URL must be https'] } },
    'refused',
  ],
])('tells apart why Jira did not register: %s', async (_, answer, kind) => {
  await using test = await jiraUnderTest(site(ALL, { 'POST /rest/webhooks/1.0/webhook': answer }))
  const report = await connectSite({ jira: test.jira }, INPUT)
  expect(report).toMatchObject({ kind: 'connected', webhook: { kind } })
  expect(JSON.stringify(report)).not.toContain(SECRET)
})

it('never registers an unsigned webhook', async () => {
  await using test = await jiraUnderTest(site(ALL))
  const unsigned = { ...INPUT, webhook: { ...INPUT.webhook, secret: null } }
  expect(await connectSite({ jira: test.jira }, unsigned)).toMatchObject({
    webhook: { kind: 'secret_missing' },
  })
  expect(test.stub.requests.some(({ path }) => path.includes('webhook'))).toBe(false)
})

it('fails when Jira does after it accepted the account: half a report would look whole', async () => {
  await using test = await jiraUnderTest(site(ALL, { 'GET /rest/api/3/field': { status: 500, body: {} } }))
  await expect(connectSite({ jira: test.jira }, INPUT)).rejects.toBeInstanceOf(JiraError)
})

it('asks for events that become facts, and for no others', () => {
  const body = {
    timestamp: 1,
    issue: { id: '1' },
    sprint: { id: 1, state: 'active', name: 'One' },
    board: { id: 1, name: 'Board' },
    project: { id: 1, key: 'A' },
    issueLink: {
      ...{ id: 1, sourceIssueId: 1, destinationIssueId: 2 },
      issueLinkType: { id: 10000, name: 'Blocks', inwardName: 'is blocked by' },
    },
  }
  const context = { fields: NO_FIELDS, ownAccountId: null, receivedAt: 1 }
  const kinds = WEBHOOK_EVENTS.map((webhookEvent) => {
    const reading = readDelivery(Buffer.from(JSON.stringify({ ...body, webhookEvent })), context)
    // The issue here has no fields, which is the one reason to leave such an event aside.
    return reading.kind === 'ignored' && reading.reason === 'issue_without_its_fields'
      ? 'facts'
      : reading.kind
  })
  expect(new Set(kinds)).toEqual(new Set(['facts']))
})
