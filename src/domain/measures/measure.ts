/** How an issue's size is read for a `delivery` key result. */
export type SizeUnit = 'count' | 'points'

/** What a `delivery` key result is measured against: all linked work, or a fixed amount of it. */
export type DeliveryTarget = { readonly kind: 'scope' } | { readonly kind: 'fixed'; readonly amount: number }

export interface DeliveryMeasure {
  readonly kind: 'delivery'
  readonly size: SizeUnit
  readonly target: DeliveryTarget
}

/** A number a person or a system reports. Direction follows from baseline and target: 45 → 55, or 15 h → 10 h. */
export interface MetricMeasure {
  readonly kind: 'metric'
  readonly unit: string
  readonly baseline: number
  readonly target: number
}

/** Each measure is a pure pair: value from evidence, progress from value. A new one is a file beside this one. */
export type Measure = DeliveryMeasure | MetricMeasure

/** Measures that do not count issues size them by count, so that linked work can still be shown. */
export function sizeUnitOf(measure: Measure): SizeUnit {
  return measure.kind === 'delivery' ? measure.size : 'count'
}
