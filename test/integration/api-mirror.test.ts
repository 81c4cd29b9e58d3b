import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'

let api: TestApi

function sprint(sprintId: number, given: Partial<Sprint> = {}): Sprint {
  return {
    sprintId,
    name: `Sprint ${sprintId}`,
    state: 'active',
    startAt: NOW,
    endAt: null,
    completeAt: null,
    goal: '',
    boardId: 1,
    ...given,
  }
}

beforeAll(async () => {
  api = await startApi()
  const save = (siteId: string, sprints: Sprint[]) =>
    api.store.database.records.mirror.saveSprints(
      siteId,
      sprints.map((one) => ({ kind: 'sprint', version: { at: NOW, rank: 1 }, sprint: one })),
    )
  await save('main', [
    sprint(9),
    sprint(10, { state: 'closed', boardId: 2 }),
    sprint(11, { state: 'future' }),
  ])
  await save('other', [sprint(9, { goal: 'KR-12 at last' })])
})
afterAll(() => api.stop())

async function sprints(query: string): Promise<string[]> {
  const { items } = (await api.ask('GET', `/api/v1/sprints?${query}`)).body
  return (items as { site: string; id: number }[]).map(({ site, id }) => `${site}/${id}`)
}

describe('sprints', () => {
  it('are listed by site, state and board, page by page', async () => {
    expect(await sprints('')).toEqual(['main/9', 'main/10', 'main/11', 'other/9'])
    expect(await sprints('site=main&state=active')).toEqual(['main/9'])
    expect(await sprints('board=2')).toEqual(['main/10'])
    const first = await api.ask('GET', '/api/v1/sprints?limit=3')
    expect(first.body.next).toBe('main/11')
    expect(await sprints('limit=3&after=main%2F11')).toEqual(['other/9'])
  })

  it('are read by site and id', async () => {
    expect((await api.ask('GET', '/api/v1/sprints/other/9')).body).toEqual({
      site: 'other',
      id: 9,
      name: 'Sprint 9',
      state: 'active',
      startAt: '2026-11-21T10:00:00.000Z',
      endAt: null,
      completeAt: null,
      goal: 'KR-12 at last',
      boardId: 1,
      deletedAt: null,
    })
    for (const id of ['12', '9999999999', '99999999999', 'x', '-1', '1.5']) {
      const { status, body } = await api.ask('GET', `/api/v1/sprints/main/${id}`)
      expect([status, body.code]).toEqual([404, 'OKR_SPRINT_NOT_FOUND'])
    }
  })
})

describe('deliveries', () => {
  it('are listed with what became of them, and without their bodies', async () => {
    const { inbox } = api.store.database.records
    for (const text of ['{"a":1}', '{"secret":"of a customer"}']) {
      const body = Buffer.from(text)
      const bodySha256 = createHash('sha256').update(body).digest()
      await inbox.store({ siteId: 'main', deliveryId: text, bodySha256, body, retry: null, flow: null })
    }
    const [, newest] = [...(await inbox.list({ outcome: null, limit: 2 }))].reverse()
    await inbox.finish([
      { id: newest!.id, outcome: 'parked', event: 'jira:issue_updated', reason: 'too deep' },
    ])

    const parked = await api.ask('GET', '/api/v1/deliveries?outcome=parked')
    expect(parked.body.items).toMatchObject([
      { site: 'main', outcome: 'parked', event: 'jira:issue_updated', reason: 'too deep', bytes: 26 },
    ])
    expect(parked.text).not.toContain('customer')
    expect((await api.ask('GET', '/api/v1/deliveries?outcome=waiting')).body.items).toMatchObject([
      { bytes: 7 },
    ])
    expect((await api.ask('GET', '/api/v1/deliveries')).body.items).toHaveLength(2)
  })
})
