import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeObjective, verdictOf, type Graded } from '../../src/domain/grades/grade.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'

const ambition = fc.constantFrom('committed' as const, 'aspirational' as const)
const raw = fc.option(fc.double({ min: -10, max: 10, noNaN: true }), { nil: null })
const graded = fc
  .uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 8 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number) =>
        fc.record({
          keyResult: fc.constant(`KR-${number}` as KeyResultKey),
          weight: fc.double({ min: 0.001, max: 1_000, noNaN: true }),
          rawProgress: raw,
        }),
      ),
    ),
  )

describe('the grade of an objective', () => {
  it('lies between its worst and its best key result, within 0 and 1', () => {
    fc.assert(
      fc.property(graded, ambition, (keyResults, kind) => {
        const { score } = gradeObjective(keyResults, kind)
        const scores = keyResults.map((each) => Math.min(1, Math.max(0, each.rawProgress ?? 0)))
        expect(score).toBeGreaterThanOrEqual(Math.max(0, Math.min(...scores) - 1e-9))
        expect(score).toBeLessThanOrEqual(Math.min(1, Math.max(...scores) + 1e-9))
      }),
    )
  })

  it('is the same in whatever order its key results come', () => {
    const shuffled = graded.chain((keyResults) =>
      fc.tuple(fc.constant(keyResults), fc.shuffledSubarray(keyResults, { minLength: keyResults.length })),
    )
    fc.assert(
      fc.property(shuffled, ambition, ([keyResults, others], kind) => {
        expect(gradeObjective(others, kind)).toEqual(gradeObjective(keyResults, kind))
      }),
    )
  })

  it('never falls when a key result gets further, and never for data that arrives', () => {
    fc.assert(
      fc.property(graded, fc.nat(), fc.double({ min: 0, max: 5, noNaN: true }), (keyResults, at, more) => {
        const further: Graded[] = keyResults.map((each, index) =>
          index === at % keyResults.length ? { ...each, rawProgress: (each.rawProgress ?? 0) + more } : each,
        )
        const before = gradeObjective(keyResults, 'aspirational').score!
        expect(gradeObjective(further, 'aspirational').score!).toBeGreaterThanOrEqual(before - 1e-9)
      }),
    )
  })

  it('does not depend on the unit of the weights', () => {
    fc.assert(
      fc.property(graded, fc.integer({ min: 1, max: 64 }), (keyResults, factor) => {
        const scaled = keyResults.map((each) => ({ ...each, weight: each.weight * factor }))
        expect(gradeObjective(scaled, 'committed').score).toBeCloseTo(
          gradeObjective(keyResults, 'committed').score!,
          9,
        )
      }),
    )
  })

  it('passes a commitment only when all of it was reached', () => {
    fc.assert(
      fc.property(graded, (keyResults) => {
        const isWhole = keyResults.every((each) => (each.rawProgress ?? 0) >= 1)
        if (isWhole) expect(gradeObjective(keyResults, 'committed').verdict).toBe('pass')
        const isFarOff = keyResults.some((each) => (each.rawProgress ?? 0) < 0.9 && each.weight > 0.01)
        if (isFarOff) expect(gradeObjective(keyResults, 'committed').verdict).toBe('miss')
      }),
    )
  })
})

it('a verdict never gets worse with a higher score', () => {
  const rank = { miss: 0, progress: 1, good: 2, pass: 3 }
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ambition,
      (a, b, kind) => {
        const [low, high] = a < b ? [a, b] : [b, a]
        expect(rank[verdictOf(high, kind)]).toBeGreaterThanOrEqual(rank[verdictOf(low, kind)])
      },
    ),
  )
})
