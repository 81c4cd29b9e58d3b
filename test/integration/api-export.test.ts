import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORIZED, startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult } from '../support/api-goals.ts'
import { importCsv, written } from '../support/csv-import.ts'

const MEASURES = [
  { kind: 'metric', unit: '%', baseline: 45, target: 55.125 },
  { kind: 'metric', unit: '=1+1', baseline: -1.234, target: 1e-7 },
  {
    kind: 'range',
    unit: '%',
    band: { atLeast: 1, below: 5 },
    period: 'week',
    valueOfPeriod: 'mean',
    targetShare: 0.9,
  },
  {
    kind: 'milestones',
    steps: [
      { title: '[draft] agreed', percent: 5 },
      { title: 'Live, “at last”', percent: 100 },
    ],
  },
  { kind: 'binary' },
  { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
  {
    kind: 'delivery',
    size: { field: 'customfield_10050' },
    statusWeights: { toDo: 0, inProgress: 50, delivered: 100 },
    target: { kind: 'fixed', amount: 20 },
  },
  { kind: 'field_sum', field: 'customfield_10051', unit: 'videos', baseline: 0, target: 20 },
]

const TABLES = ['objectives', 'key-results', 'initiatives', 'kpis', 'check-ins', 'goals']

describe('exporting', () => {
  let api: TestApi
  const make = async (url: string, body: object, method: 'POST' | 'PUT' = 'POST') => {
    const { status, text } = await api.ask(method, `/api/v1${url}`, { body })
    if (status >= 300) throw new Error(text)
  }
  beforeAll(async () => {
    api = await startApi()
    await make('/cycles', A_CYCLE)
    await make('/teams/search', { title: '@Search' }, 'PUT')
    await make('/objectives', {
      ...{
        cycle: '2026-Q4',
        title: '=cmd|calc',
        description: '- a\r\n"b", c',
        level: 'company',
        ambition: 'aspirational',
      },
      ...{ owner: '+Ada', healthRollUp: 'median', externalId: 'ext-1', team: 'search' },
    })
    await make('/objectives', {
      cycle: '2026-Q4',
      title: '目标  two',
      parent: 'O-1',
      contributionWeight: 2.5,
    })
    for (const measure of MEASURES) await make('/key-results', aKeyResult({ measure }))
    await make(
      '/key-results',
      aKeyResult({
        ...{
          title: "'=quoted",
          objective: 'O-2',
          weight: 0.333,
          dueDay: '2026-12-18',
          dependsOn: ['KR-2', 'KR-1'],
        },
        ...{
          plan: { kind: 'targets', targets: [{ day: '2026-10-30', progress: 0.35 }] },
          intendedSharePercent: 12.5,
        },
      }),
    )
    await make('/key-results', aKeyResult({ title: 'Gone' }))
    await make('/key-results/KR-10/archive', {})
    await make('/key-results/KR-1/check-ins', {
      value: 47.5,
      confidence: 6,
      note: '=HYPERLINK("x")\nand more',
    })
    await make('/key-results/KR-1/check-ins', { value: 44, at: '2026-10-20T10:00:00.123Z' })
    await make('/key-results/KR-5/check-ins', { value: 0, source: 'system' })
    await make('/key-results/KR-1/initiatives', { title: '-Onboarding' })
    await make('/kpis', { title: 'Attrition', unit: '%', band: { below: 5 }, source: '@Grafana' })
  })
  afterAll(() => api.stop())

  it.each(TABLES)('gives %s in a form that changes nothing when it is imported again', async (table) => {
    const before = await written(api)
    const { text, headers } = await api.ask('GET', `/api/v1/export/${table}.csv`)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    const report = await importCsv(api, text, '')
    expect(report.lines.length).toBeGreaterThan(0)
    expect(report.lines.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([])
    expect(report).toMatchObject({ isApplied: true, unusedColumns: [], madeBeside: [], newCheckIns: 0 })
    expect(await written(api)).toEqual(before)
  })

  it('puts nothing into a table that a spreadsheet would run', async () => {
    const { text } = await api.ask('GET', '/api/v1/export/objectives.csv')
    expect(text).toContain(",'=cmd|calc,")
    expect(text).toContain(",'+Ada,")
    expect(text).not.toMatch(/(^|,)"?[=+@]/m)
  })

  it('leaves out of tables what is archived', async () => {
    const { text } = await api.ask('GET', '/api/v1/export/key-results.csv')
    expect(text).toContain('KR-9')
    expect(text).not.toContain('KR-10')
  })

  it('gives everything as lines of JSON, archived goals too, with a last line that counts them', async () => {
    const { body, headers } = await api.app.inject({ url: '/api/v1/export', headers: AUTHORIZED })
    expect(headers['content-type']).toBe('application/jsonl')
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> })
    expect(lines[0]).toEqual({ table: 'export', row: { version: 1, begunAt: '2026-11-21T10:00:00.000Z' } })
    expect(lines.at(-1)).toEqual({ table: 'end', row: { rows: lines.length - 2 } })
    const rowsOf = (table: string) => lines.filter((line) => line.table === table).map(({ row }) => row)
    expect(rowsOf('key_results')).toHaveLength(10)
    expect(rowsOf('key_results')[9]).toMatchObject({ key: 'KR-10', archivedAt: '2026-11-21T10:00:00.000Z' })
    expect(rowsOf('check_ins')).toMatchObject([
      { keyResult: 'KR-1', value: 47.5 },
      { at: '2026-10-20T10:00:00.123Z' },
      { source: 'system' },
    ])
    for (const table of ['cycles', 'teams', 'objectives', 'initiatives', 'kpis'])
      expect(rowsOf(table).length).toBeGreaterThan(0)
  })

  it('has a table of each kind of row, and says which there are when asked for another', async () => {
    for (const table of ['cycles', 'teams', 'health-policies', 'kpi-values', 'manual-links', 'warnings']) {
      const { status } = await api.ask('GET', `/api/v1/export/${table}.csv`)
      expect(status).toBe(200)
    }
    const { status, body } = await api.ask('GET', '/api/v1/export/secrets.csv')
    expect(status).toBe(404)
    expect(body.detail).toMatch(/There are objectives\.csv, key-results\.csv/)
    const unknown = await api.app.inject({ url: '/api/v1/export' })
    expect(unknown.statusCode).toBe(401)
  })

  it('pages through more rows than fit into one page, each once', async () => {
    const { transfers } = api.store.database.records
    for (const table of ['key_results', 'check_ins', 'cycles', 'manual_links', 'snapshots'] as const) {
      const all = await transfers.page(table, null, 1_000)
      const seen: string[] = []
      for (let after: string | null = null; ;) {
        const [next] = await transfers.page(table, after, 1)
        if (next === undefined) break
        seen.push(next.position)
        after = next.position
      }
      expect(seen).toEqual(all.map(({ position }) => position))
    }
  })
})
