import { DAY_MS, dayOf, nextDay, startOfDay, type CalendarDay, type EpochMs } from '../time.ts'

/** When a cycle's people work: whole days, in the cycle's own time zone. */
export interface WorkingCalendar {
  readonly timeZone: string
  /** ISO weekdays, 1 = Monday to 7 = Sunday. */
  readonly workingDays: readonly number[]
  readonly holidays: readonly CalendarDay[]
}

/**
 * Working days between two instants, the days at either end in part; 0 when `to` is not after `from`. Whole days in
 * between are counted by weeks: every look at a key result asks for this several times.
 */
export function workingDaysBetween(from: EpochMs, to: EpochMs, calendar: WorkingCalendar): number {
  if (to <= from) return 0
  const { timeZone } = calendar
  const first = dayOf(from, timeZone)
  const last = dayOf(to, timeZone)
  if (first === last) return partOf(first, from, to, calendar)
  return (
    partOf(first, from, Infinity, calendar) +
    wholeWorkingDaysBetween(first, last, calendar) +
    partOf(last, -Infinity, to, calendar)
  )
}

/** The part of a day that lies between two instants; 0 of a day on which nobody works. */
function partOf(day: CalendarDay, from: EpochMs, to: EpochMs, calendar: WorkingCalendar): number {
  if (!isWorkingDay(day, calendar)) return 0
  const start = startOfDay(day, calendar.timeZone)
  const end = startOfDay(nextDay(day), calendar.timeZone)
  return (Math.min(to, end) - Math.max(from, start)) / (end - start)
}

/** Working days after one day and before another. */
function wholeWorkingDaysBetween(first: CalendarDay, last: CalendarDay, calendar: WorkingCalendar): number {
  const start = Temporal.PlainDate.from(first)
  const days = start.until(Temporal.PlainDate.from(last)).days - 1
  const weekdays = new Set(calendar.workingDays)
  const beyondWeeks = Array.from({ length: days % 7 }, (_, index) => ((start.dayOfWeek + index) % 7) + 1)
  const off = [...new Set(calendar.holidays)].filter((day) => day > first && day < last)
  return (
    Math.floor(days / 7) * weekdays.size +
    beyondWeeks.filter((weekday) => weekdays.has(weekday)).length -
    off.filter((day) => weekdays.has(Temporal.PlainDate.from(day).dayOfWeek)).length -
    leftOutBetween(first, last, days, calendar)
  )
}

/** Working days that never were: Apia changed sides of the date line and had no 30 December 2011. */
function leftOutBetween(
  first: CalendarDay,
  last: CalendarDay,
  days: number,
  calendar: WorkingCalendar,
): number {
  const { timeZone } = calendar
  const lengthMs = startOfDay(last, timeZone) - startOfDay(nextDay(first), timeZone)
  if (Math.round(lengthMs / DAY_MS) === days) return 0
  let leftOut = 0
  for (let day = nextDay(first); day < last; day = nextDay(day)) {
    const isLeftOut = startOfDay(day, timeZone) === startOfDay(nextDay(day), timeZone)
    if (isLeftOut && isWorkingDay(day, calendar)) leftOut++
  }
  return leftOut
}

export function isWorkingDay(day: CalendarDay, calendar: WorkingCalendar): boolean {
  return (
    calendar.workingDays.includes(Temporal.PlainDate.from(day).dayOfWeek) && !calendar.holidays.includes(day)
  )
}
