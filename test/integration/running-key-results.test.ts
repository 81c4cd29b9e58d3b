import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runningKeyResults } from '../../src/app/sprints/key-result-standings.ts'
import { endOf } from '../../src/domain/calendar/expected-progress.ts'
import { timeBoxOf } from '../../src/domain/goals.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { SPRINT_NOW, storeSprintSite } from '../support/sprint-site.ts'
import { day } from '../support/issues.ts'
import { aSprint } from '../support/sprint-pasts.ts'

let api: TestApi
beforeEach(async () => {
  api = await startApi()
  api.setNow(SPRINT_NOW)
})
afterEach(() => api.stop())

interface Quarter {
  readonly cycle: string
  readonly endDay: string
  readonly timeZone?: string
  /** Numbers of its key results, from and to. */
  readonly numbers: readonly [number, number]
  readonly dueDay?: string | null
}

/** A cycle with one objective and key results that report values. */
async function store({ cycle, endDay, timeZone = 'UTC', numbers, dueDay = null }: Quarter): Promise<void> {
  const calendar = { timeZone, workingDays: [1, 2, 3, 4, 5], holidays: [] }
  await api.store.query(
    `insert into cycles (key, title, start_day, end_day, calendar) values ($1, $1, '2026-01-01', $2, $3)`,
    [cycle, endDay, calendar],
  )
  const objective = `O-${numbers[0]}`
  await api.store.query(
    `insert into objectives (key, cycle, title, level, ambition) values ($2, $1, $1, 'team', 'committed')`,
    [cycle, objective],
  )
  await api.store.query(
    `insert into key_results (key, objective, title, measure, weight, due_day)
     select 'KR-' || n, $1, 'Key result ' || n, '{"kind":"metric","unit":"%","baseline":0,"target":1}', 1, $4::date
     from generate_series($2::int, $3::int) as n`,
    [objective, ...numbers, dueDay],
  )
}

const runningAt = async (at: number) =>
  (await runningKeyResults(api.store.database.records, at)).map(({ keyResult }) => keyResult.key)

describe('the running key results', () => {
  it('are all of them, however many are over or run', async () => {
    await store({ cycle: '2026-Q1', endDay: '2026-03-31', numbers: [1, 1_200] })
    await store({ cycle: '2026-Q4', endDay: '2026-12-31', numbers: [2_001, 3_100] })
    const keys = await runningAt(SPRINT_NOW)
    expect([keys.length, keys[0], keys.at(-1)]).toEqual([1_100, 'KR-2001', 'KR-3100'])
  })

  it('are those whose last day is not over where their cycle is kept', async () => {
    const zones = [
      'Pacific/Auckland',
      'Asia/Kolkata',
      'Europe/Berlin',
      'America/St_Johns',
      'Pacific/Pago_Pago',
    ]
    for (const [index, timeZone] of zones.entries()) {
      const first = index * 10 + 1
      await store({ cycle: `C-${index}`, endDay: '2026-10-25', timeZone, numbers: [first, first + 1] })
      await api.store.query(`update key_results set due_day = '2026-03-28' where number = $1`, [first])
    }
    const { goals } = api.store.database.records
    const all = await goals.keyResults(
      { after: null, limit: 100 },
      { cycle: null, objective: null, includeArchived: false },
    )
    const ends = all.map(({ keyResult, cycle }) => endOf(timeBoxOf(keyResult, cycle)))
    expect(new Set(ends).size).toBe(10)
    for (const at of ends.flatMap((end) => [end - 1, end])) {
      const expected = all.filter((_, index) => ends[index]! > at).map(({ keyResult }) => keyResult.key)
      expect(await runningAt(at)).toEqual(expected)
    }
  })

  it.each(['key_results', 'objectives', 'cycles'])('are none that are archived, in %s', async (table) => {
    await store({ cycle: '2026-Q4', endDay: '2026-12-31', numbers: [1, 1] })
    expect(await runningAt(SPRINT_NOW)).toEqual(['KR-1'])
    await api.store.query(`update ${table} set archived_at = '2026-10-02'`)
    expect(await runningAt(SPRINT_NOW)).toEqual([])
  })
})

describe('a key result that a sprint’s goal names', () => {
  it('is known also when its time is over', async () => {
    await store({ cycle: '2026-Q1', endDay: '2026-03-31', numbers: [1, 1] })
    const sprint = aSprint({ startAt: day(25), endAt: day(36), goal: 'What is left of KR-1, then KR-99' })
    await storeSprintSite(api, { sprints: [sprint], issues: [] }, SPRINT_NOW)
    const { body } = await api.ask('GET', '/api/v1/sprints/7/plan')
    expect(body.namedInGoal).toMatchObject([
      { keyResult: 'KR-1', title: 'Key result 1' },
      { keyResult: 'KR-99', title: null },
    ])
    expect(body.withoutWork).toEqual([])
  })
})
