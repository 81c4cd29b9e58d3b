import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, forgetEverything } from '../support/api-goals.ts'
import { anyBrokenTable, MOVES_CELLS } from '../support/broken-tables.ts'
import { importCsv, written } from '../support/csv-import.ts'

describe('a table with broken rows', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())

  it('has one problem on each of them and none on any other, and leaves out what hangs on them', async () => {
    const seen = new Set<string>()
    await forgetEverything(api)
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    const before = await written(api)
    await fc.assert(
      fc.asyncProperty(anyBrokenTable, async ({ csv, broken }) => {
        const report = await importCsv(api, csv, 'cycle=2026-Q4')
        // A comma that is not in quotes moves every cell behind it: that line alone may have several problems.
        const told = report.lines.flatMap(({ line, problems }) =>
          problems.slice(0, broken.get(line) === MOVES_CELLS ? 1 : undefined).map(() => line),
        )
        expect(told, explained(csv, report.lines, broken)).toEqual([...broken.keys()])
        expect(report).toMatchObject({
          counts: { problem: broken.size },
          problems: [],
          isApplied: broken.size === 0,
        })
        if (broken.size > 0) expect(await written(api)).toEqual(before)
        else await forgetGoals()

        const rest = await importCsv(api, csv, 'cycle=2026-Q4&skipBroken=true&dryRun=true')
        expect(rest.lines).toEqual(report.lines)
        for (const way of broken.values()) seen.add(way)
      }),
      { numRuns: 40, endOnFailure: true },
    )
    expect(seen.size).toBeGreaterThan(15)
  }, 120_000)

  async function forgetGoals(): Promise<void> {
    await forgetEverything(api)
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  }
})

/** What a failure has to show: the lines that are told otherwise than they are, and the file. */
function explained(
  csv: string,
  lines: readonly { line: number; problems: readonly unknown[] }[],
  broken: ReadonlyMap<number, string>,
): string {
  const otherwise = lines.filter(({ line, problems }) => problems.length > 0 !== broken.has(line))
  return `${csv}\n${JSON.stringify(otherwise, null, 1)}`
}
