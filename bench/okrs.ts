import pg from 'pg'
import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { openRecord, type BenchRecord } from './record/bench-record.ts'
import { okrFile } from './record/okr-file.ts'
import { applyOkrs } from '../src/app/okrs/apply-okrs.ts'
import { exportOkrs } from '../src/app/okrs/export-okrs.ts'
import { planOkrs } from '../src/app/okrs/plan-okrs.ts'
import { readOkrDocument } from '../src/contracts/okrs/okr-document.ts'
import { okrText } from '../src/contracts/okrs/okr-text.ts'
import type { EpochMs } from '../src/domain/time.ts'
import type { BenchDatabase, Surroundings } from './surroundings.ts'

const LIMIT_SECONDS = 10

/** What the first apply writes. */
const TABLES = [
  'teams',
  'cycles',
  'objectives',
  'key_results',
  'initiatives',
  'applied_goals',
  'dirty_key_results',
  'audit',
  'feed',
] as const

/**
 * A file of 5,000 key results applied, exported, applied again and exported again, as the commands do it: read, planned,
 * and planned once more within the transaction that applies it. Against no more than inserting the same rows.
 */
export async function okrs(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, keyResults] = isQuick ? [1, 500] : [3, 5_000]
  const file = okrFile(keyResults)
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await roundTrip(record, file)
  const rows = await rowsOf(database)
  const [ours, bare] = await byTurns(
    rounds,
    async () => {
      await forget(database)
      const seconds = await timed(() => roundTrip(record, file))
      say(`apply, export, apply, export: ${seconds.toFixed(1)} s`)
      return seconds
    },
    async () => {
      await forget(database)
      return timed(() => insert(database, rows))
    },
  )
  const what = `${keyResults} key results applied, exported, applied again, exported again`
  return [
    figure({
      name: 'okrs',
      value: median(ours),
      baseline: median(bare),
      unit: 's',
      detail: `${what}, against only inserting the same rows once`,
      target: null,
    }),
    figure({
      name: 'okrs.limit',
      value: median(ours),
      baseline: LIMIT_SECONDS,
      unit: 's',
      detail: 'the same against a limit',
      target: { atMost: 1 },
    }),
  ]
}

async function roundTrip(record: BenchRecord, file: string): Promise<void> {
  const made = await applyFile(record, file, Date.now())
  if (made === 0) throw new Error('the first apply had nothing to do')
  const exported = await exportText(record)
  const changed = await applyFile(record, exported, Date.now())
  if (changed !== 0) throw new Error(`the second apply changed ${changed} goals`)
  if ((await exportText(record)) !== exported) throw new Error('the second export is another one')
}

/**
 * Applies a file as the command does.
 * @returns how many goals it changed
 */
export async function applyFile(record: BenchRecord, file: string, now: EpochMs): Promise<number> {
  const read = readOkrDocument(file)
  if (read.kind === 'problems')
    throw new Error(`the file cannot be read: ${JSON.stringify(read.problems[0])}`)
  const options = { archiveMissing: true, overwrite: false }
  const planned = await planOkrs(record.records, read.document, options, now)
  if (planned.kind === 'refused') throw new Error(planned.problems[0]?.message ?? 'refused')
  const deps = {
    database: record,
    clock: { now: () => now },
    doorbell: { ring: () => Promise.resolve() },
    actor: 'cli',
  }
  const expectedPlan = planned.plan.fingerprint
  return (await applyOkrs(deps, read.document, { ...options, expectedPlan })).changes.length
}

async function exportText({ records }: BenchRecord): Promise<string> {
  return okrText(await exportOkrs(records, { cycle: null }))
}

async function forget({ query }: BenchDatabase): Promise<void> {
  await query(`truncate ${TABLES.join(', ')}, feed_head cascade`)
}

type Rows = readonly (readonly [table: string, json: string])[]

async function rowsOf({ query }: BenchDatabase): Promise<Rows> {
  const rows: [string, string][] = []
  for (const table of TABLES) {
    const [found] = await query(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as json from ${table} as t`,
    )
    rows.push([table, String(found?.json)])
  }
  return rows
}

/** In one transaction, a statement for each table. What a table works out by itself is left to it. */
async function insert({ url }: BenchDatabase, rows: Rows): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    for (const [table, json] of rows) {
      const columns = await writableColumns(client, table)
      await client.query(
        `insert into ${table} (${columns}) overriding system value
         select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
        [json],
      )
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function writableColumns(client: pg.Client, table: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(column_name) as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  return rows.map(({ name }) => name).join(', ')
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return (performance.now() - startAt) / 1_000
}
