import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/domain/time.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { createGoals, forgetEverything } from '../support/api-goals.ts'
import { importCsv } from '../support/csv-import.ts'
import { recomputeAll } from '../support/sprint-site.ts'

const KR1 = '/api/v1/key-results/KR-1'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

type Body = Record<string, unknown>

/** The numbers of KR-1 after all recomputing that waits. */
async function numbers(now = NOW): Promise<Body> {
  api.setNow(now)
  await recomputeAll(api.store.database, now)
  return (await api.ask('GET', KR1)).body['progress'] as Body
}

/** The same after time alone has passed. */
async function numbersLater(now: number): Promise<Body> {
  const { progress } = api.store.database.records
  const due = await progress.healthDue(now, 10)
  await progress.markDirty(due.map((keyResult) => ({ keyResult, day: null, relink: false })))
  return numbers(now)
}

async function push(...values: (readonly [value: number, day: string])[]): Promise<void> {
  const body = { values: values.map(([value, day]) => ({ value, at: `${day}T08:00:00Z` })) }
  const { status, text } = await api.ask('POST', `${KR1}/values`, { body })
  if (status !== 201) throw new Error(text)
}

async function tick(...steps: number[]): Promise<void> {
  for (const step of steps) {
    const { status, text } = await api.ask('PUT', `${KR1}/milestones/${step}`, { body: { done: true } })
    if (status !== 200) throw new Error(text)
  }
}

/** Its shown progress at the end of some days. */
async function chart(...days: string[]): Promise<unknown[]> {
  const { body } = await api.ask('GET', `${KR1}/history?from=2026-10-01&to=2026-11-21`)
  const points = body['days'] as { day: string; progress: number | null }[]
  return days.map((day) => points.find((point) => point.day === day)?.progress)
}

const ATTRITION = { kind: 'range', unit: '%', band: { below: 5 }, period: 'month' }
const PERCENTS = [0, 5, 10, 15, 20, 50, 70, 80, 100]
const LADDER = {
  kind: 'milestones',
  steps: PERCENTS.map((percent) => ({ title: `Rung ${percent}`, percent })),
}

describe('worked examples', () => {
  it.each([
    ['an onboarding of 15 h → 10 h, at 12 h', 'h', 15, 10, 12, 0.6, 0.6],
    ['support tickets 120 → 30, at 75', 'tickets', 120, 30, 75, 0.5, 0.5],
    ['NPS 45 → 55, at 43', 'points', 45, 55, 43, -0.2, 0],
    ['revenue 12 → 24, at 25.2', 'million', 12, 24, 25.2, 1.1, 1],
  ])('%s', async (_what, unit, baseline, target, value, raw, shown) => {
    await createGoals(api, { kind: 'metric', unit, baseline, target })
    await push([value, '2026-11-20'])
    expect(await numbers()).toMatchObject({
      current: value,
      baseline,
      target,
      unit,
      rawProgress: expect.closeTo(raw, 12) as number,
      progress: expect.closeTo(shown, 12) as number,
    })
    expect(await chart('2026-11-19', '2026-11-20')).toEqual([null, expect.closeTo(shown, 12)])
  })

  it('attrition below 5 % each month, with 4 %, 6 % and 5.0 %', async () => {
    await createGoals(api, ATTRITION)
    await push([4, '2026-10-31'], [6, '2026-11-20'])
    expect(await numbers()).toMatchObject({
      current: 1,
      health: 'at_risk',
      healthRule: 'slipping',
      openPeriod: { fromDay: '2026-11-01', toDay: '2026-11-30', value: 6, verdict: 'slipping' },
    })
    expect(await chart('2026-11-19', '2026-11-20', '2026-11-21')).toEqual([1, 1, 1])
    expect(await numbersLater(Date.parse('2026-12-01T00:00:00+01:00'))).toMatchObject({ current: 0.5 })
    api.setNow(Date.parse('2026-12-30T10:00:00Z'))
    await push([5, '2026-12-30'])
    expect(await numbers(Date.parse('2026-12-30T10:00:00Z'))).toMatchObject({ current: 0.5 })
    const told = await numbersLater(Date.parse('2027-01-01T00:00:00+01:00'))
    expect(told).toMatchObject({ current: 1 / 3, target: 1, progress: 1 / 3, openPeriod: null })
    expect(told['periods']).toEqual([
      { fromDay: '2026-10-01', toDay: '2026-10-31', value: 4, isInside: true },
      { fromDay: '2026-11-01', toDay: '2026-11-30', value: 6, isInside: false },
      { fromDay: '2026-12-01', toDay: '2026-12-31', value: 5, isInside: false },
    ])
  })

  it('a ladder with the first five steps done, and the seventh out of order', async () => {
    await createGoals(api, LADDER)
    await tick(1, 2, 3, 4, 5, 7)
    const told = await numbers()
    expect(told).toMatchObject({ current: 20, target: 100, unit: '%', progress: 0.2 })
    const steps = told['steps'] as { doneAt: string | null; counts: boolean }[]
    expect(steps.filter(({ doneAt }) => doneAt !== null)).toHaveLength(6)
    expect(steps.map(({ counts }) => counts)).toEqual([
      ...Array.from({ length: 5 }, () => true),
      ...Array.from({ length: 4 }, () => false),
    ])
  })
})

describe('a way that goes nowhere', () => {
  const nowhere = { kind: 'metric', unit: '%', baseline: 0.3, target: 0.1 + 0.2 }

  it('is refused on every way in, to the last digit, and nothing is written', async () => {
    await createGoals(api)
    const keyResult = { objective: 'O-1', title: 'Nowhere', measure: nowhere }
    const asMade = await api.ask('POST', '/api/v1/key-results', { body: keyResult })
    const asChanged = await api.ask('PATCH', KR1, { body: { measure: nowhere } })
    expect([asMade.body.code, asChanged.body.code]).toEqual([
      'OKR_MEASURE_WITHOUT_DIRECTION',
      'OKR_MEASURE_WITHOUT_DIRECTION',
    ])
    const file = (await api.ask('GET', '/api/v1/okrs')).text.replace(
      /"measure":\{[^}]*\}/,
      `"measure":${JSON.stringify(nowhere)}`,
    )
    const applied = await api.ask('POST', '/api/v1/okrs/apply', { body: JSON.parse(file) as object })
    expect([applied.status, applied.text]).toEqual([400, expect.stringContaining('equals measure.baseline')])
    const row = 'key_result,a-1,O-1,Nowhere,metric,%,0.3,0.30000000000000004'
    const table = `type,external_id,parent,title,measure,unit,baseline,target\n${row}\n`
    const report = await importCsv(api, table)
    expect([report.isApplied, report.lines[0]?.problems.length]).toEqual([false, 1])
    const { items } = (await api.ask('GET', '/api/v1/key-results')).body
    expect(items).toMatchObject([{ key: 'KR-1', measure: { baseline: 45, target: 55 } }])
  })
})

describe('a number to keep in a band', () => {
  it('is done only at the end, and missed when it was not kept', async () => {
    await createGoals(api, ATTRITION)
    await push([4, '2026-10-31'], [4, '2026-11-20'])
    expect(await numbers()).toMatchObject({ progress: 1, expectedProgress: 1, health: 'on_track' })
    const over = Date.parse('2027-01-01T00:00:00+01:00')
    expect(await numbersLater(over - 1)).toMatchObject({ health: 'on_track' })
    expect(await numbersLater(over)).toMatchObject({ health: 'done' })
  })

  it('is off track as soon as too many periods were outside', async () => {
    await createGoals(api, ATTRITION)
    await push([6, '2026-10-31'], [4, '2026-11-20'])
    expect(await numbers()).toMatchObject({ progress: 0.5, paceRatio: 0.5, health: 'off_track' })
  })

  it('is not red while its sum grows, and counts from the value that reaches the band', async () => {
    await createGoals(api, { ...ATTRITION, band: { atLeast: 100 }, valueOfPeriod: 'sum' })
    await push([120, '2026-10-31'], [10, '2026-11-02'])
    expect(await numbers()).toMatchObject({
      current: 1,
      health: 'on_track',
      openPeriod: { value: 10, verdict: 'filling' },
    })
    await push([95, '2026-11-20'])
    const told = await numbers()
    expect([told['current'], told['openPeriod']]).toEqual([1, null])
    expect(told['periods']).toMatchObject([{ value: 120 }, { value: 105, isInside: true }])
  })

  it('is outside at once by what no later value can bring back', async () => {
    await createGoals(api, { ...ATTRITION, valueOfPeriod: 'highest' })
    await push([4, '2026-10-31'], [6, '2026-11-02'])
    expect(await numbers()).toMatchObject({ current: 0.5, health: 'off_track', openPeriod: null })
  })

  it('is stale once a whole period has passed without a value, and not before', async () => {
    await createGoals(api, ATTRITION)
    await push([4, '2026-10-02'])
    expect(await numbers()).toMatchObject({ health: 'on_track' })
    const december = Date.parse('2026-12-01T00:00:00+01:00')
    expect(await numbersLater(december - DAY_MS)).toMatchObject({ health: 'on_track' })
    expect(await numbersLater(december + 1)).toMatchObject({ health: 'stale', healthRule: 'silence' })
  })
})

describe('a yes or no', () => {
  it('goes by its confidence, is done by value 1, and can go back', async () => {
    await createGoals(api, { kind: 'binary' })
    const say = (body: object) => api.ask('POST', `${KR1}/check-ins`, { body })
    await say({ confidence: 5 })
    expect(await numbers()).toMatchObject({ progress: null, health: 'at_risk', healthRule: 'confidence' })
    await say({ value: 1 })
    expect(await numbers()).toMatchObject({ progress: 1, health: 'done' })
    await say({ value: 0, confidence: 9 })
    expect(await numbers()).toMatchObject({ progress: 0, health: 'on_track' })
  })
})

describe('a person’s value', () => {
  const word = { value: 52, reason: 'Test accounts.', by: 'Ada', untilDay: '2026-11-25' }

  it('is shown beside the measured one, which goes on, and ends by its day', async () => {
    await createGoals(api)
    await push([47, '2026-11-20'])
    await api.ask('PUT', `${KR1}/value-override`, { body: word })
    expect(await numbers()).toMatchObject({
      current: 52,
      progress: 0.7,
      automatic: { current: 47, progress: 0.2 },
      valueOverride: { value: 52, by: 'Ada' },
    })
    await push([48, '2026-11-21'])
    expect(await numbers()).toMatchObject({ current: 52, automatic: { current: 48 } })
    const over = Date.parse('2026-11-26T00:00:00+01:00')
    expect(await numbersLater(over - 1)).toMatchObject({ current: 52 })
    expect(await numbersLater(over)).toMatchObject({
      current: 48,
      progress: 0.3,
      automatic: null,
      valueOverride: null,
    })
  })

  it('ends by its day also where it says that the target is reached', async () => {
    await createGoals(api)
    await push([47, '2026-11-20'])
    await api.ask('PUT', `${KR1}/value-override`, { body: { ...word, value: 55 } })
    expect(await numbers()).toMatchObject({ progress: 1, health: 'done' })
    expect(await numbersLater(Date.parse('2026-11-26T00:00:00+01:00'))).toMatchObject({
      current: 47,
      health: 'off_track',
    })
  })

  it('is not drawn in the chart, which shows what was measured', async () => {
    await createGoals(api)
    await push([47, '2026-11-19'])
    await api.ask('PUT', `${KR1}/value-override`, { body: word })
    await numbers()
    expect(await chart('2026-11-18', '2026-11-21')).toEqual([null, 0.2])
  })
})

describe('ten thousand pushes', () => {
  const snapshots = async () => ((await api.ask('GET', `${KR1}/history`)).body['items'] as unknown[]).length

  it('make one recompute and one snapshot', async () => {
    await createGoals(api)
    await numbers()
    const before = await snapshots()
    for (let request = 0; request < 10; request++) {
      const values = Array.from({ length: 1_000 }, (_, n) => ({
        value: 45 + request / 2,
        at: new Date(NOW - (10_000 - request * 1_000 - n) * 60_000).toISOString(),
      }))
      await api.ask('POST', `${KR1}/values`, { body: { values } })
    }
    expect(await numbers()).toMatchObject({ current: 49.5 })
    expect(await snapshots()).toBe(before + 1)
  })
})

describe('what cannot be measured', () => {
  it.each([
    [{ kind: 'field_sum', field: 'customfield_1', unit: 'x', baseline: 5, target: 2 }, 'measure.target'],
    [{ kind: 'metric', unit: 'x', baseline: 5, target: 5 }, 'measure.target'],
    [{ kind: 'delivery', size: 'videos', target: { kind: 'scope' } }, 'measure.size'],
    [{ ...LADDER, steps: LADDER.steps.slice(0, 3) }, 'measure.steps.2.percent'],
    [{ ...ATTRITION, band: { above: 5, below: 5 } }, 'measure.band'],
  ])('%j is refused at the field that is wrong', async (measure, field) => {
    await createGoals(api)
    const { status, body } = await api.ask('PATCH', KR1, { body: { measure } })
    expect([status, (body['problems'] as { field: string }[]).map((problem) => problem.field)]).toEqual([
      400,
      [field],
    ])
  })
})
