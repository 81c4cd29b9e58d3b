import fc from 'fast-check'
import { expect, it } from 'vitest'
import { assessHealth, type HealthInput } from '../../src/domain/health/assess-health.ts'
import { compareHealth, worse } from '../../src/domain/health/health.ts'
import { problemsOfPolicy } from '../../src/domain/health/health-policy.ts'
import { anyBand, anyInput, anyPolicy, anyProbability, anyRatio, anyStanding } from '../support/any-health.ts'
import { HUNDRED_DAYS } from '../support/health.ts'
import { day } from '../support/issues.ts'

const now = day(50)
const { calendar } = HUNDRED_DAYS
const anyFormer = anyStanding(now)

it('the policies of these laws can all be kept', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      expect(problemsOfPolicy(policy)).toEqual([])
    }),
  )
})

it('more progress never makes a health worse, whatever band it stood in', () => {
  fc.assert(
    fc.property(anyInput, anyRatio, anyPolicy, anyFormer, (input, ratio, policy, former) => {
      fc.pre(input.progress !== null)
      const computed = (progress: number) =>
        assessHealth({ ...input, progress }, policy, former, now, calendar).assessment.computed
      const [less, more] = [input.progress, ratio / 2].sort((a, b) => a - b) as [number, number]
      expect(compareHealth(computed(more), computed(less))).toBeLessThanOrEqual(0)
    }),
    { numRuns: 2_000 },
  )
})

it('a higher probability never makes a health worse, nor does a higher confidence', () => {
  fc.assert(
    fc.property(anyInput, anyProbability, anyPolicy, anyFormer, (input, other, policy, former) => {
      const computed = (change: Partial<HealthInput>) =>
        assessHealth({ ...input, ...change }, policy, former, now, calendar).assessment.computed
      if (input.confidence !== null && input.confidence < 10) {
        const sure = computed({ confidence: input.confidence + 1 })
        expect(compareHealth(sure, computed({}))).toBeLessThanOrEqual(0)
      }
      if (input.probability === null || other === null) return
      const [less, more] = [input.probability, other].sort((a, b) => a - b) as [number, number]
      const isBetter = compareHealth(computed({ probability: more }), computed({ probability: less }))
      expect(isBetter).toBeLessThanOrEqual(0)
    }),
    { numRuns: 2_000 },
  )
})

it('looking twice at one instant changes nothing', () => {
  fc.assert(
    fc.property(anyInput, anyPolicy, anyFormer, (input, policy, former) => {
      const once = assessHealth(input, policy, former, now, calendar)
      const stored = JSON.parse(JSON.stringify(once.standing)) as typeof once.standing
      expect(assessHealth(input, policy, stored, now, calendar)).toEqual(once)
    }),
    { numRuns: 2_000 },
  )
})

it('an override changes what is shown and nothing that is computed', () => {
  fc.assert(
    fc.property(anyInput, anyPolicy, anyFormer, (input, policy, former) => {
      const { assessment, standing } = assessHealth(input, policy, former, now, calendar)
      const bare = assessHealth({ ...input, override: null }, policy, former, now, calendar)
      const shown = input.override?.health ?? bare.assessment.computed
      expect(assessment).toEqual({ ...bare.assessment, health: shown, override: input.override })
      expect(standing).toEqual(bare.standing)
    }),
    { numRuns: 1_000 },
  )
})

it('silence is never green: not without evidence, not with old evidence, and not with nothing to judge by', () => {
  fc.assert(
    fc.property(anyInput, anyPolicy, anyFormer, (input, policy, former) => {
      const { assessment } = assessHealth(input, policy, former, now, calendar)
      fc.pre(assessment.computed === 'on_track')
      expect(input.lastEvidenceAt).not.toBeNull()
      expect(now - input.lastEvidenceAt!).toBeLessThanOrEqual(policy.staleAfterDays * 86_400_000)
      const basis = {
        grace: true,
        confidence: input.confidence,
        pace: assessment.byPace,
        gap: assessment.byPace,
      }
      expect({ ...basis, forecast: assessment.byForecast }).toHaveProperty(assessment.rule)
      expect({ ...basis, forecast: assessment.byForecast }[assessment.rule as 'pace']).not.toBeNull()
    }),
    { numRuns: 2_000 },
  )
})

it('the worse of two is one of them, whichever is named first, and no better than the other', () => {
  fc.assert(
    fc.property(anyBand, anyBand, (a, b) => {
      expect([a, b]).toContain(worse(a, b))
      expect(worse(a, b)).toBe(worse(b, a))
      expect(compareHealth(worse(a, b), a)).toBeGreaterThanOrEqual(0)
    }),
  )
})
