import type { IssueId, SiteId } from '../ids.ts'
import type { Band } from './band.ts'
import type { Period } from './period.ts'

/** Jira's id of a numeric field: `customfield_10050`. */
export type FieldId = string

/** How an issue's size is read: one each, by story points, or by a numeric field of the site. */
export type SizeUnit = 'count' | 'points' | FieldSize

export interface FieldSize {
  readonly field: FieldId
  /** What an issue without a value is: not estimated, or nothing. */
  readonly whenMissing: null | 0
}

/** What a `delivery` key result is measured against: all linked work, or a fixed amount of it. */
export type DeliveryTarget = { readonly kind: 'scope' } | { readonly kind: 'fixed'; readonly amount: number }

/** How much of an issue's size counts, in percent, by its status category. Delivered work counts in full. */
export interface StatusWeights {
  readonly toDo: number
  readonly inProgress: number
  readonly delivered: 100
}

/** The share of linked work that is delivered. */
export interface DeliveryMeasure {
  readonly kind: 'delivery'
  readonly size: 'count' | 'points' | { readonly field: FieldId }
  /** Left out: only delivered work counts. */
  readonly statusWeights?: StatusWeights | undefined
  readonly target: DeliveryTarget
}

/** The sum of a numeric field over linked delivered work, towards a target: 20 videos. */
export interface FieldSumMeasure {
  readonly kind: 'field_sum'
  readonly field: FieldId
  readonly unit: string
  readonly baseline: number
  readonly target: number
}

/** A number a person or a system reports. Direction follows from baseline and target: 45 → 55, or 15 h → 10 h. */
export interface MetricMeasure {
  readonly kind: 'metric'
  readonly unit: string
  readonly baseline: number
  readonly target: number
}

/** A number to keep within a band, period after period: attrition below 5 % each month. */
export interface RangeMeasure {
  readonly kind: 'range'
  readonly unit: string
  readonly band: Band
  readonly period: Period
  /** What the values of a period come to. */
  readonly valueOfPeriod: 'latest' | 'mean' | 'sum' | 'lowest' | 'highest'
  /** The share of periods inside that is the whole aim, from `LEAST_SHARE` up to 1. */
  readonly targetShare: number
}

/** A step of a ladder: what has been reached with it and all before it, in percent. */
export interface MilestoneStep {
  /** Unique within its ladder: what is ticked is told by it. */
  readonly title: string
  readonly percent: number
  /** Delivering this issue ticks the step; null: it is ticked by hand. */
  readonly issue: { readonly siteId: SiteId; readonly issueId: IssueId } | null
}

/** A ladder of named steps, each ticked by hand or by a Jira issue. */
export interface MilestonesMeasure {
  readonly kind: 'milestones'
  /** Ascending in percent; the last is 100. */
  readonly steps: readonly MilestoneStep[]
}

/** Done or not done. Confidence is what leads to it. */
export interface BinaryMeasure {
  readonly kind: 'binary'
}

/** Each measure is a pure pair, value from evidence and progress from value: a file beside this one. */
export type Measure =
  DeliveryMeasure | FieldSumMeasure | MetricMeasure | RangeMeasure | MilestonesMeasure | BinaryMeasure

/** Measures that do not sum issues up size them by count, so that linked work can still be shown. */
export function sizeUnitOf(measure: Measure): SizeUnit {
  switch (measure.kind) {
    case 'delivery':
      return typeof measure.size === 'string' ? measure.size : { ...measure.size, whenMissing: null }
    case 'field_sum':
      return { field: measure.field, whenMissing: 0 }
    default:
      return 'count'
  }
}

/** The unit's name for people and programs: `count`, `points` or the field's id. */
export function sizeUnitName(unit: 'count' | 'points' | { readonly field: FieldId }): string {
  return typeof unit === 'string' ? unit : unit.field
}

/** Measured by linked work: its progress follows from Jira alone, and can be forecast from it. */
export function isMeasuredByWork(measure: Measure): measure is DeliveryMeasure | FieldSumMeasure {
  return measure.kind === 'delivery' || measure.kind === 'field_sum'
}

/** Measured by values that people or systems report. */
export function isMeasuredByValues(
  measure: Measure,
): measure is MetricMeasure | RangeMeasure | BinaryMeasure {
  return measure.kind === 'metric' || measure.kind === 'range' || measure.kind === 'binary'
}
