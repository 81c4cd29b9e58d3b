import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, BY_METRIC, createGoals, forgetEverything } from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi, Q1 } from '../support/cycle-api.ts'

const OCTOBER = Date.parse('2026-10-02T08:00:00Z')
const NOVEMBER = Date.parse('2026-11-12T08:00:00Z')
const DECEMBER = Date.parse('2026-12-03T08:00:00Z')

let api: TestApi
const { make, change, checkIn, close, retrospective, post } = cycleApi(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  api.setNow(OCTOBER)
  await createGoals(api)
  await make('/cycles', { ...Q1, endDay: '2027-06-30' })
  await make('/objectives', { cycle: '2027-Q1', title: 'Later' })
})

const markdown = async () =>
  (await api.ask('GET', '/api/v1/cycles/2026-Q4/retrospective', { headers: { accept: 'text/markdown' } }))
    .text
const why = { by: 'ada', reason: 'The law comes later' }

describe('a goal that leaves its cycle while it runs', () => {
  it('is told with the cycle it went to, when, by whom and why, and how far it had come', async () => {
    await make('/key-results', aKeyResult({ title: 'Goes away' }))
    api.setNow(NOVEMBER)
    await checkIn('KR-2', 47, '2026-11-02T12:00:00Z')
    await change('/key-results/KR-2', { objective: 'O-2', ...why })
    api.setNow(DECEMBER)
    await checkIn('KR-2', 55, '2026-12-02T12:00:00Z')
    await change('/key-results/KR-2', { measure: { ...BY_METRIC, target: 65 } })
    api.setNow(AFTER_Q4)
    const known = (await close()).retrospective
    expect(known.objectives).toMatchObject([{ key: 'O-1', keyResults: [{ key: 'KR-1' }] }])
    expect(known.dropped).toEqual([])
    expect(known['movedAway']).toEqual([
      {
        key: 'KR-2',
        title: 'Goes away',
        objective: 'O-1',
        at: '2026-11-12T08:00:00.000Z',
        into: '2027-Q1',
        rawProgress: 0.2,
        ...why,
      },
    ])
    expect(await markdown()).toContain(
      '## Moved to another cycle\n\n' +
        '- KR-2 Goes away (of O-1): moved to 2027-Q1 on 12 Nov, 20 % of the way. Why: The law comes later (ada)',
    )
  })

  it('is told with its key results where an objective leaves, and given up where it was before', async () => {
    await make('/key-results', aKeyResult({ title: 'Given up before' }))
    await post('/key-results/KR-2/archive')
    api.setNow(NOVEMBER)
    await change('/objectives/O-1', { cycle: '2027-Q1', by: 'ada' })
    api.setNow(DECEMBER)
    await make('/key-results', aKeyResult({ title: 'Made over there' }))
    const known = await retrospective()
    expect(known.objectives).toEqual([])
    expect(known['movedAway']).toMatchObject([
      { key: 'KR-1', objective: 'O-1', into: '2027-Q1', by: 'ada', reason: null },
      { key: 'O-1', objective: null, into: '2027-Q1', rawProgress: null },
    ])
    expect(known.dropped).toMatchObject([{ key: 'KR-2', objective: 'O-1' }])
    expect(await markdown()).toContain(
      '- O-1 New customers succeed on their first day: moved to 2027-Q1 on 12 Nov. By ada.',
    )
  })

  it('is not told once it is back, nor where it only went to another objective of its cycle', async () => {
    await make('/objectives', { cycle: '2026-Q4', title: 'Beside' })
    api.setNow(NOVEMBER)
    await change('/key-results/KR-1', { objective: 'O-2' })
    api.setNow(DECEMBER)
    await change('/key-results/KR-1', { objective: 'O-3' })
    const known = await retrospective()
    expect(known['movedAway']).toEqual([])
    expect(known.objectives[1]!.keyResults).toMatchObject([
      { key: 'KR-1', entered: { from: null, isLate: false } },
    ])
  })
})

describe('a goal that comes into a cycle that runs', () => {
  it('is told with the cycle it came from, by whom and why; what it was before is no move of this cycle', async () => {
    await make('/key-results', aKeyResult({ objective: 'O-2', title: 'Comes' }))
    await change('/key-results/KR-2', { weight: 3 })
    api.setNow(NOVEMBER)
    await change('/key-results/KR-2', { objective: 'O-1', ...why })
    api.setNow(DECEMBER)
    await change('/key-results/KR-2', { weight: 2 })
    const [, came] = (await retrospective()).objectives[0]!.keyResults
    expect(came).toMatchObject({
      key: 'KR-2',
      entered: { at: '2026-11-12T08:00:00.000Z', from: '2027-Q1', isLate: true, ...why },
      moves: [{ kind: 'weight_moved', weightBefore: 3, weightAfter: 2 }],
    })
    expect(await markdown()).toContain('It came from 2027-Q1 on 12 Nov. Why: The law comes later (ada)')
  })

  it('came with its objective', async () => {
    await make('/key-results', aKeyResult({ objective: 'O-2', title: 'Comes along' }))
    api.setNow(NOVEMBER)
    await change('/objectives/O-2', { cycle: '2026-Q4', ...why })
    const { objectives } = await retrospective()
    expect(objectives[1]!.keyResults[0]).toMatchObject({
      entered: { at: '2026-11-12T08:00:00.000Z', from: '2027-Q1', ...why },
    })
  })

  it('was added late where it was made after the planning, and not where all were typed in that day', async () => {
    api.setNow(NOVEMBER)
    await make('/key-results', aKeyResult({ title: 'Late' }))
    const [first, late] = (await retrospective()).objectives[0]!.keyResults
    expect(first).toMatchObject({ entered: { isLate: false } })
    expect(late).toMatchObject({ entered: { at: '2026-11-12T08:00:00.000Z', from: null, isLate: true } })
    const text = await markdown()
    expect(text.match(/It was added on 12 Nov\./gu)).toHaveLength(1)
    expect(text).not.toContain('It was added on 2 Oct.')
    await post('/key-results/KR-1/archive')
    expect(await markdown()).not.toContain('It was added')
  })
})
