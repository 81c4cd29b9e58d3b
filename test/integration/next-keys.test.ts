import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Executor } from '../../src/adapters/postgres/executor.ts'
import { createKeyResults } from '../../src/adapters/postgres/goal-key-results.ts'
import { createInitiativeRecords } from '../../src/adapters/postgres/initiatives.ts'
import { createKpiRecords } from '../../src/adapters/postgres/kpis.ts'
import * as schema from '../../src/adapters/postgres/schema.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createGoals } from '../support/api-goals.ts'

const CHOSEN = 300

let api: TestApi
let client: pg.Client
let db: Executor
let statements: string[] = []

beforeAll(async () => {
  api = await startApi()
  await createGoals(api)
  await api.ask('POST', '/api/v1/key-results/KR-1/initiatives', { body: { title: 'T' } })
  await api.ask('POST', '/api/v1/kpis', { body: { title: 'T', unit: '%', band: { below: 5 } } })
  client = new pg.Client({ connectionString: api.store.url })
  await client.connect()
  db = drizzle(client, { schema, logger: { logQuery: (text) => void statements.push(text) } })
})
afterAll(async () => {
  await client.end()
  await api.stop()
})

const KINDS: readonly [string, string, () => Promise<string>][] = [
  ['key_results', 'KR', () => createKeyResults(db).nextKeyResultKey()],
  ['initiatives', 'INI', () => createInitiativeRecords(db).nextKey()],
  ['kpis', 'KPI', () => createKpiRecords(db).nextKey()],
]

it.each(KINDS)(
  'the next key among %s passes over all the chosen ones at once',
  async (table, prefix, next) => {
    const columns = await api.store.query(
      `select string_agg(quote_ident(column_name), ', ') as others from information_schema.columns
       where table_name = $1 and column_name not in ('key', 'number')`,
      [table],
    )
    const others = String(columns[0]?.['others'])
    await api.store.query(
      `insert into ${table} (key, ${others})
       select '${prefix}-' || n, ${others} from ${table}, generate_series(2, ${CHOSEN}) as n`,
    )
    statements = []
    expect(await next()).toBe(`${prefix}-${CHOSEN + 1}`)
    expect(statements.length).toBeLessThanOrEqual(3)
    expect(await next()).toBe(`${prefix}-${CHOSEN + 2}`)
  },
)
