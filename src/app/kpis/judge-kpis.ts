import type { Kpi } from '../../domain/kpi.ts'
import { kpiHealth, type KpiEvidence, type KpiHealth } from '../../domain/kpis/kpi-health.ts'
import { kpiPeriods } from '../../domain/kpis/kpi-periods.ts'
import { periodStart } from '../../domain/measures/period.ts'
import { dayOf, startOfDay, type EpochMs } from '../../domain/time.ts'
import type { Records } from '../ports/records.ts'

/** A KPI with how it stands. */
export interface JudgedKpi {
  readonly kpi: Kpi
  readonly health: KpiHealth
  readonly evidence: KpiEvidence
}

/**
 * How these KPIs stand at an instant. Reads the values of two periods of each, in three queries for any number of KPIs.
 */
export async function judgeKpis(
  { kpis: records }: Pick<Records, 'kpis'>,
  kpis: readonly Kpi[],
  now: EpochMs,
): Promise<JudgedKpi[]> {
  const lastAts = await records.lastValueAts(kpis.map(({ key }) => ({ kpi: key, until: now })))
  const reported = kpis.flatMap((kpi) => {
    const at = lastAts.get(kpi.key)
    return at === undefined ? [] : [{ kpi, periodBegan: beginOfPeriod(kpi, at) }]
  })
  const earlierAts = await records.lastValueAts(
    reported.map(({ kpi, periodBegan }) => ({ kpi: kpi.key, until: periodBegan - 1 })),
  )
  const days = await records.dayValues(
    reported.map(({ kpi, periodBegan }) => {
      const earlierAt = earlierAts.get(kpi.key)
      const from = earlierAt === undefined ? periodBegan : beginOfPeriod(kpi, earlierAt)
      return { kpi: kpi.key, from, until: now, timeZone: kpi.timeZone }
    }),
  )
  return kpis.map((kpi) => {
    const periods = kpiPeriods(kpi, days.get(kpi.key) ?? [], dayOf(now, kpi.timeZone))
    const evidence: KpiEvidence = {
      lastValueAt: lastAts.get(kpi.key) ?? null,
      latest: periods.at(-1) ?? null,
      before: periods.at(-2) ?? null,
    }
    return { kpi, health: kpiHealth(kpi, evidence, now), evidence }
  })
}

/** The KPI of this key as it stands. */
export async function judgeKpi(records: Pick<Records, 'kpis'>, kpi: Kpi, now: EpochMs): Promise<JudgedKpi> {
  const [judged] = await judgeKpis(records, [kpi], now)
  return judged!
}

/** The first instant of the period that holds an instant. */
function beginOfPeriod({ period, timeZone }: Kpi, at: EpochMs): EpochMs {
  return startOfDay(periodStart(dayOf(at, timeZone), period), timeZone)
}
