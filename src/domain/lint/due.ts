import type { CalendarDay } from '../time.ts'
import type { LintedKeyResult, LintedObjective } from './linted-set.ts'
import type { Due } from './wording/wording.ts'

const SPANS: Readonly<Record<number, 'quarter' | 'half' | 'year'>> = { 3: 'quarter', 6: 'half', 12: 'year' }

/**
 * By when a key result is due, as people say it: the end of its cycle by what the cycle is (a quarter, half a year, a
 * year, of whatever fiscal calendar), any other day by its date.
 */
export function dueOf(keyResult: LintedKeyResult, objective: LintedObjective): Due {
  const { startDay, dueDay: endDay, hasCycle } = objective
  const day = keyResult.dueDay ?? endDay
  if (day === null) return { kind: hasCycle ? 'cycle' : 'none' }
  const span = startDay == null || day !== endDay ? undefined : SPANS[wholeMonths(startDay, day) ?? 0]
  return span === undefined ? { kind: 'day', day } : { kind: span }
}

/** How many calendar months two days span, both included; null: not whole ones. */
function wholeMonths(start: CalendarDay, end: CalendarDay): number | null {
  const first = new Date(`${start}T00:00:00Z`)
  const after = new Date(`${end}T00:00:00Z`)
  after.setUTCDate(after.getUTCDate() + 1)
  if (first.getUTCDate() !== after.getUTCDate()) return null
  return (after.getUTCFullYear() - first.getUTCFullYear()) * 12 + after.getUTCMonth() - first.getUTCMonth()
}
