import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import {
  aKeyResult,
  createGoals,
  dirtyMarks,
  clearMarks,
  forgetEverything,
  told,
} from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi } from '../support/cycle-api.ts'

let api: TestApi
const { make, change, post, checkIn, close, refused, retrospective, read } = cycleApi(() => api)

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

describe('closing a cycle', () => {
  it('grades it as of its last instant: what was reported for later days does not count', async () => {
    api.setNow(AFTER_Q4)
    await checkIn('KR-1', 52, '2026-12-31T22:59:00Z')
    await checkIn('KR-1', 55, '2027-01-01T00:30:00Z')
    const { cycle, retrospective: frozen } = await close()
    expect(cycle.closedAt).toBe('2027-01-04T11:00:00.000Z')
    expect(frozen.asOf).toBe('2026-12-31T22:59:59.999Z')
    expect(frozen.objectives).toMatchObject([
      {
        key: 'O-1',
        grade: { score: 0.7, verdict: 'miss', withoutData: [] },
        keyResults: [{ key: 'KR-1', current: 52, grade: { score: 0.7, verdict: 'miss', hasNoData: false } }],
      },
    ])
  })

  it('weighs key results, counts those without data as 0 and names them', async () => {
    await make('/key-results', aKeyResult({ weight: 3 }))
    api.setNow(AFTER_Q4)
    await checkIn('KR-1', 55, '2026-12-01T12:00:00Z')
    const { retrospective: frozen } = await close()
    expect(frozen.objectives[0]!.grade).toEqual({ score: 0.25, verdict: 'miss', withoutData: ['KR-2'] })
    expect(frozen.summary.withoutData).toEqual(['KR-2'])
  })

  it('leaves out what was archived', async () => {
    await make('/key-results', aKeyResult())
    await checkIn('KR-1', 55, '2026-11-01T12:00:00Z')
    await post('/key-results/KR-2/archive')
    api.setNow(AFTER_Q4)
    const { retrospective: frozen } = await close()
    expect(frozen.objectives[0]!.grade).toMatchObject({ score: 1, verdict: 'pass' })
    expect(frozen.objectives[0]!.keyResults).toHaveLength(1)
  })

  it('before its end is refused, unless it is said to be early: then it is graded as of now', async () => {
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    await refused('POST', '/cycles/2026-Q4/close', undefined, 'OKR_CYCLE_NOT_OVER')
    expect((await retrospective()).isPreview).toBe(true)
    const { retrospective: frozen } = await close({ early: true })
    expect(frozen).toMatchObject({ isPreview: false, isEarly: true, asOf: '2026-11-21T10:00:00.000Z' })
    expect(frozen.objectives[0]!.grade.score).toBe(0.5)
  })

  it('twice, or at the same time, is closing it once', async () => {
    api.setNow(AFTER_Q4)
    const answers = await Promise.all([close(), close(), close()])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    api.setNow(AFTER_Q4 + 3_600_000)
    expect(await close()).toEqual(answers[0])
    const { feed, audit } = await told(api, '2026-Q4')
    expect(feed.map(({ kind }) => kind)).toEqual(['cycle.created', 'cycle.closed'])
    expect(audit.at(-1)).toMatchObject({
      action: 'cycle.close',
      before: { closedAt: null },
      after: { closedAt: AFTER_Q4, grades: { 'O-1': 0, 'KR-1': 0 } },
    })
    expect(audit).toHaveLength(2)
  })

  it('ends the warnings that still stood, after telling of them', async () => {
    const raised = Date.parse('2026-12-11T11:00:00Z')
    await api.store.query(
      `insert into warnings (key_result, kind, level, facts, raised_at, level_since)
       values ('KR-1', 'health', 'off_track', '{}', $1, $1)`,
      [new Date(raised)],
    )
    api.setNow(AFTER_Q4)
    const { retrospective: frozen } = await close()
    expect(frozen.objectives[0]!.keyResults[0]).toMatchObject({
      warnings: [{ kind: 'health', level: 'off_track', resolvedAt: null }],
    })
    const [warning] = await api.store.query('select resolved_at from warnings')
    expect(warning).toEqual({ resolved_at: new Date(AFTER_Q4) })
  })
})

describe('a closed cycle', () => {
  beforeEach(async () => {
    await make('/objectives', { cycle: '2026-Q4', title: 'Another' })
    api.setNow(AFTER_Q4)
    await close()
  })

  it('refuses every change of its goals, and says what to do', async () => {
    const problem = await refused('PATCH', '/key-results/KR-1', { title: 'New' }, 'OKR_CYCLE_CLOSED')
    expect(problem.detail).toContain('2026-Q4')
    for (const [method, path, body] of [
      ['POST', '/key-results/KR-1/check-ins', { value: 50, author: 'Ada' }],
      ['POST', '/key-results', aKeyResult()],
      ['POST', '/key-results/KR-1/archive', undefined],
      ['PATCH', '/objectives/O-1', { title: 'New' }],
      ['POST', '/objectives', { cycle: '2026-Q4', title: 'New' }],
      ['POST', '/objectives/O-2/archive', undefined],
      ['PATCH', '/cycles/2026-Q4', { title: 'New' }],
    ] as const) {
      await refused(method, path, body, 'OKR_CYCLE_CLOSED')
    }
    expect((await told(api, 'KR-1')).audit).toHaveLength(1)
  })

  it('takes no goal from an open cycle', async () => {
    await make('/cycles', { key: '2027', title: '2027', startDay: '2027-01-01', endDay: '2027-12-31' })
    await make('/objectives', { cycle: '2027', title: 'New' })
    await make('/key-results', aKeyResult({ objective: 'O-3' }))
    await refused('PATCH', '/objectives/O-3', { cycle: '2026-Q4' }, 'OKR_CYCLE_CLOSED')
    await refused('PATCH', '/key-results/KR-2', { objective: 'O-1' }, 'OKR_CYCLE_CLOSED')
    expect(await change('/key-results/KR-2', { title: 'Free to change' })).toMatchObject({
      title: 'Free to change',
    })
  })

  it('can be archived with all that is in it, and come back', async () => {
    await post('/cycles/2026-Q4/archive')
    expect(await read('/cycles')).toMatchObject({ items: [] })
    expect((await retrospective()).isPreview).toBe(false)
    await post('/cycles/2026-Q4/restore')
    expect(await read('/cycles')).toMatchObject({ items: [{ key: '2026-Q4' }] })
  })

  it('is no longer running', async () => {
    const running = await api.store.database.records.goals.runningKeyResults(
      { after: null, limit: 10 },
      AFTER_Q4 + 1,
    )
    expect(running).toEqual([])
  })
})

describe('reopening a cycle', () => {
  it('takes the grades back, is in the audit log, and lets its goals change and be looked at', async () => {
    await close({ early: true })
    await clearMarks(api)
    const running = () =>
      api.store.database.records.goals.runningKeyResults({ after: null, limit: 10 }, Date.parse('2026-11-22'))
    expect(await running()).toHaveLength(0)
    expect(await post('/cycles/2026-Q4/reopen')).toMatchObject({ key: '2026-Q4', closedAt: null })
    expect(await running()).toHaveLength(1)
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect((await retrospective()).closedAt).toBeNull()
    const { feed, audit } = await told(api, '2026-Q4')
    expect(feed.at(-1)).toEqual({ kind: 'cycle.reopened', data: {} })
    expect(audit.at(-1)).toMatchObject({
      action: 'cycle.reopen',
      before: { grades: { 'O-1': 0, 'KR-1': 0 } },
      after: { closedAt: null },
    })
    await checkIn('KR-1', 55, '2026-11-21T09:00:00Z')
    expect((await close({ early: true })).retrospective.objectives[0]!.grade.score).toBe(1)
  })

  it('waits until an archived one is restored', async () => {
    await close({ early: true })
    await post('/cycles/2026-Q4/archive')
    const refused = await api.ask('POST', '/api/v1/cycles/2026-Q4/reopen')
    expect([refused.status, refused.body.code]).toEqual([400, 'OKR_INPUT_INVALID'])
  })

  it('of an open cycle changes nothing', async () => {
    await post('/cycles/2026-Q4/reopen')
    expect((await told(api, '2026-Q4')).feed).toHaveLength(1)
  })
})
