import { byTurns, figure, median, type Figure } from './benchmark.ts'
import type { BackfillQuestion, BackfillReport } from './processes/backfill.ts'
import { startChild } from './processes/child.ts'
import type { FetchReport } from './processes/page-fetcher.ts'
import type { SimulatedSite } from './processes/simulator.ts'
import { openRecord, storeKeyResults } from './record/bench-record.ts'
import type { Surroundings } from './surroundings.ts'

const MEGABYTE = 1024 * 1024

/** A third of the generated issues carry the label of one of these, and others inherit it from their epic. */
const KEY_RESULTS = 20

/** Less than a request to Jira Cloud and its answer take from anywhere, and far less than Jira takes to answer it. */
const JIRA_DISTANCE_MS = 25

interface Comparison {
  readonly ours: readonly BackfillReport[]
  readonly oursPerSecond: number
  readonly theirsPerSecond: number
}

/**
 * Issues read into the mirror per second, against a loop that fetches the same pages and keeps nothing: from a Jira
 * that is a network away, and from one that answers as fast as this machine can make it, which no Jira does and which
 * shows what storing costs; and whether memory stays flat. Simulated Jira, backfill, loop and database are processes of
 * their own.
 */
export async function backfill(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick } = surroundings
  const [many, some] = isQuick ? [1_000, 300] : [100_000, 20_000]
  const afar = await compare(surroundings, isQuick ? 1 : 2, many, JIRA_DISTANCE_MS)
  const atOnce = await compare(surroundings, isQuick ? 1 : 3, some, 0)
  const memory = afar.ours.map(({ memoryBytes }) => ({
    last: Math.max(...quarter(memoryBytes, 4)),
    second: Math.max(...quarter(memoryBytes, 2)),
  }))
  const against = 'with their histories, against a loop that only fetches the same pages'
  return [
    figure({
      name: 'backfill',
      value: afar.oursPerSecond,
      baseline: afar.theirsPerSecond,
      unit: 'issues/s',
      detail: `${many} issues ${against}; from a simulated Jira ${JIRA_DISTANCE_MS} ms away`,
      target: { atLeast: 0.5 },
    }),
    figure({
      name: 'backfill.at-once',
      value: atOnce.oursPerSecond,
      baseline: atOnce.theirsPerSecond,
      unit: 'issues/s',
      detail: `${some} issues ${against}; from the same Jira, which answers at once: what storing costs`,
      target: null,
    }),
    figure({
      name: 'backfill.memory',
      value: median(memory.map(({ last }) => last / MEGABYTE)),
      baseline: median(memory.map(({ second }) => second / MEGABYTE)),
      unit: 'MB',
      detail: `most resident memory in the last quarter of ${many} issues, against the second quarter`,
      target: { atMost: 1.2 },
    }),
  ]
}

async function compare(
  surroundings: Surroundings,
  rounds: number,
  issues: number,
  distanceMs: number,
): Promise<Comparison> {
  await using simulator = startChild<SimulatedSite, string>(
    new URL('processes/simulator.ts', import.meta.url),
  )
  const site = { seed: 7, projects: 10, issues, sprints: 24, keyResults: KEY_RESULTS }
  const jiraUrl = await simulator.ask({ site, distanceMs })
  const told = (what: string, { issues: read, seconds }: { issues: number; seconds: number }) => {
    if (read !== issues) throw new Error(`${what}: ${read} of ${issues} issues`)
    surroundings.say(`${what}, Jira ${distanceMs} ms away: ${Math.round(issues / seconds)} issues/s`)
  }
  const [ours, theirs] = await byTurns(
    rounds,
    async () => {
      const report = await readIn(surroundings, jiraUrl)
      told('backfill', report)
      return report
    },
    async () => {
      const report = await fetchOnly(jiraUrl)
      told('fetching alone', report)
      return report
    },
  )
  return {
    ours,
    oursPerSecond: median(ours.map(({ seconds }) => issues / seconds)),
    theirsPerSecond: median(theirs.map(({ seconds }) => issues / seconds)),
  }
}

async function readIn(surroundings: Surroundings, jiraUrl: string): Promise<BackfillReport> {
  await using database = await surroundings.createDatabase()
  {
    await using record = await openRecord(database)
    await storeKeyResults(record, KEY_RESULTS)
  }
  await using child = startChild<BackfillQuestion, BackfillReport>(
    new URL('processes/backfill.ts', import.meta.url),
  )
  return await child.ask({ databaseUrl: database.url, jiraUrl })
}

async function fetchOnly(jiraUrl: string): Promise<FetchReport> {
  await using child = startChild<{ jiraUrl: string }, FetchReport>(
    new URL('processes/page-fetcher.ts', import.meta.url),
  )
  return await child.ask({ jiraUrl })
}

/** The n-th of four equal parts, 1 to 4. */
function quarter(values: readonly number[], n: number): readonly number[] {
  return values.slice(Math.floor(((n - 1) * values.length) / 4), Math.ceil((n * values.length) / 4))
}
