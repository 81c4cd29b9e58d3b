import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'
import { importCsv, stored } from '../support/csv-import.ts'

const HOUR_MS = 3_600_000

describe('check-ins of a table', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await createGoals(api)
  })

  const says = (...lines: string[]) =>
    importCsv(
      api,
      `type,key_result,current,at,note\n${lines.map((line) => `check_in,KR-1,${line}`).join('\n')}\n`,
    )
  /** Values of the key result, oldest first. */
  const values = async () =>
    (await api.store.query(`select value from check_ins where key_result = 'KR-1' order by at, id`)).map(
      ({ value }) => value,
    )
  const unchangedBy = async (...lines: string[]) => {
    const before = await stored(api)
    const report = await says(...lines)
    expect(report.counts).toMatchObject({ unchanged: lines.length })
    expect(report.newCheckIns).toBe(0)
    expect(await stored(api)).toEqual(before)
  }

  it('of two times on one day are in the order of their times, whichever stands first', async () => {
    const lines = ['60,2026-11-03 17:30,', '50,2026-11-03 09:15,', '40,2026-11-02,']
    await says(...lines)
    expect(await values()).toEqual([40, 50, 60])
    const [row] = await api.store.query(`select at from check_ins where value = 60`)
    expect(row?.at).toEqual(new Date('2026-11-03T16:30:00Z'))
    await unchangedBy(...lines)
  })

  it.each([
    ['newest first', ['60,2026-11-03,', '50,2026-11-03,', '40,2026-11-02,']],
    ['oldest first', ['40,2026-11-02,', '50,2026-11-03,', '60,2026-11-03,']],
  ])('of one day without times are in the order of the file, %s', async (_order, lines) => {
    await says(...lines)
    expect(await values()).toEqual([40, 50, 60])
    await unchangedBy(...lines)
  })

  it('may go back to a value on one day', async () => {
    const lines = ['50,2026-11-03,', '60,2026-11-03,', '50,2026-11-03,']
    await says(...lines)
    expect(await values()).toEqual([50, 60, 50])
    await unchangedBy(...lines)
  })

  it('without a date are one after another, and go back to a value within a file', async () => {
    const lines = ['50,,', '60,,', '50,,']
    await says(...lines)
    expect(await values()).toEqual([50, 60, 50])
    await unchangedBy(...lines)
    await says(...lines, '70,,')
    expect(await values()).toEqual([50, 60, 50, 70])
  })

  it('without a date go back to a value over several files', async () => {
    for (const [hour, value] of [50, 60, 50].entries()) {
      api.setNow(Date.UTC(2026, 10, 21, 10) + hour * HOUR_MS)
      await says(`${value},,`)
      await unchangedBy(`${value},,`)
    }
    expect(await values()).toEqual([50, 60, 50])
  })

  it('without a date are not new where the same file dates that value last', async () => {
    const lines = ['40,2026-11-02,', '50,2026-11-03,', '50,,']
    expect((await says(...lines)).newCheckIns).toBe(2)
    await unchangedBy(...lines)
  })

  it('say once what the line of their key result says too', async () => {
    const table =
      'type,key,objective,key_result,current,at,note,confidence\n' +
      'key_result,KR-1,O-1,,50,2026-11-03T09:00:00Z,,\n' +
      'check_in,,,KR-1,50,2026-11-03T09:00:00Z,At last,8\n'
    expect((await importCsv(api, table)).newCheckIns).toBe(1)
    expect(await values()).toEqual([50])
    expect((await importCsv(api, table)).counts).toMatchObject({ unchanged: 2 })
  })

  it('of a time when it was measured otherwise say how, and count for nothing now', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: { kind: 'binary' } } })
    const refused = await says('48,2026-11-03,')
    expect(refused.lines[0]?.problems).toMatchObject([
      { column: 'current', message: expect.stringMatching(/48 says neither.*measure = metric/) as unknown },
    ])
    const table = 'type,key_result,current,at,measure\ncheck_in,KR-1,48,2026-11-03,metric\n'
    expect((await importCsv(api, table)).newCheckIns).toBe(1)
    expect((await importCsv(api, table)).counts).toMatchObject({ unchanged: 1 })
  })
})
