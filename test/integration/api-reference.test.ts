import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { saysWhatItIs } from '../../src/http/describe-fields.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { namedSchemas } from '../support/named-schemas.ts'

/** The parser that the reference page itself reads the description with. */
const { validate } = createRequire(import.meta.resolve('@scalar/fastify-api-reference'))(
  '@scalar/openapi-parser',
) as { validate: (document: unknown) => Promise<{ valid: boolean; version: string; errors?: unknown[] }> }

interface Description {
  openapi: string
  info: { version: string }
  paths: Record<
    string,
    Record<string, { operationId?: string; summary?: string; description?: string; responses: object }>
  >
  components: { schemas: Record<string, object> }
}

let api: TestApi
let description: Description

beforeAll(async () => {
  api = await startApi({
    readiness: () =>
      Promise.resolve({
        ready: false,
        checks: [{ name: 'database', ready: false, detail: 'It does not answer.' }],
      }),
  })
  description = (await api.app.inject({ url: '/openapi.json' })).json()
})
afterAll(() => api.stop())

describe('the description', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(description.openapi).toBe('3.1.0')
    const judged = await validate(description)
    expect(judged).toMatchObject({ valid: true, version: '3.1' })
    const broken = structuredClone(description)
    broken.paths['/healthz']!.get!.responses = []
    expect((await validate(broken)).valid).toBe(false)
  })

  it('names every operation once and says what it does', () => {
    const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods))
    expect(operations.length).toBeGreaterThan(25)
    expect(
      operations.filter((own) => !own.summary || !own.description).map((own) => own.operationId),
    ).toEqual([])
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  })

  it('says of every property and parameter what it is', () => {
    const named = namedSchemas({ ...description.components.schemas, ...description.paths })
    expect(named.length).toBeGreaterThan(1_000)
    expect(new Set(named.filter(({ schema }) => !saysWhatItIs(schema)).map(({ name }) => name))).toEqual(
      new Set(),
    )
    expect(saysWhatItIs({ type: 'array', items: { type: 'object', properties: {} } })).toBe(false)
    expect(saysWhatItIs({ anyOf: [{ type: 'number' }, { type: 'null' }] })).toBe(false)
  })

  it('says what null means where there can be null, and calls no object a key', () => {
    const named = namedSchemas({ ...description.components.schemas, ...description.paths })
    const wordsOf = ({ schema }: { schema: unknown }) =>
      (schema as { description?: string }).description ?? ''
    const ofNull = named.filter((own) => /\bnull(:| while | for )/.test(wordsOf(own)))
    const ofKeys = named.filter((own) => /^(The key|Keys) of /.test(wordsOf(own)))
    expect([ofNull.length > 50, ofKeys.length > 20]).toEqual([true, true])
    const told = (wrong: typeof named) => wrong.map((own) => `${own.name}: ${wordsOf(own)}`)
    expect(told(ofNull.filter(({ schema }) => !mayBe('null', schema)))).toEqual([])
    expect(told(ofKeys.filter(({ schema }) => mayBe('object', schema)))).toEqual([])
  })

  it('describes every route that is offered, but for pages and metrics', () => {
    const described = Object.keys(description.paths).map((path) => path.replaceAll(/\{\w+\}/g, ':'))
    const offered = new Set(routesOf(api.app.printRoutes({ commonPrefix: false })).map(withoutNames))
    for (const hidden of ['/metrics', '/openapi.json', '/key-results/:']) offered.delete(hidden)
    const missing = [...offered].filter((route) => !route.startsWith('/docs') && !described.includes(route))
    expect(offered.size).toBeGreaterThan(20)
    expect(missing).toEqual([])
  })

  it('holds no component that nobody refers to, and every one that somebody does', () => {
    const text = JSON.stringify(description)
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name))
    expect([...referred].sort()).toEqual(Object.keys(description.components.schemas).sort())
  })
})

describe('the reference page', () => {
  it('loads everything from here and may run nothing but its own script', async () => {
    const page = await api.app.inject({ url: '/docs/' })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const [, inline = ''] = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(page.body) ?? []
    expect(inline).toContain('../openapi.json')
    const hash = createHash('sha256').update(inline).digest('base64')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}'`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*|script-src[^;]*unsafe-inline/)

    const script = /<script src="([^"]+)"/.exec(page.body)?.[1] ?? ''
    const answer = await api.app.inject({ url: new URL(script, 'http://localhost/docs/').pathname })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'application/javascript; charset=utf-8',
    ])
    expect(answer.body.length).toBeGreaterThan(1_000_000)
  })

  it('is found without its slash', async () => {
    const { statusCode, headers } = await api.app.inject({ url: '/docs' })
    expect([statusCode, headers.location]).toEqual([301, '/docs/'])
  })
})

describe('probes', () => {
  it('say that the process is up while work does not get done', async () => {
    expect((await api.ask('GET', '/healthz')).body).toEqual({ status: 'alive' })
    const { status, body, headers } = await api.ask('GET', '/readyz')
    expect([status, headers['cache-control']]).toEqual([503, 'no-store'])
    expect(body).toEqual({
      ready: false,
      checks: [{ name: 'database', ready: false, detail: 'It does not answer.' }],
    })
    const metrics = await api.app.inject({ url: '/metrics' })
    expect([metrics.statusCode, metrics.headers['content-type']]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
  })

  it('answer while everything else is shed', async () => {
    const overloaded = await startApi({ settings: { maxEventLoopDelayMs: 1e-9 } })
    const hook = { method: 'POST' as const, url: '/webhooks/jira/main', payload: '{}' }
    await vi.waitFor(async () => expect((await overloaded.app.inject(hook)).statusCode).toBe(503), 10_000)
    for (const answer of [
      await overloaded.app.inject(hook),
      await overloaded.app.inject({ url: '/api/v1/cycles' }),
    ]) {
      expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
      expect(answer.json()).toMatchObject({ code: 'OKR_UNAVAILABLE' })
    }
    expect((await overloaded.ask('GET', '/healthz')).status).toBe(200)
    await overloaded.stop()
  })
})

const SAYS_A_TYPE = ['$ref', 'type', 'const', 'enum', 'anyOf', 'oneOf', 'allOf']

/** By itself, or as one of its alternatives or items; what it refers to is looked up, and what says no type is anything. */
function mayBe(type: 'null' | 'object', schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const own = schema as Record<string, unknown>
  const referred = /^#\/components\/schemas\/(\w+)$/.exec(String(own['$ref']))?.[1]
  if (referred !== undefined) return mayBe(type, description.components.schemas[referred])
  if (SAYS_A_TYPE.every((name) => !(name in own))) return true
  if ([own['type']].flat().includes(type)) return true
  if (type === 'null' && (own['const'] === null || [own['enum']].flat().includes(null))) return true
  const inner = [own['anyOf'], own['oneOf'], own['allOf'], type === 'object' ? own['items'] : []].flat()
  return inner.some((one) => mayBe(type, one))
}

/** Parameters of one place may have several names; the router draws them as `:site|:id`. */
function withoutNames(route: string): string {
  return route.replaceAll(/:\w+(\|:\w+)*/g, ':')
}

/** Addresses out of the router's own drawing of its tree. */
function routesOf(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent, part = '', methods] = /^(.*?)── (\S+)( \(.*\))?$/.exec(line) ?? []
    if (indent === undefined) return []
    const depth = Math.floor(indent.length / 4)
    above.splice(depth, above.length, part)
    return methods === undefined ? [] : [above.join('')]
  })
}
