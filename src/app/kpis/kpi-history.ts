import type { Kpi } from '../../domain/kpi.ts'
import { kpiPeriods, type KpiPeriod } from '../../domain/kpis/kpi-periods.ts'
import { periodEnd, periodStart } from '../../domain/measures/period.ts'
import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../../domain/time.ts'
import type { Records } from '../ports/records.ts'

export interface HistoryQuestion {
  /** The first and the last day of interest; periods that hold them are given whole. null: open. */
  readonly fromDay: CalendarDay | null
  readonly toDay: CalendarDay | null
}

/** Periods given when nobody says from when. */
const PERIODS_SHOWN = 24

/** The periods of a KPI that have a value, oldest first: what its chart is drawn from. */
export async function kpiHistory(
  { kpis }: Pick<Records, 'kpis'>,
  kpi: Kpi,
  { fromDay, toDay }: HistoryQuestion,
  now: EpochMs,
): Promise<KpiPeriod[]> {
  const { key, period, timeZone } = kpi
  const today = dayOf(now, timeZone)
  const lastDay = periodEnd(periodStart(toDay ?? today, period), period)
  const firstDay = periodStart(fromDay ?? backFrom(lastDay, period), period)
  const until = Math.min(now, startOfDay(nextDay(lastDay), timeZone) - 1)
  const from = startOfDay(firstDay, timeZone)
  const days = await kpis.dayValues([{ kpi: key, from, until, timeZone }])
  return kpiPeriods(kpi, days.get(key) ?? [], today)
}

function backFrom(lastDay: CalendarDay, period: Kpi['period']): CalendarDay {
  let start = periodStart(lastDay, period)
  for (let back = 1; back < PERIODS_SHOWN; back++) {
    start = periodStart(Temporal.PlainDate.from(start).subtract({ days: 1 }).toString(), period)
  }
  return start
}
