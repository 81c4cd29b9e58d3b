import type { WorkingCalendar } from './calendar/working-time.ts'
import type { TimeBox } from './calendar/expected-progress.ts'
import type { ExpectedPlan } from './calendar/expected-plan.ts'
import type { HealthOverride } from './health/assess-health.ts'
import type { CycleKey, InitiativeKey, IssueId, KeyResultKey, ObjectiveKey, SiteId, TeamKey } from './ids.ts'
import type { Measure } from './measures/measure.ts'
import type { CalendarDay, EpochMs } from './time.ts'

/** A time box such as 2026-Q4, with the calendar its progress is expected by. Both days are included. */
export interface Cycle {
  readonly key: CycleKey
  readonly title: string
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
  readonly calendar: WorkingCalendar
  /** When its grades were given; null: it is open. Nothing of it changes afterwards. */
  readonly closedAt: EpochMs | null
  readonly archivedAt: EpochMs | null
}

export type ObjectiveLevel = 'company' | 'department' | 'team' | 'individual'
export type Ambition = 'committed' | 'aspirational'

/** How an objective's health follows from its key results': the worst of them, or the one in the middle by weight. */
export type HealthRollUp = 'worst' | 'median'

/** What a goal supports: a key result or an objective. */
export type GoalKey = ObjectiveKey | KeyResultKey

export interface Objective {
  readonly key: ObjectiveKey
  readonly cycle: CycleKey
  readonly title: string
  readonly description: string
  /** What it supports; null: it stands by itself. */
  readonly parent: GoalKey | null
  /** Its weight beside the parent's own terms when it contributes to the parent's progress; null: it only supports. */
  readonly contributionWeight: number | null
  readonly healthRollUp: HealthRollUp
  readonly level: ObjectiveLevel
  readonly ambition: Ambition
  readonly owner: string | null
  /** Who works on it: warnings and digests go by its wishes. */
  readonly team: TeamKey | null
  /** The name of the policy its key results are judged by, unless they name their own; null: `balanced`. */
  readonly healthPolicy: string | null
  /** What another system calls it; null: it was made here. */
  readonly externalId: string | null
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
  readonly description: string
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
  /** A person's value, shown until its last day beside the automatic one. */
  readonly valueOverride: ValueOverride | null
  readonly anchorIssue: AnchorIssue | null
  /** Key results it needs. */
  readonly dependsOn: readonly KeyResultKey[]
  /** The percent of its objective's work that is meant to go into it; null: by its weight. */
  readonly intendedSharePercent: number | null
  readonly externalId: string | null
  /** The cycle it was carried over from when that one closed; null: it began in its own. */
  readonly rolledFrom: CycleKey | null
  readonly archivedAt: EpochMs | null
}

/** A person's word on the value: the automatic one stays visible beside it. */
export interface ValueOverride {
  readonly value: number
  readonly reason: string
  readonly by: string
  readonly at: EpochMs
  /** Its last day, in the calendar's zone. */
  readonly untilDay: CalendarDay
}

/** A body of work undertaken for a key result, often a Jira epic: output, not outcome. */
export interface Initiative {
  readonly key: InitiativeKey
  readonly keyResult: KeyResultKey
  readonly title: string
  readonly owner: string | null
  /** The issue whose work it is; null: not in Jira. */
  readonly issue: AnchorIssue | null
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
  /** A person's word, or a value another system pushed. */
  readonly source: 'person' | 'system'
}
