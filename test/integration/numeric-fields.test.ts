import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '../../src/app/goals/read-history.ts'
import { rebuildDerived } from '../../src/app/rebuild-derived.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { PLAIN_RESOLUTION, PLAIN_STATUS, plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { storeGoals } from '../support/goals.ts'
import { dumpDerived, dumpMirror } from '../support/record-dump.ts'

const VIDEOS = 'customfield_10050'
const POINTS = 'customfield_10016'
/** Half a quarter in, a Monday. */
const NOW = Date.UTC(2026, 10, 16, 10)
const daysAgo = (days: number) => NOW - days * DAY_MS

const MEASURES = {
  'KR-1': { kind: 'field_sum', field: VIDEOS, unit: 'videos', baseline: 0, target: 20 },
  'KR-2': { kind: 'delivery', size: { field: VIDEOS }, target: { kind: 'scope' } },
  'KR-3': {
    kind: 'delivery',
    size: 'count',
    statusWeights: { toDo: 0, inProgress: 50, delivered: 100 },
    target: { kind: 'scope' },
  },
  'KR-4': { kind: 'delivery', size: { field: POINTS }, target: { kind: 'fixed', amount: 10 } },
} satisfies Record<string, Measure>

let jira: JiraSimulator
let service: ConnectedService
let events: object[]
let now: number

beforeEach(async () => {
  now = daysAgo(30)
  events = []
  const history = plainSite({
    projects: [{ key: 'WEB', name: 'Web' }],
    numberFields: [{ id: VIDEOS, name: 'Videos' }],
  })
  jira = createJiraSimulator({ history, now: () => now })
  jira.webhooks.onEvent(({ body }) => void events.push(body))
  const { baseUrl } = await jira.start()
  service = await startConnectedService(baseUrl)
  service.setNow(NOW)
  await storeGoals(service.database, { keyResults: MEASURES })
})
afterEach(async () => {
  await service.stop()
  await jira.stop()
})

const labels = Object.keys(MEASURES)

function createStory(videos: number | null, points: number | null = null): string {
  const given = { at: now, projectKey: 'WEB', summary: 'Film', labels, points }
  return jira.createIssue({ ...given, custom: { [VIDEOS]: videos } }).key
}
const finish = (issue: string) => jira.transition(issue, { at: now, statusId: PLAIN_STATUS.done })

async function heard(): Promise<void> {
  for (const event of events.splice(0)) await service.deliver(event)
  await service.drain()
}

async function numbersOf(key: string) {
  return (await service.database.records.progress.latestSnapshot(key as KeyResultKey))?.numbers
}

async function currents(key: string, ...ago: number[]): Promise<unknown[]> {
  const { days } = await readHistory(
    { records: service.database.records, clock: service.clock },
    { key: key as KeyResultKey, from: null, to: null, beforeSnapshot: null, snapshotLimit: 1 },
  )
  return ago.map((count) => {
    const day = new Date(daysAgo(count)).toISOString().slice(0, 10)
    return days.find((point) => point.day === day)?.current
  })
}

/** Three stories: 5 videos delivered, 3 in progress, none said of the third. */
function play(): void {
  const [first, second] = [createStory(2, 3), createStory(3, 2)]
  createStory(null, 5)
  now = daysAgo(20)
  jira.editIssue(first, { at: now, custom: { [VIDEOS]: 5 } })
  now = daysAgo(10)
  finish(first)
  jira.transition(second, { at: now, statusId: PLAIN_STATUS.inProgress })
}

describe('a numeric field', () => {
  it('is found by connect, beside the one that holds story points', async () => {
    const site = await service.database.records.sites.site('main')
    expect(site?.fields.numbers).toEqual([
      { id: POINTS, name: 'Story Points' },
      { id: VIDEOS, name: 'Videos' },
    ])
    expect(site?.fields.points).toEqual([{ id: POINTS, name: 'Story Points' }])
  })

  it.each(['webhooks', 'a backfill'])('is summed and sizes work, as it was by day, from %s', async (way) => {
    play()
    if (way === 'webhooks') await heard()
    else await service.backfill()

    expect(await numbersOf('KR-1')).toMatchObject({ current: 5, target: 20, unit: 'videos', progress: 0.25 })
    const sized = await numbersOf('KR-2')
    expect(sized).toMatchObject({ current: 5, target: 11, unit: VIDEOS })
    expect(sized?.delivery.unestimated).toEqual({ issues: 1, countedAs: 3 })
    expect(await numbersOf('KR-3')).toMatchObject({ current: 1.5, target: 3, progress: 0.5 })
    expect(await numbersOf('KR-4')).toMatchObject({ current: 3, target: 10 })

    expect(await currents('KR-1', 31, 30, 11, 10, 0)).toEqual([null, 0, 0, 5, 5])
    expect(await currents('KR-3', 30, 10)).toEqual([0, 1.5])
    const { days } = await readHistory(
      { records: service.database.records, clock: service.clock },
      { key: 'KR-2' as KeyResultKey, from: null, to: null, beforeSnapshot: null, snapshotLimit: 1 },
    )
    expect([25, 15].map((ago) => days.at(-1 - ago)?.scope.size)).toEqual([7, 11])
  })

  it('moves a sum by the webhook of its edit, also of an issue that is delivered', async () => {
    play()
    await heard()
    now = NOW
    const more = createStory(4)
    finish(more)
    await heard()
    expect(await numbersOf('KR-1')).toMatchObject({ current: 9 })
    jira.editIssue(more, { at: now, custom: { [VIDEOS]: 15 } })
    await heard()
    expect(await numbersOf('KR-1')).toMatchObject({
      current: 20,
      progress: 1,
      assessment: { health: 'done' },
    })
    jira.editIssue(more, { at: now, custom: { [VIDEOS]: null } })
    jira.transition(more, { at: now, statusId: PLAIN_STATUS.done, resolutionId: PLAIN_RESOLUTION.wontDo })
    await heard()
    expect(await numbersOf('KR-1')).toMatchObject({ current: 5 })
  })

  it('adds what is below nothing to a sum, and takes it for no size', async () => {
    finish(createStory(6))
    finish(createStory(-2))
    await heard()
    expect(await numbersOf('KR-1')).toMatchObject({ current: 4 })
    expect((await numbersOf('KR-2'))?.delivery.unestimated).toEqual({ issues: 1, countedAs: 6 })
  })

  it('gives the same whether it came by webhook, by backfill or by a rebuild', async () => {
    play()
    await heard()
    const dumped = async () => {
      const { issues, issue_changes } = await dumpMirror(service.store)
      return { issues, issue_changes, ...(await dumpDerived(service.store)) }
    }
    const kept = await dumped()
    await rebuildDerived(service)
    await service.drain()
    expect(await dumped()).toEqual(kept)
    await service.backfill()
    expect(await dumped()).toEqual(kept)
  })

  it('is missing of issues stored by an earlier version, until a backfill reads it', async () => {
    play()
    await heard()
    await service.store.query("update issues set state = state - 'numbers'")
    await service.store.query("delete from issue_changes where field like 'customfield%'")
    await rebuildDerived(service)
    await service.drain()
    expect(await numbersOf('KR-1')).toMatchObject({ current: 0 })
    expect(await numbersOf('KR-3')).toMatchObject({ current: 1.5 })
    await service.backfill()
    expect(await numbersOf('KR-1')).toMatchObject({ current: 5 })
    expect(await currents('KR-1', 11, 10)).toEqual([0, 5])
  })
})
