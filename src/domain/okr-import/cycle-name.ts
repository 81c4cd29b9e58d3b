import { parseCycleKey, type CycleKey } from '../ids.ts'
import type { CalendarDay } from '../time.ts'

/** A cycle that its name tells the days of. */
export interface NamedCycle {
  readonly key: CycleKey
  readonly title: string
  readonly startDay: CalendarDay
  readonly endDay: CalendarDay
}

const QUARTERS = [
  /^(?<year>\d{4})\s*[-/年]?\s*q(?<part>[1-4])(?:季度)?$/,
  /^q(?<part>[1-4])\s*[-/,']?\s*y?(?<year>\d{4})$/,
  /^(?<year>\d{4})\s*年?\s*第?\s*(?<part>[1-4一二三四])\s*季度?$/,
]
const HALVES = [
  /^(?<year>\d{4})\s*[-/年]?\s*h(?<part>[12])$/,
  /^h(?<part>[12])\s*[-/,']?\s*y?(?<year>\d{4})$/,
  /^(?<year>\d{4})\s*年?\s*(?<part>[上下])半年$/,
]
const YEARS = [/^(?:annual\s*|y)?(?<year>\d{4})\s*(?:年|年度|annual)?$/]
const PARTS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 上: 1, 下: 2 }

/**
 * The calendar quarter, half or year that a name means: `Q4 2026`, `2026-H2`, `2026年第四季度`; null for any other
 * name, also for a fiscal year, which begins when its company says.
 */
export function cycleNamed(name: string): NamedCycle | null {
  const text = name.normalize('NFKC').trim().toLowerCase()
  return (
    named(text, QUARTERS, { letter: 'Q', months: 3 }) ??
    named(text, HALVES, { letter: 'H', months: 6 }) ??
    named(text, YEARS, { letter: '', months: 12 })
  )
}

function named(
  text: string,
  patterns: readonly RegExp[],
  { letter, months }: { letter: string; months: number },
): NamedCycle | null {
  const groups = patterns.map((pattern) => pattern.exec(text)?.groups).find((found) => found !== undefined)
  const year = Number(groups?.year)
  if (!(year >= 2000 && year <= 2199)) return null
  const part = groups?.part === undefined ? 1 : (PARTS[groups.part] ?? Number(groups.part))
  const title = letter === '' ? String(year) : `${year}-${letter}${part}`
  const start = Temporal.PlainDate.from({ year, month: (part - 1) * months + 1, day: 1 })
  return {
    key: parseCycleKey(title)!,
    title,
    startDay: start.toString(),
    endDay: start.add({ months }).subtract({ days: 1 }).toString(),
  }
}
