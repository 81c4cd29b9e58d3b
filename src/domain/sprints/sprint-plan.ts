import type { KeyResultKey } from '../ids.ts'
import type { Sprint } from '../mirror/facts.ts'
import type { EpochMs } from '../time.ts'
import {
  allocationOf,
  amountFor,
  type Allocation,
  type KeyResultAllocation,
  type SprintAmount,
} from './allocation.ts'
import { blockAt, type OpenBlocker } from './blocked.ts'
import { dangerRank, type KeyResultStanding } from './key-result-standing.ts'
import { neededPace, plannedRun, sprintRhythmMs, sprintsLeft, type NeededPace } from './sprint-pace.ts'
import { byKeyResult, isOpen, sprintWork, type SprintPast, type WorkItem } from './sprint-work.ts'

export interface PlanInput {
  readonly past: SprintPast
  /** Other sprints of the same board that ran or run, for its rhythm. */
  readonly neighbours: readonly Sprint[]
  /** Key results that issues of these earlier sprints counted for. */
  readonly workedOnBefore: ReadonlySet<KeyResultKey>
  /** The key results its goal names, whether they exist or not. */
  readonly named: readonly KeyResultKey[]
  /** Every key result that an issue of the sprint counts for, and every live one. */
  readonly standings: ReadonlyMap<KeyResultKey, KeyResultStanding>
}

export interface PlannedKeyResult extends KeyResultAllocation {
  readonly standing: KeyResultStanding
  readonly isNamedInGoal: boolean
  /** What of it is not delivered yet. */
  readonly open: SprintAmount
  /** null for a key result that is not measured by its linked work. */
  readonly pace: NeededPace | null
}

export interface NamedKeyResult {
  readonly keyResult: KeyResultKey
  /** null: no such key result exists. */
  readonly standing: KeyResultStanding | null
  readonly openIssues: number
}

/** A key result in danger that nothing open in the sprint drives; what only supports it does not move it. */
export interface UncoveredKeyResult {
  readonly standing: KeyResultStanding
  readonly pace: NeededPace | null
  /** Earlier sprints of this board worked on it; others may be another team's. */
  readonly isOfThisBoard: boolean
}

/** An open issue of the sprint that cannot go on as it is. */
export interface BlockedWork {
  readonly item: WorkItem
  readonly since: EpochMs
  readonly blockers: readonly (OpenBlocker & { readonly isInSprint: boolean })[]
}

export interface SprintPlan {
  readonly run: { readonly startAt: EpochMs; readonly endAt: EpochMs }
  readonly rhythmMs: number
  readonly allocation: Allocation
  /** Those that the sprint serves, that its goal names, and that the board's last sprints worked on. */
  readonly keyResults: readonly PlannedKeyResult[]
  readonly servesNone: readonly WorkItem[]
  readonly unestimated: readonly WorkItem[]
  readonly blocked: readonly BlockedWork[]
  readonly named: readonly NamedKeyResult[]
  /** This board's first, then the worst first. */
  readonly uncovered: readonly UncoveredKeyResult[]
}

const EMPTY: Omit<KeyResultAllocation, 'keyResult'> = {
  drives: { issues: 0, points: 0, unestimated: 0 },
  supports: { issues: 0, points: 0, unestimated: 0 },
  share: { points: 0, issues: 0 },
}

/** What a future or an active sprint means for key results, as of now. */
export function planSprint(input: PlanInput, now: EpochMs): SprintPlan {
  const { past, neighbours, named, standings, workedOnBefore } = input
  const rhythmMs = sprintRhythmMs([...neighbours, past.sprint])
  const run = plannedRun(past.sprint, rhythmMs, now)
  const all = sprintWork(past)
  const work = all.inSprintAt(now)
  const deliveredBefore = all.deliveredAt(Math.min(run.startAt, now))
  const open = work.filter(isOpen)
  const driven = new Set(
    open
      .flatMap(({ serves }) => serves.filter(({ role }) => role === 'drives'))
      .map((each) => each.keyResult),
  )
  const allocation = allocationOf(work)
  // A sprint that runs past its planned end takes from those after it.
  const runsUntil = Math.max(run.endAt, now)
  const left = (dueEndAt: EpochMs) =>
    sprintsLeft({ startAt: run.startAt, endAt: runsUntil }, rhythmMs, dueEndAt)
  const pace = (standing: KeyResultStanding) => neededPace(standing, work, deliveredBefore, left)

  const allocated = new Map(allocation.keyResults.map((each) => [each.keyResult, each]))
  const ofBoard = [...workedOnBefore].filter((key) => isRunning(standings.get(key), run))
  const keyResults = [...new Set([...allocated.keys(), ...named, ...ofBoard])].flatMap((keyResult) => {
    const standing = standings.get(keyResult)
    if (standing === undefined) return []
    return {
      ...(allocated.get(keyResult) ?? { keyResult, ...EMPTY }),
      standing,
      isNamedInGoal: named.includes(keyResult),
      open: amountFor(keyResult, open),
      pace: pace(standing),
    }
  })
  const uncovered = [...standings.values()]
    .filter((each) => isRunning(each, run) && dangerRank(each) !== null)
    .filter(({ keyResult }) => !driven.has(keyResult))
    .map((standing) => ({
      standing,
      pace: pace(standing),
      isOfThisBoard:
        workedOnBefore.has(standing.keyResult) ||
        allocated.has(standing.keyResult) ||
        named.includes(standing.keyResult),
    }))
  return {
    run,
    rhythmMs,
    allocation,
    keyResults: keyResults.sort(byKeyResult),
    servesNone: work.filter(({ serves }) => serves.length === 0),
    unestimated: work.filter((item) => item.points === null),
    blocked: blockedWork(past, work, now),
    named: named.map((keyResult) => ({
      keyResult,
      standing: standings.get(keyResult) ?? null,
      openIssues: amountFor(keyResult, open).issues,
    })),
    uncovered: uncovered.sort(byUrgency),
  }
}

function blockedWork(
  { histories, blocking, rules }: SprintPast,
  work: readonly WorkItem[],
  now: EpochMs,
): BlockedWork[] {
  const historyOf = new Map(histories.map((history) => [history.issueId, history]))
  const inSprint = new Set(work.map(({ issueId }) => issueId))
  return work.filter(isOpen).flatMap((item) => {
    const block = blockAt(historyOf.get(item.issueId)!, blocking, rules, now)
    if (block === null) return []
    const blockers = block.blockers.map((each) => ({
      ...each,
      isInSprint: each.issueId !== null && inSprint.has(each.issueId),
    }))
    return [{ item, since: block.since, blockers }]
  })
}

/** Live, and its time overlaps with the sprint's. */
function isRunning(standing: KeyResultStanding | undefined, run: SprintPlan['run']): boolean {
  if (standing === undefined || standing.isArchived) return false
  return standing.startAt < run.endAt && standing.dueEndAt > run.startAt
}

function byUrgency(a: UncoveredKeyResult, b: UncoveredKeyResult): number {
  return (
    Number(b.isOfThisBoard) - Number(a.isOfThisBoard) ||
    (dangerRank(a.standing) ?? 0) - (dangerRank(b.standing) ?? 0) ||
    byKeyResult(a.standing, b.standing)
  )
}
