import { expectedByPlan, type ExpectedPlan } from './calendar/expected-plan.ts'
import { endOf, expectedProgress, type TimeBox } from './calendar/expected-progress.ts'
import type { DayTally, Tally } from './contributions/tally.ts'
import {
  forecastDelivery,
  forecastMetric,
  NOT_FORECAST,
  type KeyResultForecast,
} from './forecast/key-result-forecast.ts'
import type { CheckIn, ValueOverride } from './goals.ts'
import {
  assessHealth,
  type HealthAssessment,
  type HealthOverride,
  type HealthStanding,
} from './health/assess-health.ts'
import type { HealthPolicy } from './health/health-policy.ts'
import { overrideEnd, overrideInForce } from './health/override.ts'
import { healthInputAt, nextHealthInstant, type HealthFacts } from './health/next-health-instant.ts'
import { deliveryEvidence, type DeliveryEvidence } from './measures/delivery.ts'
import { measured, type MeasureDetail, type Measured, type MeasureEvidence } from './measures/measured.ts'
import { isMeasuredByWork, type Measure } from './measures/measure.ts'
import { nextPeriodOver } from './measures/range.ts'
import { rawProgress, shownProgress } from './measures/progress.ts'
import { fieldSumTarget } from './measures/work-target.ts'
import { DAY_MS, type EpochMs } from './time.ts'

/** A key result's numbers at an instant, with the inputs that explain them. */
export interface Numbers {
  readonly current: number | null
  readonly baseline: number
  readonly target: number | null
  readonly unit: string
  /** (current − baseline) ÷ (target − baseline), unclamped; null when there is nothing to measure yet. */
  readonly rawProgress: number | null
  /** 0 to 1, for people. */
  readonly progress: number | null
  /** Linked work, whatever the measure: delivery and outcome are two numbers and are never mixed. */
  readonly delivery: DeliveryEvidence
  readonly latestCheckIn: Pick<CheckIn, 'at' | 'value' | 'confidence'> | null
  /** What is measured while a person's value is shown in its place; null: what is shown is measured. */
  readonly automatic: { readonly current: number | null; readonly progress: number | null } | null
  readonly valueOverride: ValueOverride | null
  /** What only some measures have to say: periods inside a band, steps of a ladder. */
  readonly detail: MeasureDetail | null
  readonly forecast: KeyResultForecast
  readonly assessment: HealthAssessment
}

/** Everything the numbers follow from, and nothing else. */
export interface Evidence extends Pick<MeasureEvidence, 'dayValues' | 'ticks' | 'stepDeliveries'> {
  readonly measure: Measure
  readonly tally: Tally
  /** When linked work moved last, in Jira's time. */
  readonly lastWorkAt: EpochMs | null
  readonly latestCheckIn: CheckIn | null
  readonly valueOverride: ValueOverride | null
  /** Also of a check-in without a value. */
  readonly latestConfidence: { readonly at: EpochMs; readonly confidence: number } | null
  readonly timeBox: TimeBox
  readonly plan: ExpectedPlan
  /** What a forecast learns from; see `forecastDelivery` and `forecastMetric`. */
  readonly past: { readonly days: readonly DayTally[]; readonly values: readonly MetricValue[] }
  /** The key result's key: equal evidence gives an equal forecast. */
  readonly seed: string
  readonly judgedBy: {
    readonly policy: HealthPolicy
    readonly override: HealthOverride | null
    /** How its health stood under this policy when it was looked at last. */
    readonly standing: HealthStanding | null
  }
}

interface MetricValue {
  readonly at: EpochMs
  readonly value: number
}

export interface Computed {
  readonly numbers: Numbers
  /** For the next look. */
  readonly standing: HealthStanding | null
  /** When time alone may change the health; null: never. */
  readonly lookAgainAt: EpochMs | null
}

/** The numbers of a key result at an instant. Equal evidence gives equal numbers, whatever way it arrived. */
export function computeNumbers(evidence: Evidence, now: EpochMs): Computed {
  const { timeBox, plan, measure, latestConfidence: confidence } = evidence
  const delivery = deliveryEvidence(evidence.tally)
  const automatic = measured(measure, measureEvidence(evidence, delivery, now), timeBox)
  const said = overrideInForce(evidence.valueOverride, now, timeBox.calendar)
  const { evidenceAt, ...value } = said === null ? automatic : overruled(automatic, said)
  const raw = progressOf(value)
  const checkIn = evidence.latestCheckIn
  const forecast = forecastOf(evidence, now)
  const { override, standing } = evidence.judgedBy
  // What people tell is not silent while they say how sure they are of it. Linked work speaks for itself.
  const isTold = !isMeasuredByWork(measure) || evidence.judgedBy.policy.method === 'manual'
  const lastEvidenceAt = isTold ? later(evidenceAt, confidence?.at ?? null) : evidenceAt
  const policy = policyFor(measure, evidence.judgedBy.policy, lastEvidenceAt, timeBox.calendar.timeZone)
  const facts: HealthFacts = {
    progress: raw,
    expectedAt: (at) => (measure.kind === 'range' ? 1 : expectedByPlan(plan, at, timeBox)),
    timeShareAt: (at) => expectedProgress(at, timeBox),
    dueEndAt: endOf(timeBox),
    isHeldToTheEnd: measure.kind === 'range',
    isSlipping: value.detail?.kind === 'range' && value.detail.open?.verdict === 'slipping' && said === null,
    lastEvidenceAt,
    probability: forecast.kind === 'probability' ? forecast.probability : null,
    override,
    confidence: confidence?.confidence ?? null,
  }
  const { calendar } = timeBox
  const judged = assessHealth(healthInputAt(facts, now), policy, standing, now, calendar)
  return {
    numbers: {
      ...value,
      rawProgress: raw,
      progress: shown(raw),
      automatic:
        said === null ? null : { current: automatic.current, progress: shown(progressOf(automatic)) },
      valueOverride: said,
      delivery,
      latestCheckIn:
        checkIn === null ? null : { at: checkIn.at, value: checkIn.value, confidence: checkIn.confidence },
      forecast,
      assessment: judged.assessment,
    },
    standing: judged.standing,
    lookAgainAt: earliest(
      nextHealthInstant(facts, policy, judged.standing, now, calendar),
      said === null ? null : overrideEnd(said, calendar),
    ),
  }
}

function overruled(automatic: Measured, { value, at }: ValueOverride): Measured {
  return { ...automatic, current: value, evidenceAt: later(automatic.evidenceAt, at) }
}

function progressOf({ current, baseline, target }: Pick<Measured, 'current' | 'baseline' | 'target'>) {
  return current === null || target === null ? null : rawProgress(current, baseline, target)
}

function shown(raw: number | null): number | null {
  return raw === null ? null : shownProgress(raw)
}

function earliest(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function measureEvidence(evidence: Evidence, delivery: DeliveryEvidence, at: EpochMs): MeasureEvidence {
  const { lastWorkAt, latestCheckIn, dayValues, ticks, stepDeliveries } = evidence
  const value = latestCheckIn?.value ?? null
  return {
    at,
    delivery,
    lastWorkAt,
    latestValue: latestCheckIn === null || value === null ? null : { at: latestCheckIn.at, value },
    dayValues,
    ticks,
    stepDeliveries,
  }
}

/**
 * Nothing leads up to a yes or no but the confidence of the people who work on it. A number that is due once a period
 * is not silent before a whole period has passed without one.
 */
function policyFor(
  measure: Measure,
  policy: HealthPolicy,
  evidenceAt: EpochMs | null,
  timeZone: string,
): HealthPolicy {
  if (measure.kind === 'binary') return { ...policy, method: 'manual' }
  if (measure.kind !== 'range' || evidenceAt === null) return policy
  const days = (nextPeriodOver(measure, evidenceAt, timeZone) - evidenceAt) / DAY_MS
  return { ...policy, staleAfterDays: Math.max(policy.staleAfterDays, days) }
}

function later(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function forecastOf({ measure, past, timeBox, seed }: Evidence, now: EpochMs): KeyResultForecast {
  switch (measure.kind) {
    case 'delivery':
      return forecastDelivery({ days: past.days, target: measure.target, box: timeBox, now, seed })
    case 'field_sum':
      return forecastDelivery({ days: past.days, target: fieldSumTarget(measure), box: timeBox, now, seed })
    case 'metric':
      return forecastMetric({ checkIns: past.values, measure, box: timeBox, now })
    case 'range':
    case 'milestones':
    case 'binary':
      return NOT_FORECAST
  }
}
