import { nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'
import { workingDaysBetween, type WorkingCalendar } from './working-time.ts'

/** The time a key result has: from the start of its cycle to the end of its due day. */
export interface TimeBox {
  readonly startDay: CalendarDay
  readonly dueDay: CalendarDay
  readonly calendar: WorkingCalendar
}

/** The share of the working time that has passed at an instant, 0 to 1: what a linear plan expects by then. */
export function expectedProgress(at: EpochMs, box: TimeBox): number {
  const start = startOf(box)
  const end = endOf(box)
  if (at <= start) return 0
  if (at >= end) return 1
  const total = workingDaysBetween(start, end, box.calendar)
  return total === 0 ? 1 : workingDaysBetween(start, at, box.calendar) / total
}

/** The first instant of the first day. */
export function startOf(box: TimeBox): EpochMs {
  return startOfDay(box.startDay, box.calendar.timeZone)
}

/** The first instant after the due day. */
export function endOf(box: TimeBox): EpochMs {
  return startOfDay(nextDay(box.dueDay), box.calendar.timeZone)
}
