import { describe, expect, it } from 'vitest'
import { deliveryEvidence, type DeliveryEvidence } from '../../src/domain/measures/delivery.ts'
import { sizeUnitOf, type Measure } from '../../src/domain/measures/measure.ts'
import { measured } from '../../src/domain/measures/measured.ts'
import { rawProgress, shownProgress } from '../../src/domain/measures/progress.ts'

describe('progress from baseline to target', () => {
  it.each([
    ['15 h → 10 h, at 12 h', 15, 10, 12, 0.6, 0.6],
    ['support tickets 120 → 30, at 75', 120, 30, 75, 0.5, 0.5],
    ['NPS 45 → 55, at 43', 45, 55, 43, -0.2, 0],
    ['revenue 12 → 24, at 25.2', 12, 24, 25.2, 1.1, 1],
    ['untouched', 45, 55, 45, 0, 0],
    ['reached', 15, 10, 10, 1, 1],
    ['a falling metric that rose', 15, 10, 16, -0.2, 0],
    ['from below zero', -10, 10, 0, 0.5, 0.5],
  ])('%s', (_case, baseline, target, current, raw, shown) => {
    expect(rawProgress(current, baseline, target)).toBe(raw)
    expect(shownProgress(rawProgress(current, baseline, target))).toBe(shown)
  })

  it('has no direction when baseline and target are the same', () => {
    expect(() => rawProgress(5, 10, 10)).toThrow('baseline and target are both 10')
  })
})

it('reaches a target of 0.8 by 0.7 and 0.1, however its sums are made', () => {
  const work = (...sizes: number[]) =>
    deliveryEvidence(sizes.map((size) => ({ state: 'delivered', size, issues: 1, sharePercent: 100 })))
  const quiet = { at: 0, lastWorkAt: null, latestValue: null, dayValues: [], ticks: [], stepDeliveries: [] }
  const timeBox = {
    startDay: '2026-10-01',
    dueDay: '2026-12-31',
    calendar: { timeZone: 'UTC', workingDays: [1], holidays: [] },
  }
  const progress = (measure: Measure, delivery: DeliveryEvidence) => {
    const { current, baseline, target } = measured(measure, { ...quiet, delivery }, timeBox)
    return rawProgress(current!, baseline, target!)
  }
  const sum = { kind: 'field_sum', field: 'customfield_1', unit: 'km' } as const
  expect(progress({ ...sum, baseline: 0, target: 0.8 }, work(0.7, 0.1))).toBe(1)
  expect(progress({ ...sum, baseline: 0.7, target: 0.8 }, work(0.1))).toBe(1)
  const target = { kind: 'fixed', amount: 0.8 } as const
  const statusWeights = { toDo: 0, inProgress: 50, delivered: 100 } as const
  expect(progress({ kind: 'delivery', size: 'points', target }, work(0.7, 0.1))).toBe(1)
  expect(progress({ kind: 'delivery', size: 'points', statusWeights, target }, work(0.7, 0.1))).toBe(1)
})

it('sizes linked work by the measure’s own unit, and by count beside a metric', () => {
  const target = { kind: 'scope' } as const
  expect(sizeUnitOf({ kind: 'delivery', size: 'points', target })).toBe('points')
  expect(sizeUnitOf({ kind: 'delivery', size: 'count', target })).toBe('count')
  expect(sizeUnitOf({ kind: 'metric', unit: 'h', baseline: 15, target: 10 })).toBe('count')
})
