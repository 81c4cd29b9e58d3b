import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-12'
const at = (text: string) => Date.parse(text)

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  service.setNow(at('2026-10-05T08:00:00Z'))
  for (const id of [1, 2, 3, 4]) {
    const created = '2026-10-05T07:00:00.000+0000'
    await service.deliver(issueEvent({ id, at: '2026-10-05T07:00:00.000Z', created, labels: [KR] }))
  }
  await service.drain()
})
afterEach(() => service.stop())

/** What the timer and the workers do when it is this time, without any event. */
async function healthAt(time: string): Promise<string> {
  service.setNow(at(time))
  await service.work.sweep()
  await service.drain()
  const snapshot = await service.database.records.progress.latestSnapshot(KR as never)
  return snapshot!.numbers.assessment.health
}

const dueAt = async () => {
  const rows = await service.store.query('select due_at from health_standings')
  return (rows[0]?.['due_at'] as Date | null)?.toISOString() ?? null
}

describe('time alone', () => {
  it('turns a key result from its grace period to off track, to stale, and to missed', async () => {
    expect(await healthAt('2026-10-06T09:00:00Z')).toBe('on_track')
    expect(await healthAt('2026-10-16T09:00:00Z')).toBe('off_track')
    expect(await healthAt('2026-10-20T09:00:00Z')).toBe('stale')
    expect(await healthAt('2027-01-01T00:00:00Z')).toBe('missed')
    expect(await dueAt()).toBeNull()
  })

  it('changes nothing before the instant that was worked out', async () => {
    const due = await dueAt()
    expect(due).toBe('2026-10-06T00:00:00.000Z')
    service.setNow(at(due!) - 1)
    await service.work.sweep()
    expect(await dueAt()).toBe(due)
    service.setNow(at(due!))
    await service.work.sweep()
    expect(await dueAt()).toBe('2026-10-07T00:00:00.000Z')
  })

  it('tells each change once, however often it looks', async () => {
    const count = async () => (await service.store.query('select 1 from snapshots')).length
    await healthAt('2026-10-16T09:00:00Z')
    const before = await count()
    await healthAt('2026-10-16T10:00:00Z')
    await healthAt('2026-10-17T10:00:00Z')
    expect(await count()).toBe(before)
  })
})

describe('a person’s word', () => {
  it('is shown to the end of its last day, and what is computed stays beside it', async () => {
    const word = { health: 'on_track', reason: 'It will be.', by: 'Ada', at: at('2026-10-16T09:00:00Z') }
    await service.store.query(`update key_results set health_override = $1`, [
      { ...word, untilDay: '2026-10-18' },
    ])
    expect(await healthAt('2026-10-16T09:00:00Z')).toBe('on_track')
    const snapshot = await service.database.records.progress.latestSnapshot(KR as never)
    expect(snapshot!.numbers.assessment).toMatchObject({ computed: 'off_track', override: { by: 'Ada' } })
    expect(await healthAt('2026-10-19T00:00:00Z')).toBe('off_track')
  })
})

describe('an edited policy', () => {
  it('judges anew at once: bands of another policy hold nothing', async () => {
    expect(await healthAt('2026-10-16T09:00:00Z')).toBe('off_track')
    const rows = await service.store.query('select policy from health_standings')
    const policy = rows[0]!['policy'] as object
    await service.store.query(`insert into health_policies values ('balanced', $1)`, [
      { ...policy, grace: { timeShare: 0.5, expected: 0.5 } },
    ])
    await service.database.records.progress.markDirty([{ keyResult: KR as never, day: null, relink: false }])
    expect(await healthAt('2026-10-16T09:00:01Z')).toBe('on_track')
  })
})
