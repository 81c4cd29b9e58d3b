import type { CalendarDay } from '../time.ts'

/** A stretch of the calendar that is judged as one. Weeks begin on Monday. */
export type Period = 'day' | 'week' | 'month' | 'quarter'

/** The first day of the period a day lies in. */
export function periodStart(day: CalendarDay, period: Period): CalendarDay {
  switch (period) {
    case 'day':
      return day
    case 'week': {
      const date = Temporal.PlainDate.from(day)
      return date.subtract({ days: date.dayOfWeek - 1 }).toString()
    }
    case 'month':
      return Temporal.PlainDate.from(day).with({ day: 1 }).toString()
    case 'quarter': {
      const date = Temporal.PlainDate.from(day)
      return date.with({ month: date.month - ((date.month - 1) % 3), day: 1 }).toString()
    }
  }
}

/** The last day of the period that begins on a day. */
export function periodEnd(start: CalendarDay, period: Period): CalendarDay {
  const length = {
    day: { days: 1 },
    week: { weeks: 1 },
    month: { months: 1 },
    quarter: { months: 3 },
  }[period]
  return Temporal.PlainDate.from(start).add(length).subtract({ days: 1 }).toString()
}
