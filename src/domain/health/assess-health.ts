import type { WorkingCalendar } from '../calendar/working-time.ts'
import { DAY_MS, type EpochMs } from '../time.ts'
import { compareHealth, type Band, type Health, type HealthRule } from './health.ts'
import type { HealthPolicy } from './health-policy.ts'
import { overrideInForce, type HealthOverride } from './override.ts'
import { bandOf, forecastReading, gapReading, paceReading, type Reading } from './reading.ts'
import { settle, type HealthStanding } from './standing.ts'

export type { HealthOverride } from './override.ts'
export type { HealthStanding } from './standing.ts'

/** What a key result's health follows from at an instant. */
export interface HealthInput {
  /** Raw: below 0 and above 1 are kept. null: nothing to measure yet. */
  readonly progress: number | null
  /** What the plan expects by now, 0 to 1; null: there is no plan. Must not fall as time passes. */
  readonly expected: number | null
  /** The share of the working time that has passed, 0 to 1. */
  readonly timeShare: number
  readonly isPastDue: boolean
  /** What is to be kept up is reached when its time is over, not before. */
  readonly isHeldToTheEnd: boolean
  /** What is to be kept up is out of its band in a period that runs, which may still be brought back. */
  readonly isSlipping: boolean
  /** When linked work moved, or a value or a confidence was given, last. */
  readonly lastEvidenceAt: EpochMs | null
  /** The forecast's; null when there is none or it refused. */
  readonly probability: number | null
  readonly override: HealthOverride | null
  /** 0 to 10, of the latest check-in. Only policy `manual` judges by it. */
  readonly confidence: number | null
}

/** A health with every number that explains it. */
export interface HealthAssessment {
  /** What is shown: the override's while one is in force, else the computed. */
  readonly health: Health
  readonly computed: Health
  /** Explains the computed health. */
  readonly rule: HealthRule
  /** The policy's name. */
  readonly policy: string
  readonly expected: number | null
  /** progress ÷ expected; null without either, and while too little is expected to divide by. */
  readonly paceRatio: number | null
  /** expected − progress in percentage points, below 0 when ahead; null without either. */
  readonly gapPoints: number | null
  readonly probability: number | null
  /** What pace (policy `points_gap`: the gap) says by itself, whatever the policy makes of it; null in the grace period. */
  readonly byPace: Band | null
  /** What the forecast says by itself. */
  readonly byForecast: Band | null
  /** Set while the computed band is the former one, since the readings are past its edge by less than the margin. */
  readonly heldBy: 'margin' | null
  /** When the held band will be left if nothing changes. */
  readonly heldUntil: EpochMs | null
  /** The override in force, null when there is none or its last day is over. */
  readonly override: HealthOverride | null
}

/** Check-ins of 8 and more are confident, below 4 they are not: the bands in use elsewhere for the same scale. */
const CONFIDENT = 8
const DOUBTFUL = 4

/**
 * The health of a key result: the first of these that applies.
 *
 * 1. Reached → `done`; past due → `missed`.
 * 2. Nothing measured or moved yet → `no_data`; nothing new for longer than the policy allows → `stale`.
 * 3. In the grace period → `on_track`. A person who knows better overrides.
 * 4. The readings the policy judges by; the worst decides. None of them there → `no_data`: without a plan and without
 *    a forecast nothing says that it is going well, and silence is never green. While a running period slips it is
 *    `at_risk` at best.
 *
 * Policy `manual` asks people instead of 3 and 4: the confidence of the latest check-in, or `no_data`. Its 1 and 2 stay,
 * since what is reached, missed or long unheard of is no matter of opinion; but a confidence without a value is evidence.
 *
 * Only step 4 is held by hysteresis; 1 to 3 apply at once and forget the former band. An override changes what is
 * shown, never what is computed, and not the standing: reached under an override, it shows the override, computed `done`.
 *
 * @param standing what the last call returned; null at first, and after the policy was changed, whose edges are others
 * @returns the standing to store; null when no band was judged
 */
export function assessHealth(
  input: HealthInput,
  policy: HealthPolicy,
  standing: HealthStanding | null,
  now: EpochMs,
  calendar: WorkingCalendar,
): { assessment: HealthAssessment; standing: HealthStanding | null } {
  const numbers = numbersOf(input, policy)
  const override = overrideInForce(input.override, now, calendar)
  const say = (computed: Health, rule: HealthRule, heldUntil: EpochMs | null = null): HealthAssessment => ({
    health: override?.health ?? computed,
    computed,
    rule,
    policy: policy.name,
    expected: input.expected,
    paceRatio: numbers.paceRatio,
    gapPoints: numbers.gapPoints,
    probability: input.probability,
    byPace: numbers.pace === null ? null : bandOf(numbers.pace),
    byForecast: numbers.forecast === null ? null : bandOf(numbers.forecast),
    heldBy: heldUntil === null ? null : 'margin',
    heldUntil,
    override,
  })

  const plain = plainHealth(input, policy, now)
  if (plain !== null) return { assessment: say(plain.health, plain.rule), standing: null }
  const readings = readingsOf(policy, numbers)
  const [first, ...others] = readings
  if (first === undefined) {
    const said = input.isSlipping ? say('at_risk', 'slipping') : say('no_data', 'no_basis')
    return { assessment: said, standing: null }
  }
  const settled = settle(readings, policy.hysteresis.margin, standing, now, calendar)
  const decisive = others.reduce((a, b) => (compareHealth(bandOf(b), bandOf(a)) > 0 ? b : a), first)
  const { band } = settled.standing
  const isHeldBack = input.isSlipping && band === 'on_track'
  return {
    assessment: isHeldBack
      ? say('at_risk', 'slipping', settled.heldUntil)
      : say(band, decisive.rule, settled.heldUntil),
    standing: settled.standing,
  }
}

/** The health that no reading decides: steps 1 to 3, and all of policy `manual`. */
function plainHealth(
  input: HealthInput,
  policy: HealthPolicy,
  now: EpochMs,
): { readonly health: Health; readonly rule: HealthRule } | null {
  const { progress, lastEvidenceAt, confidence } = input
  const isManual = policy.method === 'manual'
  const isJudgeable = progress !== null || input.isSlipping || (isManual && confidence !== null)
  const isUnknown = lastEvidenceAt === null || !isJudgeable
  const isReached = progress !== null && progress >= 1
  if (isReached && (input.isPastDue || !input.isHeldToTheEnd)) return { health: 'done', rule: 'reached' }
  if (input.isPastDue) return { health: 'missed', rule: 'past_due' }
  if (isUnknown) return { health: 'no_data', rule: 'no_evidence' }
  if (now - lastEvidenceAt > policy.staleAfterDays * DAY_MS) return { health: 'stale', rule: 'silence' }
  if (isManual) return byConfidence(confidence)
  return isInGrace(input, policy) ? { health: 'on_track', rule: 'grace' } : null
}

function byConfidence(confidence: number | null): { readonly health: Health; readonly rule: HealthRule } {
  if (confidence === null) return { health: 'no_data', rule: 'no_basis' }
  const health = confidence >= CONFIDENT ? 'on_track' : confidence >= DOUBTFUL ? 'at_risk' : 'off_track'
  return { health, rule: 'confidence' }
}

/** Ratios explode while next to nothing is expected; and while nothing is, whatever the policy says, there is none. */
function isInGrace({ timeShare, expected }: HealthInput, { grace }: HealthPolicy): boolean {
  if (timeShare < grace.timeShare) return true
  return expected !== null && (expected <= 0 || expected < grace.expected)
}

interface ReadNumbers {
  readonly paceRatio: number | null
  readonly gapPoints: number | null
  readonly pace: Reading | null
  readonly forecast: Reading | null
}

function numbersOf(input: HealthInput, policy: HealthPolicy): ReadNumbers {
  const { progress, expected, probability } = input
  const isPlanned = progress !== null && expected !== null
  const isDivisible = isPlanned && expected > 0 && expected >= policy.grace.expected
  const paceRatio = isDivisible ? progress / expected : null
  const gapPoints = isPlanned ? (expected - progress) * 100 : null
  const reading = policy.method === 'points_gap' ? gapPoints : paceRatio
  const read = policy.method === 'points_gap' ? gapReading : paceReading
  return {
    paceRatio,
    gapPoints,
    pace: reading === null || isInGrace(input, policy) ? null : read(reading, policy),
    forecast: probability === null ? null : forecastReading(probability, policy),
  }
}

/** The readings a policy judges by, pace first: of two that are equally bad it is the one that is told. */
function readingsOf({ method }: HealthPolicy, { pace, forecast }: ReadNumbers): readonly Reading[] {
  const isJudgedBy = {
    pace: method !== 'forecast_only',
    forecast: method === 'balanced' || method === 'forecast_only',
  }
  return [isJudgedBy.pace ? pace : null, isJudgedBy.forecast ? forecast : null].filter(
    (reading) => reading !== null,
  )
}
