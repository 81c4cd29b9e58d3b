import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { startThroughline } from './processes/throughline.ts'
import { openRecord, silentLog, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import { countStatements, type Statements } from './record/statement-count.ts'
import { storeStories, type Story } from './record/worked-on.ts'
import { compileLinkRules } from '../src/adapters/system/label-pattern.ts'
import { lookAgain } from '../src/app/look-again.ts'
import type { Log } from '../src/app/ports/log.ts'
import {
  recomputeKeyResult,
  recomputeKeyResults,
  type RecomputeDeps,
} from '../src/app/recompute-key-result.ts'
import { createSlots } from '../src/app/slots.ts'
import type { KeyResultKey } from '../src/domain/ids.ts'
import { DAY_MS, HOUR_MS, type EpochMs } from '../src/domain/time.ts'
import type { BenchDatabase, Surroundings } from './surroundings.ts'

const LIMIT_SECONDS = 5
const STORIES_PER_KEY_RESULT = 30
const LOOK_EVERY_MS = 10
const GIVE_UP_AFTER_MS = 60_000

/** As many as a worker process recomputes side by side. */
const SIDE_BY_SIDE = 4

const noDoorbell = {
  ring: () => Promise.resolve(),
  free: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/**
 * Time alone makes every key result due at midnight. From the look that finds them to the last snapshot, each with a
 * forecast of its own: against transactions that do nothing but send as many reads and writes; and through the whole
 * service with its queue, against a limit.
 */
export async function timer(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, count] = isQuick ? [1, 20] : [3, 1_000]
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  const now = Date.now()
  const measure = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
  const keys = await storeKeyResults(record, count, undefined, measure)
  await storeStories(
    record,
    keys.flatMap((key, position) => storiesOf(key, position, now)),
  )
  say(`${count} key results with ${STORIES_PER_KEY_RESULT} stories each are stored`)
  let time = now
  await recomputeAll(record, () => time)
  await database.query('vacuum analyze')
  await expectForecasts(record, keys)
  const perKeyResult = await statementsOf(database, keys[0]!, time)
  say(`each sends ${perKeyResult.reads} reads and ${perKeyResult.writes} writes`)

  await using bareTable = await createBareTable(database, count)
  const [ours, bare] = await byTurns(
    rounds,
    async () => {
      time += DAY_MS
      await makeAllDue(database)
      return timed(() => reevaluate(record, count, () => time))
    },
    () => timed(() => bareTable.transactions(perKeyResult)),
  )
  const served = await serve(surroundings, database, rounds, count)
  const what = `${count} key results that are due, each with a forecast`
  return [
    figure({
      name: 'timer',
      value: median(ours),
      baseline: median(bare),
      unit: 's',
      detail: `${what}, against as many transactions of ${perKeyResult.reads} reads by key and ${perKeyResult.writes} writes`,
      target: null,
    }),
    figure({
      name: 'timer.limit',
      value: median(served),
      baseline: LIMIT_SECONDS,
      unit: 's',
      detail: `${what}, through the service with its queue, from the instant they are due, against a limit`,
      target: { atMost: 1 },
    }),
  ]
}

/** A key result that is half done: deliveries on many days, so that there is a past to forecast from. */
function storiesOf(key: KeyResultKey, position: number, now: EpochMs): Story[] {
  return Array.from({ length: STORIES_PER_KEY_RESULT }, (_, index) => {
    const createdAt = now - 100 * DAY_MS + index * HOUR_MS
    const doneAt = index % 2 === 0 ? now - (3 + ((index * 5 + position) % 70)) * DAY_MS : null
    return {
      number: 1 + position * STORIES_PER_KEY_RESULT + index,
      labels: [key],
      points: 1 + (index % 5),
      createdAt,
      startedAt: doneAt === null ? null : doneAt - DAY_MS,
      doneAt,
      sprints: [],
    }
  })
}

function recomputeDeps(record: BenchRecord, now: () => EpochMs): RecomputeDeps & { readonly log: Log } {
  return {
    database: record,
    clock: { now },
    doorbell: noDoorbell,
    isOutage: () => false,
    compileLinkRules,
    relinkSlots: createSlots(4),
    log: silentLog,
    publicUrl: 'http://127.0.0.1',
    writesComments: true,
  }
}

async function recomputeAll(record: BenchRecord, now: () => EpochMs): Promise<number> {
  const deps = recomputeDeps(record, now)
  const keys: KeyResultKey[] = []
  for (;;) {
    const dirty = await record.records.progress.dirtyKeyResults(1_000)
    if (dirty.length === 0) return keys.length
    keys.push(...dirty)
    await sideBySide(dirty, (key) => recomputeKeyResult(deps, key))
  }
}

/** What a sweep does about time. */
async function reevaluate(record: BenchRecord, count: number, now: () => EpochMs): Promise<void> {
  let found = 0
  for (;;) {
    const due = await lookAgain({ database: record, clock: { now } })
    found += due.length
    if (due.length === 0) break
    await recomputeKeyResults(recomputeDeps(record, now), due)
  }
  const left = await record.records.progress.dirtyKeyResults(count)
  if (found !== count || left.length > 0)
    throw new Error(`${found} of ${count} were due, ${left.length} are left`)
}

async function expectForecasts({ records }: BenchRecord, keys: readonly KeyResultKey[]): Promise<void> {
  const snapshots = await records.progress.latestSnapshots(keys)
  const forecast = keys.filter((key) => snapshots.get(key)?.numbers.forecast.kind === 'probability')
  if (forecast.length !== keys.length) throw new Error(`${forecast.length} of ${keys.length} have a forecast`)
}

/** What the recomputation of one key result sends. */
async function statementsOf(
  database: BenchDatabase,
  key: KeyResultKey,
  now: EpochMs,
): Promise<Readonly<Statements>> {
  await using counter = await countStatements(database.url)
  await using record = await openRecord({ ...database, url: counter.url })
  const before = { ...counter.sent }
  await record.records.progress.markDirty([{ keyResult: key, day: null, relink: false }])
  await recomputeAll(record, () => now)
  // Marking it, and looking twice for what is marked, is not part of it.
  return { reads: counter.sent.reads - before.reads - 2, writes: counter.sent.writes - before.writes - 1 }
}

/** A table of one small row for each key result. */
async function createBareTable(database: BenchDatabase, count: number) {
  await database.query('create table bare (id int primary key, value jsonb)')
  await database.query(`insert into bare select n, '{}' from generate_series(1, ${count}) n`)
  const pool = new pg.Pool({ connectionString: database.url, max: SIDE_BY_SIDE })
  // A pool says that it has ended while its connections still close: dropping the database ends those itself.
  pool.on('error', (error) => {
    if (!pool.ending) throw error
  })
  const transaction = async (id: number, { reads, writes }: Readonly<Statements>) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      for (let read = 0; read < reads; read++) await client.query('select * from bare where id = $1', [id])
      for (let write = 0; write < writes; write++) {
        await client.query('update bare set value = $2 where id = $1', [id, { write }])
      }
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  return {
    /** One for each row. */
    transactions: (statements: Readonly<Statements>) =>
      sideBySide(
        Array.from({ length: count }, (_, index) => index + 1),
        (id) => transaction(id, statements),
      ),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

/** Seconds from the instant all are due until the service has recomputed the last. */
async function serve(
  surroundings: Surroundings,
  database: BenchDatabase,
  rounds: number,
  count: number,
): Promise<number[]> {
  const seconds: number[] = []
  await using running = new AsyncDisposableStack()
  running.use(await startThroughline({ role: 'all', databaseUrl: database.url }))
  for (let round = 0; round <= rounds; round++) {
    const spent = await timed(async () => {
      await makeAllDue(database)
      await untilNothingIsDue(database)
    })
    surroundings.say(`${count} key results through the service: ${spent.toFixed(2)} s`)
    // The first round warms the service up.
    if (round > 0) seconds.push(spent)
  }
  return seconds
}

async function makeAllDue(database: BenchDatabase): Promise<void> {
  await database.query('update health_standings set due_at = now()')
}

async function untilNothingIsDue(database: BenchDatabase): Promise<void> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS
  while (performance.now() < deadline) {
    const [left] = await database.query(
      'select exists(select 1 from health_standings where due_at <= now()) or exists(select 1 from dirty_key_results) as is_busy',
    )
    if (left?.['is_busy'] === false) return
    await sleep(LOOK_EVERY_MS)
  }
  throw new Error(`key results were still due after ${GIVE_UP_AFTER_MS / 1_000} s`)
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const hand = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return (performance.now() - startAt) / 1_000
}
