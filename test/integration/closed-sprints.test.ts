import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const at = (text: string) => Date.parse(text)
const CREATED = '2026-10-05T07:00:00.000+0000'
const SPRINT = { id: 11, name: 'Sprint 11', boardId: 7, self: 'https://jira.example.com/11', goal: '' }

let service: TestService
beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-1': BY_COUNT, 'KR-2': BY_COUNT } })
  for (const id of [1, 2, 3]) {
    const sprints = [{ id: 11, name: 'Sprint 11', state: 'active', boardId: 7 }]
    const labels = id === 3 ? ['KR-2'] : ['KR-1']
    await service.deliver(
      issueEvent({ id, at: '2026-10-05T07:00:00.000Z', created: CREATED, labels, sprints }),
    )
  }
  const doneAt = '2026-10-13T10:00:00.000Z'
  await service.deliver(
    issueEvent({
      id: 1,
      at: doneAt,
      created: CREATED,
      labels: ['KR-1'],
      sprints: [{ id: 11, name: 'Sprint 11', state: 'active', boardId: 7 }],
      status: 'done',
      changelog: { id: 91, items: [statusItem('to_do', 'done')] },
    }),
  )
  await close('2026-10-16T15:00:00.000Z')
})
afterEach(() => service.stop())

async function close(time: string): Promise<void> {
  const sprint = {
    ...SPRINT,
    state: 'closed',
    startDate: '2026-10-05T08:00:00.000Z',
    endDate: '2026-10-16T15:00:00.000Z',
    completeDate: time,
    originBoardId: 7,
  }
  await service.deliver({ timestamp: at(time), webhookEvent: 'sprint_closed', sprint })
  await service.drain()
}

async function lookAt(time: string): Promise<void> {
  service.setNow(at(time))
  await service.work.sweep()
}

const told = (key: string) => service.database.records.sprintResults.latest(key as never)
const marked = () => service.database.records.progress.dirtyKeyResults(10)

describe('a sprint that has closed', () => {
  it('hands each key result it served what it did for it, once its last minute has settled', async () => {
    await lookAt('2026-10-16T15:00:59.000Z')
    expect(await told('KR-1')).toBeNull()
    await lookAt('2026-10-16T15:01:00.000Z')
    expect(await told('KR-1')).toEqual({
      siteId: 'main',
      sprintId: 11,
      name: 'Sprint 11',
      completeAt: at('2026-10-16T15:00:00.000Z'),
      completedIssues: 1,
      carriedOverIssues: 0,
      deliveredSize: 1,
      progressBefore: 0,
      progressAfter: 0.5,
    })
    expect(await told('KR-2')).toMatchObject({ completedIssues: 0, deliveredSize: 0, progressAfter: 0 })
    expect((await marked()).toSorted()).toEqual(['KR-1', 'KR-2'])
  })

  it('is told once, and anew when it was completed anew', async () => {
    await lookAt('2026-10-16T16:00:00.000Z')
    await service.drain()
    await lookAt('2026-10-16T16:00:01.000Z')
    expect(await marked()).toEqual([])
    await close('2026-10-19T09:00:00.000Z')
    await lookAt('2026-10-19T10:00:00.000Z')
    expect(await told('KR-1')).toMatchObject({ completeAt: at('2026-10-19T09:00:00.000Z') })
  })

  it('is no news after two weeks: a backfill does not tell the past', async () => {
    await lookAt('2026-10-30T15:00:01.000Z')
    expect(await told('KR-1')).toBeNull()
  })
})
