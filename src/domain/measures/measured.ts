import type { TimeBox } from '../calendar/expected-progress.ts'
import { dayOf, type EpochMs } from '../time.ts'
import type { DayValues } from './day-values.ts'
import { decimal } from './decimal.ts'
import { deliveryTarget, deliveryValue, type DeliveryEvidence } from './delivery.ts'
import { sizeUnitName, type Measure } from './measure.ts'
import {
  percentReached,
  standingSteps,
  type MilestoneTick,
  type StandingStep,
  type StepDelivery,
} from './milestones.ts'
import { rangePeriods, shareInside, type JudgedPeriod, type OpenPeriod } from './range.ts'

/** Everything a measure can be taken from, as of one instant. */
export interface MeasureEvidence {
  /** The instant. A day and a period are over with their last one. */
  readonly at: EpochMs
  readonly delivery: DeliveryEvidence
  /** When linked work moved last, in Jira's time. */
  readonly lastWorkAt: EpochMs | null
  /** The latest reported value. */
  readonly latestValue: { readonly at: EpochMs; readonly value: number } | null
  /** For `range`: ascending. */
  readonly dayValues: readonly DayValues[]
  /** For `milestones`: in order of their dates. */
  readonly ticks: readonly MilestoneTick[]
  readonly stepDeliveries: readonly StepDelivery[]
}

/** What only some measures have to say beside their numbers. */
export type MeasureDetail =
  | ({ readonly kind: 'range' } & RangeDetail)
  | { readonly kind: 'milestones'; readonly steps: readonly StandingStep[] }

export interface RangeDetail {
  readonly periods: readonly JudgedPeriod[]
  /** Unset in snapshots that were stored before there was one. */
  readonly open?: OpenPeriod | null
}

/** A value with the way it is on: progress is (current − baseline) ÷ (target − baseline). */
export interface Measured {
  readonly current: number | null
  readonly baseline: number
  readonly target: number | null
  readonly unit: string
  /** When there was evidence last. */
  readonly evidenceAt: EpochMs | null
  readonly detail: MeasureDetail | null
}

/** A value from evidence, for every kind of measure. */
export function measured(measure: Measure, evidence: MeasureEvidence, timeBox: TimeBox): Measured {
  const { delivery, latestValue } = evidence
  const plain = { baseline: 0, detail: null, evidenceAt: latestValue?.at ?? null }
  switch (measure.kind) {
    case 'delivery': {
      const target = deliveryTarget(measure, delivery)
      const current = target === null ? null : deliveryValue(measure, delivery)
      const unit = sizeUnitName(measure.size)
      return { ...plain, current, target, unit, evidenceAt: evidence.lastWorkAt }
    }
    case 'field_sum': {
      const { baseline, target, unit } = measure
      const current = delivery.scope.issues === 0 ? null : decimal(baseline + delivery.delivered.size)
      return { ...plain, current, baseline, target, unit, evidenceAt: evidence.lastWorkAt }
    }
    case 'metric': {
      const { baseline, target, unit } = measure
      return { ...plain, current: latestValue?.value ?? null, baseline, target, unit }
    }
    case 'range': {
      const today = dayOf(evidence.at + 1, timeBox.calendar.timeZone)
      const { judged: periods, open } = rangePeriods(measure, evidence.dayValues, timeBox, today)
      return {
        ...plain,
        current: shareInside(periods),
        target: measure.targetShare,
        unit: 'share of periods',
        detail: { kind: 'range', periods, open },
      }
    }
    case 'milestones': {
      const steps = standingSteps(measure, evidence.ticks, evidence.stepDeliveries)
      return {
        ...plain,
        current: percentReached(steps),
        target: 100,
        unit: '%',
        evidenceAt: latestWord(evidence),
        detail: { kind: 'milestones', steps },
      }
    }
    case 'binary':
      return { ...plain, current: latestValue?.value ?? null, target: 1, unit: '' }
  }
}

/** A ladder nobody has touched yet has no evidence, though its 0 % is known. */
function latestWord({ ticks, stepDeliveries, lastWorkAt }: MeasureEvidence): EpochMs | null {
  const delivered = stepDeliveries.map(({ deliveredAt }) => deliveredAt)
  const words = [ticks.at(-1)?.at ?? null, lastWorkAt, ...delivered].filter((at) => at !== null)
  return words.length === 0 ? null : Math.max(...words)
}
