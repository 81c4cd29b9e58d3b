import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rollUpObjectives } from '../../src/app/roll-up/roll-up-objectives.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { BY_METRIC } from '../support/api-goals.ts'
import { goalStage } from '../support/goal-stage.ts'

let api: TestApi
const { begin, objective, keyResult, read, report, cascade } = goalStage(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => begin())

describe('an objective', () => {
  it('reads with its progress, its health and what is missing, alone and in a list', async () => {
    await objective()
    await objective()
    await keyResult({ weight: 2 })
    await keyResult()
    await keyResult({ weight: 5 })
    await report({ 'KR-1': 55, 'KR-2': 43 })
    const shown = { progress: 2 / 3, rawProgress: 0.6, health: 'off_track', missing: ['KR-3'] }
    expect(await read('objectives/O-1')).toMatchObject(shown)
    const { items } = await read('objectives?cycle=2026-Q4')
    expect(items).toMatchObject([shown, { progress: null, health: 'no_data', missing: [] }])
    expect((await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { title: 'Win' } })).body).toMatchObject(
      shown,
    )
  })

  it('takes the health in the middle where it says so', async () => {
    await objective({ healthRollUp: 'median' })
    for (const weight of [2, 2, 1]) await keyResult({ weight })
    await report({ 'KR-1': 55, 'KR-2': 55, 'KR-3': 43 })
    expect(await read('objectives/O-1')).toMatchObject({ health: 'done', progress: 0.8 })
  })

  it('counts what contributes to it over several steps, of whatever cycle', async () => {
    await cascade()
    await objective({ cycle: '2027', parent: 'O-1', contributionWeight: 2 })
    await objective({ cycle: '2026', parent: 'O-6', contributionWeight: 1 })
    await keyResult({ objective: 'O-7' })
    await report({ 'KR-1': 46, 'KR-5': 55 })
    expect((await read('objectives/O-1'))['progress']).toBeCloseTo((0.1 + 2) / 3, 12)
  })

  it('is explained term by term, with what only supports it', async () => {
    await objective({ level: 'company' })
    await keyResult({ title: 'Activation' })
    await objective({ parent: 'KR-1', contributionWeight: 3, title: 'Onboard' })
    await keyResult({ objective: 'O-2' })
    await objective({ parent: 'O-1', title: 'Watch' })
    await keyResult({ objective: 'O-3' })
    await report({ 'KR-1': 46, 'KR-2': 55, 'KR-3': 45 })
    const body = await read('objectives/O-1/explain')
    expect(body).toMatchObject({
      objective: 'O-1',
      progress: 0.775,
      formula: '(1 × 0.775) ÷ (1) = 0.775',
      terms: [
        {
          key: 'KR-1',
          title: 'Activation',
          weightShare: 1,
          adds: 0.775,
          parts: [
            { key: 'KR-1', weight: 1, progress: 0.1, adds: 0.025 },
            { key: 'O-2', title: 'Onboard', weight: 3, progress: 1, adds: 0.75 },
          ],
        },
        { key: 'O-3', title: 'Watch', leftOut: 'supports_only', adds: null },
      ],
    })
    expect(body['sentences']).toContain('O-1 is at 77.5 %: the weighted mean of KR-1.')
    expect((await read('key-results/KR-1'))['progress']).toMatchObject({ progress: 0.1 })
    expect((await read('objectives/O-1'))['progress']).toBe(0.775)
    expect((await api.ask('GET', '/api/v1/objectives/O-9/explain')).status).toBe(404)
  })
})

describe('a key result', () => {
  it('is explained with its inputs and its formula', async () => {
    await objective()
    await keyResult()
    expect(await read('key-results/KR-1/explain')).toMatchObject({ numbers: null, formula: null })
    await report({ 'KR-1': 43 })
    const body = await read('key-results/KR-1/explain')
    expect(body).toMatchObject({
      keyResult: 'KR-1',
      objective: 'O-1',
      measure: BY_METRIC,
      formula: '(43 − 45) ÷ (55 − 45) = −0.2',
      numbers: { current: 43, rawProgress: -0.2, progress: 0 },
      contributors: [],
    })
    expect(body['sentences']).toEqual([
      'The latest value is 43 %, of 2026-11-20.',
      'From 45 to 55 that is −20 %, shown as 0 %.',
      expect.stringMatching(/^By now 5\d(\.\d)? % is expected: its pace is −0\.\d+ of that\.$/),
      'Its health is off track by the rule pace of policy balanced.',
    ])
  })
})

describe('reading a page of objectives', () => {
  it('takes two statements, however many objectives, key results and cycles there are', async () => {
    await cascade()
    for (let n = 0; n < 20; n++) await objective({ parent: 'KR-2', contributionWeight: 1 })
    const { alignment, goals } = api.store.database.records
    const page = await goals.objectives({ after: null, limit: 200 }, { cycle: null, includeArchived: false })
    const asked: string[] = []
    const counting = new Proxy(alignment, {
      get: (records, name) => {
        asked.push(String(name))
        return Reflect.get(records, name) as unknown
      },
    })
    const keys = page.map(({ key }) => key)
    expect((await rollUpObjectives({ alignment: counting }, keys)).size).toBe(25)
    expect(asked).toEqual(['contributingTo', 'keyResultsOf'])
  })
})
