import { describe, expect, it } from 'vitest'
import { gradeKeyResult, gradeObjective, verdictOf, type Graded } from '../../src/domain/grades/grade.ts'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { rawProgress } from '../../src/domain/measures/progress.ts'

const graded = (number: number, raw: number | null, weight = 1): Graded => ({
  keyResult: `KR-${number}` as KeyResultKey,
  weight,
  rawProgress: raw,
})

describe('a verdict', () => {
  it.each([
    ['committed', 1, 'pass'],
    ['committed', 0.999, 'miss'],
    ['committed', 0.7, 'miss'],
    ['committed', 0, 'miss'],
    ['aspirational', 1, 'good'],
    ['aspirational', 0.7, 'good'],
    ['aspirational', 0.699, 'progress'],
    ['aspirational', 0.4, 'progress'],
    ['aspirational', 0.399, 'miss'],
    ['aspirational', 0, 'miss'],
  ] as const)('of a %s goal at %d is %s', (ambition, score, verdict) => {
    expect(verdictOf(score, ambition)).toBe(verdict)
  })
})

describe('the grade of a key result', () => {
  it.each([
    ['revenue 12 → 24 at 25.2', rawProgress(25.2, 12, 24), 1],
    ['NPS 45 → 55 at 43', rawProgress(43, 45, 55), 0],
    ['hours 15 → 10 at 12', rawProgress(12, 15, 10), 0.6],
    ['tickets 120 → 30 at 75', rawProgress(75, 120, 30), 0.5],
  ])('of %s is clamped to 0..1', (_name, raw, score) => {
    expect(gradeKeyResult(graded(1, raw), 'committed').score).toBeCloseTo(score, 12)
  })

  it('without data is 0, and says so', () => {
    expect(gradeKeyResult(graded(1, null), 'aspirational')).toEqual({
      keyResult: 'KR-1',
      score: 0,
      verdict: 'miss',
      hasNoData: true,
    })
    expect(gradeKeyResult(graded(1, 0), 'aspirational').hasNoData).toBe(false)
  })
})

describe('the grade of an objective', () => {
  it('is the mean of its key results by weight', () => {
    expect(gradeObjective([graded(1, 1, 3), graded(2, 0.2, 1)], 'aspirational')).toEqual({
      score: 0.8,
      verdict: 'good',
      withoutData: [],
    })
  })

  it('counts what is over the top as 1: nothing makes up for another key result', () => {
    expect(gradeObjective([graded(1, 3), graded(2, 0.5)], 'committed').score).toBe(0.75)
    expect(gradeObjective([graded(1, -2), graded(2, 1)], 'committed').score).toBe(0.5)
  })

  it('counts key results without data as 0 and names them in their order', () => {
    expect(gradeObjective([graded(12, null), graded(2, null), graded(3, 1, 2)], 'aspirational')).toEqual({
      score: 0.5,
      verdict: 'progress',
      withoutData: ['KR-2', 'KR-12'],
    })
  })

  it('is none without key results', () => {
    expect(gradeObjective([], 'committed')).toEqual({ score: null, verdict: null, withoutData: [] })
  })

  it('knows the edge of a verdict from what adding up does to it', () => {
    const thirds = [graded(1, 0.7, 0.1), graded(2, 0.7, 0.2), graded(3, 0.7, 0.7)]
    expect(gradeObjective(thirds, 'aspirational').verdict).toBe('good')
    expect(
      gradeObjective([graded(1, 1, 0.1), graded(2, 1, 0.2), graded(3, 1, 0.4)], 'committed').verdict,
    ).toBe('pass')
  })
})
