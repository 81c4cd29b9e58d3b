import { nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { endOf, expectedProgress, startOf, type TimeBox } from './expected-progress.ts'
import { workingDaysBetween } from './working-time.ts'

/** A share of the way that should be covered by the end of a day: a week's or a sprint's last one, say. */
export interface PlanTarget {
  readonly day: CalendarDay
  /** 0 to 1. */
  readonly progress: number
}

/**
 * How progress is expected to grow.
 * - `linear`: with the working time.
 * - `targets`: linear in working time from 0 at the start to each target at the end of its day, and from the last one to
 *   1 at the end of the due day.
 * - `none`: nothing is expected before the end, as for a measure that lags behind the work.
 */
export type ExpectedPlan =
  | { readonly kind: 'linear' }
  | { readonly kind: 'targets'; readonly targets: readonly PlanTarget[] }
  | { readonly kind: 'none' }

export interface PlanProblem {
  /** Which of the targets, from 0. */
  readonly index: number
  readonly problem:
    | 'day_outside_time'
    | 'days_not_ascending'
    | 'progress_out_of_range'
    | 'progress_falls'
    | 'due_day_below_one'
}

interface Corner {
  readonly at: EpochMs
  readonly progress: number
}

/**
 * The progress a plan expects at an instant, 0 to 1: 0 until the start, 1 from the end of the due day on; null for a plan
 * that expects nothing. Between two targets without working time in between, the earlier one holds.
 *
 * Targets outside the box are passed over: a due day may move after the plan was written.
 *
 * @param plan without other problems, see `problemsOfPlan`
 */
export function expectedByPlan(plan: ExpectedPlan, at: EpochMs, box: TimeBox): number | null {
  switch (plan.kind) {
    case 'none':
      return null
    case 'linear':
      return expectedProgress(at, box)
    case 'targets':
      return expectedByTargets(plan.targets, at, box)
  }
}

function expectedByTargets(targets: readonly PlanTarget[], at: EpochMs, box: TimeBox): number {
  const { timeZone } = box.calendar
  let before: Corner = { at: startOf(box), progress: 0 }
  if (at <= before.at) return 0
  for (const { day, progress } of targets) {
    if (day < box.startDay || day >= box.dueDay) continue
    const corner = { at: startOfDay(nextDay(day), timeZone), progress }
    if (at < corner.at) return between(before, corner, at, box)
    before = corner
  }
  const end = endOf(box)
  return at >= end ? 1 : between(before, { at: end, progress: 1 }, at, box)
}

function between(from: Corner, to: Corner, at: EpochMs, { calendar }: TimeBox): number {
  const total = workingDaysBetween(from.at, to.at, calendar)
  if (total === 0) return from.progress
  const share = workingDaysBetween(from.at, at, calendar) / total
  return from.progress + (to.progress - from.progress) * share
}

/**
 * What keeps a plan from being followed, target by target; empty for a good one. A target on the due day can only be 1:
 * the end of that day is when the key result should be reached.
 */
export function problemsOfPlan(plan: ExpectedPlan, box: TimeBox): readonly PlanProblem[] {
  if (plan.kind !== 'targets') return []
  return plan.targets.flatMap(({ day, progress }, index) => {
    const before = plan.targets[index - 1]
    const found: PlanProblem['problem'][] = []
    if (day < box.startDay || day > box.dueDay) found.push('day_outside_time')
    if (before !== undefined && day <= before.day) found.push('days_not_ascending')
    if (!(progress >= 0 && progress <= 1)) found.push('progress_out_of_range')
    if (before !== undefined && progress < before.progress) found.push('progress_falls')
    if (day === box.dueDay && progress < 1) found.push('due_day_below_one')
    return found.map((problem) => ({ index, problem }))
  })
}
