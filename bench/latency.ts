import { setTimeout as sleep } from 'node:timers/promises'
import { byTurns, figure, median, quantile, type Figure } from './benchmark.ts'
import { eventOf, keyResultOf, LAST_STEP, type EventPlan } from './load/event-plan.ts'
import { signed, type SignedEvent } from './load/signed-event.ts'
import { startThroughline } from './processes/throughline.ts'
import { openRecord, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import type { Surroundings } from './surroundings.ts'

const EVENTS_PER_SECOND = 50
const KEY_RESULTS = 10
const LIMIT_MS = 1_000
const LOOK_EVERY_MS = 5
const GIVE_UP_AFTER_MS = 30_000

/**
 * From the moment a webhook is acknowledged to the moment the snapshot it led to can be read, at a steady rate, with
 * web and workers in one process as `npm start` runs them, and the queue on PostgreSQL and on Redis by turns.
 */
export async function latency(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, redisUrl, say } = surroundings
  const [rounds, seconds] = isQuick ? [1, 1] : [3, 20]
  const measure = (queue: string, url: string | null) => async () => {
    const delays = await delaysOf(surroundings, url, seconds)
    const round = { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) }
    say(`queue on ${queue}: p50 ${round.p50.toFixed(0)} ms, p99 ${round.p99.toFixed(0)} ms`)
    return round
  }
  const onPostgres = measure('PostgreSQL', null)
  if (redisUrl === null) say('redis-server is not installed: the half on Redis is left out')
  const [postgres, redis] = await byTurns(
    rounds,
    onPostgres,
    redisUrl === null ? () => Promise.resolve(null) : measure('Redis', redisUrl),
  )
  const told = (name: string, queue: string, each: readonly { p50: number; p99: number }[]) =>
    figure({
      name: `latency.${name}`,
      value: median(each.map(({ p99 }) => p99)),
      baseline: LIMIT_MS,
      unit: 'ms',
      detail: `p99 against a limit, queue on ${queue}, ${EVENTS_PER_SECOND} events/s for ${seconds} s; p50 ${median(each.map(({ p50 }) => p50)).toFixed(0)} ms`,
      target: { atMost: 1 },
    })
  const onRedis = redis.filter((round) => round !== null)
  return [
    told('postgres', 'PostgreSQL', postgres),
    ...(onRedis.length === 0 ? [] : [told('redis', 'Redis', onRedis)]),
  ]
}

/** Of each event after the first second, whose events only warm the service up. */
async function delaysOf(
  surroundings: Surroundings,
  redisUrl: string | null,
  seconds: number,
): Promise<number[]> {
  await using database = await surroundings.createDatabase()
  await using record = await openRecord(database)
  await storeKeyResults(record, KEY_RESULTS)
  await using throughline = await startThroughline({ role: 'all', databaseUrl: database.url, redisUrl })
  const events = (seconds + 1) * EVENTS_PER_SECOND
  const plan: EventPlan = {
    issues: events,
    keyResults: KEY_RESULTS,
    firstStep: LAST_STEP,
    firstIssue: 1,
    startAt: Date.now(),
  }
  const [acknowledgedAt, readableAt] = await Promise.all([
    send(throughline.webhookUrl, plan, events),
    watch(record, plan, events),
  ])
  return readableAt.map((at, n) => Math.max(0, at - acknowledgedAt[n]!)).slice(EVENTS_PER_SECOND)
}

/** Posts at a steady rate, whatever the answers take. Gives the instant each was acknowledged. */
async function send(url: string, plan: EventPlan, events: number): Promise<number[]> {
  const prepared = Array.from({ length: events }, (_, n) => signed(eventOf(plan, n)))
  const startAt = performance.now()
  const acknowledged: Promise<number>[] = []
  for (const [n, event] of prepared.entries()) {
    await sleep(Math.max(0, startAt + (n * 1_000) / EVENTS_PER_SECOND - performance.now()))
    const posted = post(url, event)
    posted.catch(() => undefined)
    acknowledged.push(posted)
  }
  return Promise.all(acknowledged)
}

async function post(url: string, event: SignedEvent): Promise<number> {
  const response = await fetch(url, { method: 'POST', ...event })
  const at = performance.now()
  if (!response.ok) throw new Error(`a webhook was answered with ${response.status}`)
  await response.arrayBuffer()
  return at
}

/**
 * Reads the feed, which is committed with the snapshots, as often as the machine can bear. Every event delivers one
 * more issue of its key result, so that the number a snapshot shows says which events it holds.
 */
async function watch({ records }: BenchRecord, plan: EventPlan, events: number): Promise<number[]> {
  const byKeyResult = Map.groupBy(Array.from({ length: events }).keys(), (n) => keyResultOf(plan, n))
  const readableAt = new Array<number>(events)
  let readable = 0
  let cursor = 0
  let lastNewsAt = performance.now()
  while (readable < events) {
    await sleep(LOOK_EVERY_MS)
    const news = await records.feed.after(cursor, 1_000)
    const now = performance.now()
    if (news.length > 0) lastNewsAt = now
    else if (now - lastNewsAt > GIVE_UP_AFTER_MS)
      throw new Error(`${events - readable} events led to no snapshot`)
    for (const { cursor: reached, subject, data } of news) {
      cursor = reached
      for (const n of byKeyResult.get(subject)?.slice(0, Number(data['current'])) ?? []) {
        if (readableAt[n] !== undefined) continue
        readableAt[n] = now
        readable++
      }
    }
  }
  return readableAt
}
