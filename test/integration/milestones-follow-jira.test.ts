import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '../../src/app/goals/read-history.ts'
import { tickMilestone } from '../../src/app/goals/tick-milestone.ts'
import { updateKeyResult } from '../../src/app/goals/update-key-result.ts'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem, type IssueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-1' as KeyResultKey
const STEPS = [
  { title: 'Contract drafted', percent: 20, issue: null },
  { title: 'Pilot live', percent: 60, issue: { siteId: 'main', issue: 'WEB-7' } },
  { title: 'Rolled out', percent: 100, issue: null },
]

let service: TestService
let changelogs: number

/** Links by label, so that the issue of a step is not linked: it ticks, and moves no work. */
beforeEach(async () => {
  changelogs = 900
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-1': BY_COUNT } })
  await happens({ id: 7, at: '2026-10-05T09:00:00.000Z' })
  await updateKeyResult(change(), { key: KR, changes: { measure: { kind: 'milestones', steps: STEPS } } })
  await tickMilestone(change(), {
    key: KR,
    step: '1',
    isDone: true,
    at: Date.parse('2026-10-06T09:00:00Z'),
    note: '',
    author: 'Ada',
  })
  await service.drain()
})

/** What stands in the record is what a rebuild ends in. */
afterEach(async () => {
  const before = await reached()
  await rebuildDerived(service)
  await service.drain()
  expect(await reached()).toBe(before)
  await service.stop()
})

function change() {
  const { database, clock, doorbell } = service
  return { database, clock, doorbell, actor: 'api' }
}

async function happens(...issues: IssueEvent[]): Promise<void> {
  for (const issue of issues) await service.deliver(issueEvent(issue))
  await service.drain()
}

type Status = 'to_do' | 'in_progress' | 'done'

function moves(
  from: Status,
  to: Status,
  day: string,
  resolution: IssueEvent['resolution'] = null,
): Promise<void> {
  const at = `${day}T09:00:00.000Z`
  const changelog = { id: ++changelogs, items: [statusItem(from, to)] }
  return happens({ id: 7, at, status: to, resolution, changelog })
}

async function numbers() {
  return (await service.database.records.progress.latestSnapshot(KR))!.numbers
}

async function reached(): Promise<number | null> {
  return (await numbers()).current
}

describe('a step with a Jira issue', () => {
  it('is ticked by its delivery, at once and without being linked', async () => {
    expect(await reached()).toBe(20)
    await moves('to_do', 'done', '2026-10-20')
    expect(await numbers()).toMatchObject({
      current: 60,
      detail: { steps: [{}, { title: 'Pilot live', doneAt: Date.parse('2026-10-20T09:00:00Z') }, {}] },
      delivery: { scope: { issues: 0 } },
    })
  })

  it('is evidence: what ticks a step is no silence', async () => {
    service.setNow(Date.parse('2026-11-21T10:00:00Z'))
    expect((await numbers()).assessment.health).toBe('stale')
    await moves('to_do', 'done', '2026-11-19')
    expect((await numbers()).assessment.health).not.toBe('stale')
  })

  it('is unticked when the issue is reopened, and each day keeps what was so', async () => {
    await moves('to_do', 'done', '2026-10-20')
    await moves('done', 'in_progress', '2026-10-25')
    expect(await reached()).toBe(20)
    await moves('in_progress', 'done', '2026-11-02')
    expect(await reached()).toBe(60)
    const { days } = await readHistory(
      { records: service.database.records, clock: service.clock },
      { key: KR, from: null, to: null, beforeSnapshot: null, snapshotLimit: 1 },
    )
    const at = (day: string) => days.find((point) => point.day === day)?.current
    const asked = ['2026-10-05', '2026-10-06', '2026-10-20', '2026-10-24', '2026-10-25', '2026-11-02']
    expect(asked.map(at)).toEqual([0, 20, 60, 60, 20, 60])
  })

  it('is unticked when the issue is deleted', async () => {
    await moves('to_do', 'done', '2026-10-20')
    await service.deliver({
      timestamp: Date.parse('2026-10-21'),
      webhookEvent: 'jira:issue_deleted',
      issue: { id: '7' },
    })
    await service.drain()
    expect(await reached()).toBe(20)
  })

  it('is unticked when the project of the issue is deleted', async () => {
    await moves('to_do', 'done', '2026-10-20')
    await service.deliver({
      timestamp: Date.parse('2026-10-21'),
      webhookEvent: 'project_deleted',
      project: { id: 10_000, key: 'WEB' },
    })
    await service.drain()
    expect(await reached()).toBe(20)
  })

  it('is not ticked by an issue that is closed without being delivered', async () => {
    await moves('to_do', 'done', '2026-10-20', { id: '77', name: "Won't Do" })
    expect(await reached()).toBe(20)
  })

  it('follows the category of a status that the site changes', async () => {
    await moves('to_do', 'in_progress', '2026-10-20')
    expect(await reached()).toBe(20)
    const version = { at: service.clock.now(), rank: 1 }
    await service.deliver({
      ...issueEvent({ id: 8, at: '2026-11-20T09:00:00.000Z' }),
      issue: {
        id: '8',
        key: 'WEB-8',
        fields: {
          created: '2026-11-20T09:00:00.000+0000',
          updated: new Date(version.at).toISOString(),
          status: { id: '3', name: '进行中', statusCategory: { id: 3, key: 'done' } },
        },
      },
    })
    await service.drain()
    expect(await reached()).toBe(60)
  })

  it('is refused a tick by hand, with the issue that ticks it', async () => {
    const word = { key: KR, step: 'Pilot live', isDone: true, at: null, note: '', author: 'Ada' }
    await expect(tickMilestone(change(), word)).rejects.toThrow(/when WEB-7 is delivered/)
  })
})
