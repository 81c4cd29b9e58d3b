import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { evaluateIssues, workOutEvaluation } from '../../src/app/evaluate-issues.ts'
import { loadSiteContext, unconnectedSite } from '../../src/app/site-context.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import type { IssueState } from '../../src/domain/mirror/issue.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import {
  aKeyResult,
  BY_POINTS,
  clearMarks,
  createGoals,
  dirtyMarks,
  forgetEverything,
  movementsOf,
  told,
} from '../support/api-goals.ts'
import { issueState } from '../support/issues.ts'

const KR1 = '/api/v1/key-results/KR-1'
const CREATED = Date.UTC(2026, 9, 5)

let api: TestApi

beforeAll(async () => {
  api = await startApi({
    evaluate: async (records, siteId, issueIds) =>
      workOutEvaluation(records, await loadSiteContext(records, siteId, compileLinkRules), issueIds),
  })
  await api.store.database.records.sites.save(unconnectedSite('main'))
})
afterAll(() => api.stop())
beforeEach(async () => {
  await forgetEverything(api)
  await api.store.query('truncate issues, issue_changes, issue_references')
  await createGoals(api, BY_POINTS)
  await clearMarks(api)
})

/** An issue as Jira told of it, evaluated like one that came by webhook. */
async function mirrorIssue(issueId: string, state: Partial<IssueState>): Promise<void> {
  const issue = { issueId, createdAt: CREATED, version: { at: CREATED, rank: 1 }, blockers: null }
  await api.store.database.transaction(async (records) => {
    await records.mirror.saveIssues('main', [
      { kind: 'issue', ...issue, state: issueState({ key: `PROJ-${issueId}`, ...state }) },
    ])
    await records.mirror.addReferences('main', [{ issueId, kind: 'key', reference: `PROJ-${issueId}` }])
    await evaluateIssues(records, await loadSiteContext(records, 'main', compileLinkRules), [issueId])
  })
}

async function links(query = ''): Promise<Record<string, unknown>[]> {
  return (await api.ask('GET', `${KR1}/links${query}`)).body.items as Record<string, unknown>[]
}

describe('linking an issue by hand', () => {
  beforeEach(async () => {
    await mirrorIssue('7', { points: 5 })
    api.setNow(NOW + 60_000)
  })

  it('counts it from now on, and is told everywhere', async () => {
    const { status, body } = await api.ask('PUT', `${KR1}/links/main/PROJ-7`)
    expect(status).toBe(200)
    expect(body).toEqual({
      keyResult: 'KR-1',
      site: 'main',
      issueId: '7',
      issueKey: 'PROJ-7',
      role: 'drives',
      sharePercent: 100,
      linkedAt: '2026-11-21T10:01:00.000Z',
    })
    expect(api.evaluated()).toEqual([{ siteId: 'main', issueIds: ['7'] }])
    expect(await links()).toMatchObject([
      {
        issueKey: 'PROJ-7',
        size: 5,
        inScope: true,
        reason: { kind: 'manual' },
        why: 'PROJ-7 counts 5 points for KR-1 because it is linked to KR-1 by hand.',
      },
    ])
    expect(await movementsOf(api, 'KR-1')).toMatchObject([{ kind: 'added', issueKey: 'PROJ-7' }])
    expect(await dirtyMarks(api)).toEqual([{ keyResult: 'KR-1', relink: false }])
    expect(api.rings()).toEqual([{ bell: 'recompute', id: 'KR-1' }])
    const { feed, audit } = await told(api, 'KR-1')
    expect(feed.at(-1)).toMatchObject({ kind: 'link.changed', data: { issueKey: 'PROJ-7', linked: true } })
    expect(audit.at(-1)).toMatchObject({ action: 'link.create', before: null, after: { issueId: '7' } })
  })

  it('asks for everyone it moves to be recomputed, also for those the issue no longer counts for', async () => {
    const { body } = await api.ask('POST', '/api/v1/key-results', {
      body: aKeyResult({ measure: BY_POINTS }),
    })
    expect(body.key).toBe('KR-2')
    await mirrorIssue('70', { labels: ['KR-2'], points: null })
    await mirrorIssue('71', { parentId: '70', points: 3 })
    for (const method of ['PUT', 'DELETE'] as const) {
      await clearMarks(api)
      expect((await api.ask(method, `${KR1}/links/main/PROJ-71`)).status).toBeLessThan(300)
      expect(await dirtyMarks(api)).toMatchObject([{ keyResult: 'KR-1' }, { keyResult: 'KR-2' }])
      expect(api.rings()).toEqual([
        { bell: 'recompute', id: 'KR-1' },
        { bell: 'recompute', id: 'KR-2' },
      ])
      api.setNow(NOW + 120_000)
    }
  })

  it('takes the id for the key, replaces another role or share, and leaves an equal link alone', async () => {
    await api.ask('PUT', `${KR1}/links/main/7`, { body: {} })
    await clearMarks(api)
    await api.ask('PUT', `${KR1}/links/main/proj-7`, { body: { sharePercent: 100 } })
    expect([await dirtyMarks(api), api.rings()]).toEqual([[], []])

    api.setNow(NOW + 120_000)
    await api.ask('PUT', `${KR1}/links/main/PROJ-7`, { body: { role: 'supports', sharePercent: 60 } })
    expect(await links()).toMatchObject([
      {
        role: 'supports',
        sharePercent: 60,
        inScope: false,
        why: expect.stringContaining('without moving it') as string,
      },
    ])
    const rows = await api.store.query(
      'select role, unlinked_at is null as stands from manual_links order by linked_at',
    )
    expect(rows).toEqual([
      { role: 'drives', stands: false },
      { role: 'supports', stands: true },
    ])
  })

  it('replaces a link of the same instant instead of keeping two', async () => {
    await api.ask('PUT', `${KR1}/links/main/7`)
    await api.ask('PUT', `${KR1}/links/main/7`, { body: { sharePercent: 50 } })
    expect(await api.store.query('select share_percent from manual_links')).toEqual([{ share_percent: 50 }])
  })

  it('is taken back from now on, and taking back nothing is done as well', async () => {
    await api.ask('PUT', `${KR1}/links/main/PROJ-7`)
    api.setNow(NOW + 120_000)
    const answer = await api.ask('DELETE', `${KR1}/links/main/PROJ-7`)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(await links()).toMatchObject([
      {
        state: 'out',
        outReason: 'unlinked',
        inScope: false,
        why: 'PROJ-7 does not count for KR-1 because nothing links it any more.',
      },
    ])
    await clearMarks(api)
    const before = await told(api, 'KR-1')
    expect(before.feed.at(-1)).toMatchObject({ kind: 'link.changed', data: { linked: false } })
    expect((await api.ask('DELETE', `${KR1}/links/main/PROJ-7`)).status).toBe(204)
    expect(await told(api, 'KR-1')).toEqual(before)
    expect(api.rings()).toEqual([])

    api.setNow(NOW + 180_000)
    await api.ask('PUT', `${KR1}/links/main/PROJ-7`)
    expect(await links()).toMatchObject([{ state: 'to_do', inScope: true }])
  })

  it.each([
    ['a site nobody connected', `${KR1}/links/other/PROJ-7`, 'OKR_SITE_UNKNOWN'],
    ['an issue nobody knows', `${KR1}/links/main/PROJ-8`, 'OKR_ISSUE_UNKNOWN'],
    ['a key result nobody has', '/api/v1/key-results/KR-9/links/main/PROJ-7', 'OKR_KEY_RESULT_NOT_FOUND'],
  ])('refuses %s', async (_what, url, code) => {
    for (const method of ['PUT', 'DELETE'] as const) {
      const { status, body } = await api.ask(method, url)
      expect([status, body.code]).toEqual([404, code])
    }
    expect([await api.store.query('select * from manual_links'), api.evaluated()]).toEqual([[], []])
  })

  it('refuses an issue that was deleted in Jira', async () => {
    const deletion = { kind: 'issue_deleted' as const, issueId: '7', at: NOW }
    await api.store.database.records.mirror.saveDeletedIssues('main', [deletion])
    const { status, body } = await api.ask('PUT', `${KR1}/links/main/PROJ-7`)
    expect([status, body.code]).toEqual([404, 'OKR_ISSUE_UNKNOWN'])
  })

  it('may be where the comments go', async () => {
    const anchorIssue = { site: 'main', issue: 'PROJ-7' }
    const { body } = await api.ask('PATCH', KR1, { body: { anchorIssue } })
    expect(body.anchorIssue).toEqual({ site: 'main', issueId: '7' })
    expect((await api.ask('PATCH', KR1, { body: { title: 'Other' } })).body.anchorIssue).toEqual(
      body.anchorIssue,
    )
    expect((await api.ask('PATCH', KR1, { body: { anchorIssue: null } })).body.anchorIssue).toBeNull()
  })
})

describe('listing what contributes', () => {
  it('pages through every issue once', async () => {
    for (let id = 1; id <= 7; id++) await mirrorIssue(String(id), { labels: ['KR-1'], points: id })
    const seen: string[] = []
    let query: string | null = '?limit=3'
    while (query !== null) {
      const { body } = await api.ask('GET', `${KR1}/links${query}`)
      seen.push(...(body.items as { issueId: string }[]).map(({ issueId }) => issueId))
      query = typeof body.next === 'string' ? `?limit=3&after=${encodeURIComponent(body.next)}` : null
    }
    expect(seen.sort()).toEqual(['1', '2', '3', '4', '5', '6', '7'])
  })

  it('refuses a place that no page ended with', async () => {
    for (const after of ['main', 'main/', '/1', 'main/x', '%00/1', 'main/1%00']) {
      const { status, body } = await api.ask('GET', `${KR1}/links?after=${after}`)
      expect([status, body.problems]).toMatchObject([400, [{ field: 'after' }]])
    }
  })
})
