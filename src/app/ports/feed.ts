import type { Authorship } from '../../domain/authorship.ts'
import type { EpochMs } from '../../domain/time.ts'

/** What other tools read, in the order it was committed. `subject` is a KR key, a sprint id or an objective key. */
export type FeedKind =
  | 'cycle.created'
  | 'cycle.updated'
  | 'cycle.archived'
  | 'cycle.closed'
  | 'cycle.reopened'
  | 'cycle.rolled_over'
  | 'objective.created'
  | 'objective.updated'
  | 'objective.archived'
  | 'key_result.created'
  | 'key_result.updated'
  | 'key_result.archived'
  | 'key_result.progressed'
  | 'check_in.recorded'
  | 'check_ins.due'
  | 'initiative.created'
  | 'initiative.updated'
  | 'initiative.archived'
  | 'kpi.created'
  | 'kpi.updated'
  | 'kpi.archived'
  | 'kpi.reported'
  | 'kpi.at_risk'
  | 'kpi.left_band'
  | 'kpi.back_in_band'
  | 'kpi.stale'
  | 'milestone.ticked'
  | 'link.changed'
  | 'sprint.started'
  | 'sprint.closed'
  | 'sprint.updated'
  | 'health_policy.changed'
  | 'team.changed'
  | 'template.saved'
  | 'template.removed'
  | 'warning.raised'
  | 'warning.escalated'
  | 'warning.resolved'
  | 'warning.acknowledged'
  | 'warning.snoozed'
  | 'team.digest'
  | 'comment.written'

export interface NewFeedEntry {
  readonly kind: FeedKind
  readonly subject: string
  /** In the time of what happened, not of its arrival. */
  readonly at: EpochMs
  readonly data: Readonly<Record<string, unknown>>
}

export interface FeedEntry extends NewFeedEntry {
  /** 1, 2, 3 … in commit order, without gaps: a reader that has seen n has seen everything before it. */
  readonly cursor: number
}

export interface FeedRecords {
  /** Last in a transaction: holds the feed's head until the commit, which is what makes the cursor gap-free. */
  append(entries: readonly NewFeedEntry[]): Promise<void>
  after(cursor: number, limit: number): Promise<FeedEntry[]>
  head(): Promise<number>
}

export interface AuditEntry extends Authorship {
  readonly at: EpochMs
  /** `key_result.create`, `comment.edit` … */
  readonly action: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

export interface StoredAuditEntry extends AuditEntry {
  readonly id: number
}

/** Which entries of the audit log are read; what is null leaves the choice open. */
export interface AuditFilter {
  readonly subject: string | null
  readonly action: string | null
  readonly from: EpochMs | null
  /** Not including it. */
  readonly until: EpochMs | null
}

/** Who changed what, when, before and after, and why, in the transaction that changed it. */
export interface AuditRecords {
  append(entries: readonly AuditEntry[]): Promise<void>
  /** The newest first; a page goes on below an id. */
  list(
    page: { readonly after: number | null; readonly limit: number },
    filter: AuditFilter,
  ): Promise<StoredAuditEntry[]>
}
