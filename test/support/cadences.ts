import fc from 'fast-check'
import type { CadenceTime } from '../../src/domain/check-ins/cadence.ts'
import { isWorkingDay, type WorkingCalendar } from '../../src/domain/calendar/working-time.ts'
import type { CheckInCadence } from '../../src/domain/team.ts'
import { nextDay, type CalendarDay } from '../../src/domain/time.ts'

/** Every day of a time box, ascending. */
export function daysOf({ startDay, endDay }: CadenceTime): CalendarDay[] {
  const days: CalendarDay[] = []
  for (let day = startDay; day <= endDay; day = nextDay(day)) days.push(day)
  return days
}

/**
 * The cadence days of a time box by walking through its days: weeks are counted from the Monday on or before its first
 * day, and what was asked for on a day off is asked for on the next working day.
 */
export function naiveCadenceDays(
  { everyWeeks, weekday }: CheckInCadence,
  calendar: WorkingCalendar,
  time: CadenceTime,
): CalendarDay[] {
  const start = Temporal.PlainDate.from(time.startDay)
  const monday = start.subtract({ days: start.dayOfWeek - 1 })
  const found: CalendarDay[] = []
  let isOwed = false
  for (const day of daysOf(time)) {
    const date = Temporal.PlainDate.from(day)
    const week = Math.floor(monday.until(date).days / 7)
    if (date.dayOfWeek === weekday && week % everyWeeks === 0) isOwed = true
    if (!isOwed || !isWorkingDay(day, calendar)) continue
    found.push(day)
    isOwed = false
  }
  return found
}

const anyDay = fc.integer({ min: 0, max: 800 }).map((days) => dayAfter('2026-01-01', days))

function dayAfter(day: CalendarDay, days: number): CalendarDay {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

export const anyCadence: fc.Arbitrary<CheckInCadence> = fc.record({
  everyWeeks: fc.constantFrom(1 as const, 2 as const),
  weekday: fc.integer({ min: 1, max: 7 }),
})

export const anyTime: fc.Arbitrary<CadenceTime> = fc
  .record({ startDay: anyDay, length: fc.integer({ min: 0, max: 120 }) })
  .map(({ startDay, length }) => ({ startDay, endDay: dayAfter(startDay, length) }))

/** Zones with summer time on either half of the earth, without it, and one whose midnight was skipped. */
export const anyZone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Shanghai',
  'Africa/Cairo',
)

/** Some have holidays of weeks. */
export const anyCalendar: fc.Arbitrary<WorkingCalendar> = fc
  .record({
    timeZone: anyZone,
    workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    single: fc.array(anyDay, { maxLength: 10 }),
    breaks: fc.array(fc.record({ day: anyDay, length: fc.integer({ min: 1, max: 30 }) }), { maxLength: 3 }),
  })
  .map(({ single, breaks, ...calendar }) => ({
    ...calendar,
    holidays: [
      ...single,
      ...breaks.flatMap(({ day, length }) => Array.from({ length }, (_, index) => dayAfter(day, index))),
    ],
  }))
