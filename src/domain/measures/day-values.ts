import type { CalendarDay, EpochMs } from '../time.ts'

/** The values reported for one day, folded: a number that is pushed every minute still reads as one line a day. */
export interface DayValues {
  readonly day: CalendarDay
  /** When the latest of them was so. */
  readonly latestAt: EpochMs
  readonly latest: number
  readonly lowest: number
  readonly highest: number
  readonly sum: number
  readonly count: number
}

/** Several days, ascending, as one. */
export function foldDays(days: readonly [DayValues, ...DayValues[]]): Omit<DayValues, 'day'> {
  const last = days[days.length - 1] ?? days[0]
  return {
    latestAt: last.latestAt,
    latest: last.latest,
    lowest: Math.min(...days.map(({ lowest }) => lowest)),
    highest: Math.max(...days.map(({ highest }) => highest)),
    sum: days.reduce((total, { sum }) => total + sum, 0),
    count: days.reduce((total, { count }) => total + count, 0),
  }
}
