import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Readiness } from '../../src/app/check-readiness.ts'
import type { Bell } from '../../src/app/ports/doorbell.ts'
import type { IncomingDelivery, ReceiveOutcome } from '../../src/app/receive-delivery.ts'
import { isOutage } from '../../src/adapters/postgres/outage.ts'
import { compileLinkRules } from '../../src/adapters/system/label-pattern.ts'
import { buildApp } from '../../src/http/build-app.ts'
import type { HttpDeps, HttpSettings } from '../../src/http/http-deps.ts'
import { describedApi, type ApiDescription } from './api-description.ts'
import { freshDatabase, type FreshDatabase } from './postgres.ts'

export const ADMIN_TOKEN = 'a token nobody can guess'
export const AUTHORIZED = { authorization: `Bearer ${ADMIN_TOKEN}` }

/** 2026-11-21T10:00:00Z, in the middle of 2026-Q4. */
export const NOW = Date.UTC(2026, 10, 21, 10)

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

interface ApiAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The parsed body. */
  readonly body: Record<string, unknown>
}

export interface TestApi {
  readonly app: FastifyInstance
  readonly store: FreshDatabase
  readonly description: ApiDescription
  /** Asks with the token; fails when the answer is not one that `/openapi.json` allows. */
  readonly ask: (
    method: Method,
    url: string,
    request?: { body?: unknown; headers?: Record<string, string> },
  ) => Promise<ApiAnswer>
  /** Rings since the last look. */
  readonly rings: () => { bell: Bell; id: string }[]
  /** Issues handed to the evaluation since the last look. */
  readonly evaluated: () => { siteId: string; issueIds: readonly string[] }[]
  /** What the last `POST /webhooks/jira/…` handed on. */
  readonly deliveries: IncomingDelivery[]
  /** Lines that were logged. */
  readonly logged: string[]
  readonly setNow: (at: number) => void
  stop(): Promise<void>
}

export interface TestApiOptions {
  readonly settings?: Partial<HttpSettings>
  readonly receive?: (delivery: IncomingDelivery) => Promise<ReceiveOutcome>
  readonly readiness?: () => Promise<Readiness>
  readonly evaluate?: HttpDeps['evaluate']
}

const workOutNothing = () => Promise.resolve({ marks: [], save: [], remove: [], flow: [], movements: [] })

/** The HTTP side on a database of its own, without workers: what it leaves behind is there to look at. */
export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const store = await freshDatabase()
  let now = NOW
  let rings: { bell: Bell; id: string }[] = []
  let evaluated: { siteId: string; issueIds: readonly string[] }[] = []
  const deliveries: IncomingDelivery[] = []
  const logged: string[] = []
  const receive = options.receive ?? (() => Promise.resolve({ kind: 'stored' }))
  const deps: HttpDeps = {
    database: store.database,
    clock: { now: () => now },
    doorbell: {
      ring: (bell, id) => {
        rings.push({ bell, id })
        return Promise.resolve()
      },
    },
    evaluate: (records, siteId, issueIds) => {
      evaluated.push({ siteId, issueIds })
      return options.evaluate?.(records, siteId, issueIds) ?? workOutNothing()
    },
    compileLinkRules,
    writesComments: true,
    receiveDelivery: (delivery) => {
      deliveries.push(delivery)
      return receive(delivery)
    },
    readiness: options.readiness ?? (() => Promise.resolve({ ready: true, checks: [] })),
    metrics: new Registry(),
    isOutage,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    settings: {
      adminToken: ADMIN_TOKEN,
      publicUrl: 'https://okr.example.com',
      version: '0.0.0-test',
      trustProxy: false,
      rateLimit: { requests: 1_000_000, windowMs: 60_000 },
      maxEventLoopDelayMs: 0,
      ...options.settings,
    },
  }
  const app = buildApp(deps)
  const description = await describedApi(app)

  return {
    app,
    store,
    description,
    deliveries,
    logged,
    ask: async (method, url, { body, headers = {} } = {}) => {
      const sent = await app.inject({
        method,
        url,
        headers: { ...AUTHORIZED, ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const answer = answerOf(sent.statusCode, sent.headers, sent.body)
      if (method !== 'HEAD' && method !== 'OPTIONS' && answer.status !== 304) {
        const type = answer.headers['content-type'] ?? ''
        const problems = description.problemsOf({
          method,
          url,
          status: answer.status,
          type,
          body: answer.text,
        })
        if (problems.length > 0)
          throw new Error(`${method} ${url}: ${problems.join('; ')}\n${answer.text.slice(0, 500)}`)
      }
      return answer
    },
    rings: () => {
      const heard = rings
      rings = []
      return heard
    },
    evaluated: () => {
      const seen = evaluated
      evaluated = []
      return seen
    },
    setNow: (at) => {
      now = at
    },
    stop: async () => {
      await app.close()
      await store.drop()
    },
  }
}

function answerOf(status: number, headers: object, text: string): ApiAnswer {
  const isJson = text.startsWith('{')
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}
