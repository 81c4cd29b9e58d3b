import type { WorkingCalendar } from './calendar/working-time.ts'
import type { TimeBox } from './calendar/expected-progress.ts'
import type { ExpectedPlan } from './calendar/expected-plan.ts'
import type { HealthOverride } from './health/assess-health.ts'
import type { CycleKey, IssueId, KeyResultKey, ObjectiveKey, SiteId, TeamKey } from './ids.ts'
import type { Measure } from './measures/measure.ts'
import type { CalendarDay, EpochMs } from './time.ts'

/** A time box such as 2026-Q4, with the calendar its progress is expected by. Both days are included. */
export interface Cycle {
  readonly key: CycleKey
  readonly title: string
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
  readonly calendar: WorkingCalendar
  readonly archivedAt: EpochMs | null
}

export type ObjectiveLevel = 'company' | 'department' | 'team' | 'individual'
export type Ambition = 'committed' | 'aspirational'

export interface Objective {
  readonly key: ObjectiveKey
  readonly cycle: CycleKey
  readonly title: string
  readonly level: ObjectiveLevel
  readonly ambition: Ambition
  readonly owner: string | null
  /** Who works on it: warnings and digests go by its wishes. */
  readonly team: TeamKey | null
  /** The name of the policy its key results are judged by, unless they name their own; null: `balanced`. */
  readonly healthPolicy: string | null
  readonly archivedAt: EpochMs | null
}

/** Where a key result's comments go. */
export interface AnchorIssue {
  readonly siteId: SiteId
  readonly issueId: IssueId
}

export interface KeyResult {
  readonly key: KeyResultKey
  readonly objective: ObjectiveKey
  readonly title: string
  readonly owner: string | null
  /** The owner's account in Jira, whom warnings mention. */
  readonly ownerAccountId: string | null
  readonly measure: Measure
  readonly weight: number
  /** null: the end of the cycle. */
  readonly dueDay: CalendarDay | null
  /** What is expected of it by when. */
  readonly plan: ExpectedPlan
  /** null: the policy of its objective. */
  readonly healthPolicy: string | null
  /** A person's word on its health, until its last day. */
  readonly healthOverride: HealthOverride | null
  readonly anchorIssue: AnchorIssue | null
  readonly archivedAt: EpochMs | null
}

/** The time a key result has: from the start of its cycle to the end of its due day. */
export function timeBoxOf({ dueDay }: Pick<KeyResult, 'dueDay'>, cycle: Cycle): TimeBox {
  return { startDay: cycle.startDay, dueDay: dueDay ?? cycle.endDay, calendar: cycle.calendar }
}

/** A dated value with its note, from a person or a system. */
export interface CheckIn {
  readonly id: number
  readonly keyResult: KeyResultKey
  readonly at: EpochMs
  readonly value: number | null
  /** 0 to 10. */
  readonly confidence: number | null
  readonly note: string
  readonly author: string
}
