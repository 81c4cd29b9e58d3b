import { describe, expect, it } from 'vitest'
import {
  BUILT_IN_POLICIES,
  DEFAULT_POLICY,
  problemsOfPolicy,
  type HealthPolicy,
} from '../../src/domain/health/health-policy.ts'
import { policy } from '../support/health.ts'

describe('the built-in policies', () => {
  it('are five, known by their own names, without problems', () => {
    expect([...BUILT_IN_POLICIES.keys()]).toEqual([
      'balanced',
      'pace-ratio',
      'points-gap',
      'forecast-only',
      'manual',
    ])
    for (const [name, builtIn] of BUILT_IN_POLICIES) {
      expect(builtIn.name).toBe(name)
      expect(builtIn.method).toBe(name.replace('-', '_'))
      expect(problemsOfPolicy(builtIn)).toEqual([])
    }
  })

  it('have balanced as their default', () => {
    expect(DEFAULT_POLICY).toBe(BUILT_IN_POLICIES.get('balanced'))
  })

  it('survive being stored as JSON', () => {
    expect(JSON.parse(JSON.stringify(DEFAULT_POLICY))).toEqual(DEFAULT_POLICY)
  })
})

describe('an edited policy', () => {
  const problems = (changes: Partial<HealthPolicy>) =>
    problemsOfPolicy(policy('balanced', changes)).map(({ field, problem }) => `${field} ${problem}`)

  it.each([
    ['a pace easier for on track', { paceRatio: { onTrack: 0.6, atRisk: 0.7 } }, 'paceRatio out_of_order'],
    ['a gap easier for on track', { gapPoints: { onTrack: 34, atRisk: 33 } }, 'gapPoints out_of_order'],
    ['a probability in disorder', { probability: { onTrack: 0.3, atRisk: 0.4 } }, 'probability out_of_order'],
    ['an edge above one', { paceRatio: { onTrack: 1.2, atRisk: 0.7 } }, 'paceRatio.onTrack out_of_range'],
    [
      'an edge that nothing misses',
      { paceRatio: { onTrack: 0.9, atRisk: 0 } },
      'paceRatio.atRisk out_of_range',
    ],
    ['certainty', { probability: { onTrack: 1, atRisk: 0.4 } }, 'probability.onTrack out_of_range'],
    ['a gap below nought', { gapPoints: { onTrack: -1, atRisk: 33 } }, 'gapPoints.onTrack out_of_range'],
    ['no number', { paceRatio: { onTrack: NaN, atRisk: 0.7 } }, 'paceRatio.onTrack not_a_number'],
    ['no days', { staleAfterDays: 0 }, 'staleAfterDays out_of_range'],
    ['half a day', { staleAfterDays: 1.5 }, 'staleAfterDays out_of_range'],
    ['grace for ever', { grace: { timeShare: 1, expected: 0.05 } }, 'grace.timeShare out_of_range'],
    ['expected below nought', { grace: { timeShare: 0.1, expected: -0.1 } }, 'grace.expected out_of_range'],
    ['a margin of a band', { hysteresis: { margin: 0.2 } }, 'hysteresis.margin out_of_range'],
    ['a blank name', { name: ' ' }, 'name blank'],
    ['a long name', { name: 'x'.repeat(41) }, 'name too_long'],
  ])('with %s says what is wrong', (_case, changes, problem) => {
    expect(problems(changes)).toEqual([problem])
  })

  it('may have two bands only, and no margin', () => {
    const two = { onTrack: 0.8, atRisk: 0.8 }
    expect(problems({ paceRatio: two, probability: two, hysteresis: { margin: 0 } })).toEqual([])
  })

  it('is told all of it at once, with what was seen and expected', () => {
    const wrong = policy('balanced', { staleAfterDays: 0, paceRatio: { onTrack: 2, atRisk: 0.7 } })
    expect(problemsOfPolicy(wrong).map(({ field, message }) => `${field} ${message}`)).toEqual([
      'paceRatio.onTrack is 2, expected a number from 0.01 to 1',
      'staleAfterDays is 0, expected a whole number from 1 to 366',
    ])
  })
})
