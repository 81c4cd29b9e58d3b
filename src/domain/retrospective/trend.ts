import type { CalendarDay } from '../time.ts'

/** A key result at the end of a day. */
export interface TrendDay {
  readonly day: CalendarDay
  readonly current: number | null
  readonly target: number | null
  readonly rawProgress: number | null
  readonly expectedProgress: number | null
}

/** A day on which the numbers became others than the day before; they hold until the next one. */
export interface TrendPoint {
  readonly day: CalendarDay
  readonly current: number | null
  readonly target: number | null
  readonly rawProgress: number | null
  readonly expectedProgress: number | null
}

/** The days worth drawing: the first, the last, and those on which something moved. Equal days in between are left out. */
export function trendOf(days: readonly TrendDay[]): TrendPoint[] {
  return days.filter((day, index) => {
    const before = days[index - 1]
    return before === undefined || index === days.length - 1 || !isSame(before, day)
  })
}

function isSame(a: TrendDay, b: TrendDay): boolean {
  return a.current === b.current && a.target === b.target && a.rawProgress === b.rawProgress
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const NO_DATA = '·'

/** The way from 0 to 1 in at most `width` characters, a dot where nothing was measured yet. */
export function sparkline(points: readonly Pick<TrendPoint, 'day' | 'rawProgress'>[], width: number): string {
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return ''
  const start = Temporal.PlainDate.from(first.day)
  const days = start.until(Temporal.PlainDate.from(last.day)).days
  const columns = Math.min(width, days + 1)
  return Array.from({ length: columns }, (_, column) => {
    const offset = columns === 1 ? 0 : Math.round((column * days) / (columns - 1))
    const day = start.add({ days: offset }).toString()
    return barOf(points.findLast((point) => point.day <= day)?.rawProgress ?? null)
  }).join('')
}

function barOf(progress: number | null): string {
  if (progress === null) return NO_DATA
  const share = Math.min(1, Math.max(0, progress))
  return BARS[share >= 1 ? BARS.length - 1 : Math.floor(share * (BARS.length - 1))] ?? NO_DATA
}
