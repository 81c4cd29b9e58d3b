import { missedBound, type Band } from './band.ts'
import type { RangeMeasure } from './measure.ts'

/**
 * What can be said of a period by the values there are:
 *
 *   inside     its value is in the band; while it runs, so far
 *   outside    its value is not, and no value that may still come for it changes that while it runs
 *   slipping   it runs and its value has left the band; later values may bring it back
 *   filling    it runs and its value has not got to the band yet, as is to be expected of a sum or of an extreme
 *
 * Only `inside` and `outside` are verdicts that count: what is open says nothing of the period.
 */
export type Verdict = 'inside' | 'outside' | 'slipping' | 'filling'

/** How the values of a period are judged. */
export interface PeriodRule {
  readonly band: Band
  readonly valueOfPeriod: RangeMeasure['valueOfPeriod']
}

/**
 * @param value what the values of the period come to
 * @param isRunning whether values of the time of the period may still come
 */
export function verdictOf(value: number, { band, valueOfPeriod }: PeriodRule, isRunning: boolean): Verdict {
  const missed = missedBound(value, band)
  if (missed === null) return 'inside'
  return isRunning ? OUTSIDE_SO_FAR[valueOfPeriod][missed] : 'outside'
}

/**
 * What is missed for good before the period is over: the highest value never falls again and the lowest never rises. A
 * sum above its upper bound is not: values may be negative, as returns and corrections are.
 */
const OUTSIDE_SO_FAR = {
  latest: { lower: 'slipping', upper: 'slipping' },
  mean: { lower: 'slipping', upper: 'slipping' },
  sum: { lower: 'filling', upper: 'slipping' },
  lowest: { lower: 'outside', upper: 'filling' },
  highest: { lower: 'filling', upper: 'outside' },
} as const
