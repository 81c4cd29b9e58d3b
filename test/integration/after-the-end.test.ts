import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, createGoals, forgetEverything, told } from '../support/api-goals.ts'
import { importCsv } from '../support/csv-import.ts'
import { AFTER_Q4, cycleApi, Q1 } from '../support/cycle-api.ts'
import { edited, EXAMPLE, forgetGoals, okrFiles } from '../support/okr-files.ts'
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts'

const LAST_INSTANT = Date.parse('2026-12-31T22:59:59.999Z')

describe('a cycle that is over and not closed yet', () => {
  let api: TestApi
  const { make, change, checkIn, close, refused, retrospective } = cycleApi(() => api)
  beforeAll(async () => {
    api = await startApi()
  })
  afterAll(() => api.stop())
  beforeEach(async () => {
    await forgetEverything(api)
    await createGoals(api)
    await make('/objectives', { cycle: '2026-Q4', title: 'Another' })
    await make('/cycles', Q1)
    await make('/objectives', { cycle: '2027-Q1', title: 'Next' })
  })

  it('keeps its goals, and takes none, from the instant its last day ends in its own time zone', async () => {
    api.setNow(LAST_INSTANT + 1)
    const problem = await refused('PATCH', '/key-results/KR-1', { objective: 'O-3' }, 'OKR_INPUT_INVALID')
    expect(problem).toMatchObject({
      problems: [
        { field: 'objective', message: expect.stringContaining('2026-Q4 ended on 2026-12-31') as string },
      ],
    })
    await refused('PATCH', '/objectives/O-1', { cycle: '2027-Q1' }, 'OKR_INPUT_INVALID')
    await refused('PATCH', '/objectives/O-3', { cycle: '2026-Q4' }, 'OKR_INPUT_INVALID')
    expect((await told(api, 'KR-1')).audit).toHaveLength(1)
    expect((await close()).retrospective.objectives.map(({ key }) => key)).toEqual(['O-1', 'O-2'])
  })

  it('lets them go until then', async () => {
    api.setNow(LAST_INSTANT)
    await change('/key-results/KR-1', { objective: 'O-3' })
    await change('/objectives/O-2', { cycle: '2027-Q1' })
    expect((await retrospective()).objectives.map(({ key }) => key)).toEqual(['O-1'])
  })

  it('keeps the kind and the size of what is measured, by which the past is sized, too', async () => {
    const measure = { kind: 'delivery', size: 'points', target: { kind: 'scope' } }
    await make('/key-results', aKeyResult({ measure }))
    api.setNow(AFTER_Q4)
    const sized = { ...measure, size: 'count' }
    const { problems } = await refused('PATCH', '/key-results/KR-2', { measure: sized }, 'OKR_INPUT_INVALID')
    expect(problems).toMatchObject([{ field: 'measure' }])
    await refused('PATCH', '/key-results/KR-1', { measure }, 'OKR_INPUT_INVALID')
    await change('/key-results/KR-2', { measure: { ...measure, target: { kind: 'fixed', amount: 9 } } })
  })

  it('is graded by the objective a key result was under at its end', async () => {
    await make('/key-results', aKeyResult())
    await checkIn('KR-1', 55, '2026-11-20T12:00:00Z')
    api.setNow(AFTER_Q4)
    await change('/key-results/KR-1', { objective: 'O-2' })
    const { objectives } = (await close()).retrospective
    expect(objectives).toMatchObject([
      { key: 'O-1', grade: { score: 0.5 }, keyResults: [{ key: 'KR-1' }, { key: 'KR-2' }] },
      { key: 'O-2', grade: { score: null }, keyResults: [] },
    ])
  })

  it('is graded by the steps that were ticked, whatever they are called since', async () => {
    const step = (title: string, percent: number) => ({ title, percent })
    const ladder = (...steps: object[]) => ({ kind: 'milestones', steps })
    await make('/key-results', aKeyResult({ measure: ladder(step('Pilot', 60), step('All', 100)) }))
    const tick = { body: { done: true, at: '2026-11-20T12:00:00Z' } }
    expect((await api.ask('PUT', '/api/v1/key-results/KR-2/milestones/1', tick)).status).toBeLessThan(300)
    api.setNow(AFTER_Q4)
    await change('/key-results/KR-2', { measure: ladder(step('Pilot signed', 60), step('All', 100)) })
    const { objectives } = (await close()).retrospective
    expect(objectives[0]!.keyResults[1]).toMatchObject({ key: 'KR-2', grade: { score: 0.6 } })
  })

  it('goes by a last day that was moved afterwards, and calls that no late move', async () => {
    api.setNow(AFTER_Q4)
    await change('/cycles/2026-Q4', { endDay: '2026-12-20' })
    const looked = await retrospective()
    expect(looked.asOf).toBe('2026-12-20T22:59:59.999Z')
    expect(looked.objectives[0]!.keyResults[0]).toMatchObject({
      moves: [{ kind: 'due_date_moved', dueDayAfter: '2026-12-20', isLate: false }],
    })
    expect(looked.summary.changes).toMatchObject({ late: 0, dueDates: 1 })
  })

  it('keeps its goals from an imported table as well', async () => {
    api.setNow(AFTER_Q4)
    const report = await importCsv(api, 'type,key,title,cycle\nobjective,O-1,Elsewhere,2027-Q1\n', '')
    expect(report.lines[0]).toMatchObject({
      outcome: 'problem',
      problems: [{ message: expect.stringContaining('2026-Q4 ended on 2026-12-31') as string }],
    })
  })
})

describe('a file of OKRs for a cycle that is over', () => {
  let store: FreshDatabase
  let files: ReturnType<typeof okrFiles>
  const NEXT =
    '  - { key: 2027-Q1, title: Q1, startDay: 2027-01-01, endDay: 2027-03-31 }\nteams:\n  - key: search'
  beforeAll(async () => {
    store = await freshDatabase()
    files = okrFiles(store)
  })
  afterAll(() => store.drop())
  beforeEach(async () => {
    await forgetGoals(store)
    await files.apply(EXAMPLE)
  })

  it('is refused where it moves a goal out of it, or sizes its work anew; before that it is not', async () => {
    const file = edited(
      ['teams:\n  - key: search', NEXT],
      ['cycle: 2026-Q4\n    title: New', 'cycle: 2027-Q1\n    title: New'],
      ['size: points', 'size: count'],
    )
    files.setNow(LAST_INSTANT)
    expect((await files.plan(file)).kind).toBe('plan')
    files.setNow(LAST_INSTANT + 1)
    const problems = await files.problems(file)
    expect(problems.map(({ path, message }) => `${path?.join('.')}: ${message}`)).toEqual([
      expect.stringContaining('objectives.0.cycle: O-1 cannot go from the cycle 2026-Q4 to 2027-Q1'),
      expect.stringContaining(
        'objectives.1.keyResults.1.measure: KR-4 keeps the kind and size of its measure',
      ),
    ])
    await expect(files.apply(file)).rejects.toMatchObject({ code: 'OKR_INPUT_INVALID' })
  })

  it('is refused where it names a key result under an objective of another cycle', async () => {
    const file = edited(
      ['teams:\n  - key: search', NEXT],
      [
        'kpis:\n',
        "  - key: O-3\n    cycle: 2027-Q1\n    title: Next\n    keyResults:\n      - key: KR-1\n        title: Raise first-day activation from 45 % to 55 %\n        measure: { kind: metric, unit: '%', baseline: 45, target: 55 }\n        weight: 2\nkpis:\n",
      ],
    ).replace(/ {6}- key: KR-1\n[\s\S]*?weight: 2\n/, '')
    files.setNow(LAST_INSTANT + 1)
    const problems = await files.problems(file)
    expect(problems.map(({ path, message }) => `${path?.join('.')}: ${message}`)).toEqual([
      expect.stringContaining('objectives.2.keyResults.0.objective: KR-1 cannot go from the cycle 2026-Q4'),
    ])
  })
})
