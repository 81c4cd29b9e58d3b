import { setTimeout as sleep } from 'node:timers/promises'
import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { ADMIN_TOKEN, startThroughline, type Throughline } from './processes/throughline.ts'
import { openRecord, type BenchRecord } from './record/bench-record.ts'
import { okrFile } from './record/okr-file.ts'
import type { KeyResultKey } from '../src/domain/ids.ts'
import type { Surroundings } from './surroundings.ts'

const LIMIT_MS = 2_000
const EDITS = 5
const LOOK_EVERY_MS = 5
const GIVE_UP_AFTER_MS = 180_000

/** In the file of the benchmark the first of every five is a metric, to which a value can be reported. */
const METRICS_APART = 5

interface Overtaken {
  /** From the answer to a check-in until a snapshot shows it, the slowest of a few, with nothing else to do. */
  readonly aloneMs: number
  /** The same while the key results of a file wait that was applied a moment before. */
  readonly behindMs: number
  /** From the answer to the file until all its key results are recomputed. */
  readonly drainedMs: number
}

/**
 * Check-ins by a person while thousands of key results wait to be recomputed, because a file was applied: how long until
 * they show, against a limit, and against how long the thousands take.
 */
export async function overtake(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, redisUrl, say } = surroundings
  const [rounds, keyResults] = isQuick ? [1, 100] : [3, 5_000]
  const file = okrFile(keyResults)
  const measure = (queue: string, url: string | null) => async () => {
    const round = await play(surroundings, url, { file, keyResults })
    const { aloneMs, behindMs, drainedMs } = round
    say(
      `queue on ${queue}: alone ${aloneMs.toFixed(0)} ms, behind ${keyResults} ${behindMs.toFixed(0)} ms; ` +
        `all done after ${(drainedMs / 1_000).toFixed(1)} s`,
    )
    return round
  }
  if (redisUrl === null) say('redis-server is not installed: the half on Redis is left out')
  const [postgres, redis] = await byTurns(
    rounds,
    measure('PostgreSQL', null),
    redisUrl === null ? () => Promise.resolve(null) : measure('Redis', redisUrl),
  )
  const told = (name: string, queue: string, each: readonly Overtaken[]) =>
    figure({
      name: `overtake.${name}`,
      value: median(each.map(({ behindMs }) => behindMs)),
      baseline: LIMIT_MS,
      unit: 'ms',
      detail:
        `the slowest of ${EDITS} check-ins behind ${keyResults} key results of a file, until it shows, against a limit, ` +
        `queue on ${queue}; ${median(each.map(({ aloneMs }) => aloneMs)).toFixed(0)} ms alone`,
      target: { atMost: 1 },
    })
  const onRedis = redis.filter((round) => round !== null)
  return [
    told('postgres', 'PostgreSQL', postgres),
    ...(onRedis.length === 0 ? [] : [told('redis', 'Redis', onRedis)]),
    figure({
      name: 'overtake.share',
      value: median(postgres.map(({ behindMs }) => behindMs)),
      baseline: median(postgres.map(({ drainedMs }) => drainedMs)),
      unit: 'ms',
      detail: `the same, against until all ${keyResults} are recomputed, queue on PostgreSQL`,
      target: { atMost: 0.1 },
    }),
  ]
}

async function play(
  surroundings: Surroundings,
  redisUrl: string | null,
  { file, keyResults }: { readonly file: string; readonly keyResults: number },
): Promise<Overtaken> {
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await using throughline = await startThroughline({ role: 'all', databaseUrl: database.url, redisUrl })
  await post(throughline, 'okrs/apply', file, 'application/yaml')
  const appliedAt = performance.now()
  const behindMs = await slowest(throughline, record, { from: keyResults, value: 51 })
  await until(appliedAt, async () => (await record.records.progress.oldestDirtyAgeMs()) === null)
  const drainedMs = performance.now() - appliedAt
  const aloneMs = await slowest(throughline, record, { from: keyResults, value: 52 })
  return { aloneMs, behindMs, drainedMs }
}

/** Reports a value to the last key results of the file, one after another: how long the slowest took to show it. */
async function slowest(
  throughline: Throughline,
  { records: { progress } }: BenchRecord,
  { from, value }: { readonly from: number; readonly value: number },
): Promise<number> {
  const tookMs: number[] = []
  for (let edit = 1; edit <= EDITS; edit++) {
    const key = `KR-${from + 1 - edit * METRICS_APART}` as KeyResultKey
    await post(throughline, `key-results/${key}/check-ins`, JSON.stringify({ value }), 'application/json')
    const answeredAt = performance.now()
    await until(answeredAt, async () => (await progress.latestSnapshot(key))?.numbers.current === value)
    tookMs.push(performance.now() - answeredAt)
  }
  return Math.max(...tookMs)
}

async function until(startAt: number, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (performance.now() - startAt > GIVE_UP_AFTER_MS)
      throw new Error(`it was not so after ${GIVE_UP_AFTER_MS / 1_000} s`)
    await sleep(LOOK_EVERY_MS)
  }
}

async function post({ address }: Throughline, path: string, body: string, type: string): Promise<void> {
  const response = await fetch(`${address}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': type },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text.slice(0, 200)}`)
}
