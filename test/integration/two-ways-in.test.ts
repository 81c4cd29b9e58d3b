import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportSprint } from '../../src/app/report-sprint.ts'
import { loadBlocking } from '../../src/app/sprints/load-blocking.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { blockAt } from '../../src/domain/sprints/blocked.ts'
import type { Numbers } from '../../src/domain/snapshot.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import { historyAsWebhooks } from '../../src/demo/jira-simulator/loading/history-as-webhooks.ts'
import { storeReplayGoals } from '../../src/demo/replay-goals.ts'
import { linkFile } from '../../src/contracts/link-file.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { BY_COUNT, BY_POINTS, storeGoals } from '../support/goals.ts'
import { playRandomly, randomPlay, randomSite } from '../support/random-play.ts'
import { dumpDerived, dumpLiveContributions, dumpMirror } from '../support/record-dump.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

const open: { stop(): Promise<unknown> }[] = []

afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource.stop()
})

async function connected(jira: JiraSimulator): Promise<ConnectedService> {
  const { baseUrl } = await jira.start()
  open.push(jira)
  const service = await startConnectedService(baseUrl)
  open.push(service)
  return service
}

/** Shuffled, a third of it twice, a tenth of it never. */
function disorderly<T>(events: readonly T[], seed: number): T[] {
  const dropped = events.filter((_, index) => (index * 7919 + seed) % 10 !== 0)
  const doubled = dropped.filter((_, index) => (index + seed) % 3 === 0)
  const [order] = fc.sample(
    fc.shuffledSubarray([...dropped, ...doubled], { minLength: dropped.length + doubled.length }),
    {
      numRuns: 1,
      seed,
    },
  )
  return order!
}

async function numbersOf(service: ConnectedService, keys: readonly string[]) {
  const snapshots = await service.database.records.progress.latestSnapshots(keys as KeyResultKey[])
  return keys.map((key) => snapshots.get(key as KeyResultKey)?.numbers ?? null)
}

describe.skipIf(!hasSharedData)('two ways in, one state: a real site', () => {
  const RULES = linkFile.parse({
    timeZone: 'Asia/Shanghai',
    keyResults: {
      'KR-1': { title: 'By label', measure: BY_COUNT, match: { labels: ['Saas'] } },
      'KR-2': {
        title: 'By key, in points',
        measure: BY_POINTS,
        match: { issues: ['EE-1', 'EE-2', 'EE-3', 'EE-14'] },
      },
      'KR-3': {
        title: 'By changelog alone',
        measure: BY_COUNT,
        match: { issues: ['UNKNOWN-13954', 'UNKNOWN-13383'] },
      },
    },
  })
  let plain: ConnectedService

  beforeEach(async () => {
    const history = await loadDevlakeHistory(sharedData('rest', 'devlake'))
    plain = await connected(createJiraSimulator({ history }))
    await storeReplayGoals(plain.database.records, RULES, history)
    await plain.backfill()
  })

  it.each([1, 2])(
    'webhooks in disorder, then a backfill, end like a backfill alone (seed %i)',
    async (seed) => {
      const history = await loadDevlakeHistory(sharedData('rest', 'devlake'))
      const disturbed = await connected(createJiraSimulator({ history }))
      await storeReplayGoals(disturbed.database.records, RULES, history)
      const bodies = [...historyAsWebhooks(history)].map(({ body }) => body)
      expect(bodies.length).toBeGreaterThan(900)
      for (const [index, body] of disorderly(bodies, seed).entries()) {
        await disturbed.deliver(body)
        if (index % 100 === 0) await disturbed.drain()
      }
      await disturbed.drain()
      await disturbed.backfill()

      expect(await dumpMirror(disturbed.store)).toEqual(await dumpMirror(plain.store))
      expect(await dumpDerived(disturbed.store)).toEqual(await dumpDerived(plain.store))
      const keys = Object.keys(RULES.keyResults)
      const numbers = await numbersOf(plain, keys)
      expect(await numbersOf(disturbed, keys)).toEqual(numbers)
      expect(numbers.map((each) => each?.progress)).toEqual([1, 1, 1])
    },
  )

  it('webhooks alone, all of them in any order, give the same sprints and key results', async () => {
    const history = await loadDevlakeHistory(sharedData('rest', 'devlake'))
    const webhooks = await connected(createJiraSimulator({ history }))
    await storeReplayGoals(webhooks.database.records, RULES, history)
    const bodies = [...historyAsWebhooks(history)].map(({ body }) => body)
    for (const body of bodies.toReversed()) await webhooks.deliver(body)
    await webhooks.drain()

    const keys = Object.keys(RULES.keyResults)
    expect(await numbersOf(webhooks, keys)).toEqual(await numbersOf(plain, keys))
    const report = (service: ConnectedService, sprintId: number) =>
      reportSprint(
        { ...service, records: service.database.records, now: service.clock.now() },
        'main',
        sprintId,
      )
    for (const { id } of history.sprints) {
      expect((await report(webhooks, id)).report).toEqual((await report(plain, id)).report)
    }
    const seventh = (await report(webhooks, 7)).report
    expect(seventh?.committed.length).toBe(16)
  })
})

/**
 * An issue that was deleted is known to have left only where it was known before, and when work moved last decides
 * between stale and off track.
 */
function withoutHealth(numbers: Numbers | null) {
  return numbers === null ? null : { ...numbers, assessment: null }
}

/** What blocks each issue now, by their keys. */
async function whatBlocks({ database, clock }: ConnectedService) {
  const { mirror } = database.records
  const histories = await mirror.histories('main', await mirror.issueIdsAfter('main', null, 1_000))
  const blocking = await loadBlocking(database.records, 'main', [{ histories }])
  const rules = {
    categories: await mirror.statusCategories('main'),
    notDelivered: { resolutionIds: new Set<string>() },
  }
  return histories
    .filter(({ deletedAt }) => deletedAt === null)
    .map((history) => ({ key: history.current.key, ...blockAt(history, blocking, rules, clock.now()) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

describe('two ways in, one state: any site', () => {
  it('holds for whatever people do in Jira', async () => {
    await fc.assert(
      fc.asyncProperty(randomPlay, fc.nat(1000), async (play, seed) => {
        const jira = createJiraSimulator({ history: randomSite() })
        const bodies: object[] = []
        jira.webhooks.onEvent(({ body }) => bodies.push(body))
        playRandomly(jira, play)

        const disturbed = await connected(jira)
        const plain = await startConnectedService(
          (await disturbed.database.records.sites.site('main'))!.baseUrl,
        )
        open.push(plain)
        const keyResults = { 'KR-1': BY_COUNT, 'KR-2': BY_POINTS }
        const keys = Object.keys(keyResults)
        for (const service of [disturbed, plain]) await storeGoals(service.database, { keyResults })

        for (const body of disorderly(bodies, seed)) await disturbed.deliver(body)
        await disturbed.drain()
        await disturbed.backfill()
        await plain.backfill()

        expect(await dumpMirror(disturbed.store)).toEqual(await dumpMirror(plain.store))
        expect(await whatBlocks(disturbed)).toEqual(await whatBlocks(plain))
        expect(await dumpLiveContributions(disturbed.store)).toEqual(await dumpLiveContributions(plain.store))
        const [seen, told] = [await numbersOf(plain, keys), await numbersOf(disturbed, keys)]
        expect(told.map(withoutHealth)).toEqual(seen.map(withoutHealth))
        for (const resource of open.splice(0).reverse()) await resource.stop()
      }),
      { numRuns: 12, endOnFailure: true },
    )
  }, 120_000)
})
