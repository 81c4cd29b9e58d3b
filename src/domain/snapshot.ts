import { expectedByPlan, type ExpectedPlan } from './calendar/expected-plan.ts'
import { endOf, expectedProgress, type TimeBox } from './calendar/expected-progress.ts'
import type { DayTally, Tally } from './contributions/tally.ts'
import { forecastDelivery, forecastMetric, type KeyResultForecast } from './forecast/key-result-forecast.ts'
import type { CheckIn } from './goals.ts'
import {
  assessHealth,
  type HealthAssessment,
  type HealthOverride,
  type HealthStanding,
} from './health/assess-health.ts'
import type { HealthPolicy } from './health/health-policy.ts'
import { healthInputAt, nextHealthInstant, type HealthFacts } from './health/next-health-instant.ts'
import { deliveryEvidence, deliveryTarget, type DeliveryEvidence } from './measures/delivery.ts'
import type { Measure } from './measures/measure.ts'
import { rawProgress, shownProgress } from './measures/progress.ts'
import type { EpochMs } from './time.ts'

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
  readonly forecast: KeyResultForecast
  readonly assessment: HealthAssessment
}

/** Everything the numbers follow from, and nothing else. */
export interface Evidence {
  readonly measure: Measure
  readonly tally: Tally
  /** When linked work moved last, in Jira's time. */
  readonly lastWorkAt: EpochMs | null
  readonly latestCheckIn: CheckIn | null
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
  const delivery = deliveryEvidence(evidence.tally)
  const { evidenceAt, ...measured } = measure(evidence, delivery)
  const { current, baseline, target } = measured
  const raw = current === null || target === null ? null : rawProgress(current, baseline, target)
  const checkIn = evidence.latestCheckIn
  const forecast = forecastOf(evidence, now)
  const { policy, override, standing } = evidence.judgedBy
  const { timeBox, plan, latestConfidence: confidence } = evidence
  const facts: HealthFacts = {
    progress: raw,
    expectedAt: (at) => expectedByPlan(plan, at, timeBox),
    timeShareAt: (at) => expectedProgress(at, timeBox),
    dueEndAt: endOf(timeBox),
    lastEvidenceAt: policy.method === 'manual' ? later(evidenceAt, confidence?.at ?? null) : evidenceAt,
    probability: forecast.kind === 'probability' ? forecast.probability : null,
    override,
    confidence: confidence?.confidence ?? null,
  }
  const { calendar } = timeBox
  const judged = assessHealth(healthInputAt(facts, now), policy, standing, now, calendar)
  return {
    numbers: {
      ...measured,
      rawProgress: raw,
      progress: raw === null ? null : shownProgress(raw),
      delivery,
      latestCheckIn:
        checkIn === null ? null : { at: checkIn.at, value: checkIn.value, confidence: checkIn.confidence },
      forecast,
      assessment: judged.assessment,
    },
    standing: judged.standing,
    lookAgainAt: nextHealthInstant(facts, policy, judged.standing, now, calendar),
  }
}

/** Under policy `manual` a person's word is evidence too. */
function later(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

interface Measured {
  readonly current: number | null
  readonly baseline: number
  readonly target: number | null
  readonly unit: string
  readonly evidenceAt: EpochMs | null
}

function measure({ measure, lastWorkAt, latestCheckIn }: Evidence, delivery: DeliveryEvidence): Measured {
  switch (measure.kind) {
    case 'delivery': {
      const target = deliveryTarget(measure, delivery)
      const current = target === null ? null : delivery.delivered.size
      return { current, baseline: 0, target, unit: measure.size, evidenceAt: lastWorkAt }
    }
    case 'metric':
      return {
        current: latestCheckIn?.value ?? null,
        baseline: measure.baseline,
        target: measure.target,
        unit: measure.unit,
        evidenceAt: latestCheckIn?.at ?? null,
      }
  }
}

function forecastOf({ measure, past, timeBox, seed }: Evidence, now: EpochMs): KeyResultForecast {
  switch (measure.kind) {
    case 'delivery':
      return forecastDelivery({ days: past.days, target: measure.target, box: timeBox, now, seed })
    case 'metric':
      return forecastMetric({ checkIns: past.values, measure, box: timeBox, now })
  }
}
