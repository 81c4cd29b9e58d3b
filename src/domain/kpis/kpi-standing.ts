import type { EpochMs } from '../time.ts'
import { nextKpiInstant, overdueAt, type KpiEvidence, type KpiHealth } from './kpi-health.ts'
import type { KpiRule } from './kpi-periods.ts'

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
export type KpiNews = 'kpi.at_risk' | 'kpi.left_band' | 'kpi.back_in_band' | 'kpi.stale'

export interface KpiLook {
  readonly standing: KpiStanding
  /** When time alone may change it next; null: never. */
  readonly dueAt: EpochMs | null
  /** null: nothing has changed that anybody has to hear. */
  readonly news: KpiNews | null
}

/**
 * Looks at a KPI again and says what is news. A KPI is in its band, slipping out of it, outside of it, silent, or not
 * yet known: each change of side is told once, however often it is looked at. That it has left its band is told by a
 * period that is outside for good; one that can be brought back is told as a risk, and not at all while the band was
 * left before and nothing has been inside since.
 *
 * @param before what was told last; null: it was never looked at
 */
export function lookAtStanding(
  rule: KpiRule,
  { health, evidence }: { readonly health: KpiHealth; readonly evidence: KpiEvidence },
  before: KpiStanding | null,
  now: EpochMs,
): KpiLook {
  if (evidence.lastValueAt === null) return lookWithoutValue(rule, before, now)
  const dueAt = nextKpiInstant(rule, evidence, now)
  const isSlipping = evidence.latest?.verdict === 'slipping' && health !== 'stale'
  const told = isSlipping ? 'at_risk' : health
  if (before?.told === told || (isSlipping && before?.told === 'off_track')) {
    return { standing: before, dueAt, news: null }
  }
  const news = newsOf(before === null ? 'unknown' : sideOf(before.told), sideOf(told))
  return { standing: { told, since: now }, dueAt, news }
}

/** Waits for a first value as long as for any other, counted from the first look. */
function lookWithoutValue(rule: KpiRule, before: KpiStanding | null, now: EpochMs): KpiLook {
  if (before?.told === 'stale') return { standing: before, dueAt: null, news: null }
  const standing: KpiStanding = before?.told === 'no_data' ? before : { told: 'no_data', since: now }
  const dueAt = overdueAt(rule, standing.since)
  if (now < dueAt) return { standing, dueAt, news: null }
  return { standing: { told: 'stale', since: now }, dueAt: null, news: 'kpi.stale' }
}

type Side = 'unknown' | 'inside' | 'slipping' | 'outside' | 'silent'

function sideOf(health: KpiHealth): Side {
  switch (health) {
    case 'no_data':
      return 'unknown'
    case 'stale':
      return 'silent'
    case 'on_track':
      return 'inside'
    case 'at_risk':
      return 'slipping'
    case 'off_track':
      return 'outside'
  }
}

/** A first value inside the band is no news. */
function newsOf(before: Side, after: Side): KpiNews | null {
  if (before === after) return null
  switch (after) {
    case 'slipping':
      return 'kpi.at_risk'
    case 'outside':
      return 'kpi.left_band'
    case 'silent':
      return 'kpi.stale'
    case 'inside':
      return before === 'unknown' ? null : 'kpi.back_in_band'
    case 'unknown':
      return null
  }
}
