import type { WorkingCalendar } from '../calendar/working-time.ts'
import { DAY_MS, type CalendarDay } from '../time.ts'

/** A calendar may have no working day at all: two years without one end a search. */
const SEARCHED_DAYS = 731

/** The last working days before a day, oldest first. */
export function workingDaysBefore(
  day: CalendarDay,
  count: number,
  calendar: WorkingCalendar,
): readonly CalendarDay[] {
  const past = createWalk(day, -1, calendar)
  past.next()
  const found: CalendarDay[] = []
  for (let searched = 0; found.length < count && searched < SEARCHED_DAYS; searched++) {
    const working = past.next()
    if (working === null) continue
    found.push(working)
    searched = 0
  }
  return found.reverse()
}

/** The working days from a day on, that day included, found as far as they are asked for. */
export interface WorkingDaysAhead {
  /** By its number from 0; null where there is none. */
  at(index: number): CalendarDay | null
  /** How many there are up to a day, that day included. */
  countUpTo(day: CalendarDay): number
}

export function workingDaysFrom(day: CalendarDay, calendar: WorkingCalendar): WorkingDaysAhead {
  const ahead = createWalk(day, 1, calendar)
  const found: CalendarDay[] = []
  const passNext = (): boolean => {
    const working = ahead.next()
    if (working !== null) found.push(working)
    return working !== null
  }
  return {
    at(index) {
      let searched = 0
      while (found.length <= index && searched < SEARCHED_DAYS) searched = passNext() ? 0 : searched + 1
      return found[index] ?? null
    },
    countUpTo(last) {
      const end = Date.parse(last)
      while (ahead.position() <= end) passNext()
      const after = found.findIndex((one) => one > last)
      return after === -1 ? found.length : after
    },
  }
}

/**
 * Day by day from a first one on: each as text when it is a working day, else null. Days are numbers here, at midnight
 * UTC, because a forecast passes some three hundred and adding a day to a `Temporal.PlainDate` takes 2.4 µs.
 */
function createWalk(from: CalendarDay, step: 1 | -1, calendar: WorkingCalendar) {
  const weekdays = new Set(calendar.workingDays)
  const holidays = new Set(calendar.holidays)
  let at = Date.parse(from)
  return {
    position: (): number => at,
    next(): CalendarDay | null {
      const midnight = new Date(at)
      at += step * DAY_MS
      // Sunday is 7 in the calendar and 0 to Date.
      if (!weekdays.has(midnight.getUTCDay() || 7)) return null
      const day = midnight.toISOString().slice(0, 10)
      return holidays.has(day) ? null : day
    },
  }
}
