import { DAY_MS, dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'

/** When a cycle's people work: whole days, in the cycle's own time zone. */
export interface WorkingCalendar {
  readonly timeZone: string
  /** ISO weekdays, 1 = Monday to 7 = Sunday. */
  readonly workingDays: readonly number[]
  readonly holidays: readonly CalendarDay[]
}

/** Working days between two instants, the days at either end in part; 0 when `to` is not after `from`. */
export function workingDaysBetween(from: EpochMs, to: EpochMs, calendar: WorkingCalendar): number {
  if (to <= from) return 0
  const { timeZone } = calendar
  const last = dayOf(to, timeZone)
  let days = 0
  for (let day = dayOf(from, timeZone); day <= last; day = nextDay(day)) {
    if (!isWorkingDay(day, calendar)) continue
    const start = startOfDay(day, timeZone)
    const end = startOfDay(nextDay(day), timeZone)
    const length = end - start || DAY_MS
    days += Math.max(0, Math.min(to, end) - Math.max(from, start)) / length
  }
  return days
}

export function isWorkingDay(day: CalendarDay, calendar: WorkingCalendar): boolean {
  return (
    calendar.workingDays.includes(Temporal.PlainDate.from(day).dayOfWeek) && !calendar.holidays.includes(day)
  )
}
