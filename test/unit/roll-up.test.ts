import { describe, expect, it } from 'vitest'
import { rollUp } from '../../src/domain/roll-up/roll-up.ts'
import { weightedMean } from '../../src/domain/roll-up/weighted-mean.ts'
import {
  objectiveSentences,
  rollUpFormula,
  termSentence,
} from '../../src/domain/roll-up/objective-sentences.ts'
import { anAligned, anObjective, KR, O } from '../support/aligned-goals.ts'

const standing = (goals: Parameters<typeof rollUp>[0], n = 1) => rollUp(goals).get(O(n))!

describe('an objective', () => {
  it('is the mean of its key results, each with its weight', () => {
    const keyResults = [anAligned(1, 1, { weight: 2, progress: 0.6 }), anAligned(2, 1, { progress: 0.5 })]
    const rolled = standing({ objectives: [anObjective(1)], keyResults })
    expect(rolled.progress).toBeCloseTo(1.7 / 3, 12)
    expect(rollUpFormula(rolled)).toBe('(2 × 0.6 + 1 × 0.5) ÷ (2 + 1) = 0.566667')
    expect(rolled.terms.map((term) => termSentence(term, rolled.terms))).toEqual([
      'KR-1 is at 60 %; with weight 2 of 3 (66.7 %) it adds 40 %. It is on track.',
      'KR-2 is at 50 %; with weight 1 of 3 (33.3 %) it adds 16.7 %. It is on track.',
    ])
    expect(objectiveSentences(rolled, 'worst')).toEqual([
      'O-1 is at 56.7 %: the weighted mean of KR-1 and KR-2.',
      'Its health is on track: the worst of what counts for it, that of KR-1 and KR-2.',
    ])
  })

  it('counts a binary key result that is not done as 0, and leaves out what is archived or unknown', () => {
    const keyResults = [
      anAligned(1, 1, { progress: 0 }),
      anAligned(2, 1, { progress: 0.8 }),
      anAligned(3, 1, { progress: null }),
      anAligned(4, 1, { progress: 1, isArchived: true }),
    ]
    const rolled = standing({ objectives: [anObjective(1)], keyResults })
    expect(rolled.progress).toBe(0.4)
    expect(rolled.missing).toEqual([KR(3)])
    expect(rolled.terms.map(({ leftOut }) => leftOut)).toEqual([null, null, 'no_data', 'archived'])
    expect(rolled.terms.slice(2).map((term) => termSentence(term, rolled.terms))).toEqual([
      'KR-3 has no data yet and is left out of the mean; its health, no data, counts.',
      'KR-4 is archived and does not count.',
    ])
    expect(objectiveSentences(rolled, 'worst')).toContain('KR-3 has no data yet and is left out of the mean.')
  })

  it('has no data without key results, and none that counts for anything', () => {
    const rolled = standing({ objectives: [anObjective(1)], keyResults: [] })
    expect(rolled).toMatchObject({ progress: null, rawProgress: null, health: 'no_data', missing: [] })
    expect(rollUpFormula(rolled)).toBeNull()
    expect(objectiveSentences(rolled, 'worst')[0]).toBe('O-1 has no progress yet: it has no key results.')
  })

  it('shows in its raw progress what is exceeded or went backwards, and not in its progress', () => {
    const keyResults = [
      anAligned(1, 1, { progress: 1, rawProgress: 1.5 }),
      anAligned(2, 1, { progress: 0, rawProgress: -0.2 }),
    ]
    const rolled = standing({ objectives: [anObjective(1)], keyResults })
    expect([rolled.progress, rolled.rawProgress]).toEqual([0.5, 0.65])
  })
})

it('the mean of values that are too large to be weighed is their mean still', () => {
  const heavy = [1e308, -1e308].map((value) => ({ weight: 1_000, value }))
  expect(weightedMean(heavy)).toBe(0)
})

describe('what supports an objective', () => {
  const above = anObjective(1, { level: 'company' })
  const keyResults = [anAligned(1, 1, { progress: 0.5 }), anAligned(2, 2, { progress: 1 })]

  it('moves nothing without a contribution weight', () => {
    const supporting = anObjective(2, { parent: KR(1) })
    const rolled = standing({ objectives: [above, supporting], keyResults })
    expect(rolled.progress).toBe(0.5)
    expect(rolled.terms[0]?.parts[1]).toMatchObject({ key: O(2), leftOut: 'supports_only', adds: null })
  })

  it('counts inside the term of the key result it contributes to', () => {
    const contributing = anObjective(2, { parent: KR(1), contributionWeight: 0.25 })
    const more = [...keyResults, anAligned(3, 1, { progress: 0 })]
    const rolled = standing({ objectives: [above, contributing], keyResults: more })
    expect(rolled.terms[0]).toMatchObject({ key: KR(1), progress: 0.6, weight: 1, weightShare: 0.5 })
    expect(rolled.progress).toBe(0.3)
    expect(termSentence(rolled.terms[0]!, rolled.terms)).toBe(
      'KR-1 is at 60 %, the weighted mean of its own 50 % (weight 1) and O-2’s 100 % (weight 0.25); ' +
        'with weight 1 of 2 (50 %) it adds 30 %. It is on track.',
    )
  })

  it('is one more term beside the key results when its parent is the objective', () => {
    const contributing = anObjective(2, { parent: O(1), contributionWeight: 3 })
    const rolled = standing({ objectives: [above, contributing], keyResults })
    expect(rolled.terms.map(({ key, weightShare }) => [key, weightShare])).toEqual([
      [KR(1), 0.25],
      [O(2), 0.75],
    ])
    expect(rolled.progress).toBe(0.875)
  })

  it('stands in for a key result without data, which stays missing', () => {
    const contributing = anObjective(2, { parent: KR(1), contributionWeight: 1 })
    const unmeasured = [anAligned(1, 1, { progress: null }), anAligned(2, 2, { progress: 1 })]
    const rolled = standing({ objectives: [above, contributing], keyResults: unmeasured })
    expect(rolled).toMatchObject({ progress: 1, health: 'no_data', missing: [KR(1)] })
  })

  it('counts over several steps, and not at all on a circle', () => {
    const chain = [
      anObjective(1),
      anObjective(2, { parent: O(1), contributionWeight: 1 }),
      anObjective(3, { parent: KR(1), contributionWeight: 1 }),
    ]
    const deep = [anAligned(1, 2, { progress: 0 }), anAligned(2, 3, { progress: 1 })]
    expect(standing({ objectives: chain, keyResults: deep }).progress).toBe(0.5)
    const circle = [anObjective(1, { parent: KR(2), contributionWeight: 1 }), ...chain.slice(1)]
    const rolled = standing({ objectives: circle, keyResults: deep })
    expect(rolled.progress).toBeNull()
    expect(rolled.terms[0]).toMatchObject({ key: O(2), leftOut: 'circular' })
  })
})

describe('the health of an objective', () => {
  const of = (healths: readonly Parameters<typeof anAligned>[2][], healthRollUp: 'worst' | 'median') =>
    standing({
      objectives: [anObjective(1, { healthRollUp })],
      keyResults: healths.map((given, index) => anAligned(index + 1, 1, given)),
    }).health

  it.each([
    [
      'the worst by default',
      [{ health: 'done' }, { health: 'on_track' }, { health: 'at_risk' }],
      'at_risk',
      'on_track',
    ],
    ['done when everything is', [{ health: 'done' }, { health: 'done' }], 'done', 'done'],
    [
      'not on track while a part is unknown',
      [{ health: 'on_track' }, { progress: null }],
      'no_data',
      'no_data',
    ],
    [
      'the middle by weight',
      [{ health: 'on_track', weight: 3 }, { health: 'off_track' }],
      'off_track',
      'on_track',
    ],
    [
      'the worse one of two that are as heavy',
      [{ health: 'on_track' }, { health: 'missed' }],
      'missed',
      'missed',
    ],
    [
      'not that of an archived one',
      [{ health: 'on_track' }, { health: 'missed', isArchived: true }],
      'on_track',
      'on_track',
    ],
  ] as const)('is %s', (_rule, healths, worst, median) => {
    expect([of(healths, 'worst'), of(healths, 'median')]).toEqual([worst, median])
  })
})
