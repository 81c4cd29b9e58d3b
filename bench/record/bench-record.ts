import { connectDatabase, type PostgresDatabase } from '../../src/adapters/postgres/database.ts'
import { migrateDatabase } from '../../src/adapters/postgres/migrate.ts'
import { createLog } from '../../src/adapters/system/log.ts'
import { unconnectedSite } from '../../src/app/site-context.ts'
import { parseCycleKey, type KeyResultKey } from '../../src/domain/ids.ts'
import type { AnchorIssue } from '../../src/domain/goals.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { DAY_MS, dayOf } from '../../src/domain/time.ts'
import { POINTS_FIELD } from '../load/issue-event.ts'
import type { BenchDatabase } from '../surroundings.ts'

/** The stores of one benchmark. */
export type BenchRecord = PostgresDatabase & AsyncDisposable

export const silentLog = createLog('silent')

const CONNECTIONS = 8

/** A migrated record with a connected site whose points are where the events of the load have them. */
export async function openRecord({ url }: BenchDatabase): Promise<BenchRecord> {
  await migrateDatabase(url)
  const database = connectDatabase({ url, maxConnections: CONNECTIONS, log: silentLog })
  const fields = {
    sprint: null,
    points: [POINTS_FIELD],
    numbers: [],
    flag: null,
    epicLink: null,
    keyResult: null,
    blocks: null,
  }
  await database.records.sites.save({ ...unconnectedSite('main'), fields, connectedAt: Date.now() })
  return { ...database, [Symbol.asyncDispose]: () => database.close() }
}

const COUNTED: Measure = { kind: 'delivery', size: 'count', target: { kind: 'fixed', amount: 1_000_000 } }

/**
 * Stores KR-1 … of a cycle that spans half a year to both sides of today.
 * @param measure how each is measured; by default it counts the issues it delivers, towards more than there are
 */
export async function storeKeyResults(
  { transaction }: BenchRecord,
  count: number,
  anchorOf: (position: number) => AnchorIssue | null = () => null,
  measure = COUNTED,
): Promise<KeyResultKey[]> {
  const keys = Array.from({ length: count }, (_, position) => `KR-${position + 1}` as KeyResultKey)
  const cycle = parseCycleKey('bench')!
  const now = Date.now()
  await transaction(async ({ goals }) => {
    await goals.insertCycle({
      key: cycle,
      title: 'The time of the benchmark',
      startDay: dayOf(now - 180 * DAY_MS, 'UTC'),
      endDay: dayOf(now + 180 * DAY_MS, 'UTC'),
      calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
      closedAt: null,
      archivedAt: null,
    })
    const objective = await goals.nextObjectiveKey()
    await goals.insertObjective({
      key: objective,
      cycle,
      title: 'Throughline is fast enough',
      level: 'team',
      description: '',
      parent: null,
      contributionWeight: null,
      healthRollUp: 'worst',
      ambition: 'committed',
      owner: null,
      team: null,
      healthPolicy: null,
      externalId: null,
      archivedAt: null,
    })
    for (const [position, key] of keys.entries()) {
      await goals.insertKeyResult({
        key,
        objective,
        title: `Stories of stream ${position + 1} are delivered`,
        owner: null,
        ownerAccountId: null,
        measure,
        weight: 1,
        dueDay: null,
        plan: { kind: 'linear' },
        healthPolicy: null,
        description: '',
        healthOverride: null,
        valueOverride: null,
        dependsOn: [],
        intendedSharePercent: null,
        externalId: null,
        rolledFrom: null,
        anchorIssue: anchorOf(position),
        archivedAt: null,
      })
    }
  })
  return keys
}
