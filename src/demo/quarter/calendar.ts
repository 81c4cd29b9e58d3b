import { dayOf, type EpochMs } from '../../domain/time.ts'

export const TIME_ZONE = 'Europe/Berlin'

/** ISO weeks the quarter touches. */
export const FIRST_WEEK = 40
export const LAST_WEEK = 53

/** Monday of the ISO week before the first one: when the goals are written and the backlogs filled. */
const MONDAY_OF_WEEK_40 = Temporal.PlainDate.from('2026-09-28')

/** A day of the quarter: ISO week, and 0 for its Monday. */
export interface StoryDay {
  readonly week: number
  readonly weekday: number
}

/** @param minutesOfHour beside the hour, for things that happen one after the other */
export function instantOn({ week, weekday }: StoryDay, hour: number, minutesOfHour = 0): EpochMs {
  const time = { hour, minute: minutesOfHour }
  return plainDay({ week, weekday }).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time })
    .epochMilliseconds
}

export function isWeekend({ weekday }: StoryDay): boolean {
  return weekday > 4
}

/** 2–8 Nov */
export function weekText(week: number): string {
  const monday = plainDay({ week, weekday: 0 })
  const sunday = plainDay({ week, weekday: 6 })
  const from = monday.month === sunday.month ? `${monday.day}` : `${monday.day} ${monthOf(monday)}`
  return `${from}–${sunday.day} ${monthOf(sunday)}`
}

/** Tue 3 Nov */
export function dayText(at: EpochMs): string {
  const day = Temporal.PlainDate.from(dayOf(at, TIME_ZONE))
  return `${WEEKDAYS[day.dayOfWeek - 1]} ${day.day} ${monthOf(day)}`
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function monthOf(day: Temporal.PlainDate): string {
  return MONTHS[day.month - 1] ?? ''
}

function plainDay({ week, weekday }: StoryDay): Temporal.PlainDate {
  return MONDAY_OF_WEEK_40.add({ weeks: week - FIRST_WEEK, days: weekday })
}
