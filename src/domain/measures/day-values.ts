import type { CalendarDay, EpochMs } from '../time.ts'
import { decimal } from './decimal.ts'
import type { RangeMeasure } from './measure.ts'

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

/**
 * What the values of several days come to.
 * @param days ascending
 */
export function valueOfDays(
  days: readonly [DayValues, ...DayValues[]],
  valueOfPeriod: RangeMeasure['valueOfPeriod'],
): number {
  const sum = () => days.reduce((total, day) => total + day.sum, 0)
  switch (valueOfPeriod) {
    case 'latest':
      return (days[days.length - 1] ?? days[0]).latest
    case 'lowest':
      return Math.min(...days.map(({ lowest }) => lowest))
    case 'highest':
      return Math.max(...days.map(({ highest }) => highest))
    case 'sum':
      return decimal(sum())
    case 'mean':
      return decimal(sum() / days.reduce((total, { count }) => total + count, 0))
  }
}
