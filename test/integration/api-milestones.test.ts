import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
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

const problemsOf = (body: Record<string, unknown>) =>
  (body['problems'] as { field: string }[]).map(({ field }) => field)

describe('ticking steps', () => {
  const STEPS = [
    { title: 'Contract drafted', percent: 0 },
    { title: 'Pilot signed', percent: 40 },
    { title: 'Live', percent: 100 },
  ]
  const at = (step: string) => `/api/v1/key-results/KR-1/milestones/${encodeURIComponent(step)}`

  beforeEach(async () => {
    await forgetEverything(api)
    await createGoals(api, { kind: 'milestones', steps: STEPS })
    await clearMarks(api)
  })

  it('by title or by number, with a date, a note and an author; told in feed and audit log', async () => {
    const word = { done: true, at: '2026-11-02T09:00:00Z', note: 'Both sides.', author: 'Ada' }
    const first = await api.ask('PUT', at('1'), { body: word })
    expect([first.status, first.body]).toEqual([
      200,
      {
        keyResult: 'KR-1',
        step: 1,
        title: 'Contract drafted',
        percent: 0,
        doneAt: '2026-11-02T09:00:00.000Z',
        counts: true,
        reachedPercent: 0,
      },
    ])
    const second = await api.ask('PUT', at('pilot signed'), { body: { done: true } })
    expect(second.body).toMatchObject({ step: 2, counts: true, reachedPercent: 40 })
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect((await movementsOf(api, 'KR-1')).slice(-1)).toMatchObject([
      { kind: 'checked_in', sizeBefore: 0, sizeAfter: 40 },
    ])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.filter(({ kind }) => kind === 'milestone.ticked')).toMatchObject([
      { data: { step: 'Contract drafted', isDone: true, author: 'Ada' } },
      { data: { step: 'Pilot signed', isDone: true, author: 'api' } },
    ])
    expect(audit.at(-1)).toMatchObject({ action: 'milestone.tick', after: { title: 'Pilot signed' } })
  })

  it('changes nothing when it says what holds already', async () => {
    await api.ask('PUT', at('1'), { body: { done: true } })
    await clearMarks(api)
    api.setNow(NOW + 3_600_000)
    const again = await api.ask('PUT', at('1'), { body: { done: true } })
    expect(again.body['doneAt']).toBe('2026-11-21T10:00:00.000Z')
    await api.ask('PUT', at('2'), { body: { done: false } })
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])
  })

  it('takes a tick back', async () => {
    await api.ask('PUT', at('1'), { body: { done: true, at: '2026-11-02T09:00:00Z' } })
    const back = await api.ask('PUT', at('1'), { body: { done: false } })
    expect(back.body).toMatchObject({ doneAt: null, counts: false })
    expect((await told(api, 'KR-1')).audit.at(-1)?.action).toBe('milestone.untick')
  })

  it('keeps what was ticked of a step that is given another title, and of no other', async () => {
    for (const step of ['1', '2']) await api.ask('PUT', at(step), { body: { done: true } })
    const renamed = [STEPS[0], { ...STEPS[1], title: 'Pilot under contract' }, STEPS[2]]
    await api.ask('PATCH', '/api/v1/key-results/KR-1', {
      body: { measure: { kind: 'milestones', steps: renamed } },
    })
    const standing = async (step: string) =>
      (await api.ask('PUT', at(step), { body: { done: true } })).body['doneAt']
    const before = '2026-11-21T10:00:00.000Z'
    api.setNow(NOW + 3_600_000)
    expect(await standing('Pilot under contract')).toBe(before)
    const longer = [...renamed.slice(0, 2), { title: 'Paid', percent: 60 }, STEPS[2]]
    await api.ask('PATCH', '/api/v1/key-results/KR-1', {
      body: { measure: { kind: 'milestones', steps: longer } },
    })
    expect([await standing('Contract drafted'), await standing('Pilot under contract')]).toEqual([
      before,
      before,
    ])
    expect(await standing('Paid')).toBe('2026-11-21T11:00:00.000Z')
  })

  it.each([
    ['Launch', 404, 'OKR_STEP_NOT_FOUND'],
    ['4', 404, 'OKR_STEP_NOT_FOUND'],
  ])('is refused for step %s that is not there, with those that are', async (step, status, code) => {
    const answer = await api.ask('PUT', at(step), { body: { done: true } })
    expect([answer.status, answer.body['code']]).toEqual([status, code])
    expect(answer.body['detail']).toContain('2 Pilot signed')
  })

  it('is refused for a day to come, and for a key result without steps', async () => {
    const ahead = await api.ask('PUT', at('1'), { body: { done: true, at: '2026-11-22T10:00:00Z' } })
    expect([ahead.status, problemsOf(ahead.body)]).toEqual([400, ['at']])
    await api.ask('PATCH', '/api/v1/key-results/KR-1', { body: { measure: { kind: 'binary' } } })
    const { status, body } = await api.ask('PUT', at('1'), { body: { done: true } })
    expect([status, body['code']]).toEqual([409, 'OKR_CHECK_IN_NOT_POSSIBLE'])
  })
})
