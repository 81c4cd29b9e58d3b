import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  A_CYCLE,
  aKeyResult,
  AN_OBJECTIVE,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

const kept = {
  key: 'O-1',
  cycle: '2026-Q4',
  title: 'New customers succeed on their first day',
  level: 'team',
  ambition: 'committed',
  owner: null,
  team: null,
  healthPolicy: null,
  description: '',
  parent: null,
  contributionWeight: null,
  healthRollUp: 'worst',
  externalId: null,
  archivedAt: null,
  progress: null,
  rawProgress: null,
  health: 'no_data',
  missing: [],
}

describe('objectives', () => {
  it('get the next key, and are told of like every change', async () => {
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    const { status, headers, body } = await api.ask('POST', '/api/v1/objectives', { body: AN_OBJECTIVE })
    expect([status, headers.location]).toEqual([201, '/api/v1/objectives/O-1'])
    expect(body).toMatchObject(kept)
    expect((await api.ask('GET', '/api/v1/objectives/o-1')).body).toEqual(kept)
    const { feed, audit } = await told(api, 'O-1')
    expect(feed).toEqual([{ kind: 'objective.created', data: { cycle: '2026-Q4', title: kept.title } }])
    expect(audit).toMatchObject([{ actor: 'api', action: 'objective.create', after: { key: 'O-1' } }])
    expect((await api.ask('POST', '/api/v1/objectives', { body: AN_OBJECTIVE })).body.key).toBe('O-2')
  })

  it('need a cycle that exists', async () => {
    const { status, body } = await api.ask('POST', '/api/v1/objectives', { body: AN_OBJECTIVE })
    expect([status, body.code]).toEqual([404, 'OKR_CYCLE_NOT_FOUND'])
  })

  it('change in part, and clear what is given as null', async () => {
    await createGoals(api)
    const changes = { owner: 'Ada Lovelace', ambition: 'aspirational' }
    expect((await api.ask('PATCH', '/api/v1/objectives/O-1', { body: changes })).body).toMatchObject({
      ...kept,
      ...changes,
      missing: ['KR-1'],
    })
    expect(
      (await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { owner: null } })).body.owner,
    ).toBeNull()
    expect((await told(api, 'O-1')).feed.slice(1)).toEqual([
      { kind: 'objective.updated', data: { changed: ['ambition', 'owner'] } },
      { kind: 'objective.updated', data: { changed: ['owner'] } },
    ])
  })

  it('take their key results along into another cycle, whose links are then evaluated anew', async () => {
    await createGoals(api)
    await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key: '2027', endDay: '2027-12-31' } })
    await clearMarks(api)
    await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { cycle: '2027' } })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: true }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    expect((await api.ask('GET', '/api/v1/key-results/KR-1')).body).toMatchObject({
      cycle: '2027',
      effectiveDueDay: '2027-12-31',
    })
  })

  it('tell the due dates that move with them into a cycle of another end', async () => {
    await createGoals(api)
    await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ dueDay: '2026-12-15' }) })
    await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key: 'same' } })
    await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { cycle: 'same' } })
    expect(await movementsOf(api, 'KR-1')).toEqual([])

    await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key: '2027', endDay: '2027-12-31' } })
    await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { cycle: '2027' } })
    expect(await movementsOf(api, 'KR-1')).toMatchObject([{ kind: 'due_date_moved', at: NOW }])
    expect(await movementsOf(api, 'KR-2')).toEqual([])
  })

  it('stay where they are when a key result is due outside the other cycle', async () => {
    await createGoals(api)
    await api.ask('POST', '/api/v1/cycles', {
      body: { ...A_CYCLE, key: '2027', startDay: '2027-01-01', endDay: '2027-12-31' },
    })
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { dueDay: '2026-12-01' } })
    const { status, body } = await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { cycle: '2027' } })
    expect([status, body.problems]).toMatchObject([400, [{ field: 'cycle' }]])
    expect((await api.ask('GET', '/api/v1/objectives/O-1')).body.cycle).toBe('2026-Q4')
  })

  it('are archived once they are empty, and come back', async () => {
    await createGoals(api)
    const refused = await api.ask('POST', '/api/v1/objectives/O-1/archive')
    expect([refused.status, refused.body.code]).toEqual([409, 'OKR_OBJECTIVE_NOT_EMPTY'])
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    expect((await api.ask('POST', '/api/v1/objectives/O-1/archive')).body.archivedAt).not.toBeNull()
    expect((await api.ask('GET', '/api/v1/objectives')).body.items).toEqual([])
    const changed = await api.ask('PATCH', '/api/v1/objectives/O-1', { body: { title: 'Another' } })
    expect([changed.status, changed.body.code]).toEqual([400, 'OKR_INPUT_INVALID'])
    expect((await api.ask('POST', '/api/v1/objectives/O-1/restore')).body).toEqual(kept)
    expect((await told(api, 'O-1')).feed.at(-1)).toEqual({
      kind: 'objective.updated',
      data: { changed: ['archivedAt'] },
    })
  })

  it('page in the order people count, within one cycle or over all', async () => {
    await api.ask('POST', '/api/v1/cycles', { body: A_CYCLE })
    await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key: '2027' } })
    for (let n = 1; n <= 11; n++) {
      const cycle = n % 2 === 1 ? '2026-Q4' : '2027'
      await api.ask('POST', '/api/v1/objectives', { body: { ...AN_OBJECTIVE, cycle } })
    }
    const list = async (query: string) => {
      const { body } = await api.ask('GET', `/api/v1/objectives?${query}`)
      return { keys: (body.items as { key: string }[]).map(({ key }) => key), next: body.next }
    }
    expect(await list('limit=2&after=O-8')).toEqual({ keys: ['O-9', 'O-10'], next: 'O-10' })
    expect(await list('limit=2&after=O-10')).toEqual({ keys: ['O-11'], next: null })
    expect((await list('cycle=2027')).keys).toEqual(['O-2', 'O-4', 'O-6', 'O-8', 'O-10'])
  })
})
