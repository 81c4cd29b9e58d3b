import { isMeasuredByWork, sizeUnitName, sizeUnitOf } from '../measures/measure.ts'
import { workTarget } from '../measures/work-target.ts'
import type { Sprint } from '../mirror/facts.ts'
import { DAY_MS, type EpochMs } from '../time.ts'
import type { KeyResultStanding } from './key-result-standing.ts'
import type { WorkItem } from './sprint-work.ts'

/** Jira proposes two weeks; a sprint without dates on a board without a past counts as one of these. */
const USUAL_SPRINT_MS = 14 * DAY_MS

/**
 * How far apart the sprints of a board begin: the median of their lengths, or of the distances between their starts
 * where that is more. The weekend between two sprints belongs to the distance; sprints that run side by side are
 * closer together than they are long. A closed sprint is as long as it was, another as it is planned.
 *
 * @param sprints this sprint and earlier ones of its board, in any order
 */
export function sprintRhythmMs(sprints: readonly Sprint[]): number {
  const lengths = sprints.flatMap(({ startAt, endAt, completeAt, state }) => {
    const end = state === 'closed' ? (completeAt ?? endAt) : endAt
    return startAt === null || end === null || end <= startAt ? [] : [end - startAt]
  })
  const starts = sprints.flatMap(({ startAt }) => startAt ?? []).sort((a, b) => a - b)
  const distances = starts.slice(1).map((start, index) => start - starts[index]!)
  return Math.max(median(lengths) ?? USUAL_SPRINT_MS, median(distances) ?? 0)
}

/**
 * From when to when a sprint is planned. One without dates begins now, and so does one that should have begun; one
 * without an end is as long as the others, and one whose time passed before it began as long as it was planned.
 */
export function plannedRun(
  { state, startAt, endAt }: Sprint,
  rhythmMs: number,
  now: EpochMs,
): { readonly startAt: EpochMs; readonly endAt: EpochMs } {
  const planned = startAt ?? now
  const start = state === 'future' ? Math.max(planned, now) : planned
  if (endAt !== null && endAt > start) return { startAt: start, endAt }
  return { startAt: start, endAt: start + (endAt !== null && endAt > planned ? endAt - planned : rhythmMs) }
}

/**
 * How many sprints a key result has left, this one included: those that end by its due day. A sprint that the due day
 * cuts short still counts when it is this one; 0 when the time was up before it began.
 *
 * @param dueEndAt the first instant after the due day
 */
export function sprintsLeft(
  run: { readonly startAt: EpochMs; readonly endAt: EpochMs },
  rhythmMs: number,
  dueEndAt: EpochMs,
): number {
  if (dueEndAt <= run.startAt) return 0
  return 1 + Math.max(0, Math.floor((dueEndAt - run.endAt) / rhythmMs))
}

/** The pace a delivery key result needs against what this sprint plans for it, in the size of its measure. */
export interface NeededPace {
  /** `count`, `points`, or the id of the field that sizes. */
  readonly unit: string
  /** Still to be delivered when the sprint began: what it has delivered since counts as planned. */
  readonly remaining: number
  readonly sprintsLeft: number
  /** null when no sprint is left. */
  readonly neededPerSprint: number | null
  /** What the sprint holds of it, delivered in it or open; unestimated issues at the key result's median size. */
  readonly planned: number
}

/**
 * @param work what is in the sprint
 * @param deliveredBefore the issues of the sprint that were delivered before it began
 * @returns null for a key result that is not measured by its linked work, or has none yet
 */
export function neededPace(
  { keyResult, measure, numbers, dueEndAt }: KeyResultStanding,
  work: readonly WorkItem[],
  deliveredBefore: ReadonlySet<string>,
  left: (dueEndAt: EpochMs) => number,
): NeededPace | null {
  if (!isMeasuredByWork(measure) || numbers === null) return null
  const target = workTarget(measure, numbers.delivery)
  if (target === null) return null
  const { countedAs } = numbers.delivery.unestimated
  const sizeOf = (items: readonly WorkItem[]) =>
    items
      .flatMap(({ serves }) => serves)
      .filter((service) => service.keyResult === keyResult && service.role === 'drives')
      .reduce((sum, { size, sharePercent }) => sum + ((size ?? countedAs) * sharePercent) / 100, 0)

  const own = work.filter(({ issueId }) => !deliveredBefore.has(issueId))
  const delivered = sizeOf(own.filter(({ state }) => state === 'delivered'))
  const open = sizeOf(own.filter(({ state }) => state === 'to_do' || state === 'in_progress'))
  const remaining = Math.max(0, target - numbers.delivery.delivered.size + delivered)
  const sprints = left(dueEndAt)
  return {
    unit: sizeUnitName(sizeUnitOf(measure)),
    remaining,
    sprintsLeft: sprints,
    neededPerSprint: sprints === 0 ? null : remaining / sprints,
    planned: open + delivered,
  }
}

/** The middle of an odd number of values, the mean of the middle two of an even number; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  if (upper === undefined) return null
  return sorted.length % 2 === 1 ? upper : (sorted[sorted.length / 2 - 1]! + upper) / 2
}
