import { isWorkingDay, type WorkingCalendar } from '../calendar/working-time.ts'
import type { CheckInCadence } from '../team.ts'
import { nextDay, type CalendarDay } from '../time.ts'

/** The days in which a cadence runs. Both are included. */
export interface CadenceTime {
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
}

const DAYS_OF_A_WEEK = 7

/**
 * The last cadence day on or before a day; null before the first. A cadence day is the weekday of the cadence, from the
 * ISO week of the cycle's start on, every week or every other; one on which the team does not work moves to its next
 * working day, and is left out when the cycle is over by then.
 */
export function lastCadenceDay(
  cadence: CheckInCadence,
  calendar: WorkingCalendar,
  time: CadenceTime,
  today: CalendarDay,
): CalendarDay | null {
  const limit = today < time.endDay ? today : time.endDay
  const step = { days: cadence.everyWeeks * DAYS_OF_A_WEEK }
  const first = firstNominalDay(cadence, time.startDay)
  const passed = Math.floor(first.until(limit).days / step.days)
  let nominal = first.add({ days: passed * step.days })
  for (; Temporal.PlainDate.compare(nominal, first) >= 0; nominal = nominal.subtract(step)) {
    const day = movedToWork(nominal.toString(), calendar, limit)
    if (day !== null) return day
  }
  return null
}

/**
 * Every cadence day until a day, ascending: those of which `lastCadenceDay` is the last on each day.
 */
export function cadenceDays(
  cadence: CheckInCadence,
  calendar: WorkingCalendar,
  time: CadenceTime,
  until: CalendarDay,
): CalendarDay[] {
  const limit = until < time.endDay ? until : time.endDay
  const days = new Set<CalendarDay>()
  let nominal = firstNominalDay(cadence, time.startDay)
  for (; nominal.toString() <= limit; nominal = nominal.add({ weeks: cadence.everyWeeks })) {
    const day = movedToWork(nominal.toString(), calendar, limit)
    if (day !== null) days.add(day)
  }
  return [...days]
}

/** A cadence day before a day, by the calendar alone: how far back the time since the last one reaches. */
export function oneCadenceBefore({ everyWeeks }: CheckInCadence, day: CalendarDay): CalendarDay {
  return Temporal.PlainDate.from(day).subtract({ weeks: everyWeeks }).toString()
}

/** The cadence's weekday in the ISO week of the start; when that is over already, one step later. */
function firstNominalDay({ everyWeeks, weekday }: CheckInCadence, startDay: CalendarDay): Temporal.PlainDate {
  const start = Temporal.PlainDate.from(startDay)
  const inFirstWeek = start.add({ days: weekday - start.dayOfWeek })
  return weekday < start.dayOfWeek ? inFirstWeek.add({ weeks: everyWeeks }) : inFirstWeek
}

/** null when nobody works until the limit. */
function movedToWork(from: CalendarDay, calendar: WorkingCalendar, limit: CalendarDay): CalendarDay | null {
  for (let day = from; day <= limit; day = nextDay(day)) {
    if (isWorkingDay(day, calendar)) return day
  }
  return null
}
