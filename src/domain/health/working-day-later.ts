import { isWorkingDay, type WorkingCalendar } from '../calendar/working-time.ts'
import { dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'

/** A calendar that leaves out a whole year has no working day to wait for. */
const LONGEST_BREAK_DAYS = 366

/**
 * The first instant by which one full working day has been worked since another: Tuesday at ten for Monday at ten,
 * Monday at ten for Friday at ten, and the end of Monday for any time of the weekend. A day counts by its share, so
 * that one of 23 or 25 hours is a day too.
 */
export function workingDayLater(since: EpochMs, calendar: WorkingCalendar): EpochMs {
  const { timeZone } = calendar
  const first = dayOf(since, timeZone)
  const start = startOfDay(first, timeZone)
  const end = startOfDay(nextDay(first), timeZone)
  const worked = isWorkingDay(first, calendar) ? (end - since) / (end - start) : 0
  if (worked === 1) return end

  let day = nextDay(first)
  for (let skipped = 0; skipped < LONGEST_BREAK_DAYS && !isWorked(day, calendar); skipped += 1)
    day = nextDay(day)
  const dayStart = startOfDay(day, timeZone)
  return Math.ceil(dayStart + (1 - worked) * (startOfDay(nextDay(day), timeZone) - dayStart))
}

/** A day that a place left out, to change sides of the date line, has no time in it. */
function isWorked(day: CalendarDay, calendar: WorkingCalendar): boolean {
  const { timeZone } = calendar
  return isWorkingDay(day, calendar) && startOfDay(nextDay(day), timeZone) > startOfDay(day, timeZone)
}
