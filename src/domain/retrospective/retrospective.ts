import type { KeyResultGrade, ObjectiveGrade, Verdict } from '../grades/grade.ts'
import type { Ambition, ObjectiveLevel } from '../goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey, TeamKey } from '../ids.ts'
import type { Measure } from '../measures/measure.ts'
import type { Period } from '../measures/period.ts'
import type { CalendarDay, EpochMs } from '../time.ts'
import type { LevelSpell } from '../warnings/level-spells.ts'
import type { WarningKind, WarningLevel } from '../warnings/signal.ts'
import type { CheckInDiscipline } from './check-in-discipline.ts'
import type { ForecastScore, MarkedForecast, Outcome } from './forecast-record.ts'
import type { Hint } from './hints.ts'
import type { DeliveredWork, Investment } from './investment.ts'
import type { GoalMove, ScopeChange } from './moves.ts'
import type { Why } from './revision.ts'
import type { TrendPoint } from './trend.ts'

/** What a cycle came to. Plain JSON: it is frozen as it is when the cycle is closed. Who moved a goal is all it says of people. */
export interface Retrospective {
  /** Of this form; `retrospectiveOf` reads those that were frozen in an earlier one. */
  readonly version: 3
  readonly cycle: {
    readonly key: CycleKey
    readonly title: string
    readonly startDay: CalendarDay
    readonly endDay: CalendarDay
    readonly timeZone: string
  }
  /** What it tells was so at this instant: the end of the cycle, or when it was closed early. */
  readonly asOf: EpochMs
  /** null: a preview, the cycle is open. */
  readonly closedAt: EpochMs | null
  readonly isEarly: boolean
  readonly summary: RetrospectiveSummary
  /** About teams and lineages of objectives, over several cycles. */
  readonly hints: readonly Hint[]
  readonly objectives: readonly ObjectiveRetrospective[]
  /** What was given up while the cycle ran, in that order; it has no grade. */
  readonly dropped: readonly DroppedGoal[]
  /** What went into another cycle while this one ran, in that order; it is graded there. */
  readonly movedAway: readonly MovedGoal[]
}

/** A goal that was archived before the end of the cycle. */
export interface DroppedGoal {
  readonly key: KeyResultKey | ObjectiveKey
  readonly title: string
  /** What a key result belonged to; null for an objective. */
  readonly objective: ObjectiveKey | null
  readonly archivedAt: EpochMs
  /** How far a key result had come by then; null: an objective, or nothing to measure. */
  readonly rawProgress: number | null
}

/** A goal that left the cycle for another one. */
export interface MovedGoal extends Why {
  readonly key: KeyResultKey | ObjectiveKey
  readonly title: string
  /** What a key result belonged to; null for an objective. */
  readonly objective: ObjectiveKey | null
  readonly at: EpochMs
  readonly into: CycleKey
  /** How far a key result had come by then; null: an objective, or nothing to measure. */
  readonly rawProgress: number | null
}

/** How a key result came into a cycle that had begun: it was made, carried over, or came from another cycle. */
export interface Entry extends Why {
  readonly at: EpochMs
  /** null: it was made, or carried over. */
  readonly from: CycleKey | null
}

export interface RetrospectiveSummary {
  readonly objectives: number
  readonly keyResults: number
  /** Of the objectives that have a grade, each counting alike; null without any. */
  readonly meanScore: number | null
  readonly verdicts: Readonly<Record<Verdict, number>>
  /** Key results without data: they count as 0. */
  readonly withoutData: readonly KeyResultKey[]
  readonly forecasts: ForecastScore
  readonly changes: GoalChanges
  readonly warnings: { readonly raised: number; readonly standing: number }
  readonly delivered: DeliveredWork
}

/** How often the goals themselves were changed. */
export interface GoalChanges {
  readonly targets: number
  readonly targetsLowered: number
  readonly baselines: number
  readonly dueDates: number
  readonly weights: number
  readonly rules: number
  /** Of all these, those that asked for less. */
  readonly easier: number
  /** After the end of the cycle, and so not among the others: nothing is graded by them. */
  readonly late: number
  /** Issues added, removed and estimated anew. */
  readonly scope: number
}

export interface ObjectiveRetrospective {
  readonly key: ObjectiveKey
  readonly title: string
  readonly level: ObjectiveLevel
  readonly ambition: Ambition
  readonly team: TeamKey | null
  readonly grade: ObjectiveGrade
  readonly delivered: DeliveredWork
  readonly hints: readonly Hint[]
  readonly keyResults: readonly KeyResultRetrospective[]
}

export interface KeyResultRetrospective {
  readonly key: KeyResultKey
  readonly title: string
  readonly measure: Measure['kind']
  readonly unit: string
  readonly weight: number
  readonly dueDay: CalendarDay
  readonly rolledFrom: CycleKey | null
  /** null: it was in the cycle from the beginning, or, where an earlier version froze it, nobody knows. */
  readonly entered: (Entry & { readonly isLate: boolean }) | null
  readonly baseline: number
  readonly target: number | null
  readonly current: number | null
  readonly rawProgress: number | null
  /** What was measured, where a person’s value stood in its place at the end; null: what is shown is measured. */
  readonly automatic: number | null
  /** Of a range its periods, of a ladder its steps; null: it has no such parts. */
  readonly parts: CountedParts | null
  readonly grade: KeyResultGrade
  readonly trend: readonly TrendPoint[]
  readonly moves: readonly GoalMove[]
  readonly changes: GoalChanges
  /** null: no issue was ever linked. */
  readonly scope: ScopeChange | null
  readonly checkIns: CheckInDiscipline
  readonly investment: Investment
  readonly forecasts: readonly MarkedForecast[]
  readonly outcome: Outcome
  readonly warnings: readonly PastWarning[]
  readonly hints: readonly Hint[]
}

/** How many of how many parts a measure is made of were good. */
export interface CountedParts {
  readonly kind: Period | 'step'
  readonly good: number
  readonly all: number
}

export interface PastWarning {
  readonly kind: WarningKind
  /** The last it had. */
  readonly level: WarningLevel
  /** Every level it had, ascending; the last holds to the end. Empty: not known. */
  readonly levels: readonly LevelSpell[]
  /** When that began to be a goal of the cycle, where it stood before. */
  readonly raisedAt: EpochMs
  /** null: it still stood. */
  readonly resolvedAt: EpochMs | null
  /** How long it stood within the cycle. */
  readonly days: number
}
