import { describe, expect, it } from 'vitest'
import { rawProgress } from '../../src/domain/measures/progress.ts'
import { assessHealth } from '../../src/domain/health/assess-health.ts'
import type { HealthPolicy } from '../../src/domain/health/health-policy.ts'
import { healthInputAt } from '../../src/domain/health/next-health-instant.ts'
import { day } from '../support/issues.ts'
import { assess, healthFacts, HUNDRED_DAYS, policy } from '../support/health.ts'

/** Day 40 of 100, 26 % reached: 65 % of the pace, 14 points behind. */
const fact = (by: HealthPolicy, said: { probability?: number; confidence?: number } = {}) => {
  const facts = healthFacts({ progress: 0.26, lastEvidenceAt: day(39), ...said })
  return assessHealth(healthInputAt(facts, day(40)), by, null, day(40), HUNDRED_DAYS.calendar).assessment
}

describe('the same key result, at day 40 of 100 with 26 %', () => {
  it.each([
    ['balanced', {}, 'off_track', 'pace'],
    ['balanced', { probability: 0.9 }, 'off_track', 'pace'],
    ['pace-ratio', {}, 'off_track', 'pace'],
    ['points-gap', {}, 'on_track', 'gap'],
    ['forecast-only', { probability: 0.9 }, 'on_track', 'forecast'],
    ['forecast-only', { probability: 0.5 }, 'at_risk', 'forecast'],
    ['forecast-only', {}, 'no_data', 'no_basis'],
    ['manual', { confidence: 9 }, 'on_track', 'confidence'],
    ['manual', { confidence: 6 }, 'at_risk', 'confidence'],
    ['manual', {}, 'no_data', 'no_basis'],
  ] as const)('under %s, %o, is %s by its %s', (name, said, health, rule) => {
    expect(fact(policy(name), said)).toMatchObject({ health, computed: health, rule, policy: name })
  })

  it('has the same numbers under every policy', () => {
    for (const name of ['balanced', 'pace-ratio', 'points-gap', 'forecast-only', 'manual']) {
      const { paceRatio, gapPoints, expected } = fact(policy(name))
      expect(expected).toBe(0.4)
      expect(paceRatio).toBeCloseTo(0.65, 12)
      expect(gapPoints).toBeCloseTo(14, 12)
    }
  })
})

describe('bands in use elsewhere, as edited policies', () => {
  const ratio = (onTrack: number, atRisk: number) => policy('pace-ratio', { paceRatio: { onTrack, atRisk } })
  const gap = (onTrack: number, atRisk: number) => policy('points-gap', { gapPoints: { onTrack, atRisk } })

  it.each([
    ['70 / 40 % of the pace: behind', ratio(0.7, 0.4), 'at_risk'],
    ['95 / 75 %: the worst of three', ratio(0.95, 0.75), 'off_track'],
    ['90 / 70 %: off track', ratio(0.9, 0.7), 'off_track'],
    ['a gap of 16.5 / 33 points: on track', gap(16.5, 33), 'on_track'],
  ] as const)('give the label of their own table: %s', (_label, by, health) => {
    expect(fact(by).health).toBe(health)
  })
})

describe('the example from practice', () => {
  it('half the quarter gone, 30 % of 80 % reached: three quarters of the pace, at risk', () => {
    const progress = rawProgress(30, 0, 80)
    expect(assess({ progress })).toMatchObject({ health: 'at_risk', rule: 'pace', paceRatio: 0.75 })
  })
})
