import { nextDay, startOfDay, type EpochMs } from '../time.ts'
import { nextKpiInstant, overdueAt, tellingPeriod, type KpiEvidence, type KpiHealth } from './kpi-health.ts'
import type { KpiPeriod, KpiRule } from './kpi-periods.ts'

/** What was told of a KPI last. */
export interface KpiStanding {
  /**
   * `stale` also for one that never had a value, once that was missed. `off_track` only for a period that is outside
   * for good, and until there is one inside.
   */
  readonly told: KpiHealth
  readonly since: EpochMs
}

/** What the feed is told when a KPI changes sides. */
export interface KpiNews {
  readonly kind: 'kpi.at_risk' | 'kpi.left_band' | 'kpi.back_in_band' | 'kpi.stale'
  readonly health: KpiHealth
  readonly healthBefore: KpiHealth | null
  /** The period it is told of; null: there is none. */
  readonly period: KpiPeriod | null
}

export interface KpiLook {
  readonly standing: KpiStanding
  /** When time alone may change it next; null: never. */
  readonly dueAt: EpochMs | null
  /** In order. Empty: nothing has changed that anybody has to hear. */
  readonly news: readonly KpiNews[]
}

/** How a KPI stands by its values, and what that follows from. */
export interface JudgedKpi {
  readonly health: KpiHealth
  readonly evidence: KpiEvidence
}

/**
 * Looks at a KPI again and says what is news. A KPI is in its band, slipping out of it, outside of it, silent, or not
 * yet known: each change of side is told once, however often it is looked at. That it has left its band is told by a
 * period that is outside for good; one that can be brought back is told as a risk, and not at all while the band was
 * left before and nothing has been inside since. A period that ended outside since the last look is told first.
 *
 * @param before what was told last; null: it was never looked at
 */
export function lookAtStanding(
  rule: KpiRule,
  judged: JudgedKpi,
  before: KpiStanding | null,
  now: EpochMs,
): KpiLook {
  const { evidence } = judged
  if (evidence.lastValueAt === null) return lookWithoutValue(rule, before, now)
  const dueAt = nextKpiInstant(rule, evidence, now)
  const left = leftUnseen(rule, judged, before)
  const seen: KpiHealth | null = left === null ? (before?.told ?? null) : 'off_track'
  const told = toldNow(rule, judged, before, seen)
  const news = [
    ...(left === null ? [] : newsOf(before?.told ?? null, 'off_track', left)),
    ...newsOf(seen, told, periodTold(told, evidence)),
  ]
  const standing = before?.told === told && left === null ? before : { told, since: now }
  return { standing, dueAt, news }
}

/** Waits for a first value as long as for any other, counted from the first look. */
function lookWithoutValue(rule: KpiRule, before: KpiStanding | null, now: EpochMs): KpiLook {
  if (before?.told === 'stale') return { standing: before, dueAt: null, news: [] }
  const standing: KpiStanding = before?.told === 'no_data' ? before : { told: 'no_data', since: now }
  const dueAt = overdueAt(rule, standing.since)
  if (now < dueAt) return { standing, dueAt, news: [] }
  const news: KpiNews = {
    kind: 'kpi.stale',
    health: 'no_data',
    healthBefore: before?.told ?? null,
    period: null,
  }
  return { standing: { told: 'stale', since: now }, dueAt: null, news: [news] }
}

/**
 * The period that ended outside since the last look, before a later one had its first value or the KPI fell silent; null
 * where there is none. Of the time of a silence nothing is made up for: it may have been told before.
 */
function leftUnseen(
  rule: KpiRule,
  { health, evidence }: JudgedKpi,
  before: KpiStanding | null,
): KpiPeriod | null {
  if (before === null || before.told === 'off_track' || before.told === 'stale') return null
  const { latest, before: earlier, lastValueAt } = evidence
  const ended = health === 'stale' && latest?.isRunning === false ? latest : earlier
  if (ended?.verdict !== 'outside') return null
  const end = endOf(ended, rule)
  const wasSilent = ended === latest && lastValueAt !== null && overdueAt(rule, lastValueAt) < end
  return end > before.since && !wasSilent ? ended : null
}

/**
 * A period that slips is a risk, unless the band was left for good before and nothing has been inside since.
 * @param seen what was told last, with what happened since
 */
function toldNow(
  rule: KpiRule,
  { health, evidence: { latest, before: earlier } }: JudgedKpi,
  before: KpiStanding | null,
  seen: KpiHealth | null,
): KpiHealth {
  if (health === 'stale' || latest?.verdict !== 'slipping') return health
  if (seen === 'off_track' || earlier === null || earlier.isInside)
    return seen === 'off_track' ? seen : 'at_risk'
  const isMadeGood =
    before !== null && (seen === 'on_track' || seen === 'at_risk') && before.since >= endOf(earlier, rule)
  return isMadeGood ? 'at_risk' : 'off_track'
}

/** Red by a period that slips is red by the one before it. */
function periodTold(told: KpiHealth, evidence: KpiEvidence): KpiPeriod | null {
  return told === 'off_track' && evidence.latest?.verdict === 'slipping'
    ? evidence.before
    : tellingPeriod(evidence)
}

function endOf({ toDay }: KpiPeriod, { timeZone }: KpiRule): EpochMs {
  return startOfDay(nextDay(toDay), timeZone)
}

/** A first value inside the band is no news. */
function newsOf(healthBefore: KpiHealth | null, health: KpiHealth, period: KpiPeriod | null): KpiNews[] {
  if (healthBefore === health) return []
  const told = { health, healthBefore, period }
  switch (health) {
    case 'at_risk':
      return [{ kind: 'kpi.at_risk', ...told }]
    case 'off_track':
      return [{ kind: 'kpi.left_band', ...told }]
    case 'stale':
      return [{ kind: 'kpi.stale', ...told }]
    case 'on_track':
      return healthBefore === null || healthBefore === 'no_data'
        ? []
        : [{ kind: 'kpi.back_in_band', ...told }]
    case 'no_data':
      return []
  }
}
