import { deliveryState, type NotDelivered } from '../contributions/delivered.ts'
import type { IssueId, SprintId } from '../ids.ts'
import { issueAsOf, type StatusCategories } from '../mirror/as-of.ts'
import type { Sprint } from '../mirror/facts.ts'
import type { IssueHistory } from '../mirror/issue.ts'
import type { EpochMs } from '../time.ts'

/** An issue in a sprint, with its key and its size at the instant that put it in its list. */
export interface SprintIssue {
  readonly issueId: IssueId
  readonly key: string
  readonly points: number | null
}

/**
 * What a sprint took on and what came of it, as of its start and its completion. Changes after completion, such as
 * the carry-over that Jira records seconds later, do not touch it. Sub-tasks are part of their story and not listed;
 * what is one is told by its level of today, since changes of an issue's type are not followed.
 */
export interface SprintReport {
  readonly sprintId: SprintId
  /** In the sprint when it started. */
  readonly committed: readonly SprintIssue[]
  /** Came in after the start and stayed, or left again. */
  readonly added: readonly SprintIssue[]
  /** Was in at some time and left before the end. */
  readonly removed: readonly SprintIssue[]
  /** In the sprint at its end, and delivered by then. */
  readonly completed: readonly SprintIssue[]
  /** In the sprint at its end, and not delivered. */
  readonly notCompleted: readonly SprintIssue[]
}

export interface SprintReportRules {
  readonly categories: StatusCategories
  readonly notDelivered: NotDelivered
}

/**
 * @param histories every issue that is or ever was in the sprint
 * @param now stands in for the completion of a sprint that is still running
 * @returns null for a sprint that has not started
 */
export function sprintReport(
  sprint: Sprint,
  histories: readonly IssueHistory[],
  rules: SprintReportRules,
  now: EpochMs,
): SprintReport | null {
  if (sprint.startAt === null || sprint.state === 'future') return null
  const startAt = sprint.startAt
  const endAt = Math.max(startAt, completionOf(sprint, now))
  const report = { committed: [], added: [], removed: [], completed: [], notCompleted: [] } as Record<
    Exclude<keyof SprintReport, 'sprintId'>,
    SprintIssue[]
  >

  for (const history of [...histories].sort((a, b) => Number(a.issueId) - Number(b.issueId))) {
    if (history.current.level === -1) continue
    const listed = (at: EpochMs): SprintIssue | null => {
      const state = issueAsOf(history, at, rules.categories)
      if (state === null || !state.sprintIds.includes(sprint.sprintId)) return null
      return { issueId: history.issueId, key: state.key, points: state.points }
    }
    const atStart = listed(startAt)
    const atEnd = listed(endAt)
    if (atStart !== null) report.committed.push(atStart)
    const entered = atStart === null ? firstEntry(history, startAt, endAt, listed) : null
    if (entered !== null) report.added.push(entered)
    if (atEnd === null) {
      const left = atStart ?? entered
      if (left !== null) report.removed.push(left)
      continue
    }
    const state = issueAsOf(history, endAt, rules.categories)!
    const isDelivered = deliveryState(state, rules.notDelivered) === 'delivered'
    report[isDelivered ? 'completed' : 'notCompleted'].push(atEnd)
  }
  return { sprintId: sprint.sprintId, ...report }
}

/** Some closed sprints come without their completion: the planned end stands in, so that later edits stay out. */
function completionOf({ state, completeAt, endAt }: Sprint, now: EpochMs): EpochMs {
  return state === 'closed' ? (completeAt ?? endAt ?? now) : now
}

function firstEntry(
  history: IssueHistory,
  startAt: EpochMs,
  endAt: EpochMs,
  listed: (at: EpochMs) => SprintIssue | null,
): SprintIssue | null {
  const instants = [history.createdAt, ...history.changes.map((change) => change.at)]
  for (const at of instants) {
    if (at <= startAt || at > endAt) continue
    const issue = listed(at)
    if (issue !== null) return issue
  }
  return null
}
