import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import type { StubAnswer, StubRequest } from '../support/jira-stub.ts'
import { jiraUnderTest } from '../support/jira-under-test.ts'

const REGISTRATION = {
  name: 'Throughline',
  url: 'https://okr.example/webhooks/jira/main',
  secret: 'webhook-canary-secret',
  events: ['jira:issue_created', 'sprint_started'],
}

/** Keeps webhooks as Jira does, under ids that only their addresses name. */
function webhookAdministration(stored: Map<string, object>) {
  return (request: StubRequest): StubAnswer => {
    const { secret, ...body } = (request.body ?? {}) as Record<string, unknown>
    const listed = (id: string) => ({
      ...stored.get(id),
      self: `https://acme.atlassian.net/rest/webhooks/1.0/webhook/${id}`,
      isSigned: true,
      enabled: true,
    })
    if (request.method === 'GET') return { body: [...stored.keys()].map(listed) }
    const id = request.method === 'PUT' ? request.path.split('/').at(-1)! : String(72 + stored.size)
    stored.set(id, body)
    expect(secret).toBe(REGISTRATION.secret)
    return request.method === 'PUT' ? { status: 200 } : { status: 201, body: listed(id) }
  }
}

it('registers a signed webhook for all events asked for, with its body', async () => {
  const stored = new Map<string, object>()
  await using test = await jiraUnderTest(webhookAdministration(stored))
  expect(await test.jira.findWebhook(REGISTRATION.url)).toBeNull()
  expect(await test.jira.registerWebhook(REGISTRATION)).toEqual({
    id: '72',
    enabled: true,
    events: REGISTRATION.events,
  })
  expect(stored.get('72')).toMatchObject({ url: REGISTRATION.url, excludeBody: false, filters: {} })
  expect(test.stub.problems()).toEqual([])
})

it('changes the webhook of the address instead of adding a second one', async () => {
  const other = { ...REGISTRATION, secret: undefined, url: 'https://elsewhere.example/hook' }
  const old = { ...REGISTRATION, secret: undefined, events: ['jira:issue_created'] }
  const stored = new Map<string, object>([
    ['70', other],
    ['71', old],
  ])
  await using test = await jiraUnderTest(webhookAdministration(stored))
  expect(await test.jira.registerWebhook(REGISTRATION)).toMatchObject({
    id: '71',
    events: REGISTRATION.events,
  })
  expect(stored.size).toBe(2)
  expect(stored.get('70')).toBe(other)
  expect(test.stub.problems()).toEqual([])
})

it('says that the account is no administrator', async () => {
  await using test = await jiraUnderTest(() => ({ status: 403, body: {} }))
  await expect(test.jira.registerWebhook(REGISTRATION)).rejects.toMatchObject({ failure: 'forbidden' })
})

it('does not repeat the secret when Jira does', async () => {
  await using test = await jiraUnderTest((request) =>
    request.method === 'GET'
      ? { body: [] }
      : { status: 400, body: { errorMessages: [`weak secret: ${REGISTRATION.secret}`] } },
  )
  const error: unknown = await test.jira.registerWebhook(REGISTRATION).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ failure: 'rejected' })
  expect(inspect(error, { depth: null })).toContain('weak secret: [secret]')
  expect(inspect(error, { depth: null })).not.toContain(REGISTRATION.secret)
})
