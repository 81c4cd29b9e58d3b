import type { CalendarDay } from '../time.ts'
import type { CheckInCadence } from '../team.ts'

/** How faithfully people said where the key result stood. */
export interface CheckInDiscipline {
  /** Days on which a person checked in. */
  readonly days: number
  /** Check-ins that the team's cadence asked for; null: it has none. */
  readonly due: number | null
  /** Of those, how many were made in the time before their day. */
  readonly made: number | null
}

/**
 * Check-ins of a stretch of days against a cadence. The first is due on the first of its weekdays after a whole period;
 * one is made by any check-in since the one before it was due.
 *
 * @param checkedIn days on which a person checked in, in any order
 */
export function disciplineOf(
  checkedIn: readonly CalendarDay[],
  cadence: CheckInCadence | null,
  stretch: { readonly from: CalendarDay; readonly to: CalendarDay },
): CheckInDiscipline {
  const days = [...new Set(checkedIn)].filter((day) => day >= stretch.from && day <= stretch.to)
  if (cadence === null) return { days: days.length, due: null, made: null }
  const dues = dueDays(cadence, stretch)
  const made = dues.filter((due, index) => {
    const after = dues[index - 1] ?? null
    return days.some((day) => day <= due && (after === null || day > after))
  })
  return { days: days.length, due: dues.length, made: made.length }
}

function dueDays(
  { everyWeeks, weekday }: CheckInCadence,
  { from, to }: { readonly from: CalendarDay; readonly to: CalendarDay },
): CalendarDay[] {
  const start = Temporal.PlainDate.from(from)
  const firstWeekday = start.add({ days: (weekday - start.dayOfWeek + 7) % 7 })
  let due = firstWeekday.add({ weeks: everyWeeks - 1 })
  const days: CalendarDay[] = []
  for (; due.toString() <= to; due = due.add({ weeks: everyWeeks })) days.push(due.toString())
  return days
}
