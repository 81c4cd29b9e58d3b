import type { Contribution, ContributionStep } from '../contributions/contribution.ts'
import { deliveryState } from '../contributions/delivered.ts'
import type { IssueId, KeyResultKey } from '../ids.ts'
import type { LinkRole } from '../links/manual-link.ts'
import { issueAsOf } from '../mirror/as-of.ts'
import type { BlockingPast } from '../mirror/blocking.ts'
import type { Sprint } from '../mirror/facts.ts'
import type { IssueHistory, IssueState } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'
import { byIssueId, type SprintReportRules } from './sprint-report.ts'

/** Everything that is known of a sprint's work, at any instant. */
export interface SprintPast {
  readonly sprint: Sprint
  /** Every issue that is or ever was in the sprint. */
  readonly histories: readonly IssueHistory[]
  /** What these issues add to key results, over their whole past. */
  readonly contributions: readonly Contribution[]
  /** When key results were archived: nothing serves them from then on. */
  readonly archivedAt: ReadonlyMap<KeyResultKey, EpochMs>
  readonly rules: SprintReportRules
  /** What blocks or blocked these issues, for the views that tell of it. */
  readonly blocking: BlockingPast
}

export type WorkState = 'to_do' | 'in_progress' | 'delivered' | 'not_delivered'

/** A key result that an issue counts for. */
export interface Service {
  readonly keyResult: KeyResultKey
  readonly role: LinkRole
  readonly sharePercent: number
  /** In the size of the key result's measure; null: not estimated. */
  readonly size: number | null
}

/** An issue at an instant, with the key results it counted for then. */
export interface WorkItem {
  readonly issueId: IssueId
  readonly key: string
  readonly summary: string
  readonly points: number | null
  readonly state: WorkState
  readonly serves: readonly Service[]
}

export interface SprintWork {
  /** What was in the sprint at an instant, by issue id. Sub-tasks are part of their story. */
  inSprintAt(at: EpochMs): WorkItem[]
  /** An issue at an instant, in the sprint or not; null when it did not exist. */
  itemAt(history: IssueHistory, at: EpochMs): WorkItem | null
  /** The key results an issue counted for at an instant. */
  servedBy(issueId: IssueId, at: EpochMs): Service[]
  /** The issues that were delivered at an instant, in the sprint or not. */
  deliveredAt(at: EpochMs): ReadonlySet<IssueId>
  /** Stories, tasks, bugs: the issues that are work of their own. */
  readonly histories: readonly IssueHistory[]
}

/**
 * The work of a sprint at any instant: the state of issues from their changes, the key results from the steps of
 * their contributions. A link made, or a label set, after an instant is not part of it.
 */
export function sprintWork(past: SprintPast): SprintWork {
  const { sprint, contributions, archivedAt, rules } = past
  const histories = byIssueId(past.histories).filter(({ current }) => current.level !== -1)
  const ofIssue = Map.groupBy(contributions, ({ issueId }) => issueId)

  const servedBy = (issueId: IssueId, at: EpochMs): Service[] =>
    (ofIssue.get(issueId) ?? []).flatMap((contribution) => {
      const { keyResult } = contribution
      const step = stepAt(contribution, at)
      if (step === null || !links(step) || at >= (archivedAt.get(keyResult) ?? Infinity)) return []
      return [{ keyResult, role: step.role, sharePercent: step.sharePercent, size: step.size }]
    })
  const itemOf = ({ issueId }: IssueHistory, state: IssueState, at: EpochMs): WorkItem => ({
    issueId,
    key: state.key,
    summary: state.summary,
    points: state.points,
    state: deliveryState(state, rules.notDelivered),
    serves: servedBy(issueId, at).sort(byKeyResult),
  })
  return {
    histories,
    servedBy,
    itemAt(history, at) {
      const state = issueAsOf(history, at, rules.categories)
      return state === null ? null : itemOf(history, state, at)
    },
    deliveredAt: (at) =>
      new Set(
        histories.flatMap((history) => {
          const state = issueAsOf(history, at, rules.categories)
          const isDelivered = state !== null && deliveryState(state, rules.notDelivered) === 'delivered'
          return isDelivered ? [history.issueId] : []
        }),
      ),
    inSprintAt(at) {
      return histories.flatMap((history) => {
        const state = issueAsOf(history, at, rules.categories)
        return state?.sprintIds.includes(sprint.sprintId) ? [itemOf(history, state, at)] : []
      })
    },
  }
}

export function isOpen({ state }: Pick<WorkItem, 'state'>): boolean {
  return state === 'to_do' || state === 'in_progress'
}

/** `KR-2` before `KR-10`. */
export function byKeyResult(a: { keyResult: KeyResultKey }, b: { keyResult: KeyResultKey }): number {
  return a.keyResult.localeCompare(b.keyResult, 'en', { numeric: true })
}

/** What held for a contribution at an instant; null before it began. */
function stepAt({ steps }: Contribution, at: EpochMs): ContributionStep | null {
  return steps.findLast((step) => step.at <= at) ?? null
}

/** Closed as Won't Do it still says what it was for; unlinked or deleted it does not. */
function links({ state, outReason }: ContributionStep): boolean {
  return state !== 'out' || outReason === 'not_delivered'
}
