import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unconnectedSite } from '../../src/app/site-context.ts'
import { DEFAULT_POLICY } from '../../src/domain/health/health-policy.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { NOW, startApi, type TestApi } from '../support/api.ts'
import { A_CYCLE, aKeyResult, AN_OBJECTIVE } from '../support/api-goals.ts'
import { rowsOf, subjectsChanged } from '../support/audited-writes.ts'
import { AFTER_Q4, Q1 } from '../support/cycle-api.ts'
import { issueState } from '../support/issues.ts'
import { episodeWith } from '../support/warnings.ts'

/** Operations that are no GET and write nothing. */
const WRITE_NOTHING = ['POST /api/v1/lint', 'POST /api/v1/okrs/plan']

interface Write {
  /** As the description names it. */
  readonly operation: string
  readonly url: string
  readonly body?: unknown
  readonly type?: string
  /** Its body is a file. */
  readonly isFile?: true
  /** What it says itself; left out: `by` and `reason` are given beside it. */
  readonly says?: { readonly by: string; readonly reason: string }
  readonly at?: number
}

const ADA = { author: 'Ada', note: 'As the team\nsaid.' }
const ADAS_WORD = { by: 'Ada', reason: 'As the team said.' }
const LADDER = {
  kind: 'milestones',
  steps: [
    { title: 'Half', percent: 50 },
    { title: 'All', percent: 100 },
  ],
}
/** It is named by its address. */
const STRICT = { ...DEFAULT_POLICY, name: undefined, staleAfterDays: 7 }
const KR1 = '/key-results/KR-1'
const write = (operation: string, url: string, body?: unknown, more: Partial<Write> = {}): Write => ({
  operation: operation.replace(' /', ' /api/v1/'),
  url,
  ...(body === undefined ? {} : { body }),
  ...more,
})

/** Each kind of write there is, in an order in which each changes something. */
const WRITES: readonly Write[] = [
  write('POST /cycles', '/cycles', A_CYCLE),
  write('POST /cycles', '/cycles', Q1),
  write('PATCH /cycles/{key}', '/cycles/2026-Q4', { title: 'The fourth' }),
  write('POST /cycles/{key}/archive', '/cycles/2027-Q1/archive'),
  write('POST /cycles/{key}/restore', '/cycles/2027-Q1/restore'),
  write('PUT /teams/{key}', '/teams/search', { title: 'Search' }),
  write('PUT /teams/{key}', '/teams/search', {
    title: 'Search',
    checkIns: { everyWeeks: 1, weekday: 5 },
  }),
  write('PUT /health-policies/{name}', '/health-policies/strict', STRICT),
  write('DELETE /health-policies/{name}', '/health-policies/strict'),
  write('POST /objectives', '/objectives', AN_OBJECTIVE),
  write('PATCH /objectives/{key}', '/objectives/O-1', { ambition: 'aspirational' }),
  write('POST /objectives/{key}/archive', '/objectives/O-1/archive'),
  write('POST /objectives/{key}/restore', '/objectives/O-1/restore'),
  write('POST /key-results', '/key-results', aKeyResult()),
  write('POST /key-results', '/key-results', aKeyResult({ measure: LADDER })),
  write('PATCH /key-results/{key}', KR1, {
    measure: { kind: 'metric', unit: '%', baseline: 45, target: 60 },
  }),
  write('POST /key-results/{key}/archive', `${KR1}/archive`),
  write('POST /key-results/{key}/restore', `${KR1}/restore`),
  write('POST /key-results/{key}/check-ins', `${KR1}/check-ins`, { value: 46, ...ADA }, { says: ADAS_WORD }),
  write('POST /key-results/{key}/check-ins', `${KR1}/check-ins`, { value: 47 }),
  write('POST /key-results/{key}/values', `${KR1}/values`, { values: [{ value: 48 }, { value: 49 }] }),
  write(
    'PUT /key-results/{key}/milestones/{step}',
    '/key-results/KR-2/milestones/1',
    { done: true, ...ADA },
    { says: ADAS_WORD },
  ),
  write(
    'PUT /key-results/{key}/health-override',
    `${KR1}/health-override`,
    { health: 'at_risk', ...ADAS_WORD, untilDay: '2026-12-01' },
    { says: ADAS_WORD },
  ),
  write('DELETE /key-results/{key}/health-override', `${KR1}/health-override`),
  write(
    'PUT /key-results/{key}/value-override',
    `${KR1}/value-override`,
    { value: 50, ...ADAS_WORD, untilDay: '2026-12-01' },
    { says: ADAS_WORD },
  ),
  write('DELETE /key-results/{key}/value-override', `${KR1}/value-override`),
  write('PUT /key-results/{key}/links/{site}/{issue}', `${KR1}/links/main/PROJ-7`, {}),
  write('DELETE /key-results/{key}/links/{site}/{issue}', `${KR1}/links/main/PROJ-7`),
  write('POST /key-results/{key}/initiatives', `${KR1}/initiatives`, { title: 'A new onboarding' }),
  write('PATCH /initiatives/{key}', '/initiatives/INI-1', { title: 'Another onboarding' }),
  write('POST /initiatives/{key}/archive', '/initiatives/INI-1/archive'),
  write('POST /initiatives/{key}/restore', '/initiatives/INI-1/restore'),
  write('POST /kpis', '/kpis', { title: 'Attrition', unit: '%', band: { below: 5 } }),
  write('PATCH /kpis/{key}', '/kpis/KPI-1', { title: 'Monthly attrition' }),
  write('POST /kpis/{key}/values', '/kpis/KPI-1/values', { value: 4, ...ADA }, { says: ADAS_WORD }),
  write('POST /kpis/{key}/archive', '/kpis/KPI-1/archive'),
  write('POST /kpis/{key}/restore', '/kpis/KPI-1/restore'),
  write(
    'POST /warnings/{id}/acknowledge',
    '/warnings/1/acknowledge',
    { by: 'Ada', note: 'As the team said.' },
    { says: ADAS_WORD },
  ),
  write(
    'POST /warnings/{id}/snooze',
    '/warnings/1/snooze',
    { by: 'Ada', note: 'As the team said.', until: '2026-12-01T00:00:00Z' },
    { says: ADAS_WORD },
  ),
  write(
    'POST /warnings/{id}/unsnooze',
    '/warnings/1/unsnooze',
    { by: 'Ada', reason: 'As the team said.' },
    { says: ADAS_WORD },
  ),
  write('POST /templates', '/templates', { name: 'growth', title: 'Growth', cycle: '2026-Q4' }),
  write('POST /cycles/{key}/objectives-from-template', '/cycles/2027-Q1/objectives-from-template', {
    template: 'growth',
  }),
  write('DELETE /templates/{name}', '/templates/growth'),
  write('POST /import', '/import', 'type,key,value,confidence,note\ncheck_in,KR-1,51,6,\n', {
    isFile: true,
    type: 'text/csv',
  }),
  write('POST /okrs/apply', '/okrs/apply', 'version: 1\nteams:\n  - key: find\n    title: Find\n', {
    isFile: true,
    type: 'application/yaml',
  }),
  write('POST /cycles/{key}/close', '/cycles/2026-Q4/close', {}, { at: AFTER_Q4 }),
  write('POST /cycles/{key}/reopen', '/cycles/2026-Q4/reopen'),
  write('POST /cycles/{key}/close', '/cycles/2026-Q4/close', {}),
  write('POST /cycles/{key}/roll-over', '/cycles/2026-Q4/roll-over', { into: '2027-Q1' }),
]

interface Entry {
  readonly id: number
  readonly actor: string
  readonly by: string | null
  readonly reason: string | null
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

let api: TestApi
beforeAll(async () => {
  api = await startApi()
  const { records } = api.store.database
  await records.sites.save(unconnectedSite('main'))
  const issue = { issueId: '7', createdAt: NOW, version: { at: NOW, rank: 1 }, blockers: null }
  await records.mirror.saveIssues('main', [{ kind: 'issue', ...issue, state: issueState({ key: 'PROJ-7' }) }])
  await records.mirror.addReferences('main', [{ issueId: '7', kind: 'key', reference: 'PROJ-7' }])
})
afterAll(() => api.stop())

async function raiseWarning(): Promise<void> {
  const open = await api.store.query('select 1 from warnings where resolved_at is null')
  if (open.length > 0) return
  const episode = episodeWith({ keyResult: 'KR-1' as KeyResultKey, raisedAt: NOW, levelSince: NOW })
  await api.store.database.records.warnings.raise({ ...episode, ...{ id: undefined } })
}

async function newest(limit = 200): Promise<Entry[]> {
  return (await api.ask('GET', `/api/v1/audit?limit=${limit}`)).body.items as Entry[]
}

async function carryOut({ operation, url, body, type, isFile }: Write, said: object) {
  const [method] = operation.split(' ') as ['POST' | 'PUT' | 'PATCH' | 'DELETE']
  const inAddress = isFile === true || method === 'DELETE'
  const query = inAddress ? `?${new URLSearchParams(said as Record<string, string>).toString()}` : ''
  const sent = inAddress ? body : { ...(body as object | undefined), ...said }
  const headers = type === undefined ? {} : { 'content-type': type }
  return api.ask(method, `/api/v1${url}${query}`, { ...(sent === undefined ? {} : { body: sent }), headers })
}

describe('a write of the API', () => {
  it('is one of those below: a new one says here how it is audited', () => {
    const described = api.description.operations
      .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/v1/'))
      .map(({ method, path }) => `${method} ${path}`)
    const audited = new Set(WRITES.map(({ operation }) => operation))
    expect(described.length).toBeGreaterThan(40)
    expect(described.sort()).toEqual([...audited, ...WRITE_NOTHING].sort())
  })

  it('leaves an entry for everything it changes, with before and after, who and why', async () => {
    let now = NOW
    for (const [index, each] of WRITES.entries()) {
      now = Math.max(now + 1_000, each.at ?? 0)
      api.setNow(now)
      if (each.url.startsWith('/warnings') || each.at !== undefined) await raiseWarning()
      const name = `${index} ${each.operation}`
      const said = { by: 'Grace Hopper', reason: `Reason ${index}.` }
      const [last] = await newest(1)
      const before = await rowsOf(api)
      const { status, text } = await carryOut(each, each.says === undefined ? said : {})
      expect(status, `${name}: ${text}`).toBeLessThan(300)
      const entries = (await newest()).filter(({ id }) => id > (last?.id ?? 0))
      expect(entries.length, name).toBeGreaterThan(0)
      for (const { actor, by, reason, before: was, after: is } of entries) {
        expect({ name, actor, by, reason }).toEqual({ name, actor: 'api', ...(each.says ?? said) })
        expect(was, name).not.toEqual(is)
        expect(JSON.stringify(is), name).not.toContain(said.reason)
      }
      const changed = subjectsChanged(before, await rowsOf(api))
      expect(changed.length, name).toBeGreaterThan(0)
      const missing = changed.filter((subject) => !entries.some((entry) => entry.subject === subject))
      expect({ name, missing }).toEqual({ name, missing: [] })
    }
  })
})
