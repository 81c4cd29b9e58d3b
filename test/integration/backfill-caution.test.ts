import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readIssuePage } from '../../src/adapters/jira/issue-page.ts'
import { backfillSite, WHOLE_SITE_JQL } from '../../src/app/backfill-site.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import { issueEvent, type IssueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const UPDATED = '2026-10-05T09:00:00.000Z'

let service: TestService
beforeEach(async () => {
  service = await startTestService({
    JIRA_URL: 'http://127.0.0.1:1',
    JIRA_EMAIL: 'someone@example.org',
    JIRA_API_TOKEN: 'a token that no Jira has given',
  })
})
afterEach(() => service.stop())

interface Sight {
  readonly projectIds: readonly string[]
  readonly boardIds: readonly number[]
  readonly issues: readonly IssueEvent[]
}

/** What one run of the backfill asks for, and what it comes to, with a Jira that shows the account this much. */
async function backfill({ projectIds, boardIds, issues }: Sight) {
  const pageTokens: (string | null)[] = []
  const fetched = { at: service.clock.now(), rank: 0 }
  const jira: Jira = {
    ...service.jira!,
    statuses: () => Promise.resolve([]),
    projects: () =>
      Promise.resolve(
        projectIds.map((projectId) => ({
          kind: 'project' as const,
          version: fetched,
          projectId,
          key: `P${projectId}`,
          deleted: false,
        })),
      ),
    boards: () => onePage(boardIds.map((id) => ({ id, name: `Board ${id}`, type: 'scrum' }))),
    sprints: () => Promise.resolve([]),
    searchIssues: ({ pageToken, fields }) => {
      pageTokens.push(pageToken)
      const bodies = issues.map((issue) => (issueEvent(issue) as { issue: unknown }).issue)
      return Promise.resolve(readIssuePage(bodies, fields, null, fetched.at))
    },
    changes: () => onePage([]),
    existingIssues: () => Promise.resolve(new Set()),
  }
  const done = await backfillSite(
    { ...service, jira },
    { siteId: 'main', jql: WHOLE_SITE_JQL, onProgress: () => undefined },
  )
  return { done, pageTokens }
}

async function* onePage<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve(items)
}

async function isLive(issueId: string): Promise<boolean> {
  const [history] = await service.database.records.mirror.histories('main', [issueId])
  return history!.deletedAt === null
}

async function deliverSprint(
  event: string,
  at: string,
  sprint: { id: number; state: string; board: number },
) {
  await service.deliver({
    timestamp: Date.parse(at),
    webhookEvent: event,
    sprint: {
      id: sprint.id,
      name: `Sprint ${sprint.id}`,
      state: sprint.state,
      startDate: '2026-10-01T00:00:00.000Z',
      endDate: '2026-10-08T00:00:00.000Z',
      ...(sprint.state === 'closed' ? { completeDate: at } : {}),
      originBoardId: sprint.board,
    },
  })
  await service.drain()
}

const sprint = (id: number) => service.database.records.mirror.sprint('main', id)

describe('a backfill by an account that sees less than before', () => {
  it('removes what is gone from the projects it sees, and leaves and counts the issues of the others', async () => {
    await service.deliver(issueEvent({ id: 1, at: UPDATED, projectId: '100' }))
    await service.deliver(issueEvent({ id: 2, at: UPDATED, projectId: '200' }))
    await service.deliver(issueEvent({ id: 3, at: UPDATED, projectId: '200' }))
    await service.drain()
    const { done } = await backfill({ projectIds: ['100'], boardIds: [], issues: [] })
    expect(done).toMatchObject({ stage: 'finished', deleted: 1, hidden: 2 })
    expect([await isLive('1'), await isLive('2'), await isLive('3')]).toEqual([false, true, true])
  })

  it('does not count an issue as hidden that left with its project', async () => {
    await service.deliver(issueEvent({ id: 1, at: UPDATED, projectId: '100' }))
    await service.deliver({
      timestamp: Date.parse('2026-10-07T09:00:00Z'),
      webhookEvent: 'project_deleted',
      project: { id: 100, key: 'WEB' },
    })
    await service.drain()
    const { done } = await backfill({ projectIds: [], boardIds: [], issues: [] })
    expect(done).toMatchObject({ deleted: 0, hidden: 0 })
  })

  it('removes a sprint that its board shows no more, and leaves the sprints of a board it does not see', async () => {
    await deliverSprint('sprint_started', UPDATED, { id: 5, state: 'active', board: 1 })
    await deliverSprint('sprint_started', UPDATED, { id: 6, state: 'active', board: 2 })
    await backfill({ projectIds: [], boardIds: [1], issues: [] })
    expect((await sprint(5))?.deletedAt).toBe(service.clock.now())
    expect((await sprint(6))?.deletedAt).toBeNull()
  })
})

describe('a backfill that was left unfinished', () => {
  const leaveRun = (stage: string, age: string) =>
    service.store.query(
      `insert into backfills (site_id, jql, stage, page_token, issues, changes, started_at, saved_at)
       values ('main', $1, $2, 'a page', 5, 5, now() - interval '30 days', now() - $3::interval)`,
      [WHOLE_SITE_JQL, stage, age],
    )

  it('goes on where it was within a day', async () => {
    await leaveRun('issues', '23 hours')
    const { done, pageTokens } = await backfill({ projectIds: [], boardIds: [], issues: [] })
    expect(pageTokens).toEqual(['a page'])
    expect(done.issues).toBe(5)
  })

  it.each(['issues', 'deletions'])('starts over after more than a day, also in stage %s', async (stage) => {
    await leaveRun(stage, '25 hours')
    const { done, pageTokens } = await backfill({ projectIds: [], boardIds: [], issues: [] })
    expect(pageTokens).toEqual([null])
    expect(done.issues).toBe(0)
  })
})

describe('a sprint inside an issue', () => {
  const active = { id: 5, name: 'Sprint 5', state: 'active', boardId: 1 }

  it('does not open again a sprint that was closed after the issue was last edited', async () => {
    await deliverSprint('sprint_closed', '2026-10-08T09:00:00.000Z', { id: 5, state: 'closed', board: 1 })
    await backfill({
      projectIds: ['10000'],
      boardIds: [],
      issues: [{ id: 1, at: UPDATED, sprints: [active] }],
    })
    expect((await sprint(5))?.state).toBe('closed')
  })

  it('tells of a sprint that no board shows; the issue edited last is believed', async () => {
    const closed = { ...active, state: 'closed' }
    const issues = [
      { id: 1, at: UPDATED, sprints: [active] },
      { id: 2, at: '2026-10-08T09:00:00.000Z', sprints: [closed] },
      { id: 3, at: '2026-10-06T09:00:00.000Z', sprints: [active] },
    ]
    await backfill({ projectIds: ['10000'], boardIds: [], issues })
    expect((await sprint(5))?.state).toBe('closed')
  })
})
