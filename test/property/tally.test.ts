import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inScope, today, type Contribution } from '../../src/domain/contributions/contribution.ts'
import { dayTallies, flowOf, sumTally, type ScopeState } from '../../src/domain/contributions/tally.ts'
import { dayOf, nextDay } from '../../src/domain/time.ts'
import { allContributions } from '../support/families.ts'
import { anyFamily } from '../support/issue-histories.ts'
import { KR1, KR2 } from '../support/issues.ts'

const inShanghai = (at: number) => dayOf(at, 'Asia/Shanghai')

/** A key result's contributions from a few families, and what each day of theirs added. */
const anyKeyResult = fc
  .tuple(fc.array(anyFamily, { minLength: 1, maxLength: 3 }), fc.constantFrom(KR1, KR2))
  .map(([families, keyResult]) => {
    const contributions = families.flatMap((family) => allContributions(family))
    const own = contributions.filter((contribution) => contribution.keyResult === keyResult)
    return { contributions: own, flow: own.flatMap((contribution) => flowOf(contribution, inShanghai)) }
  })

/** Counted one by one, without any sum. */
function tallyOfToday(contributions: readonly Contribution[]) {
  const scope = contributions.map(today).filter(inScope)
  const lines = Map.groupBy(scope, ({ state, size }) => `${state} ${size}`)
  return [...lines.values()].map((steps) => ({
    state: steps[0]!.state as ScopeState,
    size: steps[0]!.size,
    issues: steps.length,
    sharePercent: steps.reduce((sum, step) => sum + step.sharePercent, 0),
  }))
}

it('of all days together is that of the contributions as they stand today', () => {
  fc.assert(
    fc.property(anyKeyResult, ({ contributions, flow }) => {
      const counted = tallyOfToday(contributions)
      expect(sumTally(flow)).toHaveLength(counted.length)
      expect(sumTally(flow)).toEqual(expect.arrayContaining(counted))
      expect(dayTallies([], flow).at(-1)?.tally ?? []).toEqual(sumTally(counted))
    }),
  )
})

it('never counts less than nothing on any day', () => {
  fc.assert(
    fc.property(anyKeyResult, ({ flow }) => {
      for (const { tally } of dayTallies([], flow))
        for (const { issues, sharePercent } of tally) {
          expect(issues).toBeGreaterThan(0)
          expect(sharePercent).toBeGreaterThan(0)
        }
    }),
  )
})

it('is the same however its days are split, for any first day of the second part', () => {
  fc.assert(
    fc.property(anyKeyResult, fc.nat(), ({ flow }, pick) => {
      const whole = dayTallies([], flow)
      fc.pre(whole.length > 0)
      const moved = whole[pick % whole.length]!.day
      for (const split of [moved, nextDay(moved)]) {
        const before = whole.filter(({ day }) => day < split)
        const after = dayTallies(
          before.at(-1)?.tally ?? [],
          flow.filter(({ day }) => day >= split),
        )
        expect([...before, ...after]).toEqual(whole)
      }
    }),
  )
})

it('does not depend on the order of its lines', () => {
  const anyOrder = anyKeyResult.chain(({ flow }) =>
    fc.tuple(fc.constant(flow), fc.shuffledSubarray(flow, { minLength: flow.length })),
  )
  fc.assert(
    fc.property(anyOrder, ([flow, shuffled]) => {
      expect(JSON.stringify(sumTally(shuffled))).toBe(JSON.stringify(sumTally(flow)))
      expect(dayTallies([], shuffled)).toEqual(dayTallies([], flow))
    }),
  )
})
