import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareHealth } from '../../src/domain/health/health.ts'
import type { ObjectiveKey } from '../../src/domain/ids.ts'
import { rollUp, type RollUpGoals } from '../../src/domain/roll-up/roll-up.ts'
import type { RollUp } from '../../src/domain/roll-up/terms.ts'
import { medianHealth, worstHealth } from '../../src/domain/roll-up/weighted-mean.ts'
import { anyRollUpGoals } from '../support/aligned-goals.ts'

const sorted = (standings: ReadonlyMap<ObjectiveKey, RollUp>) =>
  [...standings].sort(([a], [b]) => (a < b ? -1 : 1))

describe('the roll-up of any goals', () => {
  it('gives every objective a standing: 0 to 1 or nothing, never NaN, whatever supports whatever', () => {
    fc.assert(
      fc.property(anyRollUpGoals, (goals) => {
        const standings = rollUp(goals)
        expect(standings.size).toBe(goals.objectives.length)
        for (const { progress, rawProgress, terms } of standings.values()) {
          for (const share of [progress, ...terms.flatMap(({ adds, weightShare }) => [adds, weightShare])]) {
            expect(share === null || (share >= 0 && share <= 1)).toBe(true)
          }
          expect(rawProgress === null).toBe(progress === null)
          expect(rawProgress === null || Number.isFinite(rawProgress)).toBe(true)
        }
      }),
    )
  })

  it('does not depend on the order of what is given', () => {
    const anyOrder = anyRollUpGoals.chain((goals) =>
      fc.record({
        goals: fc.constant(goals),
        objectives: fc.shuffledSubarray([...goals.objectives], { minLength: goals.objectives.length }),
        keyResults: fc.shuffledSubarray([...goals.keyResults], { minLength: goals.keyResults.length }),
      }),
    )
    fc.assert(
      fc.property(anyOrder, ({ goals, ...other }) => {
        expect(sorted(rollUp(other))).toEqual(sorted(rollUp(goals)))
      }),
    )
  })

  it('never falls when a key result rises', () => {
    const anyRise = anyRollUpGoals.chain((goals) =>
      fc.record({
        goals: fc.constant<RollUpGoals>(goals),
        which: fc.nat(),
        by: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    )
    fc.assert(
      fc.property(anyRise, ({ goals, which, by }) => {
        const rising = goals.keyResults[which % Math.max(1, goals.keyResults.length)]
        if (rising === undefined || rising.progress === null) return
        const progress = Math.min(1, rising.progress + by)
        const keyResults = goals.keyResults.map((one) =>
          one === rising ? { ...one, progress, rawProgress: progress } : one,
        )
        const after = rollUp({ ...goals, keyResults })
        for (const [key, before] of rollUp(goals)) {
          expect(after.get(key)?.progress ?? 0).toBeGreaterThanOrEqual(before.progress ?? 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('lies between its lowest and its highest term, which add up to it', () => {
    fc.assert(
      fc.property(anyRollUpGoals, (goals) => {
        for (const { progress, terms } of rollUp(goals).values()) {
          const counting = terms.filter(({ leftOut }) => leftOut === null).map((term) => term.progress ?? -1)
          if (progress === null) {
            expect(counting).toEqual([])
            continue
          }
          expect(progress).toBeGreaterThanOrEqual(Math.min(...counting))
          expect(progress).toBeLessThanOrEqual(Math.max(...counting))
          expect(terms.reduce((sum, { adds }) => sum + (adds ?? 0), 0)).toBeCloseTo(progress, 9)
          expect(terms.reduce((sum, { weightShare }) => sum + (weightShare ?? 0), 0)).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  it('is not moved by what only supports, is archived, or nobody measured', () => {
    fc.assert(
      fc.property(anyRollUpGoals, (goals) => {
        const without: RollUpGoals = {
          objectives: goals.objectives.map((one) =>
            one.contributionWeight === null || one.archivedAt !== null ? { ...one, parent: null } : one,
          ),
          keyResults: goals.keyResults,
        }
        const progressOf = (given: RollUpGoals) =>
          sorted(rollUp(given)).map(([key, { progress, health }]) => [key, progress, health])
        // Cutting such a parent may open a circle, so that what was on it counts again: those are another matter.
        const circular = [...rollUp(goals).values()].some(({ terms }) =>
          terms.some((term) => [term, ...term.parts].some(({ leftOut }) => leftOut === 'circular')),
        )
        fc.pre(!circular)
        expect(progressOf(without)).toEqual(progressOf(goals))
      }),
    )
  })

  it('takes a health that one of its terms has, and the middle is never worse than the worst', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            weight: fc.integer({ min: 1, max: 9 }),
            health: fc.constantFrom('done', 'on_track', 'no_data', 'at_risk', 'off_track', 'missed'),
          }),
          { minLength: 1 },
        ),
        (terms) => {
          const healths = terms.map(({ health }) => health)
          const median = medianHealth(terms)
          expect(healths).toContain(median)
          expect(healths).toContain(worstHealth(healths))
          expect(compareHealth(median, worstHealth(healths))).toBeLessThanOrEqual(0)
          const atLeastAsBad = terms.filter(({ health }) => compareHealth(health, median) >= 0)
          const weightOf = (some: typeof terms) => some.reduce((sum, { weight }) => sum + weight, 0)
          expect(weightOf(atLeastAsBad)).toBeGreaterThanOrEqual(weightOf(terms) / 2)
        },
      ),
    )
  })
})
