export type Health = 'no_data' | 'on_track' | 'at_risk' | 'off_track' | 'stale' | 'done' | 'missed'

/** A health that follows from numbers, on a scale of three. */
export type Band = 'on_track' | 'at_risk' | 'off_track'

/**
 * Which sentence explains the computed health; each has its numbers beside it.
 *
 * - `reached`, `past_due`: the target is reached, or the time is up without it
 * - `no_evidence`, `silence`: nothing was ever measured or moved, or nothing for too long
 * - `grace`: too early to judge
 * - `slipping`: by the readings it is on track or nothing is judged yet, and a running period has left its band
 * - `pace`, `gap`, `forecast`, `confidence`: the reading that decided
 * - `no_basis`: there is evidence, but no reading that the policy judges by: no plan, no forecast, no confidence
 */
export type HealthRule =
  | 'reached'
  | 'past_due'
  | 'no_evidence'
  | 'silence'
  | 'grace'
  | 'slipping'
  | 'pace'
  | 'gap'
  | 'forecast'
  | 'confidence'
  | 'no_basis'

/**
 * From best to worst. What nobody knows stands between good and bad: an objective is not on track while one of its
 * key results is unknown, and one that is known to be in danger is the graver news.
 */
const HEALTH_ORDER: readonly Health[] = [
  'done',
  'on_track',
  'no_data',
  'stale',
  'at_risk',
  'off_track',
  'missed',
]

/** Below 0 when `a` is the better health, 0 when they are the same: sorts best first. */
export function compareHealth(a: Health, b: Health): number {
  return HEALTH_ORDER.indexOf(a) - HEALTH_ORDER.indexOf(b)
}

/** The worse of two healths; of two bands, a band. */
export function worse<H extends Health>(a: H, b: H): H {
  return compareHealth(a, b) >= 0 ? a : b
}
