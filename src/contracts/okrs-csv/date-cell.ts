import type { CalendarDay } from '../../domain/time.ts'

export const DATE_FORMATS = ['ymd', 'dmy', 'mdy'] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

export type DayRead =
  | { readonly kind: 'day'; readonly day: CalendarDay }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'not_a_day' }

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const YEAR_FIRST = /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?$/u
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
const DAY_MONTH_NAME = /^(\d{1,2})[\s.-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{4})$/i
const MONTH_NAME_DAY = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$/i

const WEEKDAY = String.raw`(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?|(?:周|週|星期)([一二三四五六日天])`
const WEEKDAY_BEFORE = new RegExp(`^(?:${WEEKDAY})[\\s,]+(.+)$`, 'iu')
const WEEKDAY_BEHIND = new RegExp(
  String.raw`^(.*\d日?)(?:[\s,]*\((?:${WEEKDAY})\)|(?:[\s,]+|(?<=日))(?:${WEEKDAY}))$`,
  'iu',
)

/**
 * A day as people write it: `2026-12-31`, `2026年12月31日`, `31.12.2026`, `31 Dec 2026`; the day of the week may stand
 * before or behind it, when it is the right one. `31/12/2026` tells its order by itself, `05/12/2026` does not: that
 * takes a format.
 */
export function readDay(cell: string, format: DateFormat | null): DayRead {
  const text = cell.normalize('NFKC').trim()
  const { date, weekday } = withoutWeekday(text)
  const read = readDate(date, format)
  if (weekday === null || read.kind !== 'day') return read
  return Temporal.PlainDate.from(read.day).dayOfWeek === weekday ? read : { kind: 'not_a_day' }
}

/** 1 is Monday; null where none is told. */
function withoutWeekday(text: string): { readonly date: string; readonly weekday: number | null } {
  const before = WEEKDAY_BEFORE.exec(text)
  if (before !== null) return { date: before[3] ?? '', weekday: weekdayNamed(before[1], before[2]) }
  const behind = WEEKDAY_BEHIND.exec(text)
  if (behind === null) return { date: text, weekday: null }
  const [, date = '', english, chinese, otherEnglish, otherChinese] = behind
  return { date, weekday: weekdayNamed(english ?? otherEnglish, chinese ?? otherChinese) }
}

function weekdayNamed(english: string | undefined, chinese: string | undefined): number {
  return english === undefined
    ? '一二三四五六日'.indexOf((chinese ?? '').replace('天', '日')) + 1
    : WEEKDAYS.indexOf(english.slice(0, 3).toLowerCase()) + 1
}

function readDate(text: string, format: DateFormat | null): DayRead {
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
