import { describe, expect, it } from 'vitest'
import { sizeUnitOf } from '../../src/domain/measures/measure.ts'
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
    expect(rawProgress(current, baseline, target)).toBeCloseTo(raw, 12)
    expect(shownProgress(rawProgress(current, baseline, target))).toBeCloseTo(shown, 12)
  })

  it('has no direction when baseline and target are the same', () => {
    expect(() => rawProgress(5, 10, 10)).toThrow('baseline and target are both 10')
  })
})

it('sizes linked work by the measure’s own unit, and by count beside a metric', () => {
  const target = { kind: 'scope' } as const
  expect(sizeUnitOf({ kind: 'delivery', size: 'points', target })).toBe('points')
  expect(sizeUnitOf({ kind: 'delivery', size: 'count', target })).toBe('count')
  expect(sizeUnitOf({ kind: 'metric', unit: 'h', baseline: 15, target: 10 })).toBe('count')
})
