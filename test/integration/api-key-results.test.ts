import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  A_CYCLE,
  aKeyResult,
  AN_OBJECTIVE,
  BY_METRIC,
  BY_POINTS,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'
import { someNumbers } from '../support/status-facts.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

const kept = {
  key: 'KR-1',
  objective: 'O-1',
  cycle: '2026-Q4',
  title: 'Activation rises to 55 %',
  owner: null,
  ownerAccountId: null,
  measure: BY_METRIC,
  weight: 1,
  dueDay: null,
  effectiveDueDay: '2026-12-31',
  plan: { kind: 'linear' },
  healthPolicy: null,
  healthOverride: null,
  anchorIssue: null,
  description: '',
  valueOverride: null,
  dependsOn: [],
  intendedSharePercent: null,
  externalId: null,
  rolledFrom: null,
  archivedAt: null,
  progress: null,
}

describe('creating a key result', () => {
  it('answers with it and has its links evaluated', async () => {
    await clearMarks(api)
    const { status, headers, body } = await api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })
    expect([status, headers.location]).toEqual([201, '/api/v1/key-results/KR-2'])
    expect(body).toMatchObject({ ...kept, key: 'KR-2' })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-2', relink: true }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-2' }])
    const { feed, audit } = await told(api, 'KR-2')
    expect(feed).toEqual([
      { kind: 'key_result.created', data: { objective: 'O-1', cycle: '2026-Q4', title: kept.title } },
    ])
    expect(audit).toMatchObject([{ action: 'key_result.create', before: null, after: { key: 'KR-2' } }])
  })

  it('takes a key of your own and later skips it', async () => {
    for (const key of ['KR-2', 'KR-3', 'kr-5']) {
      expect((await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ key }) })).status).toBe(201)
    }
    const next = async () => (await api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })).body.key
    expect([await next(), await next(), await next()]).toEqual(['KR-4', 'KR-6', 'KR-7'])
    const taken = await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ key: 'KR-5' }) })
    expect([taken.status, taken.body.code]).toEqual([409, 'OKR_KEY_RESULT_EXISTS'])
  })

  it('refuses a key from which none could be counted on', async () => {
    const goal = aKeyResult({ key: 'KR-100000000' })
    const { status, body } = await api.ask('POST', '/api/v1/key-results', { body: goal })
    expect({ status, problems: body.problems }).toEqual({
      status: 400,
      problems: [
        {
          field: 'key',
          message: 'KR-100000000 is too high to choose; take a number up to 99999999, or leave the key out',
        },
      ],
    })
  })

  it('gives every one of many at once a key of its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })),
    )
    expect(new Set(answers.map(({ body }) => body.key)).size).toBe(12)
    const cursors = (await api.store.database.records.feed.after(0, 100)).map(({ cursor }) => cursor)
    expect(cursors).toEqual(cursors.map((_cursor, index) => index + 1))
  })

  it('refuses a metric that starts where it should end', async () => {
    const body = aKeyResult({ measure: { ...BY_METRIC, target: 45 } })
    const answer = await api.ask('POST', '/api/v1/key-results', { body })
    expect([answer.status, answer.body.code]).toEqual([400, 'OKR_MEASURE_WITHOUT_DIRECTION'])
    expect(answer.body.problems).toMatchObject([{ field: 'measure.target' }])
  })

  it('refuses a due day outside its cycle, and an anchor nobody knows', async () => {
    const due = await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ dueDay: '2027-01-01' }) })
    expect([due.status, due.body.problems]).toMatchObject([400, [{ field: 'dueDay' }]])
    const anchor = aKeyResult({ anchorIssue: { site: 'main', issue: 'PROJ-1' } })
    const site = await api.ask('POST', '/api/v1/key-results', { body: anchor })
    expect([site.status, site.body.code]).toEqual([404, 'OKR_SITE_UNKNOWN'])
    expect((await api.ask('GET', '/api/v1/key-results')).body.items).toHaveLength(1)
  })
})

describe('changing a key result', () => {
  beforeEach(() => clearMarks(api))

  it('tells a target that moves as a movement and never as progress', async () => {
    const { body } = await api.ask('PATCH', '/api/v1/key-results/KR-1', {
      body: { measure: { ...BY_METRIC, target: 60 } },
    })
    expect(body.measure).toEqual({ ...BY_METRIC, target: 60 })
    expect(await movementsOf(api, 'KR-1')).toEqual([
      {
        kind: 'target_moved',
        siteId: null,
        issueId: null,
        issueKey: null,
        at: NOW,
        sizeBefore: 55,
        sizeAfter: 60,
      },
    ])
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.at(-1)).toEqual({ kind: 'key_result.updated', data: { changed: ['measure'] } })
    expect(audit.at(-1)).toMatchObject({
      action: 'key_result.update',
      before: { measure: { target: 55 } },
      after: { measure: { target: 60 } },
    })
  })

  it.each([
    ['a due date', { dueDay: '2026-12-15' }, ['due_date_moved'], false],
    ['a baseline', { measure: { ...BY_METRIC, baseline: 40 } }, ['rule_changed'], false],
    ['the kind of measure', { measure: BY_POINTS }, ['rule_changed', 'target_moved'], true],
    ['a title', { title: 'Activation rises' }, [], false],
  ])(
    'tells a change of %s and evaluates links only when sizes change',
    async (_what, body, kinds, relink) => {
      await api.ask('PATCH', '/api/v1/key-results/KR-1', { body })
      expect((await movementsOf(api, 'KR-1')).map(({ kind }) => kind)).toEqual(kinds)
      expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink }])
    },
  )

  it('tells a due date that moved with the objective, not one that is only said aloud', async () => {
    await api.ask('POST', '/api/v1/cycles', { body: { ...A_CYCLE, key: '2027', endDay: '2027-12-31' } })
    await api.ask('POST', '/api/v1/objectives', { body: { ...AN_OBJECTIVE, cycle: '2027' } })
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { objective: 'O-2' } })
    expect(await movementsOf(api, 'KR-1')).toMatchObject([{ kind: 'due_date_moved', at: NOW }])
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { dueDay: '2027-12-31' } })
    expect(await movementsOf(api, 'KR-1')).toHaveLength(1)
  })

  it('sizes issues anew when points become counts, and knows a fixed target from the scope', async () => {
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: BY_POINTS } })
    await clearMarks(api)
    await api.store.query('delete from movements')
    await api.ask('PATCH', '/api/v1/key-results/KR-1', {
      body: { measure: { kind: 'delivery', size: 'count', target: { kind: 'fixed', amount: 20 } } },
    })
    expect(await movementsOf(api, 'KR-1')).toMatchObject([
      { kind: 'rule_changed' },
      { kind: 'target_moved', sizeBefore: null, sizeAfter: 20 },
    ])
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: true }])
  })

  it('leaves no trace when nothing changes', async () => {
    const before = await told(api, 'KR-1')
    const { status } = await api.ask('PATCH', '/api/v1/key-results/KR-1', {
      body: { title: kept.title, measure: { target: 55, baseline: 45, unit: '%', kind: 'metric' } },
    })
    expect(status).toBe(200)
    expect(await told(api, 'KR-1')).toEqual(before)
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])
  })

  it('keeps both of two changes made at the same time', async () => {
    await Promise.all([
      api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { owner: 'Ada' } }),
      api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { weight: 3 } }),
    ])
    expect((await api.ask('GET', '/api/v1/key-results/KR-1')).body).toMatchObject({ owner: 'Ada', weight: 3 })
  })
})

describe('archiving a key result', () => {
  it('freezes it until it is restored, and then evaluates its links anew', async () => {
    await api.ask('POST', '/api/v1/key-results/KR-1/archive')
    const refused = await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { title: 'x' } })
    expect([refused.status, refused.body.code]).toEqual([409, 'OKR_KEY_RESULT_ARCHIVED'])
    expect((await api.ask('GET', '/api/v1/key-results')).body.items).toEqual([])
    expect((await api.ask('GET', '/api/v1/key-results?includeArchived=true')).body.items).toHaveLength(1)

    await clearMarks(api)
    expect((await api.ask('POST', '/api/v1/key-results/KR-1/restore')).body).toEqual(kept)
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: true }])
    expect((await told(api, 'KR-1')).feed.map(({ kind }) => kind)).toEqual([
      'key_result.created',
      'key_result.archived',
      'key_result.updated',
    ])
  })
})

describe('reading key results', () => {
  it('shows the latest numbers, raw and as people see them', async () => {
    const { progress } = api.store.database.records
    const snapshot = {
      keyResult: 'KR-1' as KeyResultKey,
      asOf: NOW,
      explanation: { counts: {}, movements: [] },
    }
    await progress.addSnapshot(
      { ...snapshot, numbers: { ...someNumbers, rawProgress: 0.1, progress: 0.1 } },
      0,
    )
    await progress.addSnapshot({ ...snapshot, numbers: { ...someNumbers, rawProgress: 1.2, progress: 1 } }, 0)
    const expected = {
      asOf: '2026-11-21T10:00:00.000Z',
      rawProgress: 1.2,
      progress: 1,
      expectedProgress: 0.4,
      paceRatio: 0.75,
      health: 'at_risk',
      healthRule: 'pace',
      delivery: someNumbers.delivery,
      latestCheckIn: { at: '1970-01-01T00:00:00.000Z', value: null, confidence: 6 },
    }
    expect((await api.ask('GET', '/api/v1/key-results/KR-1')).body.progress).toMatchObject(expected)
    const { items } = (await api.ask('GET', '/api/v1/key-results')).body
    expect(items).toMatchObject([{ key: 'KR-1', progress: expected }])
  })

  it('pages in the order people count, by cycle and by objective', async () => {
    await api.ask('POST', '/api/v1/objectives', { body: { cycle: '2026-Q4', title: 'Another' } })
    for (let n = 2; n <= 12; n++) {
      await api.ask('POST', '/api/v1/key-results', { body: aKeyResult({ objective: n > 9 ? 'O-2' : 'O-1' }) })
    }
    const keys = async (query: string) => {
      const { body } = await api.ask('GET', `/api/v1/key-results?${query}`)
      return (body.items as { key: string }[]).map(({ key }) => key)
    }
    expect(await keys('after=KR-8&limit=3')).toEqual(['KR-9', 'KR-10', 'KR-11'])
    expect(await keys('objective=O-2')).toEqual(['KR-10', 'KR-11', 'KR-12'])
    expect(await keys('cycle=2026-Q4&limit=200')).toHaveLength(12)
    expect(await keys('cycle=2027')).toEqual([])
  })
})
