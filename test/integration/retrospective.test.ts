import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, createGoals, forgetEverything } from '../support/api-goals.ts'
import { AFTER_Q4, cycleApi, Q1 } from '../support/cycle-api.ts'

let api: TestApi
const { make, change, checkIn, close, retrospective, post } = cycleApi(() => api)
const PATH = '/api/v1/cycles/2026-Q4/retrospective'

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

describe('the retrospective of a cycle', () => {
  it('answers JSON, or Markdown to a reader who would rather have that', async () => {
    const markdown = 'text/markdown; charset=utf-8'
    const json = 'application/json; charset=utf-8'
    for (const [accept, type] of [
      ['text/markdown', markdown],
      ['text/markdown, application/json;q=0.5', markdown],
      ['application/json, text/markdown;q=0.9', json],
      ['text/markdown;q=0', json],
      ['*/*', json],
      ['', json],
    ] as const) {
      const { status, headers } = await api.ask('GET', PATH, { headers: { accept } })
      expect([accept, status, headers['content-type'], headers.vary]).toEqual([accept, 200, type, 'accept'])
    }
    const { text, headers } = await api.ask('GET', PATH, { headers: { accept: 'text/markdown' } })
    expect(text).toMatch(/^# Retrospective: Fourth quarter 2026 \(2026-Q4\)\n/)
    expect(text).toContain('**Preview: this cycle is not closed.**')
    const again = await api.ask('GET', PATH, {
      headers: { accept: 'text/markdown', 'if-none-match': headers.etag! },
    })
    expect(again.status).toBe(304)
  })

  it('of a cycle that has nothing, or has not begun, is told as well', async () => {
    await make('/cycles', Q1)
    const { body } = await api.ask('GET', '/api/v1/cycles/2027-Q1/retrospective')
    expect(body).toMatchObject({ isPreview: true, objectives: [], summary: { meanScore: null } })
    const { text } = await api.ask('GET', '/api/v1/cycles/2027-Q1/retrospective', {
      headers: { accept: 'text/markdown' },
    })
    expect(text).toContain('This cycle has no objectives.')
    await make('/objectives', { cycle: '2027-Q1', title: 'Later' })
    await make('/key-results', aKeyResult({ objective: 'O-2' }))
    const later = await api.ask('GET', '/api/v1/cycles/2027-Q1/retrospective')
    expect(later.body).toMatchObject({ objectives: [{ keyResults: [{ trend: [], outcome: 'open' }] }] })
    expect((await api.ask('GET', '/api/v1/cycles/2030/retrospective')).status).toBe(404)
  })

  it('counts check-ins against the cadence of the team, those of people alone', async () => {
    await forgetEverything(api)
    api.setNow(Date.parse('2026-09-28T10:00:00Z'))
    await createGoals(api)
    api.setNow(NOW)
    const team = { title: 'Search', checkIns: { everyWeeks: 1, weekday: 5 } }
    await api.ask('PUT', '/api/v1/teams/search', { body: team })
    await change('/objectives/O-1', { team: 'search' })
    for (const day of ['2026-10-02', '2026-10-08', '2026-10-29', '2026-11-13'])
      await checkIn('KR-1', 47, `${day}T12:00:00Z`)
    await api.store.query(
      `insert into check_ins (key_result, at, value, note, author, source)
       values ('KR-1', '2026-10-16T12:00:00Z', 48, '', 'Grafana', 'system')`,
    )
    api.setNow(AFTER_Q4)
    const { objectives } = await retrospective()
    expect(objectives[0]!.keyResults[0]!.checkIns).toEqual({ days: 4, due: 13, made: 3 })
  })

  it('counts check-ins from the day on which a key result came about: nobody was asked before', async () => {
    const team = { title: 'Search', checkIns: { everyWeeks: 1, weekday: 5 } }
    await api.ask('PUT', '/api/v1/teams/search', { body: team })
    await change('/objectives/O-1', { team: 'search' })
    api.setNow(AFTER_Q4)
    for (const day of ['2026-11-27', '2026-12-04', '2026-12-11', '2026-12-18'])
      await checkIn('KR-1', 47, `${day}T12:00:00Z`)
    await make('/key-results', aKeyResult())
    const { objectives } = await retrospective()
    expect(objectives[0]!.keyResults).toMatchObject([
      { key: 'KR-1', checkIns: { days: 4, due: 5, made: 4 } },
      { key: 'KR-2', checkIns: { days: 0, due: 0, made: 0 } },
    ])
  })

  it('takes a person’s value that stood at the end for the value, and says what was measured', async () => {
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    const word = { value: 54, reason: 'The tool counts wrong.', by: 'Ada', at: 0, untilDay: '2026-12-31' }
    await api.store.query(`update key_results set value_override = $1`, [word])
    api.setNow(AFTER_Q4)
    expect((await close()).retrospective.objectives[0]!.keyResults[0]).toMatchObject({
      current: 54,
      automatic: 50,
      grade: { score: 0.9 },
    })
  })

  it('hints at sandbagging once aspirations of a team were nearly reached in cycles in a row', async () => {
    await api.ask('PUT', '/api/v1/teams/search', { body: { title: 'Search' } })
    await change('/objectives/O-1', { team: 'search', ambition: 'aspirational' })
    await checkIn('KR-1', 55, '2026-11-20T12:00:00Z')
    api.setNow(AFTER_Q4)
    expect((await close()).retrospective.hints).toEqual([])
    await make('/cycles', Q1)
    const next = { cycle: '2027-Q1', title: 'Another', team: 'search', ambition: 'aspirational' }
    await make('/objectives', next)
    await make('/key-results', aKeyResult({ objective: 'O-2' }))
    await checkIn('KR-2', 54.5, '2027-01-03T12:00:00Z')
    const { retrospective: second } = (await post('/cycles/2027-Q1/close', { early: true })) as Awaited<
      ReturnType<typeof close>
    >
    expect(second.hints).toMatchObject([
      { kind: 'sandbagging', team: 'search', cycles: ['2027-Q1', '2026-Q4'] },
    ])
    expect(second.hints[0]!.text).toContain('2 cycles in a row (2027-Q1 and 2026-Q4)')
  })

  it('is graded by the goals as they were at its end: what is moved afterwards is told and lifts nothing', async () => {
    await make('/key-results', aKeyResult({ weight: 1 }))
    await make('/key-results', aKeyResult({ title: 'Hopeless' }))
    await change('/objectives/O-1', { ambition: 'committed' })
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    await checkIn('KR-2', 55, '2026-11-20T12:00:00Z')
    api.setNow(AFTER_Q4)
    const before = await retrospective()
    const measure = { kind: 'metric', unit: '%', baseline: 45, target: 48 }
    const why = { by: 'ada', reason: 'The *supplier* is late.' }
    await change('/key-results/KR-1', { measure, weight: 5, ...why })
    await change('/key-results/KR-2', { weight: 9, dueDay: '2026-12-24' })
    await change('/objectives/O-1', { ambition: 'aspirational' })
    await post('/key-results/KR-3/archive')
    const { objectives, summary } = (await close()).retrospective
    expect(objectives[0]).toMatchObject({ ambition: 'committed', grade: { score: 0.5, verdict: 'miss' } })
    expect(objectives[0]!.grade).toEqual(before.objectives[0]!.grade)
    expect(objectives[0]!.keyResults).toMatchObject([
      {
        key: 'KR-1',
        target: 55,
        weight: 1,
        grade: { score: 0.5 },
        moves: [
          { kind: 'target_moved', targetBefore: 55, targetAfter: 48, isEasier: true, isLate: true, ...why },
          { kind: 'weight_moved', weightBefore: 1, weightAfter: 5, isLate: true },
        ],
        hints: [],
      },
      {
        key: 'KR-2',
        dueDay: '2026-12-31',
        moves: [
          { kind: 'due_date_moved', dueDayBefore: '2026-12-31', dueDayAfter: '2026-12-24', isLate: true },
          { kind: 'weight_moved', isLate: true },
        ],
      },
      { key: 'KR-3', moves: [{ kind: 'archived', isLate: true }], grade: { hasNoData: true } },
    ])
    expect(summary.changes).toMatchObject({ targets: 0, weights: 0, easier: 0, late: 5 })
    const written = await api.ask('GET', '/api/v1/cycles/2026-Q4/retrospective', {
      headers: { accept: 'text/markdown' },
    })
    expect(written.text).toContain('Why: The \\*supplier\\* is late. (ada)')
  })

  it('is graded by what was entered afterwards where nothing was there before: a past cycle can be typed in', async () => {
    api.setNow(AFTER_Q4)
    await make('/key-results', aKeyResult())
    await change('/key-results/KR-2', { weight: 3 })
    await checkIn('KR-2', 55, '2026-12-01T12:00:00Z')
    const { objectives } = (await close()).retrospective
    expect(objectives[0]!.keyResults[1]).toMatchObject({ key: 'KR-2', weight: 3, grade: { score: 1 } })
  })

  it('counts the person’s value that stood at its end, also when it is taken back afterwards', async () => {
    await checkIn('KR-1', 50, '2026-11-20T12:00:00Z')
    await api.ask('PUT', '/api/v1/key-results/KR-1/value-override', {
      body: { value: 46, reason: 'The tool counts wrong.', by: 'Ada', untilDay: '2026-12-31' },
    })
    api.setNow(AFTER_Q4)
    await api.ask('DELETE', '/api/v1/key-results/KR-1/value-override')
    const { objectives } = (await close()).retrospective
    expect(objectives[0]!.keyResults[0]).toMatchObject({ current: 46, automatic: 50, grade: { score: 0.1 } })
  })

  it('tells what was given up on the way, and how far it had come', async () => {
    await make('/key-results', aKeyResult({ title: 'Given up' }))
    await checkIn('KR-2', 47, '2026-11-10T12:00:00Z')
    await make('/objectives', { cycle: '2026-Q4', title: 'Never begun' })
    await post('/key-results/KR-2/archive')
    await post('/objectives/O-2/archive')
    api.setNow(AFTER_Q4)
    const known = await retrospective()
    expect(known.objectives).toMatchObject([{ key: 'O-1', keyResults: [{ key: 'KR-1' }] }])
    expect(known.dropped).toMatchObject([
      { key: 'KR-2', objective: 'O-1', rawProgress: 0.2, archivedAt: '2026-11-21T10:00:00.000Z' },
      { key: 'O-2', title: 'Never begun', objective: null, rawProgress: null },
    ])
    const { text } = await api.ask('GET', PATH, { headers: { accept: 'text/markdown' } })
    expect(text).toContain('## Given up on the way')
    expect(text).toContain('- KR-2 Given up (of O-1): archived on 21 Nov, 20 % of the way.')
    expect(text).toContain('- O-2 Never begun: archived on 21 Nov.')
  })

  it('tells every way in which a goal was moved while its cycle ran', async () => {
    await make('/key-results', {
      ...aKeyResult(),
      measure: {
        kind: 'range',
        unit: '%',
        band: { below: 5 },
        period: 'month',
        valueOfPeriod: 'latest',
        targetShare: 1,
      },
    })
    await change('/key-results/KR-2', {
      measure: {
        kind: 'range',
        unit: '%',
        band: { below: 8 },
        period: 'month',
        valueOfPeriod: 'latest',
        targetShare: 1,
      },
    })
    api.setNow(Date.parse('2026-11-25T10:00:00Z'))
    await change('/cycles/2026-Q4', { endDay: '2027-01-02' })
    api.setNow(AFTER_Q4)
    const { objectives, summary } = await retrospective()
    expect(objectives[0]!.keyResults[1]).toMatchObject({
      moves: [
        {
          kind: 'rule_changed',
          isEasier: true,
          text: 'The band moved from “below 5” to “below 8” %, which is easier.',
        },
        { kind: 'due_date_moved', dueDayBefore: '2026-12-31', dueDayAfter: '2027-01-02' },
      ],
    })
    expect(summary.changes).toMatchObject({ rules: 1, easier: 1, dueDates: 2 })
  })
})
