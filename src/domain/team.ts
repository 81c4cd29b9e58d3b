import type { WorkingCalendar } from './calendar/working-time.ts'
import type { IssueId, SiteId, TeamKey } from './ids.ts'

/** How a team is told of warnings: a comment for each, or one digest at the end of a working day. */
export type TeamNotice = 'each' | 'digest'

/** Check-ins are due on a weekday, every week or every other. */
export interface CheckInCadence {
  readonly everyWeeks: 1 | 2
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number
}

/** Who works on objectives, and how they want to be told. */
export interface Team {
  readonly key: TeamKey
  readonly title: string
  /** Where its digests go as comments; null: only to the feed. */
  readonly anchorIssue: { readonly siteId: SiteId; readonly issueId: IssueId } | null
  readonly notify: TeamNotice
  readonly calendar: WorkingCalendar
  /** When its people are asked for values and confidence; null: they are not. */
  readonly checkIns: CheckInCadence | null
  /** When its working day ends, in its calendar's time zone: `17:00`. */
  readonly endOfDay: string
}
