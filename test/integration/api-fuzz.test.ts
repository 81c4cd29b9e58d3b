import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workOutEvaluation } from '../../src/app/evaluate-issues.ts'
import { loadSiteContext, unconnectedSite } from '../../src/app/site-context.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { AUTHORIZED, NOW, startApi, type TestApi } from '../support/api.ts'
import type { Operation } from '../support/api-description.ts'
import { createGoals } from '../support/api-goals.ts'
import { issueState } from '../support/issues.ts'
import { aSprint } from '../support/sprint-pasts.ts'
import { almost, type RequestSchema } from '../support/schema-arbitrary.ts'

const RUNS = 60

let api: TestApi

beforeAll(async () => {
  api = await startApi({
    evaluate: async (records, siteId, issueIds) =>
      workOutEvaluation(records, await loadSiteContext(records, siteId, compileLinkRules), issueIds),
  })
  await createGoals(api)
  const { sites, mirror } = api.store.database.records
  await sites.save(unconnectedSite('main'))
  await mirror.saveIssues('main', [
    {
      kind: 'issue',
      issueId: '7',
      createdAt: NOW,
      version: { at: NOW, rank: 1 },
      state: issueState({ key: 'PROJ-7', sprintIds: [1] }),
      blockers: null,
    },
  ])
  await mirror.addReferences('main', [
    { issueId: '7', kind: 'key', reference: 'PROJ-7' },
    { issueId: '7', kind: 'sprint', reference: '1' },
  ])
  await mirror.saveSprints(
    'main',
    (['active', 'closed', 'future'] as const).map((state, index) => ({
      kind: 'sprint',
      version: { at: NOW, rank: 1 },
      sprint: aSprint({ sprintId: index + 1, state, goal: 'KR-1' }),
    })),
  )
})
afterAll(() => api.stop())

/** Names that lead somewhere, so that requests get past the door. */
const KNOWN: Record<string, readonly string[]> = {
  '/api/v1/cycles/{key}': ['2026-Q4', '2026-Q1'],
  '/api/v1/objectives/{key}': ['O-1', 'O-2'],
  '/api/v1/key-results/{key}': ['KR-1', 'KR-2'],
  '/api/v1/health-policies/{name}': ['balanced', 'ours'],
  '/api/v1/teams/{key}': ['web'],
  '/api/v1/templates/{name}': ['growth', 'quarter'],
  '/api/v1/kpis/{key}': ['KPI-1', 'KPI-2'],
  '/api/v1/initiatives/{key}': ['INI-1', 'INI-2'],
  site: ['main'],
  issue: ['PROJ-7', '7'],
  step: ['1', '2'],
  file: ['key-results.csv', 'check-ins.csv', 'warnings.csv'],
  id: ['1', '2', '3'],
}

interface Parts {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: unknown
}

function requestTo(operation: Operation): fc.Arbitrary<Parts> {
  const { method, path, parameters, body } = operation
  const of = (place: string) => parameters.filter((parameter) => parameter.in === place)
  const values = (place: string, value: (name: string, schema: RequestSchema) => fc.Arbitrary<unknown>) =>
    fc.record(
      Object.fromEntries(
        of(place).map(({ name, schema, example }) => [
          name,
          value(name, example === undefined ? schema : { ...schema, examples: [example] }),
        ]),
      ),
    )
  const pathValue = (name: string, schema: RequestSchema) => {
    const known = KNOWN[name] ?? Object.entries(KNOWN).find(([start]) => path.startsWith(start))?.[1] ?? []
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: almost(schema) },
    )
  }
  const optional = (_name: string, schema: RequestSchema) => fc.option(almost(schema), { nil: undefined })
  return fc
    .record({
      path: values('path', pathValue),
      query: values('query', optional),
      headers: values('header', optional),
      body: body === null ? fc.constant(undefined) : almost(body as RequestSchema),
    })
    .map((parts) => ({
      method,
      url:
        path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => asPart(parts.path[name])) +
        asQuery(parts.query),
      headers: { ...AUTHORIZED, ...asHeaders(parts.headers) },
      body: parts.body,
    }))
}

/** Some objects have no text of their own: their `toString` is whatever was sent. */
function asText(value: unknown): string {
  const text: unknown = typeof value === 'string' ? value : JSON.stringify(value)
  return typeof text === 'string' ? text : ''
}

function asPart(value: unknown): string {
  return encodeURIComponent(asText(value).toWellFormed().slice(0, 90)) || 'x'
}

function asQuery(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${asPart(value)}`).join('&')}`
}

function asHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value).replaceAll(/[^\x20-\x7e]/g, '?')]),
  )
}

describe('whatever is sent', () => {
  it('is answered as described, never by a failure of ours', async () => {
    const operations = api.description.operations.filter(({ path }) => path.startsWith('/api/'))
    expect(operations.length).toBeGreaterThan(20)
    const statuses = new Map<string, number>()
    for (const operation of operations) {
      await fc.assert(
        fc.asyncProperty(requestTo(operation), async ({ method, url, headers, body }) => {
          const answer = await api.app.inject({
            method: method as 'GET',
            url,
            headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
            ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
          })
          const { statusCode: status, body: text } = answer
          const type = String(answer.headers['content-type'])
          statuses.set(`${status}`[0]!, (statuses.get(`${status}`[0]!) ?? 0) + 1)
          expect(status).toBeLessThan(500)
          expect(api.description.problemsOf({ method, url, status, type, body: text })).toEqual([])
          expect(({} as { x?: unknown }).x).toBeUndefined()
        }),
        { numRuns: RUNS },
      )
    }
    expect(statuses.get('2')).toBeGreaterThan(RUNS)
    expect(statuses.get('4')).toBeGreaterThan(RUNS)
  }, 120_000)

  it('leaves a record that can be read to its end', async () => {
    for (const list of ['cycles', 'objectives', 'key-results', 'feed']) {
      let url: string | undefined =
        `/api/v1/${list}?limit=200${list === 'feed' ? '' : '&includeArchived=true'}`
      while (url !== undefined) {
        const { status, headers } = await api.ask('GET', url)
        expect(status).toBe(200)
        url = /^<([^>]+)>/.exec(headers.link ?? '')?.[1]
      }
    }
  })
})
