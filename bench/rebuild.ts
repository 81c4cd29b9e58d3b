import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { openRecord, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import { linkIssues } from './record/linked-issues.ts'
import { compileLinkRules } from '../src/adapters/system/label-pattern.ts'
import { rebuildDerived } from '../src/app/rebuild-derived.ts'
import type { Surroundings } from './surroundings.ts'

const ISSUES_PER_PAGE = 500

/** Issues per second of a rebuild of everything that is derived, against reading the same histories and no more. */
export async function rebuild(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, issues] = isQuick ? [1, 1_000] : [3, 20_000]
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await storeKeyResults(record, 1)
  await linkIssues(record, issues, Date.now(), say)
  await database.query('vacuum analyze')
  const [rebuilding, reading] = await byTurns(
    rounds,
    async () => {
      let done = 0
      const seconds = await timed(() =>
        rebuildDerived({ database: record, compileLinkRules }, (n) => (done = n)),
      )
      if (done !== issues) throw new Error(`${done} of ${issues} issues were evaluated`)
      say(`rebuild ${Math.round(issues / seconds)} issues/s`)
      return issues / seconds
    },
    async () => {
      const seconds = await timed(async () => {
        const read = await readHistories(record)
        if (read !== issues) throw new Error(`${read} of ${issues} histories were read`)
      })
      return issues / seconds
    },
  )
  return [
    figure({
      name: 'rebuild',
      value: median(rebuilding),
      baseline: median(reading),
      unit: 'issues/s',
      detail: `${issues} linked issues, against reading their histories`,
      target: null,
    }),
  ]
}

async function readHistories({ records: { mirror } }: BenchRecord): Promise<number> {
  let read = 0
  let page = await mirror.issueIdsAfter('main', null, ISSUES_PER_PAGE)
  while (page.length > 0) {
    read += (await mirror.histories('main', page)).length
    page = await mirror.issueIdsAfter('main', page.at(-1)!, ISSUES_PER_PAGE)
  }
  return read
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return (performance.now() - startAt) / 1_000
}
