import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, labelsItem, statusItem } from '../support/issue-events.ts'
import { dumpDerived } from '../support/record-dump.ts'
import { startTestService, type TestService } from '../support/service.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

const KR = 'KR-12' as KeyResultKey

let service: TestService

beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
})

afterEach(() => service.stop())

async function progress(key: KeyResultKey = KR) {
  return (await service.database.records.progress.latestSnapshot(key))?.numbers.progress ?? null
}

describe('the way of one event', () => {
  it('moves a key result when a linked issue is delivered, and says what moved', async () => {
    await service.deliver(issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
    await service.deliver(issueEvent({ id: 2, at: '2026-10-05T09:00:00.000Z', labels: ['kr:12'] }))
    await service.drain()
    expect(await progress()).toBe(0)

    await service.deliver(
      issueEvent({
        id: 1,
        at: '2026-10-06T09:00:00.000Z',
        labels: ['KR-12'],
        status: 'done',
        changelog: { id: 900, items: [statusItem('to_do', 'done')] },
      }),
    )
    await service.drain()

    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.progress).toBe(0.5)
    expect(snapshot?.explanation.counts).toEqual({ delivered: 1 })
    expect(snapshot?.explanation.movements[0]).toMatchObject({ kind: 'delivered', issueKey: 'WEB-1' })
    const feed = await service.database.records.feed.after(0, 10)
    expect(feed.at(-1)).toMatchObject({
      kind: 'key_result.progressed',
      subject: 'KR-12',
      data: { progress: 0.5 },
    })
  })

  it('counts an epic label for its stories, whichever arrives first', async () => {
    await service.deliver(issueEvent({ id: 11, at: '2026-10-05T09:00:00.000Z', parentId: 10 }))
    await service.drain()
    expect(await progress()).toBeNull()
    await service.deliver(issueEvent({ id: 10, at: '2026-10-05T09:00:00.000Z', level: 1, labels: ['KR-12'] }))
    await service.drain()

    const links = await service.database.records.contributions.linksOf(KR, null, 10)
    expect(
      links.map(({ key, contribution }) => [key, contribution.steps.at(-1)?.role, contribution.reason.kind]),
    ).toEqual([
      ['WEB-10', 'supports', 'label'],
      ['WEB-11', 'drives', 'inherited'],
    ])
  })

  it('lets an issue leave when its label goes, its resolution says so, or it is deleted', async () => {
    for (const id of [1, 2, 3, 4]) {
      await service.deliver(issueEvent({ id, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
    }
    await service.deliver(
      issueEvent({
        id: 1,
        at: '2026-10-06T09:00:00.000Z',
        changelog: { id: 901, items: [labelsItem(['KR-12'], [])] },
      }),
    )
    await service.deliver(
      issueEvent({
        id: 2,
        at: '2026-10-06T09:00:00.000Z',
        labels: ['KR-12'],
        status: 'done',
        resolution: { id: '77', name: "Won't Do" },
        changelog: { id: 902, items: [statusItem('to_do', 'done')] },
      }),
    )
    await service.deliver({
      timestamp: Date.parse('2026-10-07'),
      webhookEvent: 'jira:issue_deleted',
      issue: { id: '3' },
    })
    await service.drain()

    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.delivery.scope.issues).toBe(1)
    const days = await service.database.records.progress.days(KR)
    expect(days.map(({ day, tally }) => [day, tally.reduce((sum, line) => sum + line.issues, 0)])).toEqual([
      ['2026-10-01', 4],
      ['2026-10-06', 2],
      ['2026-10-07', 1],
    ])
  })

  it('takes a project and its issues out together, and back', async () => {
    await service.deliver(
      issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'], projectId: '500' }),
    )
    await service.deliver(issueEvent({ id: 2, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
    await service.drain()
    const project = { id: 500, key: 'OLD', name: 'Old' }
    await service.deliver({ timestamp: Date.parse('2026-10-08'), webhookEvent: 'project_deleted', project })
    await service.drain()
    const scope = async () =>
      (await service.database.records.progress.latestSnapshot(KR))?.numbers.delivery.scope.issues
    expect(await scope()).toBe(1)
    await service.deliver({
      timestamp: Date.parse('2026-10-09'),
      webhookEvent: 'project_restored_deleted',
      project,
    })
    await service.drain()
    expect(await scope()).toBe(2)
  })

  it('changes nothing when a delivery comes again, under its own or another identifier', async () => {
    const event = issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] })
    expect(await service.deliver(event, { deliveryId: 'a' })).toEqual({ kind: 'stored' })
    expect(await service.deliver({ ...event, timestamp: 1 }, { deliveryId: 'a' })).toEqual({
      kind: 'duplicate',
    })
    expect(await service.deliver(event, { deliveryId: 'b' })).toEqual({ kind: 'duplicate' })
    await service.drain()
    const outcomes = await service.database.records.inbox.outcomes()
    expect(outcomes.map(({ deliveries }) => deliveries)).toEqual([1])
  })

  it('links issues that named a key result before it was made', async () => {
    await service.deliver(
      issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-77'], status: 'done' }),
    )
    await service.drain()
    await service.database.transaction(async ({ goals, progress: marks }) => {
      const existing = await goals.keyResult(KR)
      await goals.insertKeyResult({ ...existing!.keyResult, key: 'KR-77' as KeyResultKey })
      await marks.markDirty([{ keyResult: 'KR-77' as KeyResultKey, day: null, relink: true }])
    })
    await service.drain()
    expect(await progress('KR-77' as KeyResultKey)).toBe(1)
  })
})

describe('rebuilding', () => {
  it('gives byte-equal derived tables', async () => {
    await service.deliver(issueEvent({ id: 10, at: '2026-10-05T09:00:00.000Z', level: 1, labels: ['KR-12'] }))
    for (const id of [1, 2, 3]) {
      await service.deliver(issueEvent({ id, at: '2026-10-05T09:00:00.000Z', parentId: 10 }))
      await service.deliver(
        issueEvent({
          id,
          at: `2026-10-0${5 + id}T09:00:00.000Z`,
          parentId: 10,
          status: 'done',
          changelog: { id: 900 + id, items: [statusItem('to_do', 'done')] },
        }),
      )
      await service.drain()
    }
    const before = await dumpDerived(service.store)
    expect(before['contributions']).toHaveLength(4)

    await service.store.query('update key_result_flow set issues = issues + 1')
    await service.store.query("delete from contributions where issue_id = '1'")
    await rebuildDerived(service)
    await service.drain()
    expect(await dumpDerived(service.store)).toEqual(before)
  })
})

describe('poison', () => {
  const poison: [string, string | Uint8Array][] = [
    ['nested 200,000 deep', '['.repeat(200_000)],
    ['an empty body', ''],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x80])],
    ['a list', '[1,2,3]'],
    ['an issue without an id', '{"webhookEvent":"jira:issue_updated","issue":{"fields":{}}}'],
    ['a sprint that is a number', '{"webhookEvent":"sprint_started","sprint":7}'],
  ]
  it.each(poison)('parks %s with a reason, beside good deliveries', async (_, body) => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    await service.deliver(issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'] }))
    expect(await service.deliver(bytes)).toEqual({ kind: 'stored' })
    await service.deliver(
      issueEvent({ id: 2, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'], status: 'done' }),
    )
    await service.drain()

    const [parked] = await service.database.records.inbox.list({ outcome: 'parked', limit: 10 })
    expect(parked?.reason).toMatch(/\S/)
    expect(await progress()).toBe(0.5)
    expect(await service.database.records.inbox.replay(parked!.id)).toBe(true)
    await service.drain()
    expect(await service.database.records.inbox.find(parked!.id)).toMatchObject({ outcome: 'parked' })
  })

  it('takes what PostgreSQL would refuse: NUL, lone surrogates, 1e400, __proto__', async () => {
    const text = JSON.stringify(
      issueEvent({ id: 1, at: '2026-10-05T09:00:00.000Z', labels: ['KR-12'], summary: 'SUMMARY' }),
    )
      .replace('"SUMMARY"', '"a\\u0000b\\ud800c"')
      .replace('"customfield_10020":null', '"customfield_10020":null,"x":1e400,"__proto__":{"polluted":1}')
    await service.deliver(new TextEncoder().encode(text))
    await service.drain()
    const [issue] = await service.database.records.mirror.histories('main', ['1'])
    expect(issue?.current.summary).toBe('ab\ufffdc')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe.skipIf(!hasSharedData)('real payloads', () => {
  it('applies or ignores every one; none is parked', async () => {
    const files = ['pinpt-jira', 'mattermost-plugin-jira'].flatMap((folder) =>
      readdirSync(sharedData('webhooks', folder)).map((file) => sharedData('webhooks', folder, file)),
    )
    expect(files.length).toBeGreaterThan(50)
    for (const file of files) await service.deliver(new Uint8Array(readFileSync(file)))
    await service.drain()
    const outcomes = await service.database.records.inbox.outcomes()
    expect(outcomes.filter(({ outcome }) => outcome === 'parked')).toEqual([])
    expect(outcomes.filter(({ outcome, reason }) => outcome === 'ignored' && reason === null)).toEqual([])
    expect(outcomes.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(files.length)
  })
})
