import type { DeliveryTarget, FieldSumMeasure } from './measure.ts'

/** What the linked work has to bring: the whole way from baseline to target. */
export function fieldSumTarget({ baseline, target }: FieldSumMeasure): DeliveryTarget {
  return { kind: 'fixed', amount: target - baseline }
}
