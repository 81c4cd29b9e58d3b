import { describe, expect, it } from 'vitest'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { progressEffect, type KnownNumbers } from '../../src/domain/okrs/progress-effect.ts'

const work = (size: number) => ({ issues: size, size })
const delivery = {
  scope: work(20),
  toDo: work(10),
  inProgress: work(5),
  delivered: work(5),
  unestimated: { issues: 0, countedAs: 1 },
}
const numbers = (current: number | null, rawProgress: number | null): KnownNumbers => ({
  current,
  rawProgress,
  delivery,
})
const effect = (before: Measure, after: Measure, known: KnownNumbers | null) =>
  progressEffect({ measure: before }, { measure: after }, known)

const METRIC = { kind: 'metric', unit: '%', baseline: 40, target: 60 } as const
const SUM = { kind: 'field_sum', field: 'customfield_1', unit: 'videos', baseline: 0, target: 20 } as const
const POINTS = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
const RANGE = {
  kind: 'range',
  unit: '%',
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  targetShare: 1,
} as const

describe('what a change of a measure does to progress', () => {
  it('is told from the same value on the new way', () => {
    expect(effect(METRIC, { ...METRIC, target: 80 }, numbers(50, 0.5))).toEqual({
      kind: 'moves',
      before: 0.5,
      after: 0.25,
    })
    expect(effect(METRIC, { ...METRIC, baseline: 45 }, numbers(45, 0.25))).toEqual({
      kind: 'moves',
      before: 0.25,
      after: 0,
    })
    expect(effect(SUM, { ...SUM, baseline: 10, target: 30 }, numbers(5, 0.25))).toBeNull()
    expect(effect(SUM, { ...SUM, target: 10 }, numbers(5, 0.25))).toEqual({
      kind: 'moves',
      before: 0.25,
      after: 0.5,
    })
    expect(effect(POINTS, { ...POINTS, target: { kind: 'fixed', amount: 10 } }, numbers(5, 0.25))).toEqual({
      kind: 'moves',
      before: 0.25,
      after: 0.5,
    })
    expect(effect(RANGE, { ...RANGE, targetShare: 0.5 }, numbers(0.5, 0.5))).toEqual({
      kind: 'moves',
      before: 0.5,
      after: 1,
    })
  })

  it('is left to the recompute where another thing is measured', () => {
    const recomputed = { kind: 'recomputed', before: 0.5 }
    expect(effect(METRIC, { kind: 'binary' }, numbers(50, 0.5))).toEqual(recomputed)
    expect(effect(RANGE, { ...RANGE, band: { below: 4 } }, numbers(0.5, 0.5))).toEqual(recomputed)
    expect(effect(POINTS, { ...POINTS, size: 'count' }, numbers(10, 0.5))).toEqual(recomputed)
    expect(effect(SUM, { ...SUM, field: 'customfield_2' }, numbers(10, 0.5))).toEqual(recomputed)
  })

  it('is nothing without a number, and for a unit that has another name', () => {
    expect(effect(METRIC, { ...METRIC, target: 80 }, null)).toBeNull()
    expect(effect(METRIC, { ...METRIC, target: 80 }, numbers(null, null))).toBeNull()
    expect(effect(METRIC, { ...METRIC, unit: 'percent' }, numbers(50, 0.5))).toBeNull()
    expect(effect(METRIC, METRIC, numbers(50, 0.5))).toBeNull()
  })
})
