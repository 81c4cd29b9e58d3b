import type { MilestoneStep } from '../measures/measure.ts'
import type { Band } from '../measures/band.ts'
import type { CalendarDay } from '../time.ts'

/** A measure, or as much of it as a draft has. Every `Measure` is one. */
export interface LintedMeasure {
  readonly kind: 'delivery' | 'field_sum' | 'metric' | 'range' | 'milestones' | 'binary'
  readonly unit?: string | undefined
  readonly baseline?: number | undefined
  /** Of a delivery measure: a fixed amount, or the whole scope. */
  readonly target?:
    number | { readonly kind: 'scope' } | { readonly kind: 'fixed'; readonly amount: number } | undefined
  readonly band?: Band | undefined
  readonly period?: 'day' | 'week' | 'month' | 'quarter' | undefined
  readonly steps?: readonly Pick<MilestoneStep, 'title' | 'percent'>[] | undefined
}

export interface LintedKeyResult {
  readonly key: string | null
  readonly title: string
  readonly description: string
  /** null: none, or not said yet. */
  readonly measure: LintedMeasure | null
  readonly owner: string | null
  /** null: the day of its objective. */
  readonly dueDay: CalendarDay | null
}

export interface LintedObjective {
  readonly key: string | null
  readonly title: string
  readonly description: string
  readonly owner: string | null
  readonly level: string
  /** The start of its cycle, where it is at hand. */
  readonly startDay?: CalendarDay | null
  /** The end of its cycle; null: it has none, or its end is not at hand. */
  readonly dueDay: CalendarDay | null
  readonly hasCycle: boolean
  readonly keyResults: readonly LintedKeyResult[]
}

/** What the linter reads: stored goals, a file, or a draft in which much is still missing. */
export interface LintedSet {
  readonly objectives: readonly LintedObjective[]
}
