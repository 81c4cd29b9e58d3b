import type { CalendarDay } from '../../domain/time.ts'

export const DATE_FORMATS = ['ymd', 'dmy', 'mdy'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

export type DayRead =
  | { readonly kind: 'day'; readonly day: CalendarDay }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'not_a_day' }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const YEAR_FIRST = /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?$/u
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const DAY_MONTH_NAME = /^(\d{1,2})[\s.-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{4})$/i
const MONTH_NAME_DAY = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$/i

/** A time behind a day: `T00:00:00.000Z`, `, 12:00 AM CET`. */
const TIME_BEHIND =
  /(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?[ap]\.?m\.?)?\s?[\w+:()/-]{0,30}$/i

/** A day, with a time behind it that is passed over. */
export function readDayOfTime(cell: string, format: DateFormat | null): DayRead {
  return readDay(cell.normalize('NFKC').trim().replace(TIME_BEHIND, ''), format)
}

/**
 * A day as people write it: `2026-12-31`, `2026年12月31日`, `31.12.2026`, `31 Dec 2026`. `31/12/2026` tells its order by itself, `05/12/2026` does not: that takes a format.
 */
export function readDay(cell: string, format: DateFormat | null): DayRead {
  const text = cell.normalize('NFKC').trim()
  const iso = YEAR_FIRST.exec(text)
  if (iso !== null) return dayRead(iso[1], iso[2], iso[3])
  const named = DAY_MONTH_NAME.exec(text)
  if (named !== null) return dayRead(named[3], monthNamed(named[2]), named[1])
  const american = MONTH_NAME_DAY.exec(text)
  if (american !== null) return dayRead(american[3], monthNamed(american[1]), american[2])
  const numeric = YEAR_LAST.exec(text)
  if (numeric === null) return { kind: 'not_a_day' }
  const [, first, separator, second, year] = numeric
  const order =
    format === 'dmy' || format === 'mdy' ? format : orderOf(Number(first), Number(second), separator)
  if (order === null) return { kind: 'ambiguous' }
  return order === 'dmy' ? dayRead(year, second, first) : dayRead(year, first, second)
}

function orderOf(first: number, second: number, separator: string | undefined): 'dmy' | 'mdy' | null {
  if (separator === '.' || first > 12 || first === second) return 'dmy'
  return second > 12 ? 'mdy' : null
}

function monthNamed(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1
}

type Part = string | number | undefined

function dayRead(year: Part, month: Part, day: Part): DayRead {
  try {
    const date = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    )
    return date.year < 2000 || date.year > 2199
      ? { kind: 'not_a_day' }
      : { kind: 'day', day: date.toString() }
  } catch {
    return { kind: 'not_a_day' }
  }
}
