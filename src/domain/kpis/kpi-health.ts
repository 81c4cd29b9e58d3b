import type { Period } from '../measures/period.ts'
import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import type { KpiPeriod, KpiRule } from './kpi-periods.ts'

/**
 * How a KPI stands. A period that runs never turns it red while a later value can bring the period into the band:
 *
 *   no_data     nobody ever gave a value, or its first period fills and is not over
 *   stale       without a value for longer than it says it is checked: silence is never green
 *   on_track    the newest period that has a value is inside the band
 *   at_risk     it runs and has left the band, and the period before it was not outside: it can be brought back
 *   off_track   it is outside for good; or it has left the band so far, and the period before it was outside too
 *
 * A newest period that only fills, as a sum does until its month is over, says nothing yet: the one before it is asked.
 */
export type KpiHealth = 'no_data' | 'stale' | 'on_track' | 'at_risk' | 'off_track'

/** How often a KPI can be checked at least: a little more than a year. */
export const MOST_DAYS_BETWEEN_CHECKS = 400

/** What a KPI is judged by. */
export interface KpiEvidence {
  /** When the newest value was so; null: there is none. */
  readonly lastValueAt: EpochMs | null
  /** The newest period that has a value. */
  readonly latest: KpiPeriod | null
  /** The one that has a value before it. */
  readonly before: KpiPeriod | null
}

/** The health of a KPI at an instant. */
export function kpiHealth(rule: KpiRule, evidence: KpiEvidence, now: EpochMs): KpiHealth {
  const { lastValueAt, latest, before } = evidence
  if (lastValueAt === null || latest === null) return 'no_data'
  if (now >= overdueAt(rule, lastValueAt)) return 'stale'
  switch (latest.verdict) {
    case 'inside':
      return 'on_track'
    case 'outside':
      return 'off_track'
    case 'slipping':
      return before === null || before.isInside ? 'at_risk' : 'off_track'
    case 'filling':
      return before === null ? 'no_data' : before.isInside ? 'on_track' : 'off_track'
  }
}

/** The period that the health is told by: the newest that says anything; null: none does. */
export function tellingPeriod({ latest, before }: KpiEvidence): KpiPeriod | null {
  return latest?.verdict === 'filling' ? before : latest
}

/** When time alone changes the health next; null: never. */
export function nextKpiInstant(rule: KpiRule, evidence: KpiEvidence, now: EpochMs): EpochMs | null {
  const { lastValueAt, latest } = evidence
  if (lastValueAt === null || latest === null) return null
  const instants = [overdueAt(rule, lastValueAt), startOfDay(nextDay(latest.toDay), rule.timeZone)]
  const ahead = instants.filter((at) => at > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/**
 * The first instant at which a value is missed: the start of the day after `checkEveryDays` whole days without one. So
 * a value that comes each night a second later than the night before is never late.
 */
export function overdueAt(
  { checkEveryDays, timeZone }: Pick<KpiRule, 'checkEveryDays' | 'timeZone'>,
  since: EpochMs,
): EpochMs {
  return startOfDay(overdueDay(dayOf(since, timeZone), checkEveryDays), timeZone)
}

/** The day on which a value is missed, after the day of the last one. */
export function overdueDay(lastDay: CalendarDay, checkEveryDays: number): CalendarDay {
  return Temporal.PlainDate.from(lastDay)
    .add({ days: checkEveryDays + 1 })
    .toString()
}

/** How often a KPI is checked when nobody says: once in each of its periods, of which the longest counts. */
export function usualCheckEveryDays(period: Period): number {
  return { day: 1, week: 7, month: 31, quarter: 92 }[period]
}
