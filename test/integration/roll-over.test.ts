import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import {
  aKeyResult,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi, Q1 } from '../support/cycle-api.ts'

let api: TestApi
const { make, post, checkIn, close, refused, retrospective, read } = cycleApi(() => api)
const rollOver = (given: object = {}) => post('/cycles/2026-Q4/roll-over', { into: '2027-Q1', ...given })

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())

/** KR-1 half way, KR-2 reached, KR-3 due in December by a plan, all of O-1; O-2 supports KR-1 and has KR-4. */
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
  await make('/key-results', aKeyResult())
  await make(
    '/key-results',
    aKeyResult({
      dueDay: '2026-12-10',
      plan: { kind: 'targets', targets: [{ day: '2026-11-15', progress: 0.5 }] },
      dependsOn: ['KR-1'],
    }),
  )
  await make('/objectives', { cycle: '2026-Q4', title: 'Supporting', parent: 'KR-1', contributionWeight: 2 })
  await make('/key-results', aKeyResult({ objective: 'O-2', title: 'Supports' }))
  await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
  await checkIn('KR-2', 55, '2026-11-20T12:00:00Z')
  await make('/cycles', Q1)
  api.setNow(AFTER_Q4)
})

describe('rolling a cycle over', () => {
  it('carries what is unfinished into the next cycle, with its key, its check-ins and its place', async () => {
    await close()
    await clearMarks(api)
    const done = await rollOver()
    expect(done).toMatchObject({
      objectives: [
        { from: 'O-1', to: 'O-3', created: true, parent: null },
        { from: 'O-2', to: 'O-4', created: true, parent: 'KR-1' },
      ],
      keyResults: [
        {
          keyResult: 'KR-1',
          objective: 'O-3',
          clearedDueDay: null,
          clearedTargets: 0,
          rebaselined: { from: 45, to: 50 },
        },
        { keyResult: 'KR-3', objective: 'O-3', clearedDueDay: '2026-12-10', clearedTargets: 1 },
        { keyResult: 'KR-4', objective: 'O-4' },
      ],
    })
    expect(await read('/key-results/KR-3')).toMatchObject({
      cycle: '2027-Q1',
      rolledFrom: '2026-Q4',
      dueDay: null,
      effectiveDueDay: '2027-03-31',
      plan: { kind: 'linear' },
      dependsOn: ['KR-1'],
      measure: { baseline: 45, target: 55 },
    })
    expect(await read('/key-results/KR-2')).toMatchObject({ cycle: '2026-Q4', rolledFrom: null })
    expect(await read('/objectives/O-4')).toMatchObject({
      cycle: '2027-Q1',
      title: 'Supporting',
      parent: 'KR-1',
      contributionWeight: 2,
    })
    expect((await read('/key-results/KR-1/check-ins')).items).toHaveLength(1)
    expect(await dirtyMarks(api)).toEqual(
      ['KR-1', 'KR-3', 'KR-4'].map((keyResult) => ({ keyResult, relink: true })),
    )
    expect(api.rings()).toHaveLength(3)
  })

  it('is told as another start, never as progress or as a due day that moved, and is in the audit log', async () => {
    await close()
    await rollOver({ keyResults: ['KR-1'] })
    expect((await movementsOf(api, 'KR-1')).slice(1)).toMatchObject([{ kind: 'rule_changed', at: AFTER_Q4 }])
    const { objectives, summary } = (await read('/cycles/2027-Q1/retrospective')) as Awaited<
      ReturnType<typeof retrospective>
    >
    expect(objectives[0]!.keyResults).toMatchObject([{ key: 'KR-1', moves: [], baseline: 50, current: 50 }])
    expect(summary.changes).toMatchObject({ dueDates: 0, baselines: 0, targets: 0, late: 0 })
    expect((await told(api, 'KR-1')).audit.at(-1)).toMatchObject({
      action: 'key_result.roll_over',
      before: { objective: 'O-1', rolledFrom: null },
      after: { objective: 'O-3', rolledFrom: '2026-Q4' },
    })
    expect((await told(api, 'O-3')).audit).toMatchObject([{ action: 'objective.create' }])
    expect((await told(api, '2026-Q4')).feed.at(-1)).toEqual({
      kind: 'cycle.rolled_over',
      data: { into: '2027-Q1', keyResults: ['KR-1'] },
    })
    const entries = await api.store.database.records.feed.after(0, 1_000)
    expect(entries.map(({ cursor }) => cursor)).toEqual(entries.map((_, index) => index + 1))
  })

  it('leaves what the closed cycle came to as it was frozen', async () => {
    const { retrospective: frozen } = await close()
    await rollOver()
    await checkIn('KR-1', 55, '2027-01-04T10:00:00Z')
    const after = await retrospective()
    expect({ ...after, rolledOver: [] }).toEqual({ ...frozen, rolledOver: [] })
    expect(after.rolledOver).toMatchObject([
      { keyResult: 'KR-1', from: 'O-1', into: '2027-Q1', to: 'O-3' },
      { keyResult: 'KR-3' },
      { keyResult: 'KR-4' },
    ])
  })

  it('lets a metric start from the value it ended at, unless it is to keep its baseline', async () => {
    await checkIn('KR-3', 45, '2026-11-20T12:00:00Z')
    await checkIn('KR-1', 52, '2027-01-02T12:00:00Z')
    await close()
    const done = await rollOver({ keyResults: ['KR-1', 'KR-3'] })
    expect(done.keyResults).toMatchObject([
      { keyResult: 'KR-1', rebaselined: { from: 45, to: 50 } },
      { keyResult: 'KR-3', rebaselined: null },
    ])
    expect(await read('/key-results/KR-1')).toMatchObject({ measure: { baseline: 50, target: 55 } })
    const kept = await rollOver({ rebaseline: false })
    expect(kept.keyResults).toMatchObject([{ keyResult: 'KR-4', rebaselined: null }])
    expect(await movementsOf(api, 'KR-4')).toEqual([])
  })

  it('keeps ticks and answers, and begins the periods of a range anew', async () => {
    const kinds = {
      steps: {
        kind: 'milestones',
        steps: ['A', 'B', 'C'].map((title, at) => ({ title, percent: [30, 60, 100][at] })),
      },
      band: {
        kind: 'range',
        unit: '%',
        band: { below: 5 },
        period: 'month',
        valueOfPeriod: 'latest',
        targetShare: 1,
      },
      answer: { kind: 'binary' },
    }
    for (const [title, measure] of Object.entries(kinds))
      await make('/key-results', aKeyResult({ title, measure }))
    const tick = { done: true, at: '2026-12-01T12:00:00Z', author: 'Ada' }
    await api.ask('PUT', '/api/v1/key-results/KR-5/milestones/1', { body: tick })
    await checkIn('KR-6', 7, '2026-11-10T12:00:00Z')
    await checkIn('KR-6', 4, '2026-12-10T12:00:00Z')
    await checkIn('KR-7', 0, '2026-12-10T12:00:00Z')
    const { retrospective: frozen } = await close()
    expect(frozen.objectives[0]!.keyResults.slice(3)).toMatchObject([
      { key: 'KR-5', current: 30, parts: { kind: 'step', good: 1, all: 3 } },
      { key: 'KR-6', current: 0.5, parts: { kind: 'month', good: 1, all: 2 } },
      { key: 'KR-7', current: 0 },
    ])
    const done = await rollOver({ keyResults: ['KR-5', 'KR-6', 'KR-7'] })
    expect(done.keyResults).toMatchObject([
      { rebaselined: null },
      { rebaselined: null },
      { rebaselined: null },
    ])
    const next = (await read('/cycles/2027-Q1/retrospective')) as Awaited<ReturnType<typeof retrospective>>
    expect(next.objectives[0]!.keyResults).toMatchObject([
      { key: 'KR-5', current: 30, moves: [] },
      { key: 'KR-6', current: null, moves: [] },
      { key: 'KR-7', current: 0, moves: [] },
    ])
  })

  it('again carries nothing, and part by part copies an objective once', async () => {
    await close()
    await rollOver({ keyResults: ['KR-1'] })
    const second = await rollOver({ keyResults: ['KR-3'] })
    expect(second.objectives).toEqual([
      { from: 'O-1', to: 'O-3', title: expect.any(String) as string, created: false, parent: null },
    ])
    await rollOver()
    const before = await told(api, '2026-Q4')
    expect(await rollOver()).toMatchObject({ objectives: [], keyResults: [] })
    expect(await told(api, '2026-Q4')).toEqual(before)
    expect((await read('/objectives?cycle=2027-Q1')).items).toHaveLength(2)
  })

  it('at the same time twice is rolling it over once', async () => {
    await close()
    const answers = await Promise.all([rollOver(), rollOver()])
    expect(answers.map(({ keyResults }) => (keyResults as unknown[]).length).sort()).toEqual([0, 3])
  })

  it('is refused from an open cycle, into itself, into a closed one or one that is not there', async () => {
    await refused('POST', '/cycles/2026-Q4/roll-over', { into: '2027-Q1' }, 'OKR_CYCLE_NOT_CLOSED')
    await close()
    await refused('POST', '/cycles/2026-Q4/roll-over', { into: '2026-Q4' }, 'OKR_INPUT_INVALID')
    await refused('POST', '/cycles/2026-Q4/roll-over', { into: '2030' }, 'OKR_CYCLE_NOT_FOUND')
    await post('/cycles/2027-Q1/close', { early: true })
    await refused('POST', '/cycles/2026-Q4/roll-over', { into: '2027-Q1' }, 'OKR_CYCLE_CLOSED')
  })

  it('names every key result that cannot be carried, and then carries none', async () => {
    await close()
    await rollOver({ keyResults: ['KR-4'] })
    const body = { into: '2027-Q1', keyResults: ['KR-1', 'KR-2', 'KR-4', 'KR-99'] }
    const problem = await refused('POST', '/cycles/2026-Q4/roll-over', body, 'OKR_INPUT_INVALID')
    expect(problem.problems).toEqual([
      { field: 'keyResults.1', message: 'KR-2 was reached; nothing of it is left to do' },
      { field: 'keyResults.2', message: 'KR-4 went on into 2027-Q1 already' },
      { field: 'keyResults.3', message: 'KR-99 is no key result of 2026-Q4, or it is archived' },
    ])
    expect(await read('/key-results/KR-1')).toMatchObject({ cycle: '2026-Q4' })
  })

  it('keeps the cycle closed from then on', async () => {
    await close()
    await rollOver({ keyResults: ['KR-1'] })
    const problem = await refused('POST', '/cycles/2026-Q4/reopen', undefined, 'OKR_CYCLE_ROLLED_OVER')
    expect(problem.detail).toContain('KR-1 into 2027-Q1')
  })
})
