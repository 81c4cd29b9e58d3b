import type { TimeBox } from './calendar/expected-progress.ts'
import type { Tally } from './contributions/tally.ts'
import type { CheckIn } from './goals.ts'
import { assessPace, type HealthAssessment } from './health/pace.ts'
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
  readonly assessment: HealthAssessment
}

/** Everything the numbers follow from, and nothing else. */
export interface Evidence {
  readonly measure: Measure
  readonly tally: Tally
  /** When linked work moved last, in Jira's time. */
  readonly lastWorkAt: EpochMs | null
  readonly latestCheckIn: CheckIn | null
  readonly timeBox: TimeBox
}

/** The numbers of a key result at an instant. Equal evidence gives equal numbers, whatever way it arrived. */
export function computeNumbers(evidence: Evidence, now: EpochMs): Numbers {
  const delivery = deliveryEvidence(evidence.tally)
  const { current, baseline, target, unit, evidenceAt } = measured(evidence, delivery)
  const raw = current === null || target === null ? null : rawProgress(current, baseline, target)
  const checkIn = evidence.latestCheckIn
  return {
    current,
    baseline,
    target,
    unit,
    rawProgress: raw,
    progress: raw === null ? null : shownProgress(raw),
    delivery,
    latestCheckIn:
      checkIn === null ? null : { at: checkIn.at, value: checkIn.value, confidence: checkIn.confidence },
    assessment: assessPace(raw, evidenceAt, evidence.timeBox, now),
  }
}

interface Measured {
  readonly current: number | null
  readonly baseline: number
  readonly target: number | null
  readonly unit: string
  readonly evidenceAt: EpochMs | null
}

function measured({ measure, lastWorkAt, latestCheckIn }: Evidence, delivery: DeliveryEvidence): Measured {
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
