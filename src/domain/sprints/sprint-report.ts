import { deliveryState, type NotDelivered } from '../contributions/delivered.ts'
import type { IssueId, SprintId } from '../ids.ts'
import { issueAsOf, type StatusCategories } from '../mirror/as-of.ts'
import type { Sprint } from '../mirror/facts.ts'
import type { IssueHistory, IssueState } from '../mirror/issue.ts'
import { HOUR_MS, type EpochMs } from '../time.ts'

/** An issue in a sprint, with its key and its size at the instant that put it in its list. */
export interface SprintIssue {
  readonly issueId: IssueId
  readonly key: string
  readonly points: number | null
  /** Its size when the sprint started, or when it came in. */
  readonly pointsAtStart: number | null
  /** Its size when the sprint ended, or when it left. */
  readonly pointsAtEnd: number | null
}

export interface CarriedOverIssue extends SprintIssue {
  readonly into: SprintId
}

/**
 * What a sprint took on and what came of it, as of its start and its completion. Changes after completion, such as
 * the carry-over that Jira records seconds later, do not touch it. Sub-tasks are part of their story and not listed;
 * what is one is told by its level of today, since changes of an issue's type are not followed.
 *
 *   committed ∪ added = removed ∪ completed ∪ notCompleted      each side without repetition
 *   carriedOver ⊆ notCompleted
 */
export interface SprintReport {
  readonly sprintId: SprintId
  readonly startAt: EpochMs
  /** Its completion; for a sprint that is still running the instant it is told as of. */
  readonly endAt: EpochMs
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
  /** Those of them that the closing of the sprint moved on; the others went back to the backlog. */
  readonly carriedOver: readonly CarriedOverIssue[]
}

export type SprintList = 'committed' | 'added' | 'removed' | 'completed' | 'notCompleted'

export interface SprintReportRules {
  readonly categories: StatusCategories
  readonly notDelivered: NotDelivered
}

/**
 * Jira records a carry-over 3 to 13 s after the completion on the recorded site, and later the more issues it moves.
 * What happens after this hour is new planning, and no part of the report.
 */
export const CARRY_OVER_MS = HOUR_MS

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
  const run = runOf(sprint, now)
  if (run === null) return null
  const carriedOver: CarriedOverIssue[] = []
  const report: Record<SprintList, SprintIssue[]> = {
    committed: [],
    added: [],
    removed: [],
    completed: [],
    notCompleted: [],
  }

  for (const history of byIssueId(histories)) {
    if (history.current.level === -1) continue
    const stay = stayOf(history, sprint, run, rules.categories)
    if (stay === null) continue
    const { issueId } = history
    const sizes = { pointsAtStart: stay.first.points, pointsAtEnd: stay.last.points }
    const taken = { issueId, key: stay.first.key, points: stay.first.points, ...sizes }
    report[stay.isCommitted ? 'committed' : 'added'].push(taken)
    if (!stay.isInAtEnd) {
      report.removed.push(taken)
      continue
    }
    const ended = { issueId, key: stay.last.key, points: stay.last.points, ...sizes }
    if (deliveryState(stay.last, rules.notDelivered) === 'delivered') {
      report.completed.push(ended)
      continue
    }
    report.notCompleted.push(ended)
    const into = sprint.state === 'closed' ? carriedInto(history, stay.last, run.endAt, rules) : null
    if (into !== null) carriedOver.push({ ...ended, into })
  }
  return { sprintId: sprint.sprintId, ...run, ...report, carriedOver }
}

export function byIssueId<T extends { readonly issueId: IssueId }>(issues: readonly T[]): T[] {
  return [...issues].sort((a, b) => Number(a.issueId) - Number(b.issueId))
}

/**
 * From when to when a sprint ran; null before its start. A running one ends now. Some closed sprints come without
 * their completion: the planned end stands in, so that later edits stay out.
 */
export function runOf(
  { state, startAt, endAt, completeAt }: Sprint,
  now: EpochMs,
): { readonly startAt: EpochMs; readonly endAt: EpochMs } | null {
  if (startAt === null || state === 'future') return null
  const end = state === 'closed' ? (completeAt ?? endAt ?? now) : now
  return { startAt, endAt: Math.max(startAt, end) }
}

/** An issue's time in a sprint: as it was when it was first in during the run, and when it was last in. */
interface Stay {
  readonly isCommitted: boolean
  readonly isInAtEnd: boolean
  readonly first: IssueState
  readonly last: IssueState
}

function stayOf(
  history: IssueHistory,
  { sprintId }: Sprint,
  { startAt, endAt }: { startAt: EpochMs; endAt: EpochMs },
  categories: StatusCategories,
): Stay | null {
  const listed = (at: EpochMs) => {
    const state = issueAsOf(history, at, categories)
    return state !== null && state.sprintIds.includes(sprintId) ? state : null
  }
  const turns = [history.createdAt, ...history.changes.map(({ at }) => at)]
  const instants = [...new Set([startAt, ...turns.filter((at) => at > startAt && at <= endAt)])].sort(
    (a, b) => a - b,
  )
  const entered = instants.find((at) => listed(at) !== null)
  if (entered === undefined) return null
  const atEnd = listed(endAt)
  const lastIn = instants.findLast((at) => listed(at) !== null) ?? entered
  return {
    isCommitted: entered === startAt,
    isInAtEnd: atEnd !== null,
    first: listed(entered)!,
    last: atEnd ?? listed(lastIn)!,
  }
}

/** The sprint an issue was moved into when its own was closed; null when it was not. */
function carriedInto(
  history: IssueHistory,
  atEnd: IssueState,
  endAt: EpochMs,
  { categories }: SprintReportRules,
): SprintId | null {
  const moved = issueAsOf(history, endAt + CARRY_OVER_MS, categories)
  return moved?.sprintIds.findLast((id) => !atEnd.sprintIds.includes(id)) ?? null
}
