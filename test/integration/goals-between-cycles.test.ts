import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, createGoals, forgetEverything } from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi, Q1, type Looked } from '../support/cycle-api.ts'

const OCTOBER = Date.parse('2026-10-02T08:00:00Z')
const NOVEMBER = Date.parse('2026-11-12T08:00:00Z')
const DECEMBER = Date.parse('2026-12-03T08:00:00Z')
const WINTER = Date.parse('2027-01-20T08:00:00Z')

let api: TestApi
const { make, change, checkIn, close, read, retrospective, post } = cycleApi(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  api.setNow(OCTOBER)
  await createGoals(api)
})

const why = { by: 'ada', reason: 'It fits there' }
const lookedAt = (cycle: string) => read(`/cycles/${cycle}/retrospective`) as Promise<Looked>

describe('a key result of a long cycle that went into a short one, and on from there', () => {
  beforeEach(async () => {
    await make('/cycles', { ...Q1, key: 'LONG', startDay: '2026-08-01', endDay: '2027-07-31' })
    await make('/cycles', Q1)
    await make('/objectives', { cycle: 'LONG', title: 'All year' })
    await make('/key-results', aKeyResult({ objective: 'O-2', title: 'Travels' }))
    api.setNow(NOVEMBER)
    await checkIn('KR-2', 47, '2026-11-02T12:00:00Z')
    await change('/key-results/KR-2', { objective: 'O-1', ...why })
    api.setNow(DECEMBER)
    await change('/key-results/KR-2', { weight: 3 })
    await checkIn('KR-2', 50, '2026-12-03T07:00:00Z')
    api.setNow(AFTER_Q4)
    await close()
    await post('/cycles/2026-Q4/roll-over', { into: '2027-Q1', keyResults: ['KR-2'], rebaseline: true })
  })

  it('was moved away from the long one, as it was then', async () => {
    const known = await lookedAt('LONG')
    expect(known.objectives).toMatchObject([{ key: 'O-2', keyResults: [] }])
    expect(known['movedAway']).toEqual([
      {
        key: 'KR-2',
        title: 'Travels',
        objective: 'O-2',
        at: '2026-11-12T08:00:00.000Z',
        into: '2026-Q4',
        rawProgress: 0.2,
        ...why,
      },
    ])
    const [objective] = (await lookedAt('2027-Q1')).objectives
    expect(objective!.keyResults).toMatchObject([
      { key: 'KR-2', entered: { at: '2027-01-04T11:00:00.000Z', from: null }, moves: [] },
    ])
  })

  it('never left the long one once it is back; what was made of it meanwhile moved its goal', async () => {
    api.setNow(WINTER)
    await change('/key-results/KR-2', { objective: 'O-2' })
    const known = await lookedAt('LONG')
    expect(known['movedAway']).toEqual([])
    expect(known.objectives[0]!.keyResults).toMatchObject([
      {
        key: 'KR-2',
        entered: { at: '2026-10-02T08:00:00.000Z', from: null },
        moves: [{ kind: 'weight_moved' }, { kind: 'baseline_moved', baselineBefore: 45, baselineAfter: 50 }],
      },
    ])
    expect((await lookedAt('2027-Q1'))['movedAway']).toMatchObject([{ key: 'KR-2', into: 'LONG' }])
  })
})

/** An issue of KR-2 that was linked in October. */
async function deliver(issue: string, at: string): Promise<void> {
  const still = { size: 3, role: 'drives', sharePercent: 100, outReason: null }
  const steps = [
    { at: Date.parse('2026-10-20T08:00:00Z'), state: 'to_do', ...still },
    { at: Date.parse(at), state: 'delivered', ...still },
  ]
  await api.store.query(`insert into contributions values ('KR-2', 'main', $1, '{}', false, $2)`, [
    issue,
    JSON.stringify(steps),
  ])
}

describe('a key result that came from another cycle', () => {
  it('brings nothing along of what was forecast, warned of, linked, delivered and said there', async () => {
    await make('/cycles', Q1)
    await make('/objectives', { cycle: '2027-Q1', title: 'Later' })
    await make('/key-results', aKeyResult({ objective: 'O-2', title: 'Comes' }))
    api.setNow(NOVEMBER)
    await checkIn('KR-2', 47, '2026-11-02T12:00:00Z')
    await change('/key-results/KR-2', { objective: 'O-1', ...why })
    api.setNow(DECEMBER)
    await checkIn('KR-2', 48, '2026-12-02T12:00:00Z')
    for (const [asOf, probability] of [
      ['2026-10-20', 0.1],
      ['2026-12-01', 0.3],
    ] as const)
      await api.store.query(
        `insert into snapshots (key_result, as_of, numbers, explanation, movement_cursor)
         values ('KR-2', $1, $2, '{}', 0)`,
        [asOf, { forecast: { kind: 'probability', probability } }],
      )
    for (const [kind, raised, resolved] of [
      ['scope_growth', '2026-10-05', '2026-10-12'],
      ['health', '2026-11-02T08:00:00Z', '2026-11-22T08:00:00Z'],
    ])
      await api.store.query(
        `insert into warnings (key_result, kind, level, facts, raised_at, level_since, resolved_at)
         values ('KR-2', $1, 'at_risk', '{}', $2, $2, $3)`,
        [kind, raised, resolved],
      )
    for (const at of ['2026-10-20', '2026-11-20'])
      await api.store.query(`insert into movements (key_result, movement) values ('KR-2', $1)`, [
        { kind: 'added', at: Date.parse(at) },
      ])
    await deliver('10', '2026-10-25T08:00:00Z')
    await deliver('11', '2026-11-25T08:00:00Z')
    api.setNow(AFTER_Q4)
    const [, came] = (await retrospective()).objectives[0]!.keyResults
    expect(came).toMatchObject({
      key: 'KR-2',
      forecasts: [
        { timeShare: 0.5, probability: null },
        { timeShare: 0.75, probability: 0.3 },
      ],
      warnings: [
        {
          kind: 'health',
          raisedAt: '2026-11-12T08:00:00.000Z',
          resolvedAt: '2026-11-22T08:00:00.000Z',
          levels: [{ level: 'at_risk', since: '2026-11-12T08:00:00.000Z' }],
          days: 10,
        },
      ],
      scope: { added: 1 },
      investment: { issues: 1 },
      checkIns: { days: 1 },
    })
  })

  it('brings along, where it was carried over, what the closed cycle no longer told', async () => {
    await make('/cycles', { ...Q1, key: 'LONG', startDay: '2026-08-01', endDay: '2027-07-31' })
    await make('/key-results', aKeyResult({ title: 'Is carried' }))
    api.setNow(AFTER_Q4)
    for (const day of ['2026-11-25', '2027-01-02']) {
      await checkIn('KR-2', 47, `${day}T12:00:00Z`)
      await deliver(day, `${day}T12:00:00Z`)
    }
    expect((await close()).retrospective.objectives[0]!.keyResults[1]).toMatchObject({
      investment: { issues: 1 },
      checkIns: { days: 1 },
    })
    await post('/cycles/2026-Q4/roll-over', { into: 'LONG', keyResults: ['KR-2'] })
    api.setNow(WINTER)
    expect((await lookedAt('LONG')).objectives[0]!.keyResults).toMatchObject([
      { key: 'KR-2', investment: { issues: 1 }, checkIns: { days: 1 }, forecasts: [] },
    ])
  })

  it('is given up only where it was when it was given up', async () => {
    await make('/cycles', Q1)
    await make('/key-results', aKeyResult({ title: 'Given up before' }))
    api.setNow(NOVEMBER)
    await post('/key-results/KR-2/archive')
    await make('/cycles', { ...Q1, key: 'LONG', startDay: '2026-08-01', endDay: '2027-07-31' })
    api.setNow(DECEMBER)
    await change('/objectives/O-1', { cycle: 'LONG' })
    expect((await retrospective()).dropped).toMatchObject([{ key: 'KR-2', objective: 'O-1' }])
    expect((await lookedAt('LONG')).dropped).toEqual([])
  })
})
