import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../src/adapters/postgres/schema.ts'
import { EXPORT_TABLES } from '../../src/app/okr-import/export-table.ts'
import { unconnectedSite } from '../../src/app/site-context.ts'
import { DEFAULT_POLICY } from '../../src/domain/health/health-policy.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { CSV_EXPORTS } from '../../src/http/export-stream.ts'
import { AUTHORIZED, NOW, startApi, type TestApi } from '../support/api.ts'
import { createGoals } from '../support/api-goals.ts'
import { issueState } from '../support/issues.ts'
import { episodeWith } from '../support/warnings.ts'

/** Tables that stay, each for its reason. */
const LEFT_OUT = {
  copiesOfJira: [
    ...[
      'issues',
      'issue_changes',
      'blocking_links',
      'issue_references',
      'sprints',
      'boards',
      'projects',
      'statuses',
    ],
    ...['inbox', 'backfills'],
  ],
  followsFromOthers: [
    ...['contributions', 'key_result_flow', 'key_result_days', 'milestone_issues', 'sprint_results'],
    ...['health_standings', 'kpi_standings', 'feed'],
  ],
  keepsTheServiceGoing: [
    ...['dirty_key_results', 'delivery_counts', 'feed_head', 'told_sprints', 'check_in_reminders'],
    ...['jira_comments', 'applied_goals'],
  ],
}

describe('the export', () => {
  let api: TestApi
  beforeAll(async () => {
    api = await startApi()
    const { records } = api.store.database
    await records.sites.save(unconnectedSite('main'))
    const issue = { issueId: '7', createdAt: NOW, version: { at: NOW, rank: 1 }, blockers: null }
    await records.mirror.saveIssues('main', [
      { kind: 'issue', ...issue, state: issueState({ key: 'PROJ-7' }) },
    ])
    await records.mirror.addReferences('main', [{ issueId: '7', kind: 'key', reference: 'PROJ-7' }])
    await createGoals(api)
    for (const [method, url, body] of [
      ['PUT', '/teams/search', { title: 'Search' }],
      ['PUT', '/health-policies/own', { ...DEFAULT_POLICY, name: undefined }],
      ['POST', '/key-results/KR-1/check-ins', { value: 47 }],
      ['PUT', '/key-results/KR-1/links/main/PROJ-7', {}],
      ['POST', '/key-results/KR-1/initiatives', { title: 'A new onboarding' }],
      ['POST', '/kpis', { title: 'Attrition', unit: '%', band: { below: 5 } }],
      ['POST', '/kpis/KPI-1/values', { value: 4 }],
      ['POST', '/templates', { name: 'growth', title: 'Growth', cycle: '2026-Q4' }],
      ['POST', '/cycles/2026-Q4/close', { early: true, by: 'Ada', reason: 'We stop here.' }],
    ] as const) {
      const { status, text } = await api.ask(method, `/api/v1${url}`, { body })
      if (status >= 300) throw new Error(`${url}: ${text}`)
    }
    await records.warnings.raise({
      ...episodeWith({ keyResult: 'KR-1' as KeyResultKey }),
      ...{ id: undefined },
    })
    const ticked = {
      key_result: 'KR-1',
      step: 'Half',
      at: new Date(NOW),
      is_done: true,
      note: '',
      author: 'Ada',
    }
    await insert('milestone_ticks', ticked)
    await insert('snapshots', {
      ...{ key_result: 'KR-1', as_of: new Date(NOW), movement_cursor: 1 },
      ...{ numbers: { assessment: { health: 'on_track' }, lastEvidenceAt: NOW }, explanation: {} },
    })
    const sent = { due_at: new Date(NOW), sent_at: new Date(NOW), digest: { since: NOW } }
    for (const day of ['2026-11-20', '2026-11-21'])
      await insert('team_digests', { team: 'search', day, ...sent })
  })
  afterAll(() => api.stop())

  const insert = (table: string, row: Record<string, unknown>) =>
    api.store.query(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map((_, index) => `$${index + 1}`)
        .join(', ')})`,
      Object.values(row),
    )

  it('leaves no table out without a reason: a new one is exported, or stands here', () => {
    const tables = Object.values(schema).flatMap((each) => (is(each, PgTable) ? getTableName(each) : []))
    expect(tables.length).toBeGreaterThan(30)
    const left = Object.values(LEFT_OUT).flat()
    expect(tables.sort()).toEqual([...EXPORT_TABLES, ...left].sort())
  })

  it('gives every row of every table it takes along, as JSON and as CSV', async () => {
    const { body } = await api.app.inject({ url: '/api/v1/export', headers: AUTHORIZED })
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> })
    for (const table of EXPORT_TABLES) {
      const rows = lines.filter((line) => line.table === table)
      const [stored] = await api.store.query(`select count(*)::int as n from ${table}`)
      expect({ table, rows: rows.length }).toEqual({ table, rows: stored?.['n'] })
      expect({ table, isEmpty: rows.length === 0 }).toEqual({ table, isEmpty: false })
      const file = `${table.replaceAll('_', '-')}.csv`
      const csv = await api.app.inject({ url: `/api/v1/export/${file}`, headers: AUTHORIZED })
      expect({ file, status: csv.statusCode }).toEqual({ file, status: 200 })
    }
    expect(CSV_EXPORTS.length).toBeGreaterThanOrEqual(EXPORT_TABLES.length)
    const closed = lines.find(({ table, row }) => table === 'audit' && row['action'] === 'cycle.close')
    expect(closed?.row).toMatchObject({
      ...{ by: 'Ada', reason: 'We stop here.', subject: '2026-Q4', actor: 'api' },
      ...{ before: { closedAt: null }, after: { closedAt: '2026-11-21T10:00:00.000Z' } },
    })
    const snapshot = lines.find(({ table }) => table === 'snapshots')
    expect(snapshot?.row).toMatchObject({ numbers: { lastEvidenceAt: '2026-11-21T10:00:00.000Z' } })
  })

  it('pages through every table, each row once', async () => {
    const { transfers } = api.store.database.records
    for (const table of EXPORT_TABLES) {
      const all = await transfers.page(table, null, 1_000)
      const seen: string[] = []
      for (let after: string | null = null; ;) {
        const [next] = await transfers.page(table, after, 1)
        if (next === undefined) break
        seen.push(next.position)
        after = next.position
      }
      expect({ table, seen }).toEqual({ table, seen: all.map(({ position }) => position) })
    }
  })
})
