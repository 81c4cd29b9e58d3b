import type { CalendarDay } from '../time.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `4 Jan 2027` */
export function dayWords(day: CalendarDay): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`
}

/** `3 Nov`, and the year only where it is another one than the cycle’s. */
export function daysOfCycle(cycle: {
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
}): (day: CalendarDay) => string {
  const year = cycle.startDay.slice(0, 4)
  const isOneYear = cycle.endDay.startsWith(year)
  return (day) => (isOneYear && day.startsWith(year) ? shortDay(day) : dayWords(day))
}

function shortDay(day: CalendarDay): string {
  const [, month, date] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''}`
}
