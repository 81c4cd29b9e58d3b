import { afterEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import {
  createWebhookDispatcher,
  type DispatcherOptions,
  type WebhookDispatcher,
} from '../../src/demo/jira-simulator/webhooks/webhook-dispatcher.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { signatureOf } from '../../src/demo/jira-simulator/webhooks/webhook-signature.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { MONDAY, simulatedJira } from '../support/simulated-jira.ts'
import { startWebhookReceiver, type Answering, type WebhookReceiver } from '../support/webhook-receiver.ts'

const SECRET = "It's a Secret to Everybody"

const event = (number: number): WebhookEvent => ({
  name: 'sprint_updated',
  at: MONDAY + number,
  flow: number % 2 === 0 ? 'Primary' : 'Secondary',
  body: { webhookEvent: 'sprint_updated', timestamp: MONDAY + number, sprint: { id: number } },
})

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.close()
})

async function receiver(answering?: Answering): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver(answering)
  open.push(started)
  return started
}

function dispatcher(url: string, options: Partial<DispatcherOptions> = {}): WebhookDispatcher {
  const created = createWebhookDispatcher({
    seed: 7,
    targets: () => [{ url, secret: SECRET, events: null }],
    wait: () => Promise.resolve(),
    ...options,
  })
  open.push(created)
  return created
}

/** Lets the event loop turn, so that whoever could come next has come. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const identifierOf = ({ headers }: WebhookReceiver['received'][number]) =>
  String(headers['x-atlassian-webhook-identifier'])
const sprintOf = ({ body }: WebhookReceiver['received'][number]) =>
  (JSON.parse(body.toString()) as { sprint: { id: number } }).sprint.id

describe('a webhook', () => {
  it('is signed as in the official example', () => {
    expect(signatureOf(SECRET, Buffer.from('Hello World!'))).toBe(
      'sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9',
    )
  })

  it('carries the signature of its bytes, its identifier and its flow', async () => {
    const { url, received } = await receiver()
    const webhooks = dispatcher(url)
    webhooks.send(event(1))
    webhooks.send(event(2))
    expect(await webhooks.flush()).toMatchObject({ delivered: 2, retried: 0, givenUp: 0 })
    for (const delivery of received) {
      expect(delivery.headers['x-hub-signature']).toBe(signatureOf(SECRET, delivery.body))
      expect(delivery.headers['content-type']).toMatch(/^application\/json/)
      expect(delivery.headers).not.toHaveProperty('x-atlassian-webhook-retry')
      const flow = sprintOf(delivery) === 1 ? 'Secondary' : 'Primary'
      expect(delivery.headers['x-atlassian-webhook-flow']).toBe(flow)
    }
    expect(new Set(received.map(identifierOf)).size).toBe(2)
  })

  it('has no signature without a secret', async () => {
    const { url, received } = await receiver()
    const webhooks = dispatcher(url, { targets: () => [{ url, secret: null, events: null }] })
    webhooks.send(event(1))
    await webhooks.flush()
    expect(received[0]?.headers).not.toHaveProperty('x-hub-signature')
  })

  it.each([408, 409, 425, 429, 500, 502, 503, 504, 'reset', 'hang'] as const)(
    'is tried again after %s with the same identifier and bytes',
    async (failure) => {
      const { url, received } = await receiver((_delivery, earlier) => (earlier < 2 ? failure : 204))
      const webhooks = dispatcher(url, { timeoutMs: 100 })
      webhooks.send(event(1))
      expect(await webhooks.flush()).toMatchObject({ delivered: 1, retried: 2, givenUp: 0 })
      expect(received.map(({ headers }) => headers['x-atlassian-webhook-retry'])).toEqual([
        undefined,
        '1',
        '2',
      ])
      expect(new Set(received.map(identifierOf)).size).toBe(1)
      expect(new Set(received.map(({ body }) => body.toString())).size).toBe(1)
    },
  )

  it.each([400, 401, 403, 404, 410, 413, 415, 422])('is lost at once after %i', async (status) => {
    const { url, received } = await receiver(() => status)
    const webhooks = dispatcher(url)
    webhooks.send(event(1))
    expect(await webhooks.flush()).toMatchObject({
      delivered: 0,
      retried: 0,
      givenUp: 1,
      refusals: [{ event: 'sprint_updated', outcome: status }],
    })
    expect(received).toHaveLength(1)
  })

  it('is given up after five retries, each after its own back-off', async () => {
    const { url, received } = await receiver(() => 503)
    const waits: number[] = []
    const webhooks = dispatcher(url, {
      backoffMs: (retry, random) => retry * 300_000 + random.between(0, 10),
      wait: (delayMs) => {
        waits.push(delayMs)
        return Promise.resolve()
      },
    })
    webhooks.send(event(1))
    expect(await webhooks.flush()).toMatchObject({ delivered: 0, retried: 5, givenUp: 1 })
    expect(received).toHaveLength(6)
    expect(waits.map((delayMs) => Math.floor(delayMs / 300_000))).toEqual([1, 2, 3, 4, 5])
  })

  it('is given up when nobody listens', async () => {
    const gone = await startWebhookReceiver()
    await gone.close()
    const webhooks = dispatcher(gone.url)
    webhooks.send(event(1))
    expect(await webhooks.flush()).toMatchObject({ delivered: 0, retried: 5, givenUp: 1 })
  })

  it('shares the line: never more than 20 are under way', async () => {
    let arrived = 0
    const crowd = Promise.withResolvers<number>()
    const busy = await receiver(() => {
      if (++arrived === 20) void turns(50).then(() => crowd.resolve(200))
      return crowd.promise
    })
    const webhooks = dispatcher(busy.url, { concurrency: 99 })
    for (let number = 0; number < 200; number++) webhooks.send(event(number))
    expect(await webhooks.flush()).toMatchObject({ delivered: 200 })
    expect(busy.mostAtOnce()).toBe(20)
  })

  it('waits for flush while held, and goes at once after that', async () => {
    const { url, received } = await receiver()
    const held = dispatcher(url, { held: true })
    held.send(event(1))
    const live = dispatcher(url)
    live.send(event(2))
    await live.flush()
    expect(received.map(sprintOf)).toEqual([2])
    expect(await held.flush()).toMatchObject({ delivered: 1 })
    held.send(event(3))
    held.hold(false)
    await held.flush()
    expect(received.map(sprintOf)).toEqual([2, 1, 3])
  })
})

describe('disorder', () => {
  it('doubles, renames, drops and shuffles as the seed says, and says how often', async () => {
    const runs = []
    for (const seed of [7, 7, 8]) {
      const { url, received } = await receiver()
      const disorder = { shuffle: true, duplicate: 0.3, duplicateAsNew: 0.2, drop: 0.1 }
      const webhooks = dispatcher(url, { seed, disorder, concurrency: 1 })
      for (let number = 0; number < 60; number++) webhooks.send(event(number))
      const report = await webhooks.flush()
      expect(report.delivered).toBe(60 - report.dropped + report.duplicated)
      expect(received).toHaveLength(report.delivered)
      const sprints = received.map(sprintOf)
      expect(new Set(sprints).size).toBe(60 - report.dropped)
      expect(sprints).not.toEqual([...sprints].sort((a, b) => a - b))
      const renamed = new Set(received.map(identifierOf)).size - new Set(sprints).size
      expect(renamed).toBeGreaterThan(0)
      expect(report.duplicated).toBeGreaterThan(renamed)
      expect(report.dropped).toBeGreaterThan(0)
      runs.push(received.map(identifierOf).join())
    }
    expect(runs[0]).toBe(runs[1])
    expect(runs[0]).not.toBe(runs[2])
  })

  it('can be switched on and off between events', async () => {
    const { url } = await receiver()
    const webhooks = dispatcher(url, { disorder: { drop: 1 } })
    webhooks.send(event(1))
    webhooks.setDisorder({})
    webhooks.send(event(2))
    expect(await webhooks.flush()).toMatchObject({ delivered: 1, dropped: 1 })
  })

  it('chooses by its own arguments alone: the same seed deals the same cards', () => {
    const hand = () => createRandom(5).shuffled([1, 2, 3, 4, 5, 6, 7, 8])
    expect(hand()).toEqual(hand())
    expect(hand()).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe.skipIf(!hasSharedData)('a webhook registered over REST', () => {
  const path = '/rest/webhooks/1.0/webhook'

  it('is sent the events it names, signed with its secret, which is never shown', async () => {
    await using site = await simulatedJira()
    const { url, received } = await receiver()
    const registration = {
      name: 'Throughline',
      url,
      events: ['jira:issue_updated', 'sprint_started'],
      secret: SECRET,
      filters: {},
      excludeBody: false,
    }
    const created = await site.call('POST', path, registration)
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ url, isSigned: true, enabled: true })
    expect(JSON.stringify((await site.call('GET', path)).body)).not.toContain(SECRET)

    const { key } = site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'One' })
    site.jira.editIssue(key, { at: MONDAY + 1, labels: ['KR-1'] })
    await site.jira.webhooks.flush()
    expect(received).toHaveLength(1)
    expect(received[0]?.headers['x-hub-signature']).toBe(signatureOf(SECRET, received[0]!.body))
    expect(received[0]?.body.toString()).toContain('"webhookEvent":"jira:issue_updated"')
  })

  it('can be changed, switched off and removed', async () => {
    await using site = await simulatedJira()
    const { url, received } = await receiver()
    const events = ['jira:issue_created']
    await site.call('POST', path, { name: 'Throughline', url, events })
    expect(
      (await site.call('PUT', `${path}/1`, { name: 'Throughline', url, events, enabled: false })).status,
    ).toBe(200)
    expect((await site.call('GET', `${path}/1`)).body).toMatchObject({ enabled: false, isSigned: false })
    site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Unheard' })
    expect(await site.jira.webhooks.flush()).toMatchObject({ delivered: 0 })
    expect(received).toEqual([])
    expect((await site.call('DELETE', `${path}/1`)).status).toBe(204)
    expect((await site.call('GET', path)).body).toEqual([])
    expect((await site.call('POST', path, { name: 'No events', url, events: [] })).status).toBe(400)
  })

  it('stands beside the one configured for the simulator', async () => {
    await using site = await simulatedJira()
    const { url, received } = await receiver()
    site.jira.webhooks.setTarget({ url, secret: SECRET })
    site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'One' })
    expect(await site.jira.webhooks.flush()).toMatchObject({ delivered: 1 })
    site.jira.webhooks.setTarget(null)
    site.jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Two' })
    expect(await site.jira.webhooks.flush()).toMatchObject({ delivered: 0 })
    expect(received).toHaveLength(1)
  })
})
