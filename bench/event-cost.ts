import { createHash } from 'node:crypto'
import { byTurns, figure, median, type Figure } from './benchmark.ts'
import { issueUpdated, statusItem } from './load/issue-event.ts'
import { openRecord, silentLog, storeKeyResults, type BenchRecord } from './record/bench-record.ts'
import { createdAtOf, linkIssues } from './record/linked-issues.ts'
import { isOutage } from '../src/adapters/postgres/outage.ts'
import { compileLinkRules } from '../src/adapters/system/label-pattern.ts'
import { systemClock } from '../src/adapters/system/clock.ts'
import { applyDeliveries } from '../src/app/apply-deliveries.ts'
import { recomputeKeyResult } from '../src/app/recompute-key-result.ts'
import { createSlots } from '../src/app/slots.ts'
import { readDelivery } from '../src/contracts/jira/webhook.ts'
import type { KeyResultKey } from '../src/domain/ids.ts'
import type { BenchDatabase, Surroundings } from './surroundings.ts'

const FEW = 100
const KEY = 'KR-1' as KeyResultKey

/** Nobody is rung for: what a bell costs does not depend on the number of issues and would only hide what does. */
const noDoorbell = {
  ring: () => Promise.resolve(),
  free: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/**
 * What one event costs, from its delivery in the inbox to the snapshot, for a key result with very many linked issues
 * against one with a hundred, each in a database of its own.
 */
export async function eventCost(surroundings: Surroundings): Promise<Figure[]> {
  const { isQuick, say } = surroundings
  const [rounds, many, events] = isQuick ? [1, 1_000, 10] : [7, 100_000, FEW]
  const now = Date.now()
  await using large = await surroundings.createDatabase()
  await using small = await surroundings.createDatabase()
  await using largeRecord = await prepare(large, many, now, say)
  await using smallRecord = await prepare(small, FEW, now, say)
  const largeEvents = createEvents(largeRecord, many, now)
  const smallEvents = createEvents(smallRecord, FEW, now)
  const [withMany, withFew] = await byTurns(
    rounds,
    () => largeEvents.timeOf(events),
    () => smallEvents.timeOf(events),
  )
  say(`${median(withMany).toFixed(1)} ms with ${many} issues, ${median(withFew).toFixed(1)} ms with ${FEW}`)
  return [
    figure({
      name: 'event-cost',
      value: median(withMany),
      baseline: median(withFew),
      unit: 'ms/event',
      detail: `apply and recompute for a key result with ${many} linked issues, against ${FEW}`,
      target: { atMost: 2 },
    }),
  ]
}

async function prepare(
  database: BenchDatabase,
  issues: number,
  now: number,
  say: (line: string) => void,
): Promise<BenchRecord> {
  const record = await openRecord(database)
  await storeKeyResults(record, 1)
  await linkIssues(record, issues, now, say)
  await recompute(record)
  await database.query('vacuum analyze')
  return record
}

/** Events that finish stories or take them up again, spread over all there are. */
function createEvents(record: BenchRecord, issues: number, now: number) {
  const deps = {
    database: record,
    readDelivery,
    compileLinkRules,
    doorbell: noDoorbell,
    isOutage,
    log: silentLog,
  }
  let sent = 0
  const store = async (number: number) => {
    const isDone = Math.floor(sent / issues) % 2 === 0
    const body = Buffer.from(
      issueUpdated({
        number,
        labels: ['KR-1'],
        status: isDone ? 'done' : 'inProgress',
        points: 3,
        level: 0,
        createdAt: createdAtOf(number, now),
        updatedAt: now + sent,
        changelogId: 10_000_000 + sent,
        items: [isDone ? statusItem('inProgress', 'done') : statusItem('done', 'inProgress')],
      }),
    )
    const bodySha256 = createHash('sha256').update(body).digest()
    const deliveryId = `event-${sent++}`
    await record.records.inbox.store({
      siteId: 'main',
      deliveryId,
      body,
      bodySha256,
      retry: null,
      flow: null,
    })
  }
  return {
    /** Milliseconds for one of so many events, one after another. */
    async timeOf(events: number): Promise<number> {
      const snapshotsBefore = await record.records.progress.latestSnapshot(KEY)
      let spentMs = 0
      for (let event = 0; event < events; event++) {
        await store(1 + ((sent * 7_919) % issues))
        const startAt = performance.now()
        await applyDeliveries(deps, 'main')
        await recompute(record)
        spentMs += performance.now() - startAt
      }
      const snapshot = await record.records.progress.latestSnapshot(KEY)
      const snapshots = (snapshot?.id ?? 0) - (snapshotsBefore?.id ?? 0)
      if (snapshots !== events) throw new Error(`${events} events led to ${snapshots} snapshots`)
      return spentMs / events
    },
  }
}

function recompute(record: BenchRecord): Promise<void> {
  const publicUrl = 'http://127.0.0.1'
  return recomputeKeyResult(
    {
      database: record,
      clock: systemClock,
      doorbell: noDoorbell,
      isOutage: () => false,
      compileLinkRules,
      relinkSlots: createSlots(1),
      publicUrl,
      writesComments: true,
    },
    KEY,
  )
}
