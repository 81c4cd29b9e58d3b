import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linkIssue } from '../../src/app/goals/link-issue.ts'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, labelsItem, type IssueEvent } from '../support/issue-events.ts'
import { dumpDerived } from '../support/record-dump.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-12' as KeyResultKey
const EPIC_LINK = 'customfield_10014'
const AT = '2026-10-05T09:00:00.000Z'

let service: TestService

beforeEach(async () => {
  service = await startTestService()
  await storeGoals(service.database, { keyResults: { 'KR-12': BY_COUNT } })
  const { sites } = service.database.records
  const site = (await sites.site('main'))!
  await sites.save({ ...site, fields: { ...site.fields, epicLink: { id: EPIC_LINK, name: 'Epic Link' } } })
})

/** Whatever happened: what was kept up step by step is what a rebuild finds. */
afterEach(async () => {
  const kept = await dumpDerived(service.store)
  await rebuildDerived(service)
  await service.drain()
  expect(await dumpDerived(service.store)).toEqual(kept)
  await service.stop()
})

/** An issue that names its epic by key, as classic projects do. */
function classicStory(issue: IssueEvent, epicKey: string): object {
  const event = issueEvent(issue) as { issue: { fields: Record<string, unknown> } }
  event.issue.fields[EPIC_LINK] = epicKey
  return event
}

async function happen(...events: object[]): Promise<void> {
  for (const event of events) {
    await service.deliver(event)
    await service.drain()
  }
}

async function linked(): Promise<string[]> {
  const links = await service.database.records.contributions.linksOf(KR, null, 100)
  return links.filter(({ contribution }) => contribution.steps.at(-1)?.state !== 'out').map(({ key }) => key)
}

describe('an epic known by its key alone', () => {
  it('passes on a link made by hand', async () => {
    await happen(issueEvent({ id: 1, at: AT, level: 1 }), classicStory({ id: 2, at: AT }, 'WEB-1'))
    const { database, clock, doorbell, evaluate } = service
    await linkIssue(
      { database, clock, doorbell, evaluate, actor: 'api' },
      { keyResult: KR, siteId: 'main', issue: 'WEB-1', role: 'drives', sharePercent: 100 },
    )
    await service.drain()
    expect(await linked()).toEqual(['WEB-1', 'WEB-2'])
  })

  it('takes its stories out when it is deleted', async () => {
    await happen(
      issueEvent({ id: 1, at: AT, level: 1, labels: ['KR-12'] }),
      classicStory({ id: 2, at: AT }, 'WEB-1'),
      { timestamp: Date.parse('2026-10-07'), webhookEvent: 'jira:issue_deleted', issue: { id: '1' } },
    )
    expect(await linked()).toEqual([])
  })

  it('is found by a key it had, when it arrives after its story', async () => {
    const moved = {
      field: 'Key',
      fieldtype: 'jira',
      fromString: 'WEB-1',
      toString: 'NEW-1',
      from: null,
      to: null,
    }
    await happen(
      classicStory({ id: 2, at: AT }, 'WEB-1'),
      issueEvent({
        id: 1,
        key: 'NEW-1',
        at: '2026-10-06T09:00:00.000Z',
        level: 1,
        labels: ['KR-12'],
        changelog: { id: 5, items: [moved] },
      }),
    )
    expect(await linked()).toEqual(['NEW-1', 'WEB-2'])
  })
})

describe('levels above levels', () => {
  it('reach from the top of a plan down to the last story', async () => {
    const ids = [6, 5, 4, 3, 2, 1]
    await happen(
      ...ids.map((id) => issueEvent({ id, at: AT, level: id > 1 ? 1 : 0, parentId: id < 6 ? id + 1 : null })),
      issueEvent({
        id: 6,
        at: '2026-10-06T09:00:00.000Z',
        level: 1,
        labels: ['KR-12'],
        changelog: { id: 5, items: [labelsItem([], ['KR-12'])] },
      }),
    )
    expect(await linked()).toContain('WEB-1')
  })
})

describe('a project that is deleted', () => {
  const project = { id: 500, key: 'OLD' }

  it('takes out what inherits from its epics in other projects', async () => {
    await happen(
      issueEvent({ id: 1, at: AT, level: 1, labels: ['KR-12'], projectId: '500' }),
      issueEvent({ id: 2, at: AT, parentId: 1, projectId: '600' }),
      { timestamp: Date.parse('2026-10-07'), webhookEvent: 'project_deleted', project },
    )
    expect(await linked()).toEqual([])
  })

  it('leaves at one date, trashed first or not', async () => {
    await happen(
      issueEvent({ id: 1, at: AT, labels: ['KR-12'], projectId: '500' }),
      { timestamp: Date.parse('2026-10-07'), webhookEvent: 'project_soft_deleted', project },
      { timestamp: Date.parse('2026-11-07'), webhookEvent: 'project_deleted', project },
    )
    expect(await linked()).toEqual([])
  })
})

describe('sightings and deletions', () => {
  it('leave a deleted issue deleted, whichever comes first', async () => {
    const gone = {
      timestamp: Date.parse('2026-10-07'),
      webhookEvent: 'jira:issue_deleted',
      issue: { id: '1' },
    }
    const seen = (id: number) => issueEvent({ id, at: '2026-10-08T09:00:00.000Z', labels: ['KR-12'] })
    await happen(seen(1), gone, { ...gone, issue: { id: '2' } }, seen(2))
    expect(await linked()).toEqual([])
  })

  it('bring back what a backfill missed once it is seen again', async () => {
    await happen(issueEvent({ id: 1, at: AT, labels: ['KR-12'] }))
    const { mirror } = service.database.records
    await mirror.saveVanishedIssues('main', [
      { kind: 'issue_vanished', issueId: '1', at: Date.parse('2026-10-06') },
    ])
    await happen(issueEvent({ id: 1, at: '2026-10-08T09:00:00.000Z', labels: ['KR-12'], summary: 'seen' }))
    expect(await linked()).toEqual(['WEB-1'])
  })
})

describe('a status whose category a payload does not tell', () => {
  it('keeps the category it has: delivered work stays delivered', async () => {
    const event = issueEvent({
      id: 2,
      at: '2026-10-08T09:00:00.000Z',
      labels: ['KR-12'],
      status: 'done',
    }) as {
      issue: { fields: { status: object } }
    }
    event.issue.fields.status = { id: '10002', name: 'Done' }
    await happen(issueEvent({ id: 1, at: AT, labels: ['KR-12'], status: 'done' }), event)
    const snapshot = await service.database.records.progress.latestSnapshot(KR)
    expect(snapshot?.numbers.delivery.delivered.issues).toBe(2)
  })
})
