import type { SaidAt } from '../../domain/okr-import/import-row.ts'
import { readDay, type DateFormat, type DayRead } from './date-cell.ts'

export type SaidAtRead = SaidAt | { readonly kind: 'ambiguous' | 'not_a_day' | 'not_a_time' | 'unknown_zone' }

const TIME =
  /^(.+?)(?:T|,?\s+)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:\s*([ap])\.?m\.?(?![a-z]))?(?:\s*(\S.*))?$/is
/** `Z`, `UTC`, `+02:00`, `+0200`, `+2`, `GMT+2`, `(UTC+02:00)` */
const OFFSET = /^\(?(?:Z|(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?)\)?$/i

const END_OF_DAY = /^(?:24:00:00(?:\.0+)?|23:59:60(?:\.\d+)?)$/

/** What may stand behind a time that is passed over. */
const A_ZONE = /^[\w+:()/-]{1,30}$/

/**
 * A day, with a time behind it that is passed over: `2026-12-31T00:00:00.000Z`, `31 Dec 2026, 12:00 AM CET`. So are the
 * two that end a day without a clock showing them, `2026-12-31 24:00` and `23:59:60`; any other that no clock shows is
 * `not_a_time`: `25:99`, `13:30 PM`.
 */
export function readDayOfTime(
  cell: string,
  format: DateFormat | null,
): DayRead | { readonly kind: 'not_a_time' } {
  const { before, time, isEndOfDay, zone } = partsOf(cell)
  const read = readDay(before, format)
  if (read.kind !== 'day') return read
  if (time === null && !isEndOfDay) return { kind: 'not_a_time' }
  return zone === undefined || A_ZONE.test(zone) ? read : { kind: 'not_a_day' }
}

/**
 * When something was so: an instant, where its offset is told; a time by the clock of the cycle; or a day.
 * `2026-11-02T09:30:00Z`, `2026-11-02 09:30:00 +0100`, `02.11.2026 09:30 UTC`, `Nov 2, 2026 9:30 AM`. A day or a time
 * that does not exist is none, and not the next one: `2026-02-30T10:00Z`, `2026-11-02 24:00`. Names of zones other than
 * UTC and GMT are not read: CST is a time in Chicago, in Shanghai and in Havana.
 */
export function readSaidAt(cell: string, format: DateFormat | null): SaidAtRead {
  const { before, time, fraction, zone } = partsOf(cell)
  const read = readDay(before, format)
  if (read.kind !== 'day' || time === undefined) return read
  if (time === null) return { kind: 'not_a_time' }
  if (zone === undefined) return { kind: 'local', day: read.day, time }
  const offset = offsetOf(zone)
  if (offset === null) return { kind: 'unknown_zone' }
  try {
    const instant = Temporal.Instant.from(`${read.day}T${time}${fraction}${offset}`)
    return { kind: 'instant', at: instant.epochMilliseconds }
  } catch {
    return { kind: 'not_a_time' }
  }
}

interface CellParts {
  /** What stands before the time: everything, where there is none. */
  readonly before: string
  /** undefined: none is told; null: one that no clock shows. */
  readonly time: string | null | undefined
  /** `24:00` or a leap second: the end of its day, though no clock shows it. */
  readonly isEndOfDay: boolean
  readonly fraction: string
  readonly zone: string | undefined
}

function partsOf(cell: string): CellParts {
  const text = cell.normalize('NFKC').replace(/[−–]/u, '-').trim()
  const [, before, hours, minutes, seconds = '00', fraction = '', half, zone] = TIME.exec(text) ?? []
  if (before === undefined) return { before: text, time: undefined, isEndOfDay: false, fraction, zone }
  return {
    before,
    time: timeOfDay(Number(hours), minutes, seconds, half),
    isEndOfDay: half === undefined && END_OF_DAY.test(`${hours}:${minutes}:${seconds}${fraction}`),
    fraction,
    zone,
  }
}

/** `Z` or `+02:00`; null for what is no offset. */
function offsetOf(zone: string): string | null {
  const found = OFFSET.exec(zone)
  if (found === null || /^[()]*$/.test(zone)) return null
  const [, sign, hours = '', minutes = '00'] = found
  return sign === undefined ? 'Z' : `${sign}${hours.padStart(2, '0')}:${minutes}`
}

/** `09:30:00`; null for what no clock shows. */
function timeOfDay(
  hours: number,
  minutes: string | undefined,
  seconds: string,
  half: string | undefined,
): string | null {
  if (half !== undefined && !(hours >= 1 && hours <= 12)) return null
  const hour = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (!(hour <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59)) return null
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`
}
