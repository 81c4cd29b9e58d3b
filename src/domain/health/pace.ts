import { endOf, expectedProgress, type TimeBox } from '../calendar/expected-progress.ts'
import { DAY_MS, type EpochMs } from '../time.ts'

export type Health = 'no_data' | 'on_track' | 'at_risk' | 'off_track' | 'stale' | 'done' | 'missed'

/** Which sentence explains the health: each has its numbers beside it. */
export type HealthRule = 'no_evidence' | 'reached' | 'past_due' | 'silence' | 'grace' | 'pace'

export interface HealthAssessment {
  readonly health: Health
  readonly rule: HealthRule
  /** Share of the time box's working time that has passed, 0 to 1. */
  readonly expected: number
  /** progress ÷ expected; null while expected is too small to divide by. */
  readonly paceRatio: number | null
}

/** Bands of policy `balanced`, product section 6. */
const ON_TRACK_RATIO = 0.9
const AT_RISK_RATIO = 0.7
const STALE_AFTER_DAYS = 14
const GRACE_EXPECTED = 0.1

/**
 * Health from pace alone: reached → done, past due → missed, no evidence for 14 days → stale, the first tenth of the
 * time → on track, else progress ÷ expected. Silence is never green; no evidence at all is `no_data`, until the time is up.
 *
 * @param progress raw progress, null when there is nothing to measure yet
 * @param lastEvidenceAt when an issue moved or a value was reported last
 */
export function assessPace(
  progress: number | null,
  lastEvidenceAt: EpochMs | null,
  box: TimeBox,
  now: EpochMs,
): HealthAssessment {
  const expected = expectedProgress(now, box)
  const paceRatio = progress === null || expected < GRACE_EXPECTED / 2 ? null : progress / expected
  const say = (health: Health, rule: HealthRule): HealthAssessment => ({ health, rule, expected, paceRatio })

  if (progress !== null && progress >= 1) return say('done', 'reached')
  if (now >= endOf(box)) return say('missed', 'past_due')
  if (progress === null || lastEvidenceAt === null) return say('no_data', 'no_evidence')
  if (now - lastEvidenceAt > STALE_AFTER_DAYS * DAY_MS) return say('stale', 'silence')
  if (expected < GRACE_EXPECTED || paceRatio === null) return say('on_track', 'grace')
  if (paceRatio >= ON_TRACK_RATIO) return say('on_track', 'pace')
  return say(paceRatio >= AT_RISK_RATIO ? 'at_risk' : 'off_track', 'pace')
}
