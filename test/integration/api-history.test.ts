import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { BY_METRIC, BY_POINTS, createGoals, forgetEverything } from '../support/api-goals.ts'
import { someNumbers } from '../support/status-facts.ts'

const KR1 = 'KR-1' as KeyResultKey
const URL = '/api/v1/key-results/KR-1/history'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

interface Day {
  day: string
  progress: number | null
  rawProgress: number | null
  expectedProgress: number
  scope: { issues: number; size: number }
}

async function days(query: string): Promise<Day[]> {
  return (await api.ask('GET', `${URL}?${query}`)).body.days as Day[]
}

describe('the daily series', () => {
  it('has a point for every day from the start of the cycle to today, each with the numbers up to it', async () => {
    await createGoals(api, BY_POINTS)
    const line = { issues: 1, sharePercent: 100 }
    await api.store.database.records.progress.replaceDays(KR1, null, [
      { day: '2026-09-20', tally: [{ state: 'to_do', size: 4, ...line }] },
      {
        day: '2026-10-07',
        tally: [
          { state: 'delivered', size: 4, ...line },
          { state: 'to_do', size: null, ...line },
        ],
      },
    ])
    const all = await days('')
    expect(all).toHaveLength(52)
    expect(all.at(-1)?.day).toBe('2026-11-21')
    const by = new Map(all.map((point) => [point.day, point]))
    expect(by.get('2026-10-01')).toMatchObject({ progress: 0, scope: { issues: 1, size: 4 } })
    expect(by.get('2026-10-06')).toMatchObject({ progress: 0 })
    expect(by.get('2026-10-07')).toMatchObject({ progress: 0.5, scope: { issues: 2, size: 8 } })
    expect(by.get('2026-10-30')).toMatchObject({ progress: 0.5 })
    expect((await days('from=2026-09-18&to=2026-09-20')).map(({ progress }) => progress)).toEqual([
      null,
      null,
      0,
    ])
  })

  it('follows a metric by the date of its values, in the time zone of the cycle', async () => {
    await createGoals(api, BY_METRIC)
    const report = (at: string, value: number) =>
      api.ask('POST', '/api/v1/key-results/KR-1/check-ins', { body: { at, value } })
    await report('2026-10-10T23:30:00Z', 50)
    await report('2026-10-05T08:00:00Z', 40)
    const values = (await days('from=2026-10-04&to=2026-10-11')).map(({ rawProgress }) => rawProgress)
    expect(values).toEqual([null, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5, 0.5])
    expect((await days('from=2026-10-05&to=2026-10-05'))[0]?.progress).toBe(0)
  })

  it('ends with the cycle, starts no sooner than there are days, and answers a bounded number', async () => {
    await createGoals(api, BY_POINTS)
    api.setNow(Date.UTC(2027, 5, 1))
    expect((await days('')).at(-1)).toMatchObject({ day: '2026-12-31', expectedProgress: 1 })
    api.setNow(Date.UTC(2026, 8, 1))
    expect(await days('')).toEqual([])
    expect(await days('from=2026-10-05&to=2026-10-01')).toEqual([])
    api.setNow(NOW)
    const { status, body } = await api.ask('GET', `${URL}?from=2001-01-01`)
    expect([status, body.problems]).toMatchObject([400, [{ field: 'from' }]])
  })
})

describe('the snapshots', () => {
  it('come newest first, page by page, with what changed', async () => {
    await createGoals(api, BY_POINTS)
    const movement = {
      kind: 'delivered' as const,
      siteId: 'main',
      issueId: '7',
      issueKey: 'PROJ-7',
      at: NOW,
      sizeBefore: 5,
      sizeAfter: 5,
    }
    const explanation = { counts: { delivered: 1 }, movements: [movement] }
    const snapshot = { keyResult: KR1, numbers: someNumbers, explanation }
    for (let n = 0; n < 5; n++) {
      await api.store.database.records.progress.addSnapshot({ ...snapshot, asOf: NOW + n }, n)
    }
    const first = (await api.ask('GET', `${URL}?limit=3`)).body
    const second = (await api.ask('GET', `${URL}?limit=3&after=${String(first.next)}`)).body
    const seen = [first, second].flatMap(({ items }) => (items as { asOf: string }[]).map(({ asOf }) => asOf))
    expect(seen).toEqual([4, 3, 2, 1, 0].map((n) => new Date(NOW + n).toISOString()))
    expect(second.next).toBeNull()
    expect((first.items as object[])[0]).toMatchObject({
      progress: 0.3,
      changes: {
        counts: { delivered: 1 },
        movements: [{ kind: 'delivered', site: 'main', issueKey: 'PROJ-7' }],
      },
    })
  })
})
