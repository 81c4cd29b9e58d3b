import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, forgetEverything } from '../support/api-goals.ts'
import { importCsv, written } from '../support/csv-import.ts'

const ROWS = 5_000
const KEY_RESULTS_OF_AN_OBJECTIVE = 4
const HEADER = 'type,external_id,parent,title,unit,baseline,target,current,due'

/** A table of this many rows; every hundredth is broken in one of several ways. */
function table(brokenEvery: number | null): { csv: string; brokenLines: number[] } {
  const brokenLines: number[] = []
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const nth = Math.floor(index / (KEY_RESULTS_OF_AN_OBJECTIVE + 1))
    if (index % (KEY_RESULTS_OF_AN_OBJECTIVE + 1) === 0) return `objective,o${nth},,Objective ${nth},,,,,`
    const isBroken = brokenEvery !== null && index % brokenEvery === brokenEvery - 1
    const good = [
      'key_result',
      `k${index}`,
      `o${nth}`,
      `Result ${index}`,
      '%',
      '0',
      String(index + 1),
      '0.5',
      '2026-12-18',
    ]
    if (!isBroken) return good.join(',')
    brokenLines.push(index + 2)
    const ways: readonly (readonly [number, string])[] = [
      [6, 'a lot'],
      [2, 'nobody'],
      [8, '2031-01-01'],
      [6, '0'],
      [3, '"open'],
    ]
    const [column, cell] = ways[brokenLines.length % ways.length]!
    return good.with(column, cell).join(',')
  })
  return { csv: [HEADER, ...rows].join('\n'), brokenLines }
}

describe('a table of 5,000 rows', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
  })

  it('with one in a hundred broken leaves nothing behind and names exactly those', async () => {
    const { csv, brokenLines } = table(100)
    expect(brokenLines).toHaveLength(ROWS / 100)
    const before = await written(api)
    const report = await importCsv(api, csv)
    expect(report.lines.filter(({ outcome }) => outcome === 'problem').map(({ line }) => line)).toEqual(
      brokenLines,
    )
    for (const { problems } of report.lines) expect(problems.length).toBeLessThanOrEqual(1)
    expect(report).toMatchObject({ isApplied: false, problems: [] })
    expect(await written(api)).toEqual(before)
  }, 60_000)

  it('is imported in seconds, and changes nothing the second time', async () => {
    const { csv } = table(null)
    const startedAt = performance.now()
    const report = await importCsv(api, csv)
    const tookMs = performance.now() - startedAt
    expect(report).toMatchObject({ isApplied: true, newCheckIns: 4_000 })
    expect(tookMs).toBeLessThan(30_000)
    const after = await written(api)
    expect(after).toMatchObject({ objectives: 1_000, key_results: 4_000, check_ins: 4_000 })
    const again = await importCsv(api, csv)
    expect(again.counts).toMatchObject({ unchanged: ROWS, create: 0, change: 0, check_in: 0, problem: 0 })
    expect(await written(api)).toEqual(after)
  }, 120_000)
})
