import type { KpiKey } from '../../domain/ids.ts'
import type { Kpi } from '../../domain/kpi.ts'
import { lookAtStanding } from '../../domain/kpis/kpi-standing.ts'
import type { EpochMs } from '../../domain/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { NewFeedEntry } from '../ports/feed.ts'
import type { Database, Records } from '../ports/records.ts'
import { judgeKpi } from './judge-kpis.ts'

/** Looked at in one go: the first minute of a day makes every KPI due. */
const KPIS_AT_ONCE = 200

/**
 * Looks again at the KPIs that time alone may have changed, and tells the feed of each change once: what is told and
 * that it was told commit together, one KPI at a time. A KPI's failure keeps no other waiting: it is thrown at the end.
 */
export async function lookAtKpis({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): Promise<void> {
  const failures: unknown[] = []
  for (const key of await database.records.kpis.due(clock.now(), KPIS_AT_ONCE)) {
    try {
      await database.transaction((records) => lookAgain(records, key, clock.now()))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function lookAgain(records: Records, key: KpiKey, now: EpochMs): Promise<void> {
  const kpi = await records.kpis.lock(key)
  if (kpi === null || kpi.archivedAt !== null) return
  await records.feed.append(await lookAtKpi(records, kpi, now))
}

/** Looks at a KPI that the transaction has locked and keeps how it stands. Gives what the feed has to be told. */
export async function lookAtKpi(
  records: Pick<Records, 'kpis'>,
  kpi: Kpi,
  now: EpochMs,
): Promise<NewFeedEntry[]> {
  const judged = await judgeKpi(records, kpi, now)
  const before = await records.kpis.standing(kpi.key)
  const { standing, dueAt, news } = lookAtStanding(kpi, judged, before, now)
  await records.kpis.saveStanding(kpi.key, standing, dueAt)
  const { lastValueAt } = judged.evidence
  return news.map(({ kind, health, healthBefore, period }) => {
    const data = {
      title: kpi.title,
      health,
      healthBefore,
      value: period?.value ?? null,
      unit: kpi.unit,
      fromDay: period?.fromDay ?? null,
      toDay: period?.toDay ?? null,
      lastValueAt: lastValueAt === null ? null : isoOf(lastValueAt),
    }
    return { kind, subject: kpi.key, at: now, data }
  })
}

function isoOf(at: EpochMs): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString()
}
