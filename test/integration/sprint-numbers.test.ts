import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportSprint } from '../../src/app/report-sprint.ts'
import { boardTrend } from '../../src/app/sprints/board-trend.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import { historyAsWebhooks } from '../../src/demo/jira-simulator/loading/history-as-webhooks.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { naiveSprints, type NaiveSprint } from '../support/naive-sprints.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

describe.skipIf(!hasSharedData)('the sprints of a recorded site', () => {
  const open: { stop(): Promise<unknown> }[] = []
  let backfilled: ConnectedService
  let replayed: ConnectedService

  async function connected(jira: JiraSimulator): Promise<ConnectedService> {
    const { baseUrl } = await jira.start()
    open.push(jira)
    const service = await startConnectedService(baseUrl)
    open.push(service)
    return service
  }

  beforeAll(async () => {
    const history = await loadDevlakeHistory(sharedData('rest', 'devlake'))
    backfilled = await connected(createJiraSimulator({ history }))
    await backfilled.backfill()
    replayed = await connected(createJiraSimulator({ history }))
    // Everything twice, first in the reverse of its order.
    const bodies = [...historyAsWebhooks(history)].map(({ body }) => body)
    for (const [index, body] of [...bodies.toReversed(), ...bodies].entries()) {
      await replayed.deliver(body, { deliveryId: `doubled-${index}` })
    }
    await replayed.drain()
  }, 120_000)
  afterAll(async () => {
    for (const resource of open.reverse()) await resource.stop()
  })

  async function reported(service: ConnectedService, id: number): Promise<NaiveSprint> {
    const { report } = await reportSprint(
      { ...service, records: service.database.records, now: service.clock.now() },
      'main',
      id,
    )
    if (report === null) throw new Error(`sprint ${id} has no report`)
    const ids = (issues: readonly { issueId: string }[]) => issues.map(({ issueId }) => issueId).sort()
    return {
      id,
      committed: ids(report.committed),
      added: ids(report.added),
      removed: ids(report.removed),
      completed: ids(report.completed),
      notCompleted: ids(report.notCompleted),
      carriedOver: report.carriedOver.map(({ issueId, into }) => [issueId, into] as const),
    }
  }

  it('are what a simple walk through the raw changelogs says, all of them, by backfill and by webhooks', async () => {
    const expected = naiveSprints()
    expect(expected).toHaveLength(30)
    for (const sprint of expected) {
      expect(await reported(backfilled, sprint.id)).toEqual(sprint)
      expect(await reported(replayed, sprint.id)).toEqual(sprint)
    }
    const seventh = expected.find(({ id }) => id === 7)!
    const { committed, added, removed, completed } = seventh
    expect([committed, added, removed, completed].map((list) => list.length)).toEqual([16, 1, 2, 8])
  })

  it('carry one issue over from sprint to sprint until it is delivered, and count it against none that ended', async () => {
    const chain = naiveSprints().flatMap(({ carriedOver }) => carriedOver)
    expect(chain).toEqual([40, 41, 42, 43, 46].map((into) => ['13954', into]))
    const tenth = await reported(backfilled, 60)
    expect([tenth.added, tenth.removed]).toEqual([['13954'], ['13954']])
  })

  it('make a trend of their board, page by page', async () => {
    const { records } = backfilled.database
    const deps = { ...backfilled, records, now: backfilled.clock.now() }
    const page = (after: number | null, limit: number) =>
      boardTrend(deps, { siteId: null, boardId: 8, text: '8', after, limit })
    const all = await page(null, 50)
    expect(all.sprints).toHaveLength(29)
    const ends = all.sprints.map(({ point }) => point.endAt)
    expect(ends).toEqual([...ends].sort((a, b) => a - b))
    const pages: number[][] = []
    let after: number | null = null
    do {
      const { sprints, next } = await page(after, 10)
      pages.unshift(sprints.map(({ sprint }) => sprint.sprintId))
      after = next
    } while (after !== null)
    expect(pages.map((each) => each.length)).toEqual([9, 10, 10])
    expect(pages.flat()).toEqual(all.sprints.map(({ sprint }) => sprint.sprintId))
    const seventh = all.sprints.find(({ sprint }) => sprint.sprintId === 7)!
    expect(seventh.point.velocity.issues).toBe(8)
  })
})
