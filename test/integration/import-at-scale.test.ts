import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readOkrsCsv } from '../../src/contracts/okrs-csv/read-okrs-csv.ts'
import { prepareImport } from '../../src/app/okr-import/prepare-import.ts'
import type { Records } from '../../src/app/ports/records.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, forgetEverything } from '../support/api-goals.ts'
import { importCsv, written } from '../support/csv-import.ts'
import { tableOfGoals } from '../support/csv-table.ts'

const ROWS = 5_000

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

  it('with one in a hundred broken leaves nothing behind, and says of each what is wrong where', async () => {
    const { csv, broken } = tableOfGoals(ROWS, 100)
    expect(broken).toHaveLength(ROWS / 100)
    const before = await written(api)
    const report = await importCsv(api, csv)
    expect(report.lines).toHaveLength(ROWS)
    const problems = report.lines.flatMap(({ line, problems: found }) =>
      found.map((each) => ({ line, ...each })),
    )
    expect(problems).toEqual(
      broken.map(({ line, column, says }) => ({
        line,
        column,
        message: expect.stringMatching(says) as unknown,
      })),
    )
    expect(report).toMatchObject({
      isApplied: false,
      problems: [],
      counts: { problem: 50, create: ROWS - 50, skipped: 0 },
    })
    expect(await written(api)).toEqual(before)
    expect(await importCsv(api, csv, 'cycle=2026-Q4&dryRun=true')).toEqual(report)
  }, 60_000)

  it('is imported in seconds, and changes nothing the second time', async () => {
    const { csv } = tableOfGoals(ROWS, null)
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

  it('of goals that each support the one above them is looked at once, however deep they stand', async () => {
    const deep = 1_000
    const rows = Array.from({ length: deep }, (_, nth) =>
      nth === 0 ? 'o0,,Objective 0,galaxy' : `o${nth},o${nth - 1},Objective ${nth},team`,
    )
    const startedAt = performance.now()
    const report = await importCsv(api, ['external_id,parent,title,level', ...rows].join('\n'))
    expect(report.counts).toMatchObject({ problem: 1, skipped: deep - 1 })
    expect(report.lines[1]?.notes).toEqual(['o0 is on line 2, which is left out.'])
    expect(report.lines.at(-1)?.notes).toEqual([`o${deep - 2} is on line ${deep}, which is left out.`])
    // Looked at once for each step it took a minute and a half.
    expect(performance.now() - startedAt).toBeLessThan(20_000)
  }, 180_000)

  it('of key results that each need the one above them is planned twice: with the broken one and without it', async () => {
    const deep = 200
    const rows = Array.from({ length: deep }, (_, nth) => {
      const needed = nth === 0 ? '' : `KR-${nth}`
      return `key_result,KR-${nth + 1},O-1,Key result ${nth + 1},${nth === 0 ? 'many' : '5'},${needed}`
    })
    const csv = ['type,key,objective,title,target,depends_on', 'objective,O-1,,Growth,,', ...rows].join('\n')
    const read = readOkrsCsv(Buffer.from(csv), { mappings: [], dateFormat: null, decimalMark: null })
    if (read.kind === 'unreadable') throw new Error(read.why)
    const { records } = api.store.database
    let plans = 0
    const counted: Records = {
      ...records,
      okrSets: {
        ...records.okrSets,
        applied: (subjects) => {
          plans++
          return records.okrSets.applied(subjects)
        },
      },
    }
    const options = { cycle: '2026-Q4', skipsBroken: false }
    const { lines } = await prepareImport(counted, read.rows, options, NOW)
    expect(plans).toBe(2)
    expect(lines.map(({ outcome }) => outcome)).toEqual([
      ...['create', 'problem'],
      ...Array<string>(deep - 1).fill('skipped'),
    ])
    expect(lines.at(-1)?.notes).toEqual([`KR-${deep - 1} is on line ${deep + 1}, which is left out.`])
  }, 60_000)
})
