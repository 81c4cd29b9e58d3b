import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApi, type TestApi } from '../support/api.ts'
import {
  aKeyResult,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  told,
} from '../support/api-goals.ts'
import { cycleApi, Q1 } from '../support/cycle-api.ts'

let api: TestApi
const { make, post, change, read, remove, refused } = cycleApi(() => api)
const save = (given: object = {}) =>
  make('/templates', { name: 'growth', title: 'A growth quarter', cycle: '2026-Q4', ...given })
const use = (cycle = '2027-Q1') => make(`/cycles/${cycle}/objectives-from-template`, { template: 'growth' })

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await api.store.query('truncate templates')
  await createGoals(api)
  await change('/objectives/O-1', { owner: 'Ada Lovelace' })
  await make('/objectives', { cycle: '2026-Q4', title: 'Supporting', parent: 'KR-1', contributionWeight: 2 })
  await make(
    '/key-results',
    aKeyResult({
      objective: 'O-2',
      title: 'Half way',
      owner: 'Grace Hopper',
      weight: 3,
      dueDay: '2026-11-15',
      plan: { kind: 'targets', targets: [{ day: '2026-10-24', progress: 0.4 }] },
      dependsOn: ['KR-1'],
      intendedSharePercent: 60,
    }),
  )
  await make('/cycles', Q1)
})

describe('a template', () => {
  it('is the set of objectives of a cycle, with its days as shares of it and without people', async () => {
    const saved = await save()
    expect(saved).toMatchObject({
      name: 'growth',
      objectives: [
        { key: 'O-1', owner: null, keyResults: [{ key: 'KR-1', dueShare: null, plan: { kind: 'linear' } }] },
        { key: 'O-2', parent: 'KR-1', contributionWeight: 2, keyResults: [{ owner: null, weight: 3 }] },
      ],
    })
    expect(JSON.stringify(saved)).not.toMatch(/Ada|Grace/)
    expect(await read('/templates/growth')).toEqual(saved)
    expect(await read('/templates')).toMatchObject({
      items: [{ name: 'growth', objectives: 2, keyResults: 2 }],
    })
  })

  it('makes the set anew in another cycle, with keys of its own', async () => {
    await save({ owners: true })
    await clearMarks(api)
    expect(await use()).toEqual({
      cycle: '2027-Q1',
      objectives: [
        {
          key: 'O-3',
          title: expect.any(String) as string,
          keyResults: [{ key: 'KR-3', title: expect.any(String) as string, dueDay: null }],
        },
        {
          key: 'O-4',
          title: 'Supporting',
          keyResults: [{ key: 'KR-4', title: 'Half way', dueDay: '2027-02-14' }],
        },
      ],
      missing: { teams: [], healthPolicies: [] },
      hints: expect.any(Array) as unknown[],
    })
    expect(await read('/objectives/O-3')).toMatchObject({ owner: 'Ada Lovelace', cycle: '2027-Q1' })
    expect(await read('/objectives/O-4')).toMatchObject({ parent: 'KR-3', contributionWeight: 2 })
    expect(await read('/key-results/KR-4')).toMatchObject({
      owner: 'Grace Hopper',
      weight: 3,
      dependsOn: ['KR-3'],
      intendedSharePercent: 60,
      plan: { kind: 'targets', targets: [{ day: '2027-01-23', progress: 0.4 }] },
      progress: null,
    })
    expect(await dirtyMarks(api)).toEqual(['KR-3', 'KR-4'].map((keyResult) => ({ keyResult, relink: true })))
    expect((await told(api, 'KR-4')).audit).toMatchObject([{ action: 'key_result.create', before: null }])
    expect((await told(api, 'O-3')).feed).toMatchObject([{ kind: 'objective.created' }])
  })

  it('gives a cycle of equal length exactly the days it had', async () => {
    await save()
    await make('/cycles', { ...Q1, key: 'again', startDay: '2026-10-01', endDay: '2026-12-31' })
    await use('again')
    expect(await read('/key-results/KR-4')).toMatchObject({
      dueDay: '2026-11-15',
      plan: { targets: [{ day: '2026-10-24' }] },
    })
  })

  it('leaves out a team that is gone, and says so', async () => {
    await api.ask('PUT', '/api/v1/teams/search', { body: { title: 'Search' } })
    await change('/objectives/O-1', { team: 'search' })
    await save()
    await api.store.query(`update objectives set team = null`)
    await api.store.query(`delete from teams`)
    expect(await use()).toMatchObject({ missing: { teams: ['search'] } })
    expect(await read('/objectives/O-3')).toMatchObject({ team: null })
  })

  it('is made in one go: when the last goal cannot be kept, none is', async () => {
    await save()
    await api.store.query(
      `update templates set document = jsonb_set(document, '{objectives,1,keyResults,0,title}', 'null')`,
    )
    const answer = await api.ask('POST', '/api/v1/cycles/2027-Q1/objectives-from-template', {
      body: { template: 'growth' },
    })
    expect(answer.status).toBe(500)
    expect((await read('/objectives?cycle=2027-Q1')).items).toEqual([])
    expect((await told(api, '2027-Q1')).feed).toHaveLength(1)
  })

  it('is refused for a name that is taken, an empty cycle, a closed cycle, and when it is gone', async () => {
    await save()
    await refused(
      'POST',
      '/templates',
      { name: 'growth', title: 'Other', cycle: '2026-Q4' },
      'OKR_TEMPLATE_EXISTS',
    )
    await refused(
      'POST',
      '/templates',
      { name: 'empty', title: 'Empty', cycle: '2027-Q1' },
      'OKR_INPUT_INVALID',
    )
    await refused(
      'POST',
      '/templates',
      { name: 'no name!', title: 'X', cycle: '2026-Q4' },
      'OKR_INPUT_INVALID',
    )
    await post('/cycles/2027-Q1/close', { early: true })
    await refused(
      'POST',
      '/cycles/2027-Q1/objectives-from-template',
      { template: 'growth' },
      'OKR_CYCLE_CLOSED',
    )
    await remove('/templates/growth')
    await refused('GET', '/templates/growth', undefined, 'OKR_TEMPLATE_NOT_FOUND')
    await refused('DELETE', '/templates/growth', undefined, 'OKR_TEMPLATE_NOT_FOUND')
    expect((await told(api, 'growth')).audit.map(({ action }) => action)).toEqual([
      'template.save',
      'template.remove',
    ])
  })
})
