import { deliveryTarget, type DeliveryEvidence } from './delivery.ts'
import type { DeliveryTarget, FieldSumMeasure, Measure } from './measure.ts'

/** What the linked work has to bring: the whole way from baseline to target. */
export function fieldSumTarget({ baseline, target }: FieldSumMeasure): DeliveryTarget & { kind: 'fixed' } {
  return { kind: 'fixed', amount: target - baseline }
}

/** How much of its linked work a measure needs delivered, in its own size; null for one that is not measured by work. */
export function workTarget(measure: Measure, evidence: DeliveryEvidence): number | null {
  switch (measure.kind) {
    case 'delivery':
      return deliveryTarget(measure, evidence)
    case 'field_sum':
      return fieldSumTarget(measure).amount
    default:
      return null
  }
}
