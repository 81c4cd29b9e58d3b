import { describe, expect, it } from 'vitest'
import type { KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { conflict, outputWithoutOutcome, uncovered, type EpicClaim } from '../../src/domain/health/signals.ts'

describe('output without outcome', () => {
  const facts = { deliveryShare: 0.6, outcomeProgress: 0.09, timeShare: 0.5 }

  it('is told from 60 % delivered, less than 10 % of the outcome, after half of the time', () => {
    expect(outputWithoutOutcome(facts)).toEqual(facts)
    expect(outputWithoutOutcome({ ...facts, outcomeProgress: -0.5 })).not.toBeNull()
  })

  it.each([
    ['less delivered', { deliveryShare: 0.59 }],
    ['a tenth of the outcome', { outcomeProgress: 0.1 }],
    ['an earlier day', { timeShare: 0.49 }],
    ['no linked work', { deliveryShare: null }],
    ['an outcome nobody measured', { outcomeProgress: null }],
  ])('is not told with %s', (_case, change) => {
    expect(outputWithoutOutcome({ ...facts, ...change })).toBeNull()
  })
})

describe('a key result in danger', () => {
  const facts = { health: 'at_risk', openIssuesInActiveSprints: 0, hasActiveSprint: true } as const

  it.each(['at_risk', 'off_track'] as const)(
    '%s without open work in a running sprint is uncovered',
    (health) => {
      expect(uncovered({ ...facts, health })).toEqual({ health })
    },
  )

  it.each([
    ['with an open issue in one', { openIssuesInActiveSprints: 1 }],
    ['between sprints', { hasActiveSprint: false }],
    ['that is on track after all', { health: 'on_track' }],
    ['that nobody has heard of', { health: 'stale' }],
    ['that is missed', { health: 'missed' }],
  ] as const)('%s is not', (_case, change) => {
    expect(uncovered({ ...facts, ...change })).toBeNull()
  })
})

describe('an epic claimed twice', () => {
  const KR = (n: number) => `KR-${n}` as KeyResultKey
  const O = (n: number) => `O-${n}` as ObjectiveKey
  const own = { key: KR(1), objective: O(1) }
  const claim = (epicId: string, keyResult: number, objective: number, role: EpicClaim['role'] = 'drives') =>
    ({ siteId: 'main', epicId, keyResult: KR(keyResult), objective: O(objective), role }) satisfies EpicClaim

  it('is a conflict between key results of different objectives, told by epic and by key', () => {
    const claims = [
      ...[claim('900', 10, 2), claim('900', 9, 3), claim('900', 1, 1), claim('900', 9, 3)],
      ...[claim('88', 1, 1), claim('88', 2, 2), claim('88', 3, 1)],
    ]
    expect(conflict(own, claims)).toEqual({
      epics: [
        { siteId: 'main', epicId: '88', others: [KR(2)] },
        { siteId: 'main', epicId: '900', others: [KR(9), KR(10)] },
      ],
    })
    expect(conflict(own, claims.toReversed())).toEqual(conflict(own, claims))
  })

  it.each([
    ['key results of one objective', [claim('88', 1, 1), claim('88', 2, 1)]],
    ['one that the other only supports', [claim('88', 1, 1), claim('88', 2, 2, 'supports')]],
    ['one that only supports this one', [claim('88', 1, 1, 'supports'), claim('88', 2, 2)]],
    ['another epic', [claim('88', 1, 1), claim('89', 2, 2)]],
    ['the same number on another site', [claim('88', 1, 1), { ...claim('88', 2, 2), siteId: 'other' }]],
  ])('is none between %s', (_case, claims) => {
    expect(conflict(own, claims)).toBeNull()
  })
})
