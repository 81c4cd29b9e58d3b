/** An instant: milliseconds since 1970-01-01T00:00:00Z. Every use of time in the domain takes one. */
export type EpochMs = number

/** A calendar day without a zone: `2026-11-21`. Sorts as text. */
export type CalendarDay = string

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** The calendar day of an instant in an IANA time zone. Throws RangeError for a zone that does not exist. */
export function dayOf(at: EpochMs, timeZone: string): CalendarDay {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The first instant of a calendar day in an IANA time zone. */
export function startOfDay(day: CalendarDay, timeZone: string): EpochMs {
  return Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds
}

/** Up to here every month goes on, and only the day of the month is another one. Whole cycles are walked day by day. */
const WITHIN_ANY_MONTH = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-7])$/

/** Throws RangeError for what is no day of the calendar. */
export function nextDay(day: CalendarDay): CalendarDay {
  if (WITHIN_ANY_MONTH.test(day))
    return `${day.slice(0, -2)}${String(Number(day.slice(-2)) + 1).padStart(2, '0')}`
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

/**
 * True for an IANA time zone this runtime knows: `Asia/Shanghai`, `UTC`. Temporal would also take an offset, which
 * knows no summer time, and the zone of a whole date-time: no zone's name starts with anything but a letter.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    return true
  } catch {
    return false
  }
}
