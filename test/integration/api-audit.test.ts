import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { BY_METRIC, createGoals, forgetEverything } from '../support/api-goals.ts'

const KR1 = '/api/v1/key-results/KR-1'

let api: TestApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await createGoals(api)
})

interface Entry {
  readonly id: number
  readonly at: string
  readonly by: string | null
  readonly reason: string | null
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

const audit = async (query = '') => {
  const { status, body } = await api.ask('GET', `/api/v1/audit${query}`)
  expect(status).toBe(200)
  return body as unknown as { items: Entry[]; next: string | null }
}
const change = (body: object) => api.ask('PATCH', KR1, { body })

describe('the audit log of the API', () => {
  it('tells the newest change first: who, when, before, after and why', async () => {
    const { body: before } = await api.ask('GET', KR1)
    await change({ title: 'Better', by: 'Ada Lovelace', reason: 'It was vague.' })
    const { items } = await audit()
    expect(items.map(({ action }) => action)).toEqual([
      ...['key_result.update', 'key_result.create', 'objective.create', 'cycle.create'],
    ])
    expect(items[0]).toMatchObject({
      ...{ at: '2026-11-21T10:00:00.000Z', actor: 'api', by: 'Ada Lovelace', reason: 'It was vague.' },
      ...{ subject: 'KR-1', before: { title: before.title }, after: { title: 'Better' } },
    })
    expect(items[3]).toMatchObject({ by: null, reason: null, before: null })
  })

  it('gives instants within a state as text', async () => {
    await api.ask('POST', `${KR1}/archive`)
    const { items } = await audit('?limit=1')
    expect(items[0]?.after).toMatchObject({ archivedAt: '2026-11-21T10:00:00.000Z' })
  })

  it('pages through all of it once', async () => {
    for (const title of ['a', 'b', 'c', 'd']) await change({ title })
    const all = (await audit()).items.map(({ id }) => id)
    const seen: number[] = []
    for (let query = '?limit=3'; ;) {
      const { items, next } = await audit(query)
      seen.push(...items.map(({ id }) => id))
      if (next === null) break
      query = `?limit=3&after=${next}`
    }
    expect(seen).toEqual(all)
    expect(seen).toHaveLength(7)
  })

  it('is read by what was changed, in which way, and when', async () => {
    api.setNow(NOW + 60_000)
    await change({ title: 'Later' })
    const actions = async (query: string) => (await audit(query)).items.map(({ action }) => action)
    expect(await actions('?subject=O-1')).toEqual(['objective.create'])
    expect(await actions('?action=key_result.create')).toEqual(['key_result.create'])
    expect(await actions('?from=2026-11-21T10:01:00Z')).toEqual(['key_result.update'])
    expect(await actions('?subject=KR-1&until=2026-11-21T10:01:00Z')).toEqual(['key_result.create'])
    expect(await actions('?subject=KR-2')).toEqual([])
    const { status } = await api.ask('GET', '/api/v1/audit?from=yesterday')
    expect(status).toBe(400)
  })
})

describe('who and why', () => {
  it('are no property of the goal: nothing else to change writes nothing', async () => {
    const { body: before } = await api.ask('GET', KR1)
    const { status, body } = await change({ by: 'Ada', reason: 'Only this.' })
    expect(status).toBe(200)
    expect(body).toMatchObject(before)
    expect(JSON.stringify(body)).not.toContain('Only this.')
    await change({ measure: BY_METRIC, reason: 'It is so already.' })
    expect((await audit()).items).toHaveLength(3)
    expect(api.rings()).toEqual([])
  })

  it('are checked with everything else that is wrong', async () => {
    const { status, body } = await change({
      title: '',
      by: 'A\u0007da',
      reason: 'x'.repeat(501),
      because: 'y',
    })
    expect(status).toBe(400)
    const fields = (body.problems as { field: string }[]).map(({ field }) => field)
    expect(fields.sort()).toEqual(['because', 'by', 'reason', 'title'])
    const { status: inAddress } = await api.ask('DELETE', `${KR1}/value-override?reason=two%0Alines`)
    expect(inAddress).toBe(400)
  })

  it('are those of a check-in where nothing else is said, and what is said beside it where it is', async () => {
    const note = `Measured twice.\n${'Long. '.repeat(200)}`
    const checkIn = (body: object) => api.ask('POST', `${KR1}/check-ins`, { body })
    await checkIn({ value: 46, author: 'Ada', note })
    await checkIn({ value: 47, author: 'Ada', note, by: 'Grace', reason: 'For Ada.' })
    const [said, own] = (await audit('?action=check_in.create')).items
    expect(said).toMatchObject({ by: 'Grace', reason: 'For Ada.', after: { author: 'Ada' } })
    expect(own).toMatchObject({ by: 'Ada' })
    expect(own?.reason).toMatch(/^Measured twice\. Long\. .*…$/)
    expect(own?.reason).toHaveLength(500)
  })

  it('are not asked of what only looks', async () => {
    const { status } = await api.ask('POST', '/api/v1/okrs/plan?reason=x', { body: { version: 1 } })
    expect(status).toBe(400)
  })
})
