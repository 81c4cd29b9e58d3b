import type { Ambition, HealthRollUp, ObjectiveLevel } from '../goals.ts'
import type { Measure, RangeMeasure } from '../measures/measure.ts'
import type { Period } from '../measures/period.ts'
import type { CalendarDay, EpochMs } from '../time.ts'

export const ROW_TYPES = ['objective', 'key_result', 'initiative', 'kpi', 'check_in'] as const

/** What a line of a file is about. */
export type RowType = (typeof ROW_TYPES)[number]

/** When something was so: exactly, or by the clock or on a day of the cycle's calendar. */
export type SaidAt =
  | { readonly kind: 'instant'; readonly at: EpochMs }
  /** `time` is `09:30:00`. */
  | { readonly kind: 'local'; readonly day: CalendarDay; readonly time: string }
  | { readonly kind: 'day'; readonly day: CalendarDay }

/** A step of a ladder as a file names it. */
export interface RowStep {
  readonly title: string
  readonly percent: number
  readonly issue: RowIssue | null
}

export interface RowIssue {
  readonly site: string
  readonly issue: string
}

export interface RowTarget {
  readonly day: CalendarDay
  readonly progress: number
}

export type RowPlan =
  | { readonly kind: 'linear' }
  | { readonly kind: 'none' }
  | { readonly kind: 'targets'; readonly targets: readonly RowTarget[] }

/** What the cells of a line say, by the column of ours they stand in. A blank cell says nothing. */
export interface RowCells {
  readonly type?: RowType
  readonly key?: string
  readonly external_id?: string
  /** Where it stands in an outline: `1.2.1` belongs to `1.2`. */
  readonly outline?: string
  /** What it belongs to or supports: a key, an external id or a title. */
  readonly parent?: string
  readonly objective?: string
  readonly key_result?: string
  readonly title?: string
  readonly description?: string
  readonly level?: ObjectiveLevel
  readonly ambition?: Ambition
  readonly owner?: string
  readonly owner_account_id?: string
  readonly team?: string
  readonly cycle?: string
  readonly due?: CalendarDay
  readonly weight?: number
  readonly contribution_weight?: number
  readonly health_roll_up?: HealthRollUp
  readonly health_policy?: string
  readonly intended_share?: number
  readonly depends_on?: readonly string[]
  readonly plan?: RowPlan
  readonly anchor_issue?: RowIssue
  readonly measure?: Measure['kind']
  readonly unit?: string
  readonly baseline?: number
  readonly target?: number
  readonly size?: string
  readonly field?: string
  readonly status_weights?: { readonly toDo: number; readonly inProgress: number }
  readonly at_least?: number
  readonly above?: number
  readonly at_most?: number
  readonly below?: number
  readonly period?: Period
  readonly value_of_period?: RangeMeasure['valueOfPeriod']
  readonly target_share?: number
  readonly steps?: readonly RowStep[]
  readonly source?: string
  readonly check_every_days?: number
  readonly time_zone?: string
  readonly current?: number
  /** Percent, of tools that know no more. */
  readonly progress?: number
  readonly confidence?: number
  readonly note?: string
  readonly author?: string
  readonly at?: SaidAt
}

/** A column of ours. */
export type ImportColumn = keyof RowCells

/** What is wrong with a line: what was seen, what was expected, what to do. */
export interface RowProblem {
  /** As the file names it; null: the line as a whole. */
  readonly column: string | null
  readonly message: string
}

/** A line of a file. The header is line 1; a line that runs over several is told by its first. */
export interface ImportRow {
  readonly line: number
  readonly cells: RowCells
  /** Columns whose cells could not be read: what they say of the line's type stays so. */
  readonly unread: readonly ImportColumn[]
  /** What stands on a line that could not be taken apart, roughly: another line may name it. Empty on any other line. */
  readonly said: readonly string[]
  /** Units that numbers of the line carry themselves: `45 %`. */
  readonly unitSeen: string | null
  readonly problems: readonly RowProblem[]
}
