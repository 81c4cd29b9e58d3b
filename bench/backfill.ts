import { byTurns, figure, median, type Figure } from './benchmark.ts'
import type { BackfillQuestion, BackfillReport } from './processes/backfill.ts'
import { startChild } from './processes/child.ts'
import type { FetchReport } from './processes/page-fetcher.ts'
import type { GenerateOptions } from '../src/demo/jira-simulator/loading/generated-site.ts'
import type { Surroundings } from './surroundings.ts'

const MEGABYTE = 1024 * 1024

/**
 * Issues read into the mirror per second, against a loop that fetches the same pages and keeps nothing; and whether
 * memory stays flat. Simulated Jira, backfill, loop and database are processes of their own.
 */
export async function backfill(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, issues] = isQuick ? [1, 3_000] : [3, 100_000]
  await using simulator = startChild<GenerateOptions, string>(
    new URL('processes/simulator.ts', import.meta.url),
  )
  const jiraUrl = await simulator.ask({ seed: 7, projects: 10, issues, sprints: 24 })
  const [ours, theirs] = await byTurns(
    rounds,
    async () => {
      const report = await readIn(surroundings, jiraUrl)
      if (report.issues !== issues) throw new Error(`${report.issues} of ${issues} issues were read`)
      say(`backfill ${Math.round(issues / report.seconds)} issues/s (${report.changes} changes)`)
      return report
    },
    async () => {
      const report = await fetchOnly(jiraUrl)
      if (report.issues !== issues) throw new Error(`${report.issues} of ${issues} issues were fetched`)
      say(`fetching alone ${Math.round(issues / report.seconds)} issues/s (${report.histories} histories)`)
      return report
    },
  )
  const memory = ours.map(({ memoryBytes }) => ({
    last: Math.max(...quarter(memoryBytes, 4)),
    second: Math.max(...quarter(memoryBytes, 2)),
  }))
  return [
    figure({
      name: 'backfill',
      value: median(ours.map(({ seconds }) => issues / seconds)),
      baseline: median(theirs.map(({ seconds }) => issues / seconds)),
      unit: 'issues/s',
      detail: `${issues} issues with their histories, against a loop that only fetches the same pages`,
      target: { atLeast: 0.5 },
    }),
    figure({
      name: 'backfill.memory',
      value: median(memory.map(({ last }) => last / MEGABYTE)),
      baseline: median(memory.map(({ second }) => second / MEGABYTE)),
      unit: 'MB',
      detail: 'most resident memory in the last quarter of the issues, against the second quarter',
      target: { atMost: 1.2 },
    }),
  ]
}

async function readIn(surroundings: Surroundings, jiraUrl: string): Promise<BackfillReport> {
  await using database = await surroundings.createDatabase()
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
