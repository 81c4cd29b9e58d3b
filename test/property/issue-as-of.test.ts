import fc from 'fast-check'
import { expect, it } from 'vitest'
import { issueAsOf } from '../../src/domain/mirror/as-of.ts'
import { sortChanges } from '../../src/domain/mirror/issue.ts'
import { anyInstant, anyPast, trueStateAt } from '../support/issue-histories.ts'
import { CATEGORIES } from '../support/issues.ts'

it('finds every state an issue ever had', () => {
  fc.assert(
    fc.property(anyPast(), anyInstant, (past, at) => {
      expect(issueAsOf(past.history, at, CATEGORIES)).toEqual(trueStateAt(past, at))
    }),
  )
})

it('finds today’s state at the last instant and ever after', () => {
  fc.assert(
    fc.property(anyPast(), fc.nat({ max: 1e12 }), ({ history }, later) => {
      const living = { ...history, deletedAt: null }
      const last = Math.max(history.createdAt, ...history.changes.map(({ at }) => at))
      expect(issueAsOf(living, last + later, CATEGORIES)).toEqual(history.current)
    }),
  )
})

it('does not depend on the order in which changes came, nor on how often', () => {
  const anyArrival = anyPast().chain((past) => {
    const { changes } = past.history
    return fc.record({
      past: fc.constant(past),
      arrived: fc
        .tuple(fc.shuffledSubarray([...changes], { minLength: changes.length }), fc.subarray([...changes]))
        .map(([all, again]) => [...all, ...again]),
    })
  })
  fc.assert(
    fc.property(anyArrival, anyInstant, ({ past, arrived }, at) => {
      const history = { ...past.history, changes: sortChanges(arrived) }
      expect(issueAsOf(history, at, CATEGORIES)).toEqual(trueStateAt(past, at))
    }),
    { numRuns: 500 },
  )
})

it('is right from the first known change on when the older part of a history is missing', () => {
  fc.assert(
    fc.property(anyPast(), fc.nat({ max: 12 }), anyInstant, (past, missing, at) => {
      const { changes } = past.history
      const known = changes.slice(missing)
      const since = changes[Math.min(missing, changes.length) - 1]?.at ?? past.history.createdAt
      fc.pre(at >= since)
      expect(issueAsOf({ ...past.history, changes: known }, at, CATEGORIES)).toEqual(trueStateAt(past, at))
    }),
  )
})
