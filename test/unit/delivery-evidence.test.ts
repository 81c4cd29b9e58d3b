import { describe, expect, it } from 'vitest'
import type { TallyLine } from '../../src/domain/contributions/tally.ts'
import { deliveryEvidence, deliveryTarget } from '../../src/domain/measures/delivery.ts'

const line = (
  state: TallyLine['state'],
  size: number | null,
  issues = 1,
  sharePercent = 100 * issues,
): TallyLine => ({ state, size, issues, sharePercent })

describe('the evidence of delivery', () => {
  it('sums issues and sizes by state', () => {
    const evidence = deliveryEvidence([
      line('delivered', 3, 2),
      line('delivered', 5),
      line('in_progress', 8),
      line('to_do', 1, 4),
    ])
    expect(evidence).toEqual({
      scope: { issues: 8, size: 23 },
      toDo: { issues: 4, size: 4 },
      inProgress: { issues: 1, size: 8 },
      delivered: { issues: 3, size: 11 },
      unestimated: { issues: 0, countedAs: 1 },
    })
  })

  it('counts a share of an issue as that share of its size, and as one issue', () => {
    const { scope, delivered } = deliveryEvidence([line('delivered', 5, 1, 60), line('to_do', 5, 2, 140)])
    expect(delivered).toEqual({ issues: 1, size: 3 })
    expect(scope).toEqual({ issues: 3, size: 10 })
  })

  it('is nothing where nothing is linked', () => {
    expect(deliveryEvidence([]).scope).toEqual({ issues: 0, size: 0 })
  })
})

describe('an issue without an estimate', () => {
  it.each([
    ['the middle one of an odd number', [1, 2, 13], 2],
    ['the lower one of the two in the middle', [1, 2, 8, 13], 2],
    ['the only one', [5], 5],
    ['one, when nothing is estimated', [], 1],
  ])('counts at the median size: %s', (_case, sizes, countedAs) => {
    const evidence = deliveryEvidence([
      ...sizes.toReversed().map((size) => line('to_do', size)),
      line('delivered', null, 2),
    ])
    expect(evidence.unestimated).toEqual({ issues: 2, countedAs })
    expect(evidence.delivered).toEqual({ issues: 2, size: 2 * countedAs })
  })

  it('counts at the median over issues, not over the sizes that occur', () => {
    expect(
      deliveryEvidence([line('to_do', 1, 5), line('to_do', 8), line('to_do', 13)]).unestimated.countedAs,
    ).toBe(1)
  })

  it('counts at the median of all states together', () => {
    const tally = [line('delivered', 1), line('in_progress', 3), line('to_do', 8), line('to_do', null)]
    expect(deliveryEvidence(tally).unestimated).toEqual({ issues: 1, countedAs: 3 })
  })

  it('counts with its share', () => {
    expect(deliveryEvidence([line('to_do', 4), line('delivered', null, 1, 25)]).delivered.size).toBe(1)
  })
})

describe('the target of delivery', () => {
  const evidence = deliveryEvidence([line('delivered', 5), line('to_do', 15)])
  const scope = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
  const fixed = { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 50 } } as const

  it('is all the work in scope', () => {
    expect(deliveryTarget(scope, evidence)).toBe(20)
    expect(deliveryTarget(scope, deliveryEvidence([line('to_do', 0.5)]))).toBe(0.5)
  })

  it('is the fixed amount where there is one, whatever is linked', () => {
    expect(deliveryTarget(fixed, evidence)).toBe(50)
    expect(deliveryTarget(fixed, deliveryEvidence([]))).toBe(50)
  })

  it('is unknown while nothing is linked, and while all that is linked is estimated at nothing', () => {
    expect(deliveryTarget(scope, deliveryEvidence([]))).toBeNull()
    expect(deliveryTarget(scope, deliveryEvidence([line('to_do', 0)]))).toBeNull()
  })
})
