import { timeBoxOf } from '../../domain/goals.ts'
import { tallyAsOf } from '../../domain/contributions/tally-as-of.ts'
import { overrideInForce } from '../../domain/health/override.ts'
import { deliveryEvidence, type DeliveryEvidence } from '../../domain/measures/delivery.ts'
import type { Measure } from '../../domain/measures/measure.ts'
import { measured, type MeasureDetail } from '../../domain/measures/measured.ts'
import { stepDeliveriesAt } from '../../domain/measures/milestones.ts'
import { rawProgress } from '../../domain/measures/progress.ts'
import type { KeyResultPast } from '../../domain/retrospective/build-retrospective.ts'
import type { CountedParts } from '../../domain/retrospective/retrospective.ts'
import { dayOf, startOfDay, type EpochMs } from '../../domain/time.ts'
import type { KeyResultInContext } from '../ports/goals.ts'
import type { Records } from '../ports/records.ts'
import { stepSpells } from '../step-spells.ts'

/**
 * Where a key result stood at an instant of the past: later work and later values are not seen.
 * @param delivery its linked work at that instant
 */
export async function measureAsOf(
  records: Records,
  { keyResult, cycle }: KeyResultInContext,
  delivery: DeliveryEvidence,
  at: EpochMs,
): Promise<KeyResultPast['value']> {
  const { goals } = records
  const { key, measure, valueOverride } = keyResult
  const { timeZone } = cycle.calendar
  const timeBox = timeBoxOf(keyResult, cycle)
  const checkIn = await goals.latestCheckIn(key, at)
  const value = measured(
    measure,
    {
      at,
      delivery,
      lastWorkAt: delivery.scope.issues > 0 ? at : null,
      latestValue:
        checkIn === null || checkIn.value === null ? null : { at: checkIn.at, value: checkIn.value },
      dayValues:
        measure.kind === 'range'
          ? await goals.dayValues(key, { fromDay: timeBox.startDay, until: at, timeZone })
          : [],
      ticks: measure.kind === 'milestones' ? await goals.milestoneTicks(key, at) : [],
      stepDeliveries: stepDeliveriesAt(await stepSpells(records, measure), at),
    },
    timeBox,
  )
  const said = overrideInForce(valueOverride, at, cycle.calendar)
  const { baseline, target, unit } = value
  const current = said?.value ?? value.current
  return {
    current,
    baseline,
    target,
    unit,
    rawProgress: current === null || target === null ? null : rawProgress(current, baseline, target),
    automatic: said === null ? null : value.current,
    parts: partsOf(measure, value.detail),
  }
}

function partsOf(measure: Measure, detail: MeasureDetail | null): CountedParts | null {
  if (detail?.kind === 'range' && measure.kind === 'range') {
    const { periods } = detail
    return {
      kind: measure.period,
      good: periods.filter(({ isInside }) => isInside).length,
      all: periods.length,
    }
  }
  if (detail?.kind !== 'milestones') return null
  const { steps } = detail
  return { kind: 'step', good: steps.filter(({ counts }) => counts).length, all: steps.length }
}

/** The linked work of a key result as it stood at an instant. */
export async function deliveryAsOf(
  { contributions }: Pick<Records, 'contributions'>,
  { keyResult, cycle }: Pick<KeyResultInContext, 'keyResult' | 'cycle'>,
  at: EpochMs,
): Promise<DeliveryEvidence> {
  const { timeZone } = cycle.calendar
  const day = dayOf(at, timeZone)
  const { opening, turns } = await contributions.turnsUntil(keyResult.key, at, day, startOfDay(day, timeZone))
  return deliveryEvidence(tallyAsOf(opening, turns))
}
