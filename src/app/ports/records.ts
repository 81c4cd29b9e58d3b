import type { AlignmentRecords } from './alignment.ts'
import type { CheckInReminderRecords } from './check-in-reminders.ts'
import type { CommentRecords } from './comments.ts'
import type { CoverageRecords } from './coverage.ts'
import type { CycleClosingRecords } from './cycle-closings.ts'
import type { DigestRecords } from './digests.ts'
import type { AuditRecords, FeedRecords } from './feed.ts'
import type { GoalRecords } from './goals.ts'
import type { InboxRecords } from './inbox.ts'
import type { InitiativeRecords } from './initiatives.ts'
import type { KpiRecords } from './kpis.ts'
import type { MirrorRecords } from './mirror.ts'
import type { OkrSetRecords } from './okr-sets.ts'
import type { ContributionRecords, ProgressRecords } from './progress.ts'
import type { SprintResultRecords } from './sprint-results.ts'
import type { BackfillRecords, SiteRecords } from './sites.ts'
import type { TemplateRecords } from './templates.ts'
import type { TransferRecords } from './transfers.ts'
import type { WarningRecords } from './warnings.ts'

/** Everything that is stored, seen through one transaction. */
export interface Records {
  readonly inbox: InboxRecords
  readonly sites: SiteRecords
  readonly backfills: BackfillRecords
  readonly mirror: MirrorRecords
  readonly goals: GoalRecords
  readonly closings: CycleClosingRecords
  readonly templates: TemplateRecords
  readonly initiatives: InitiativeRecords
  readonly kpis: KpiRecords
  readonly okrSets: OkrSetRecords
  readonly transfers: TransferRecords
  readonly checkInReminders: CheckInReminderRecords
  readonly contributions: ContributionRecords
  readonly progress: ProgressRecords
  readonly coverage: CoverageRecords
  readonly alignment: AlignmentRecords
  readonly sprintResults: SprintResultRecords
  readonly warnings: WarningRecords
  readonly digests: DigestRecords
  readonly comments: CommentRecords
  readonly feed: FeedRecords
  readonly audit: AuditRecords
}

export interface Database {
  /** Each call its own statement, committed by itself. */
  readonly records: Records
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (records: Records) => Promise<T>): Promise<T>
}
