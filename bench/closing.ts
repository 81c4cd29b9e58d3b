import pg from 'pg'
import { figure, median, byTurns, type Figure } from './benchmark.ts'
import { applyFile } from './okrs.ts'
import { openRecord, silentLog, type BenchRecord } from './record/bench-record.ts'
import { okrFile } from './record/okr-file.ts'
import { storeStories, type Story } from './record/worked-on.ts'
import { compileLinkRules } from '../src/adapters/system/label-pattern.ts'
import { closeCycle } from '../src/app/cycles/close-cycle.ts'
import { readRetrospective } from '../src/app/cycles/read-retrospective.ts'
import { reopenCycle } from '../src/app/cycles/reopen-cycle.ts'
import { keyResultsOf } from '../src/app/goals/live-key-results.ts'
import { recomputeKeyResults } from '../src/app/recompute-key-result.ts'
import { createSlots } from '../src/app/slots.ts'
import { parseCycleKey, type KeyResultKey } from '../src/domain/ids.ts'
import { DAY_MS, HOUR_MS, type EpochMs } from '../src/domain/time.ts'
import type { BenchDatabase, Surroundings } from './surroundings.ts'

const LIMIT_SECONDS = 10
const CYCLE = parseCycleKey('2026-Q4')!
const [BEGINS_AT, CLOSED_AT] = [Date.UTC(2026, 9, 1, 8), Date.UTC(2027, 0, 4, 8)]
const STORIES_PER_KEY_RESULT = 20
const WEEKS = 12

/** What a retrospective is made of. */
const TABLES = [
  'objectives',
  'key_results',
  'check_ins',
  'contributions',
  'key_result_flow',
  'key_result_days',
  'snapshots',
  'movements',
  'audit',
] as const

const noDoorbell = {
  ring: () => Promise.resolve(),
  free: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/**
 * The preview of a retrospective of 5,000 key results, and closing their cycle: every kind of measure, a value a week for
 * each that is reported and stories for each that counts them. Against only reading all rows it is made of.
 */
export async function closing(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, count] = isQuick ? [1, 100] : [3, 5_000]
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await applyFile(record, okrFile(count), BEGINS_AT)
  await storePast(record)
  await database.query('vacuum analyze')
  say(`a quarter of ${count} key results is stored`)
  const deps = { ...depsAt(record, CLOSED_AT), actor: 'cli' }
  const [ours, bare] = await byTurns(
    rounds,
    async () => {
      const seconds = {
        previewed: await timed(() => readRetrospective({ ...deps, records: record.records }, CYCLE)),
        closed: await timed(() => closeCycle(deps, { key: CYCLE, early: false })),
      }
      await reopenCycle(deps, { key: CYCLE })
      say(`previewed in ${seconds.previewed.toFixed(1)} s, closed in ${seconds.closed.toFixed(1)} s`)
      return seconds
    },
    () => timed(() => readAll(database)),
  )
  const closed = median(ours.map((seconds) => seconds.closed))
  const previewed = median(ours.map((seconds) => seconds.previewed))
  const what = `${count} key results of a quarter`
  return [
    figure({
      name: 'closing',
      value: closed,
      baseline: median(bare),
      unit: 's',
      detail: `the cycle of ${what} closed, against only reading all rows it is graded by`,
      target: null,
    }),
    figure({
      name: 'closing.limit',
      value: closed,
      baseline: LIMIT_SECONDS,
      unit: 's',
      detail: 'the same against a limit',
      target: { atMost: 1 },
    }),
    figure({
      name: 'closing.preview',
      value: previewed,
      baseline: LIMIT_SECONDS,
      unit: 's',
      detail: `the retrospective of ${what} while it is open, against a limit`,
      target: { atMost: 1 },
    }),
  ]
}

function depsAt(record: BenchRecord, at: EpochMs) {
  return {
    database: record,
    clock: { now: () => at },
    doorbell: noDoorbell,
    isOutage: () => false,
    compileLinkRules,
    relinkSlots: createSlots(1),
    log: silentLog,
    publicUrl: 'http://127.0.0.1',
    writesComments: false,
  }
}

/** What was reported and delivered in the quarter. */
async function storePast(record: BenchRecord): Promise<void> {
  const { goals } = record.records
  const keyResults = await keyResultsOf(record.records, { cycle: CYCLE })
  const byValues: KeyResultKey[] = []
  const byWork: KeyResultKey[] = []
  for (const { keyResult } of keyResults) {
    const { kind } = keyResult.measure
    if (kind === 'metric' || kind === 'range') byValues.push(keyResult.key)
    if (kind === 'delivery') byWork.push(keyResult.key)
  }
  for (const key of byValues) {
    const values = Array.from({ length: WEEKS }, (_, week) => ({
      at: BEGINS_AT + week * 7 * DAY_MS,
      value: 45 + ((week * 7) % 12),
      confidence: null,
      note: '',
      author: 'Ada Lovelace',
      source: 'person' as const,
    }))
    await goals.addCheckIns(
      key,
      values.map((checkIn) => ({ checkIn, idempotencyKey: null })),
    )
  }
  await storeStories(record, byWork.flatMap(storiesOf))
  await recomputeKeyResults(depsAt(record, CLOSED_AT), byWork)
}

function storiesOf(key: KeyResultKey, position: number): Story[] {
  return Array.from({ length: STORIES_PER_KEY_RESULT }, (_, index) => {
    const createdAt = BEGINS_AT + index * HOUR_MS
    const doneAt = index % 3 === 0 ? null : BEGINS_AT + (3 + ((index * 5 + position) % 80)) * DAY_MS
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

async function readAll({ url }: BenchDatabase): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const table of TABLES) await client.query(`select * from ${table}`)
  } finally {
    await client.end()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startAt = performance.now()
  await work()
  return (performance.now() - startAt) / 1_000
}
