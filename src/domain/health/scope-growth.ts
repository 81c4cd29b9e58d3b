import type { TimeBox } from '../calendar/expected-progress.ts'
import { workingDaysFrom } from '../calendar/working-days.ts'
import { isWorkingDay } from '../calendar/working-time.ts'
import type { WorkAmount } from '../measures/delivery.ts'
import type { DeliveryTarget } from '../measures/measure.ts'
import type { CalendarDay } from '../time.ts'

/** The scope at the end of a day that today's is measured against. */
export interface ScopeReference {
  readonly since: 'commitment' | 'recent'
  readonly day: CalendarDay
  readonly scope: WorkAmount
}

/** The reference that the scope has outgrown most, and the scope now. */
export interface ScopeGrowth extends ScopeReference {
  readonly now: WorkAmount
}

/**
 * A fifth more work makes what is exactly on pace 1 ÷ 1.2 = 0.83 of it: past the edge of 0.9 by more than the margin, so
 * at risk at once under the default policy. Smaller growth leaves it where it was, and is no news.
 */
const GROWTH_SHARE = 0.2
/** One story beside two is half as much again: a few items more are the usual way of a small key result. */
const GROWTH_ISSUES = 3
const RECENT_WORKING_DAYS = 10

/**
 * Whether the scope of a key result has outgrown what it was: by a fifth of its size and by three issues, both. Size
 * alone would also tell of a new estimate, and the number of issues alone of trifles. A fixed target does not grow with
 * its scope, and a scope of no size has no fifth.
 *
 * @param references see `scopeReferenceDays`
 */
export function scopeGrowth(input: {
  readonly target: DeliveryTarget
  readonly references: readonly ScopeReference[]
  readonly now: WorkAmount
}): ScopeGrowth | null {
  const { target, references, now } = input
  if (target.kind === 'fixed') return null
  const growthSince = ({ scope }: ScopeReference) => (now.size - scope.size) / scope.size
  const [most] = references
    .filter(({ scope }) => scope.size > 0 && now.issues - scope.issues >= GROWTH_ISSUES)
    .filter((reference) => growthSince(reference) >= GROWTH_SHARE)
    .sort((a, b) => growthSince(b) - growthSince(a))
  return most === undefined ? null : { ...most, now }
}

/**
 * The days at whose end the scope is referred to. `commitment` is the last day of the grace period: before it a key
 * result is still being planned. It tells creeping growth, which no window sees. `recent` is ten working days ago: it
 * tells a surge in a key result that had shrunk before. null: not over yet, or not after the commitment.
 *
 * @param graceTimeShare the policy's
 */
export function scopeReferenceDays(
  { startDay, dueDay, calendar }: TimeBox,
  graceTimeShare: number,
  today: CalendarDay,
): { readonly commitment: CalendarDay | null; readonly recent: CalendarDay | null } {
  const workingDays = workingDaysFrom(startDay, calendar)
  const count = workingDays.countUpTo(dueDay)
  if (count === 0) return { commitment: null, recent: null }
  const commitment = workingDays.at(Math.max(1, Math.ceil(count * graceTimeShare - FLOAT_SLACK)) - 1)
  if (commitment === null || commitment >= today) return { commitment: null, recent: null }

  const upToToday = today > dueDay ? count : workingDays.countUpTo(today)
  const before = today <= dueDay && isWorkingDay(today, calendar) ? upToToday - 1 : upToToday
  const recent = workingDays.at(before - RECENT_WORKING_DAYS)
  return { commitment, recent: recent !== null && recent > commitment ? recent : null }
}

/** 100 × 0.07 is 7.000000000000001. */
const FLOAT_SLACK = 1e-9
