import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricTrend, type MetricValue } from '../../src/domain/forecast/metric-trend.ts'
import { DAY_MS } from '../../src/domain/time.ts'

const anyReadings: fc.Arbitrary<MetricValue[]> = fc
  .uniqueArray(fc.nat({ max: 200 }), { minLength: 3, maxLength: 30 })
  .chain((days) =>
    fc.tuple(
      ...days
        .sort((a, b) => a - b)
        .map((day) => fc.integer({ min: -500, max: 500 }).map((value) => ({ at: day * DAY_MS, value }))),
    ),
  )
const anyInstant = fc.integer({ min: 0, max: 400 }).map((day) => day * DAY_MS)

describe('a metric’s trend', () => {
  it('runs within its own range', () => {
    fc.assert(
      fc.property(anyReadings, anyInstant, (readings, at) => {
        const trend = metricTrend(readings)
        const { low, high } = trend.rangeAt(at)
        expect(low).toBeLessThanOrEqual(trend.valueAt(at) + 1e-6)
        expect(high).toBeGreaterThanOrEqual(trend.valueAt(at) - 1e-6)
      }),
    )
  })

  it('moves with its values: shifted, scaled and turned around', () => {
    const anyFactor = fc.constantFrom(-3, -1, 0.5, 2)
    fc.assert(
      fc.property(anyReadings, anyInstant, anyFactor, fc.integer(), (readings, at, factor, shift) => {
        fc.pre(Math.abs(shift) < 1e6)
        const trend = metricTrend(readings)
        const moved = metricTrend(readings.map((one) => ({ ...one, value: factor * one.value + shift })))
        expect(moved.valueAt(at)).toBeCloseTo(factor * trend.valueAt(at) + shift, 4)
        const { low, high } = trend.rangeAt(at)
        const ends = [low, high].map((end) => factor * end + shift).sort((a, b) => a - b)
        expect(moved.rangeAt(at).low).toBeCloseTo(ends[0]!, 4)
        expect(moved.rangeAt(at).high).toBeCloseTo(ends[1]!, 4)
      }),
    )
  })

  it('is not bent by a quarter of wild values', () => {
    const anyWild = fc.tuple(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: 8, max: 30 }),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: -10_000, max: 10_000 })), { maxLength: 2 }),
    )
    fc.assert(
      fc.property(anyWild, ([perDay, days, wild]) => {
        const readings = Array.from({ length: days }, (_, day) => ({ at: day * DAY_MS, value: perDay * day }))
        for (const [day, value] of wild) readings[day % days]!.value = value
        expect(metricTrend(readings).perDay).toBeCloseTo(perDay, 9)
      }),
    )
  })
})
