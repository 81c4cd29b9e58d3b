import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { NewFeedEntry } from '../../src/app/ports/feed.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { forgetEverything, told } from '../support/api-goals.ts'

let api: TestApi

beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.stop())
beforeEach(() => forgetEverything(api))

const entry = (subject: string): NewFeedEntry => ({
  kind: 'link.changed',
  subject,
  at: NOW,
  data: { n: subject },
})

describe('the feed', () => {
  it('has no gap and no reordering for a reader who follows while many write', async () => {
    const { database } = api.store
    const writers = Array.from({ length: 40 }, (_, index) =>
      database
        .transaction(async ({ feed }) => {
          await feed.append(Array.from({ length: 1 + (index % 3) }, (_entry, n) => entry(`${index}.${n}`)))
          if (index % 5 === 0) throw new Error('rolled back')
        })
        .catch(() => undefined),
    )
    const seen: number[] = []
    const follow = async () => {
      const page = await database.records.feed.after(seen.at(-1) ?? 0, 7)
      seen.push(...page.map(({ cursor }) => cursor))
      return page.length
    }
    const progress = { isWritten: false }
    const written = Promise.all(writers).then(() => {
      progress.isWritten = true
    })
    while (!progress.isWritten) await follow()
    await written
    while ((await follow()) > 0);
    expect(seen.length).toBeGreaterThan(40)
    expect(seen).toEqual(seen.map((_cursor, index) => index + 1))
    expect(await database.records.feed.head()).toBe(seen.length)
  })

  it('gives instants as the rest of the API does, however deep they lie', async () => {
    const data = { name: 'Sprint 7', endAt: NOW, completeAt: null, numbers: [{ asOf: NOW, at: 'noon' }] }
    await api.store.database.records.feed.append([
      { kind: 'sprint.closed', subject: 'main/7', at: NOW, data },
    ])
    const text = '2026-11-21T10:00:00.000Z'
    expect((await api.ask('GET', '/api/v1/feed')).body).toMatchObject({
      items: [{ data: { endAt: text, completeAt: null, numbers: [{ asOf: text, at: 'noon' }] } }],
    })
  })

  it('is read from a cursor on, which stays where it is when there is nothing new', async () => {
    const { feed } = api.store.database.records
    expect(await feed.head()).toBe(0)
    await feed.append([])
    await feed.append(['a', 'b', 'c'].map(entry))
    const page = await api.ask('GET', '/api/v1/feed?limit=2')
    expect(page.body).toMatchObject({
      items: [
        { cursor: 1, kind: 'link.changed', subject: 'a', at: '2026-11-21T10:00:00.000Z', data: { n: 'a' } },
        { cursor: 2, subject: 'b' },
      ],
      next: 2,
      hasMore: true,
    })
    expect(page.headers.link).toBe('</api/v1/feed?limit=2&after=2>; rel="next"')
    const rest = await api.ask('GET', '/api/v1/feed?after=2')
    expect(rest.body).toMatchObject({ items: [{ cursor: 3 }], next: 3, hasMore: false })
    expect((await api.ask('GET', '/api/v1/feed?after=3')).body).toEqual({
      items: [],
      next: 3,
      hasMore: false,
    })
  })
})

describe('the audit log', () => {
  it('keeps what was before and after, and nothing of what was rolled back', async () => {
    const { database } = api.store
    const record = {
      ...{ at: NOW, actor: 'cli', by: 'Ada', reason: 'It was wrong.' },
      ...{ subject: 'KR-1', before: { n: 1 }, after: null },
    }
    await database.records.audit.append([{ ...record, action: 'first' }])
    await database.records.audit.append([{ ...record, action: 'second' }])
    await expect(
      database.transaction(async ({ audit }) => {
        await audit.append([{ ...record, action: 'third' }])
        throw new Error('rolled back')
      }),
    ).rejects.toThrow('rolled back')
    expect((await told(api, 'KR-1')).audit).toEqual([
      { ...record, id: 1, action: 'first' },
      { ...record, id: 2, action: 'second' },
    ])
  })
})
