import type { EpochMs } from '../../../domain/time.ts'

/** As Jira writes instants in issues, comments and changelogs: `2020-06-12T08:13:13.360+0800`. */
export function issueInstant(at: EpochMs, timeZone: string): string {
  const offsetMinutes = offsetMinutesAt(at, timeZone)
  const local = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, -1)
  const sign = offsetMinutes < 0 ? '-' : '+'
  const distance = Math.abs(offsetMinutes)
  return `${local}${sign}${twoDigits(Math.floor(distance / 60))}${twoDigits(distance % 60)}`
}

/** As the agile API and sprint events write instants: UTC with `Z`. */
export function sprintInstant(at: EpochMs): string {
  return new Date(at).toISOString()
}

/**
 * The instant a JQL date names: `yyyy-MM-dd HH:mm`, with slashes or without a time, in the caller's time zone.
 * Null for anything else.
 */
export function jqlInstant(text: string, timeZone: string): EpochMs | null {
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?: (\d{2}):(\d{2}))?$/.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute] = match.map(Number)
  try {
    return Temporal.PlainDateTime.from(
      { year: year!, month: month!, day: day!, hour: hour || 0, minute: minute || 0 },
      { overflow: 'reject' },
    ).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    return null
  }
}

/** Reads an instant as Jira writes it, with or without a colon in the offset. NaN when it is none. */
export function parseInstant(text: string): EpochMs {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
}

function offsetMinutesAt(at: EpochMs, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return Math.round(zoned.offsetNanoseconds / 60e9)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
