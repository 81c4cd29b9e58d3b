import type { KeyResultKey } from '../ids.ts'
import type { EpochMs } from '../time.ts'
import { allocationOf, amountFor, type Allocation, type Shares, type SprintAmount } from './allocation.ts'
import { blockAt, type Block } from './blocked.ts'
import type { ProgressAround } from './progress-around.ts'
import { sprintReport, type SprintIssue, type SprintList, type SprintReport } from './sprint-report.ts'
import {
  byKeyResult,
  isOpen,
  sprintWork,
  type SprintPast,
  type SprintWork,
  type WorkItem,
} from './sprint-work.ts'

/** What the sprint did for one key result. */
export interface ReviewedKeyResult extends Readonly<Record<SprintList | 'carriedOver', SprintAmount>> {
  readonly keyResult: KeyResultKey
  /** Its part of the commitment, at the start. */
  readonly planned: Shares
  /** Its part of what was in the sprint at its completion. */
  readonly actual: Shares
  /** `actual` − `planned`: above 0 it got more of the sprint than planned. */
  readonly deviation: Shares
  /** What was delivered for it in this sprint, in the size of its measure. */
  readonly deliveredSize: number
  readonly progress: ProgressAround | null
}

export interface SprintReview {
  readonly report: SprintReport
  readonly planned: Allocation
  readonly actual: Allocation
  /** Where that went which was completed. */
  readonly completed: Allocation
  readonly keyResults: readonly ReviewedKeyResult[]
  /** Those not completed that were open and blocked at the completion. */
  readonly blocked: readonly (SprintIssue & Block)[]
}

/** The key results that the sprint served at its start or at its end, or that left it with an issue. */
export function keyResultsOf(past: SprintPast, now: EpochMs): KeyResultKey[] {
  const report = sprintReport(past.sprint, past.histories, past.rules, now)
  if (report === null) return []
  const lists = listsOf(report, sprintWork(past))
  const served = Object.values(lists).flatMap((items) => items.flatMap(({ serves }) => serves))
  return [...new Set(served.map(({ keyResult }) => keyResult))]
}

/**
 * A closed sprint after the fact, for each key result.
 *
 * @param progress of the key results it served, around the sprint
 * @returns null for a sprint that never started
 */
export function reviewSprint(
  past: SprintPast,
  progress: ReadonlyMap<KeyResultKey, ProgressAround>,
  now: EpochMs,
): SprintReview | null {
  const report = sprintReport(past.sprint, past.histories, past.rules, now)
  if (report === null) return null
  const work = sprintWork(past)
  const lists = listsOf(report, work)
  const deliveredBefore = work.deliveredAt(report.startAt)
  const planned = allocationOf(lists.committed)
  const actual = allocationOf([...lists.completed, ...lists.notCompleted])
  const served = Object.values(lists).flatMap((items) => items.flatMap(({ serves }) => serves))
  const keyResults = [...new Set(served.map(({ keyResult }) => keyResult))].map((keyResult) => {
    const around = progress.get(keyResult) ?? null
    const amounts = Object.fromEntries(
      Object.entries(lists).map(([list, items]) => [list, amountFor(keyResult, items)]),
    ) as Record<keyof typeof lists, SprintAmount>
    const shares = { planned: shareOf(keyResult, planned), actual: shareOf(keyResult, actual) }
    return {
      keyResult,
      ...amounts,
      ...shares,
      deviation: difference(shares.actual, shares.planned),
      deliveredSize: deliveredSize(keyResult, lists.completed, deliveredBefore, around),
      progress: around,
    }
  })
  return {
    report,
    planned,
    actual,
    completed: allocationOf(lists.completed),
    keyResults: keyResults.sort(byKeyResult),
    blocked: blockedAtEnd(past, report, work),
  }
}

function blockedAtEnd(
  { blocking, rules }: SprintPast,
  { notCompleted, endAt }: SprintReport,
  work: SprintWork,
): (SprintIssue & Block)[] {
  const historyOf = new Map(work.histories.map((history) => [history.issueId, history]))
  return notCompleted.flatMap((issue) => {
    const history = historyOf.get(issue.issueId)!
    const item = work.itemAt(history, endAt)
    const block = item !== null && isOpen(item) ? blockAt(history, blocking, rules, endAt) : null
    return block === null ? [] : [{ ...issue, ...block }]
  })
}

type ServingIssue = SprintIssue & Pick<WorkItem, 'serves'>

/** The lists of a report with the key results their issues counted for: at the start, or when the sprint ended. */
function listsOf(report: SprintReport, work: SprintWork): Record<SprintList | 'carriedOver', ServingIssue[]> {
  const serving = (issues: readonly SprintIssue[], at: EpochMs) =>
    issues.map((issue) => {
      const then = work.servedBy(issue.issueId, at)
      // An issue that was deleted while the sprint ran serves nothing any more: it did when the sprint began.
      return { ...issue, serves: then.length > 0 ? then : work.servedBy(issue.issueId, report.startAt) }
    })
  const { committed, added, removed, completed, notCompleted, carriedOver, startAt, endAt } = report
  return {
    committed: committed.map((issue) => ({ ...issue, serves: work.servedBy(issue.issueId, startAt) })),
    added: serving(added, endAt),
    removed: serving(removed, endAt),
    completed: completed.map((issue) => ({ ...issue, serves: work.servedBy(issue.issueId, endAt) })),
    notCompleted: notCompleted.map((issue) => ({ ...issue, serves: work.servedBy(issue.issueId, endAt) })),
    carriedOver: carriedOver.map((issue) => ({ ...issue, serves: work.servedBy(issue.issueId, endAt) })),
  }
}

function deliveredSize(
  keyResult: KeyResultKey,
  completed: readonly ServingIssue[],
  deliveredBefore: ReadonlySet<string>,
  around: ProgressAround | null,
): number {
  return completed
    .filter(({ issueId }) => !deliveredBefore.has(issueId))
    .flatMap(({ serves }) => serves)
    .filter((service) => service.keyResult === keyResult && service.role === 'drives')
    .reduce((sum, { size, sharePercent }) => sum + ((size ?? around?.countedAs ?? 1) * sharePercent) / 100, 0)
}

function shareOf(keyResult: KeyResultKey, { keyResults, total }: Allocation): Shares {
  const own = keyResults.find((each) => each.keyResult === keyResult)
  return own?.share ?? { points: total.points > 0 ? 0 : null, issues: total.issues > 0 ? 0 : null }
}

function difference(a: Shares, b: Shares): Shares {
  const minus = (x: number | null, y: number | null) => (x === null || y === null ? null : x - y)
  return { points: minus(a.points, b.points), issues: minus(a.issues, b.issues) }
}
