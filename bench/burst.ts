import { setTimeout as sleep } from 'node:timers/promises'
import { figure, median, type Figure } from './benchmark.ts'
import { STEPS_OF_A_LIFE, type EventPlan } from './load/event-plan.ts'
import { startChild } from './processes/child.ts'
import type { Load, LoadReport } from './processes/load-generator.ts'
import { startThroughline } from './processes/throughline.ts'
import { openRecord, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import { createJiraSimulator, SIMULATOR_CREDENTIALS } from '../src/demo/jira-simulator/jira-simulator.ts'
import { generatedId } from '../src/demo/jira-simulator/loading/generated-issue.ts'
import { generateSite } from '../src/demo/jira-simulator/loading/generated-site.ts'
import type { KeyResultKey } from '../src/domain/ids.ts'
import type { Surroundings } from './surroundings.ts'

const KEY_RESULTS = 20
const CONNECTIONS = 32
const LOOK_EVERY_MS = 20
const GIVE_UP_AFTER_MS = 120_000

interface Burst {
  readonly recomputes: number
  readonly comments: number
  readonly acknowledgedSeconds: number
  readonly drainedSeconds: number
}

/** What very many events at once, each of which moves a key result, cost in recomputations and in Jira comments. */
export async function burst(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, events] = isQuick ? [1, 500] : [3, 10_000]
  const results: Burst[] = []
  for (let round = 0; round < rounds; round++) {
    const result = await play(surroundings, events)
    const { recomputes, comments, drainedSeconds } = result
    say(`${recomputes} recomputations, ${comments} comments, all done after ${drainedSeconds.toFixed(1)} s`)
    results.push(result)
  }
  const of = (what: keyof Burst) => median(results.map((result) => result[what]))
  const stream = `${events} events on ${KEY_RESULTS} key results as fast as they are taken`
  return [
    figure({
      name: 'burst.recomputes',
      value: of('recomputes'),
      baseline: events,
      unit: 'runs',
      detail: `recomputations that did work, against events; ${stream}`,
      target: { atMost: 0.1 },
    }),
    figure({
      name: 'burst.comments',
      value: of('comments'),
      baseline: events,
      unit: 'comments',
      detail: `writes to Jira, against events; ${stream}`,
      target: { atMost: 0.1 },
    }),
    figure({
      name: 'burst.drain',
      value: of('drainedSeconds'),
      baseline: of('acknowledgedSeconds'),
      unit: 's',
      detail: 'until everything is applied, recomputed and written, against until everything is acknowledged',
      target: null,
    }),
  ]
}

async function play(surroundings: Surroundings, events: number): Promise<Burst> {
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  const site = generateSite({ seed: 1, projects: 1, issues: KEY_RESULTS, sprints: 1 })
  const jira = createJiraSimulator({ history: site })
  const { baseUrl } = await jira.start()
  const anchors = (position: number) => ({ siteId: 'main', issueId: generatedId(position) })
  const keys = await storeKeyResults(record, KEY_RESULTS, anchors)
  const plan: EventPlan = {
    issues: events / STEPS_OF_A_LIFE,
    keyResults: KEY_RESULTS,
    firstStep: 0,
    firstIssue: 1,
    startAt: Date.now(),
  }
  let report: LoadReport
  let drainedSeconds: number
  try {
    await using throughline = await startThroughline({
      role: 'all',
      databaseUrl: database.url,
      environment: {
        JIRA_URL: baseUrl,
        JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
        JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
      },
    })
    await using load = startChild<Load, LoadReport>(new URL('processes/load-generator.ts', import.meta.url))
    report = await load.ask({ url: throughline.webhookUrl, plan, events, connections: CONNECTIONS })
    const acknowledgedAt = performance.now()
    await untilDrained(record)
    drainedSeconds = report.seconds + (performance.now() - acknowledgedAt) / 1_000
    await expectDelivered(record, keys, plan.issues)
  } finally {
    await jira.stop()
  }
  // PostgreSQL counts the dirty marks that were taken away, one for each run that did work; the service has ended, and
  // its sessions have reported what they did.
  const [marks] = await database.query(
    "select n_tup_del::int as taken from pg_stat_user_tables where relname = 'dirty_key_results'",
  )
  return {
    recomputes: Number(marks?.['taken']),
    comments: jira.commentWrites.length,
    acknowledgedSeconds: report.seconds,
    drainedSeconds,
  }
}

async function untilDrained({ records: { inbox, progress, comments } }: BenchRecord): Promise<void> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS
  while (performance.now() < deadline) {
    const isBusy =
      (await inbox.countWaiting()) > 0 ||
      (await progress.oldestDirtyAgeMs()) !== null ||
      (await comments.oldestDueAgeMs()) !== null
    if (!isBusy) return
    await sleep(LOOK_EVERY_MS)
  }
  throw new Error(`the burst was not worked off within ${GIVE_UP_AFTER_MS / 1_000} s`)
}

/** Every story was delivered in the end: a service that lost events would look fast. */
async function expectDelivered(
  { records }: BenchRecord,
  keys: readonly KeyResultKey[],
  issues: number,
): Promise<void> {
  const snapshots = await records.progress.latestSnapshots(keys)
  const delivered = keys.reduce(
    (sum, key) => sum + (snapshots.get(key)?.numbers.delivery.delivered.issues ?? 0),
    0,
  )
  if (delivered !== issues) throw new Error(`${delivered} of ${issues} stories count as delivered`)
}
