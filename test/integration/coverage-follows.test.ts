import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-1' as KeyResultKey
const STARTED = '2026-10-05T07:00:00.000Z'
const CREATED = '2026-10-05T07:00:00.000+0000'
const IN_GRACE = '2026-10-06T09:00:00Z'

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  service.setNow(Date.parse(IN_GRACE))
  await service.deliver(issueEvent({ ...STORY, id: 1 }))
  await service.deliver(issueEvent({ ...STORY, id: 2, sprints: sprint(11, 'closed') }))
  await service.deliver(issueEvent({ id: 3, at: STARTED, created: CREATED, sprints: sprint(12, 'active') }))
  await service.drain()
})
afterEach(() => service.stop())

const STORY = { at: STARTED, created: CREATED, labels: [KR] }
const sprint = (id: number, state: string) => [{ id, name: `Sprint ${id}`, state, boardId: 7 }]

async function lookAt(time: string): Promise<void> {
  service.setNow(Date.parse(time))
  await service.work.sweep()
  await service.drain()
}

async function open(): Promise<string[]> {
  const filter = { state: 'open', keyResult: KR, objective: null } as const
  const warnings = await service.database.records.warnings.list({ after: null, limit: 50 }, filter)
  return warnings.map(({ kind }) => kind).sort()
}

/** A person says that it is at risk, while its numbers say on track. */
async function overrule(): Promise<void> {
  const word = { health: 'at_risk', reason: 'The vendor left.', by: 'Ada', at: 0, untilDay: '2026-12-31' }
  await service.store.query('update key_results set health_override = $1', [word])
}

/** Judged by the confidence of check-ins, which say at risk. */
async function judgeByHand(): Promise<void> {
  await service.store.query(`update key_results set health_policy = 'manual'`)
  await service.database.records.goals.addCheckIn(
    {
      keyResult: KR,
      at: Date.parse(IN_GRACE),
      value: null,
      confidence: 5,
      note: '',
      source: 'person',
      author: 'Ada',
    },
    null,
  )
}

async function markAll(): Promise<void> {
  await service.database.records.progress.markDirty([{ keyResult: KR, day: null, relink: false }])
  await service.drain()
}

const planFirst = () =>
  service.deliver(
    issueEvent({
      ...STORY,
      id: 1,
      at: '2026-10-06T10:00:00.000Z',
      sprints: sprint(12, 'active'),
      changelog: { id: 77, items: [{ field: 'Sprint', fieldId: 'customfield_10020', from: '', to: '12' }] },
    }),
  )

const toldOfSprint = (webhookEvent: string, id: number, at = '2026-10-06T10:00:00.000Z') =>
  service.deliver({
    timestamp: Date.parse(at),
    webhookEvent,
    sprint: {
      id,
      name: `Sprint ${id}`,
      state: webhookEvent === 'sprint_closed' ? 'closed' : 'active',
      startDate: STARTED,
      endDate: '2026-10-19T07:00:00.000Z',
      ...(webhookEvent === 'sprint_closed' ? { completeDate: at } : {}),
      originBoardId: 7,
    },
  })

describe.each([
  ['a person says is at risk', overrule],
  ['check-ins say is at risk', judgeByHand],
])('a key result that %s', (_, endanger) => {
  beforeEach(async () => {
    await endanger()
    await markAll()
  })

  it('is no longer uncovered at once when its issue comes into the sprint', async () => {
    expect(await open()).toEqual(['health', 'uncovered'])
    await planFirst()
    await service.drain()
    expect(await open()).toEqual(['health'])
  })

  it('is no longer uncovered at once when the sprint ends', async () => {
    await toldOfSprint('sprint_closed', 12)
    await service.drain()
    expect(await open()).toEqual(['health'])
  })

  it('is no longer uncovered at once when the sprint is deleted', async () => {
    await toldOfSprint('sprint_deleted', 12)
    await service.drain()
    expect(await open()).toEqual(['health'])
  })

  it('is not looked at for a sprint that was not running, or was deleted before', async () => {
    await toldOfSprint('sprint_deleted', 12)
    await service.drain()
    await toldOfSprint('sprint_deleted', 12, '2026-10-06T11:00:00.000Z')
    await toldOfSprint('sprint_deleted', 11)
    await toldOfSprint('sprint_deleted', 99)
    await service.work.deliveries('main')
    expect(await service.database.records.progress.dirtyKeyResults(10)).toEqual([])
  })

  it('is looked at each day', async () => {
    await service.store.query(`update sprints set state = 'closed' where sprint_id = 12`)
    await lookAt('2026-10-07T00:00:00Z')
    expect(await open()).toEqual(['health'])
  })
})

describe('a key result that is shown on track by a person’s word', () => {
  it('is not looked at for sprints, whatever its numbers say', async () => {
    await lookAt('2026-10-16T09:00:00Z')
    const { progress } = service.database.records
    expect(await progress.keyResultsInDanger()).toEqual([KR])
    const word = { health: 'on_track', reason: 'It will be.', by: 'Ada', at: 0, untilDay: '2026-12-31' }
    await service.store.query('update key_results set health_override = $1', [word])
    await markAll()
    expect(await progress.keyResultsInDanger()).toEqual([])
    expect(await service.database.records.coverage.inDangerWith('main', ['1'])).toEqual([])
  })
})
