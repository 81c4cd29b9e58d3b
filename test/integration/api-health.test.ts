import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import { clearMarks, createGoals, dirtyMarks, forgetEverything, told } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
  await clearMarks(api)
})

const KR1 = '/api/v1/key-results/KR-1'
const ASK_AGAIN = [{ keyResult: 'KR-1', relink: false }]

const OBOARD = {
  method: 'pace_ratio',
  paceRatio: { onTrack: 0.7, atRisk: 0.4 },
  gapPoints: { onTrack: 16.5, atRisk: 33 },
  probability: { onTrack: 0.7, atRisk: 0.4 },
  staleAfterDays: 30,
  grace: { timeShare: 0.1, expected: 0.05 },
  hysteresis: { margin: 0.03 },
}

const problemsOf = (body: Record<string, unknown>) =>
  (body['problems'] as { field: string }[]).map(({ field }) => field)

describe('health policies', () => {
  it('are five to begin with', async () => {
    const { body } = await api.ask('GET', '/api/v1/health-policies')
    const policies = body['items'] as { name: string; method: string; isBuiltIn: boolean }[]
    expect(policies.map(({ name, method, isBuiltIn }) => [name, method, isBuiltIn])).toEqual([
      ['balanced', 'balanced', true],
      ['forecast-only', 'forecast_only', true],
      ['manual', 'manual', true],
      ['pace-ratio', 'pace_ratio', true],
      ['points-gap', 'points_gap', true],
    ])
  })

  it('are written and edited by name; what is judged by one is judged anew', async () => {
    const written = await api.ask('PUT', '/api/v1/health-policies/oboard', { body: OBOARD })
    expect([written.status, written.body]).toEqual([200, { name: 'oboard', isBuiltIn: false, ...OBOARD }])
    expect(await dirtyMarks(api)).toEqual([])
    await api.ask('PATCH', KR1, { body: { healthPolicy: 'oboard' } })
    expect(await dirtyMarks(api)).toEqual(ASK_AGAIN)
    await clearMarks(api)
    await api.ask('PUT', '/api/v1/health-policies/oboard', { body: { ...OBOARD, staleAfterDays: 7 } })
    expect(await dirtyMarks(api)).toEqual(ASK_AGAIN)
    const { feed, audit } = await told(api, 'oboard')
    expect(feed.map(({ kind }) => kind)).toEqual(['health_policy.changed', 'health_policy.changed'])
    expect(audit.map(({ before }) => before)).toMatchObject([null, { staleAfterDays: 30 }])
  })

  it('are taken by an objective for its key results that name none', async () => {
    await api.ask('PUT', '/api/v1/health-policies/oboard', { body: OBOARD })
    await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { healthPolicy: 'oboard' } })
    expect(await dirtyMarks(api)).toEqual(ASK_AGAIN)
    const { status, body } = await api.ask('DELETE', '/api/v1/health-policies/oboard')
    expect([status, body['code']]).toEqual([409, 'OKR_HEALTH_POLICY_IN_USE'])
    expect(body['detail']).toContain('KR-1')
  })

  it('go away when nothing is judged by them; a built-in one goes back to what it was', async () => {
    await api.ask('PUT', '/api/v1/health-policies/oboard', { body: OBOARD })
    await api.ask('PUT', '/api/v1/health-policies/balanced', { body: OBOARD })
    expect((await api.ask('DELETE', '/api/v1/health-policies/oboard')).status).toBe(204)
    expect((await api.ask('GET', '/api/v1/health-policies/oboard')).status).toBe(404)
    await clearMarks(api)
    expect((await api.ask('DELETE', '/api/v1/health-policies/balanced')).status).toBe(204)
    expect(await dirtyMarks(api)).toEqual(ASK_AGAIN)
    const { body } = await api.ask('GET', '/api/v1/health-policies/balanced')
    expect(body).toMatchObject({ method: 'balanced', paceRatio: { onTrack: 0.9, atRisk: 0.7 } })
  })

  it('are refused with bands in no order, every problem told', async () => {
    const broken = { ...OBOARD, paceRatio: { onTrack: 0.4, atRisk: 0.7 }, hysteresis: { margin: 0.4 } }
    const { status, body } = await api.ask('PUT', '/api/v1/health-policies/upside-down', { body: broken })
    expect([status, body['code']]).toEqual([400, 'OKR_INPUT_INVALID'])
    expect(problemsOf(body)).toEqual(['paceRatio', 'hysteresis.margin'])
  })

  it('are refused where no policy has the name', async () => {
    for (const url of [KR1, '/api/v1/objectives/O-1']) {
      const { status, body } = await api.ask('PATCH', url, { body: { healthPolicy: 'nobody-s' } })
      expect([status, problemsOf(body)]).toEqual([400, ['healthPolicy']])
    }
  })
})

describe('a person’s word on the health', () => {
  const word = { health: 'on_track', reason: 'The supplier signed.', by: 'Ada', untilDay: '2026-11-30' }

  it('is kept with its instant, told, and taken back', async () => {
    const said = await api.ask('PUT', `${KR1}/health-override`, { body: word })
    const kept = { ...word, at: '2026-11-21T10:00:00.000Z' }
    expect([said.status, said.body['healthOverride']]).toEqual([200, kept])
    expect(await dirtyMarks(api)).toEqual(ASK_AGAIN)
    expect((await api.ask('DELETE', `${KR1}/health-override`)).body['healthOverride']).toBeNull()
    const { audit } = await told(api, 'KR-1')
    expect(audit.slice(-2)).toMatchObject([
      { action: 'key_result.override_health', after: { by: 'Ada' } },
      { action: 'key_result.follow_computed_health', before: { by: 'Ada' }, after: null },
    ])
  })

  it('is not told twice', async () => {
    await api.ask('PUT', `${KR1}/health-override`, { body: word })
    await clearMarks(api)
    await api.ask('PUT', `${KR1}/health-override`, { body: word })
    expect(await dirtyMarks(api)).toEqual([])
  })

  it('needs a reason, a name, and a last day that is not over in the time zone of its cycle', async () => {
    const { body } = await api.ask('PUT', `${KR1}/health-override`, { body: { health: 'done' } })
    expect(problemsOf(body).sort()).toEqual(['by', 'health', 'reason', 'untilDay'])
    const past = await api.ask('PUT', `${KR1}/health-override`, { body: { ...word, untilDay: '2026-11-20' } })
    expect([past.status, problemsOf(past.body)]).toEqual([400, ['untilDay']])
    const today = { ...word, untilDay: '2026-11-21' }
    expect((await api.ask('PUT', `${KR1}/health-override`, { body: today })).status).toBe(200)
  })
})

describe('the plan of a key result', () => {
  it('may have targets, each inside its time and none below the one before', async () => {
    const plan = { kind: 'targets', targets: [{ day: '2026-10-30', progress: 0.2 }] }
    expect((await api.ask('PATCH', KR1, { body: { plan } })).body['plan']).toEqual(plan)
    const targets = [
      { day: '2026-09-01', progress: 0.5 },
      { day: '2026-11-01', progress: 0.4 },
    ]
    const { status, body } = await api.ask('PATCH', KR1, { body: { plan: { kind: 'targets', targets } } })
    expect([status, problemsOf(body)]).toEqual([400, ['plan.targets.0', 'plan.targets.1']])
  })
})

describe('teams', () => {
  const search = { title: 'Search', notify: 'digest', timeZone: 'Asia/Shanghai', endOfDay: '18:30' }

  it('are written by key, and listed', async () => {
    const { status, body } = await api.ask('PUT', '/api/v1/teams/search', { body: search })
    const kept = {
      key: 'search',
      checkIns: null,
      anchorIssue: null,
      workingDays: [1, 2, 3, 4, 5],
      holidays: [],
      ...search,
    }
    expect([status, body]).toEqual([200, kept])
    expect((await api.ask('GET', '/api/v1/teams')).body).toEqual({ items: [kept] })
    expect((await api.ask('GET', '/api/v1/teams/search')).body).toEqual(kept)
    expect((await api.ask('GET', '/api/v1/teams/nobody')).status).toBe(404)
  })

  it('work on objectives once they exist', async () => {
    const assign = () => api.ask('PATCH', '/api/v1/objectives/O-1', { body: { team: 'search' } })
    const unknown = await assign()
    expect([unknown.status, problemsOf(unknown.body)]).toEqual([400, ['team']])
    await api.ask('PUT', '/api/v1/teams/search', { body: search })
    expect((await assign()).body['team']).toBe('search')
  })

  it('need a time zone and a time of day that exist', async () => {
    const zone = await api.ask('PUT', '/api/v1/teams/search', { body: { ...search, timeZone: 'Mars/Base' } })
    expect([zone.status, problemsOf(zone.body)]).toEqual([400, ['timeZone']])
    const time = await api.ask('PUT', '/api/v1/teams/search', { body: { ...search, endOfDay: '25:00' } })
    expect([time.status, problemsOf(time.body)]).toEqual([400, ['endOfDay']])
  })
})
