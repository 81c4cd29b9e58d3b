import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readIssuePage } from '../../src/adapters/jira/issue-page.ts'
import { backfillSite, WHOLE_SITE_JQL } from '../../src/app/backfill-site.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import { JiraError } from '../../src/app/ports/jira.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { HOUR_MS } from '../../src/domain/time.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { issueEvent, statusItem, type IssueEvent } from '../support/issue-events.ts'
import { startTestService, type TestService } from '../support/service.ts'

const KR = 'KR-1' as KeyResultKey
const CREATED = '2026-10-05T07:00:00.000+0000'
const NOW = Date.parse('2026-10-16T09:00:00Z')

/** Two to do on the first page, eight delivered on the second: half of it looks off track, the whole is on track. */
const story = (id: number, status: 'to_do' | 'done'): IssueEvent => ({
  id,
  at: '2026-10-15T07:00:00.000Z',
  created: CREATED,
  labels: [KR],
  status,
})
const FIRST_PAGE = [1, 2].map((id) => story(id, 'to_do'))
const SECOND_PAGE = [3, 4, 5, 6, 7, 8, 9, 10].map((id) => story(id, 'done'))

let service: TestService
beforeEach(async () => {
  service = await startTestService({
    JIRA_URL: 'http://127.0.0.1:1',
    JIRA_EMAIL: 'someone@example.org',
    JIRA_API_TOKEN: 'a token that no Jira has given',
  })
  await storeGoals(service.database, { keyResults: { [KR]: BY_COUNT } })
  service.setNow(NOW)
  await service.drain()
})
afterEach(() => service.stop())

/** A run over two pages; `between` is what happens before it asks for the second. */
async function backfill(
  between: () => Promise<void>,
  [first, second]: readonly [readonly IssueEvent[], readonly IssueEvent[]] = [FIRST_PAGE, SECOND_PAGE],
  existingIssues: Jira['existingIssues'] = () => Promise.resolve(new Set()),
): Promise<void> {
  const at = service.clock.now()
  const read = (
    issues: readonly IssueEvent[],
    token: string | null,
    fields: Parameters<typeof readIssuePage>[1],
  ) =>
    readIssuePage(
      issues.map((issue) => (issueEvent(issue) as { issue: unknown }).issue),
      fields,
      token,
      at,
    )
  const jira: Jira = {
    ...service.jira!,
    statuses: () => Promise.resolve([]),
    projects: () =>
      Promise.resolve([
        { kind: 'project', version: { at, rank: 0 }, projectId: '20000', key: 'OLD', deleted: false },
      ]),
    boards: () => onePage([]),
    searchIssues: async ({ pageToken, fields }) => {
      if (pageToken === null) return read(first, 'second', fields)
      await between()
      return read(second, null, fields)
    },
    changes: () => onePage([]),
    existingIssues,
  }
  await backfillSite(
    { ...service, jira },
    { siteId: 'main', jql: WHOLE_SITE_JQL, onProgress: () => undefined },
  )
}

async function* onePage<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve(items)
}

/** A run that stored the first page and was killed. */
async function killedBackfill(): Promise<void> {
  const killed = backfill(() => Promise.reject(new JiraError('unavailable', 'away')))
  await expect(killed).rejects.toThrow('away')
  // Jira's webhooks tell the same as the page would have.
  for (const issue of FIRST_PAGE) await service.deliver(issueEvent(issue))
}

async function lookAt(at: number): Promise<void> {
  service.setNow(at)
  await service.work.sweep()
  await service.drain()
}

async function told(): Promise<string[]> {
  const entries = await service.database.records.feed.after(0, 1_000)
  return entries
    .filter(({ kind }) => kind.startsWith('warning.'))
    .map(({ kind, data }) => `${kind} ${String(data['kind'])}`)
}

const health = async () =>
  (await service.database.records.progress.latestSnapshot(KR))?.numbers.assessment.health

const letAnHourPass = () =>
  service.store.query(`update backfills set saved_at = now() - interval '61 minutes'`)

describe('while a backfill is under way', () => {
  it('nothing is warned of that half of a site says, and what the whole says is told at its end', async () => {
    await storeFirstPageAndDeliver()
    expect(await told()).toEqual([])
    await backfill(() => service.drain())
    await service.drain()
    expect(await health()).toBe('on_track')
    expect(await told()).toEqual([])
  })

  it('numbers and snapshots go on', async () => {
    await storeFirstPageAndDeliver()
    expect(await health()).toBe('off_track')
  })

  it('an open warning stays as it is until the end, which looks again also at what did not move', async () => {
    for (const issue of FIRST_PAGE) await service.deliver(issueEvent(issue))
    await service.drain()
    expect(await told()).toEqual(['warning.raised health'])
    await service.store.query(
      `insert into backfills (site_id, jql, stage) values ('other', 'created >= 1', 'issues')`,
    )
    for (const { id } of FIRST_PAGE) {
      await service.deliver(
        issueEvent({
          ...story(id, 'done'),
          at: '2026-10-16T08:00:00.000Z',
          changelog: { id: 100 + id, items: [statusItem('to_do', 'done')] },
        }),
      )
    }
    await service.drain()
    expect(await health()).toBe('done')
    expect(await told()).toEqual(['warning.raised health'])
    await service.store.query(`update backfills set stage = 'finished'`)
    await backfill(() => Promise.resolve(), [[], []])
    await service.drain()
    expect(await told()).toEqual(['warning.raised health', 'warning.resolved health'])
  })
})

/** The run is stopped after its first page, which leaves it unfinished; then the service works. */
async function storeFirstPageAndDeliver(): Promise<void> {
  await killedBackfill()
  await service.drain()
}

describe('a backfill that was killed for good', () => {
  it('silences warnings for an hour, and then each key result is looked at again', async () => {
    await storeFirstPageAndDeliver()
    await lookAt(NOW + HOUR_MS - 1)
    expect(await told()).toEqual([])
    await letAnHourPass()
    await lookAt(NOW + 2 * HOUR_MS)
    expect(await told()).toEqual(['warning.raised health'])
  })

  it('silences them again from the next page it saves', async () => {
    await storeFirstPageAndDeliver()
    await letAnHourPass()
    const { backfills } = service.database.records
    await backfills.save((await backfills.unfinished('main', WHOLE_SITE_JQL))!)
    await lookAt(NOW + 2 * HOUR_MS)
    expect(await told()).toEqual([])
  })

  it('silences nothing by failing again before it has saved a page', async () => {
    await storeFirstPageAndDeliver()
    await letAnHourPass()
    await killedBackfill()
    await lookAt(NOW + 2 * HOUR_MS)
    expect(await told()).toEqual(['warning.raised health'])
  })
})

describe('a backfill that looks for what is gone', () => {
  it('is under way however long that takes', async () => {
    await service.deliver(issueEvent({ id: 1000, at: '2026-10-05T07:00:00.000Z', projectId: '20000' }))
    await service.drain()
    await service.store.query(
      `insert into issues (site_id, issue_id, created_at, version_at, version_rank, state)
       select site_id, (1000 + n)::text, created_at, version_at, version_rank, state
       from issues, generate_series(1, 149) as n`,
    )
    const isUnderWay: boolean[] = []
    await backfill(
      () => Promise.resolve(),
      [[], []],
      async (issueIds) => {
        isUnderWay.push(await service.database.records.backfills.isAnyUnderWay(HOUR_MS))
        await letAnHourPass()
        return new Set(issueIds)
      },
    )
    expect(isUnderWay).toEqual([true, true])
  })
})
