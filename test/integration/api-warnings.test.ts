import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import type { Episode } from '../../src/domain/warnings/episode.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { aKeyResult, createGoals, forgetEverything, told } from '../support/api-goals.ts'
import { DETAILS, episodeWith, someFacts } from '../support/warnings.ts'

const KR1 = 'KR-1' as KeyResultKey
const KR2 = 'KR-2' as KeyResultKey

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await api.store.query('truncate warnings restart identity')
  await createGoals(api)
  await api.ask('POST', '/api/v1/key-results', { body: aKeyResult() })
  api.rings()
})

async function raise(change: Partial<Episode> = {}): Promise<number> {
  const { id, ...episode } = episodeWith({ keyResult: KR1, raisedAt: NOW, levelSince: NOW, ...change })
  expect(id).toBe(7)
  const raised = await api.store.database.records.warnings.raise(episode)
  return raised!.id
}

const list = async (query = '') => {
  const { status, body } = await api.ask('GET', `/api/v1/warnings${query}`)
  expect(status).toBe(200)
  return body as { items: { id: number; state: string }[]; next: string | null }
}
const ids = async (query = '') => (await list(query)).items.map(({ id }) => id)

describe('listing warnings', () => {
  it('gives the open ones, newest first, with every number behind them', async () => {
    const conflict = { ...someFacts, detail: DETAILS.conflict }
    await raise({ kind: 'conflict', facts: conflict })
    await raise({ resolvedAt: NOW })
    await raise({ level: 'off_track' })
    const { items } = await list()
    expect(items).toMatchObject([
      {
        id: 3,
        keyResult: 'KR-1',
        objective: 'O-1',
        kind: 'health',
        level: 'off_track',
        state: 'open',
        raisedAt: '2026-11-21T10:00:00.000Z',
        resolvedAt: null,
        acknowledged: null,
        snoozed: null,
        numbers: {
          policy: 'balanced',
          progressPercent: 30,
          pacePercent: 75,
          needed: { perSprint: 13, plannedNow: 5, unit: 'points' },
        },
        detail: { kind: 'health' },
      },
      { id: 1, detail: { kind: 'conflict', issueKey: 'WEB-1', others: ['KR-7'] } },
    ])
  })

  it('gives past ones, and those of archived key results among them', async () => {
    await raise({ resolvedAt: NOW })
    await raise()
    await raise({ keyResult: KR2 })
    await api.ask('POST', '/api/v1/key-results/KR-2/archive')
    expect(await ids()).toEqual([2])
    expect(await ids('?state=past')).toEqual([3, 1])
    expect((await list('?state=all')).items.map(({ state }) => state)).toEqual(['past', 'open', 'past'])
  })

  it('gives those of one key result or one objective', async () => {
    await raise()
    await raise({ keyResult: KR2 })
    expect(await ids('?keyResult=kr-2')).toEqual([2])
    expect(await ids('?objective=O-1')).toEqual([2, 1])
    expect(await ids('?objective=O-9')).toEqual([])
  })

  it('pages by id: each once, none left out', async () => {
    for (let n = 0; n < 5; n++) await raise({ resolvedAt: NOW })
    const first = await list('?state=all&limit=2')
    expect(first.items.map(({ id }) => id)).toEqual([5, 4])
    expect(await ids(`?state=all&limit=2&after=${first.next}`)).toEqual([3, 2])
    expect((await list('?state=all&limit=2&after=2')).next).toBeNull()
  })

  it('refuses a state and a key that there are not', async () => {
    expect((await api.ask('GET', '/api/v1/warnings?state=closed')).status).toBe(400)
    expect((await api.ask('GET', '/api/v1/warnings?keyResult=none')).status).toBe(400)
  })
})

describe('acknowledging a warning', () => {
  it('notes who and why, once, and tells the feed and the audit log', async () => {
    const id = await raise()
    const body = { by: 'Ada', note: 'Two more people join on Monday.' }
    const answer = await api.ask('POST', `/api/v1/warnings/${id}/acknowledge`, { body })
    expect(answer.body).toMatchObject({
      state: 'open',
      acknowledged: { ...body, at: '2026-11-21T10:00:00.000Z', level: 'at_risk' },
    })
    expect(api.rings()).toEqual([{ bell: 'comments', id: 'due' }])
    api.setNow(NOW + 1_000)
    const again = await api.ask('POST', `/api/v1/warnings/${id}/acknowledge`, { body })
    expect(again.body).toEqual(answer.body)
    expect(api.rings()).toEqual([])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.filter(({ kind }) => kind === 'warning.acknowledged')).toMatchObject([
      { data: { warning: id, by: 'Ada', level: 'at_risk' } },
    ])
    expect(audit.at(-1)).toMatchObject({ action: 'warning.acknowledge', actor: 'api' })
  })

  it('needs nothing said', async () => {
    const id = await raise()
    const answer = await api.ask('POST', `/api/v1/warnings/${id}/acknowledge`)
    expect(answer.body).toMatchObject({ acknowledged: { by: 'api', note: '' } })
  })
})

describe('snoozing a warning', () => {
  const until = new Date(NOW + DAY_MS).toISOString()

  it('keeps it quiet until then, and shows it all the same', async () => {
    const id = await raise()
    const snoozed = await api.ask('POST', `/api/v1/warnings/${id}/snooze`, { body: { until, by: 'Ada' } })
    expect(snoozed.body).toMatchObject({ state: 'open', snoozed: { until, by: 'Ada' } })
    expect(await ids()).toEqual([id])
    api.setNow(NOW + DAY_MS)
    expect((await api.ask('GET', `/api/v1/warnings/${id}`)).body).toMatchObject({ snoozed: null })
  })

  it('ends when asked to, and asking again changes nothing', async () => {
    const id = await raise()
    await api.ask('POST', `/api/v1/warnings/${id}/snooze`, { body: { until } })
    const woken = await api.ask('POST', `/api/v1/warnings/${id}/unsnooze`)
    expect(woken.body).toMatchObject({ snoozed: null })
    api.rings()
    await api.ask('POST', `/api/v1/warnings/${id}/unsnooze`)
    expect(api.rings()).toEqual([])
    const { feed } = await told(api, 'KR-1')
    expect(feed.filter(({ kind }) => kind === 'warning.snoozed').map(({ data }) => data['until'])).toEqual([
      until,
      null,
    ])
  })

  it('refuses an end that has passed', async () => {
    const id = await raise()
    const body = { until: new Date(NOW).toISOString() }
    const answer = await api.ask('POST', `/api/v1/warnings/${id}/snooze`, { body })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ code: 'OKR_INPUT_INVALID', problems: [{ field: 'until' }] })
  })
})

describe('a warning that nothing can be said about', () => {
  it.each(['acknowledge', 'unsnooze'])(
    'is not there, is over, or is of an archived key result: %s',
    async (verb) => {
      const at = (id: number) => `/api/v1/warnings/${id}/${verb}`
      expect((await api.ask('POST', at(99))).body).toMatchObject({ code: 'OKR_WARNING_NOT_FOUND' })
      const over = await raise({ resolvedAt: NOW })
      const answer = await api.ask('POST', at(over))
      expect([answer.status, answer.body['code']]).toEqual([409, 'OKR_WARNING_RESOLVED'])
      const archived = await raise({ keyResult: KR2 })
      await api.ask('POST', '/api/v1/key-results/KR-2/archive')
      expect((await api.ask('POST', at(archived))).body).toMatchObject({ code: 'OKR_KEY_RESULT_ARCHIVED' })
    },
  )

  it('is not found by a number nobody has', async () => {
    expect((await api.ask('GET', '/api/v1/warnings/99')).status).toBe(404)
    expect((await api.ask('GET', '/api/v1/warnings/none')).status).toBe(400)
  })
})
