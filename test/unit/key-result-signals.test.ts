import { describe, expect, it } from 'vitest'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import type { ObjectiveKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { computeNumbers, type Evidence } from '../../src/domain/snapshot.ts'
import { keyResultSignals } from '../../src/domain/warnings/key-result-signals.ts'
import { evidenceWith } from '../support/evidence.ts'
import { day, KR1 } from '../support/issues.ts'

const NOW = day(60)
const timeBox = {
  startDay: '2026-10-01',
  dueDay: '2026-12-31',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
}
const MOSTLY_DONE: Tally = [
  { state: 'delivered', size: 1, issues: 7, sharePercent: 700 },
  { state: 'to_do', size: 1, issues: 3, sharePercent: 300 },
]

function signalsOf(measure: Measure, tally: Tally, given: Partial<Evidence> = {}) {
  const evidence = evidenceWith({
    measure,
    tally,
    lastWorkAt: day(58),
    latestCheckIn: null,
    timeBox,
    ...given,
  })
  return keyResultSignals(
    {
      keyResult: { key: KR1, objective: 'O-1' as ObjectiveKey, measure },
      numbers: computeNumbers(evidence, NOW).numbers,
      timeBox,
      scopeReferences: [],
      coverage: { running: [], latest: [], work: [] },
      claims: [],
    },
    NOW,
  )
}

const kindsOf = (...args: Parameters<typeof signalsOf>) =>
  signalsOf(...args).map(({ facts }) => facts.detail.kind)
const reported = (value: number): Partial<Evidence> => ({
  latestCheckIn: {
    id: 1,
    keyResult: KR1,
    at: day(58),
    value,
    confidence: null,
    note: '',
    author: 'ann',
    source: 'person',
  },
})

const FIELD = 'customfield_10050'

describe('what a key result needs to come back', () => {
  it('is told of a sum in the size of its field', () => {
    const measure = { kind: 'field_sum', field: FIELD, unit: 'videos', baseline: 0, target: 20 } as const
    const [health] = signalsOf(measure, [{ state: 'delivered', size: 5, issues: 1, sharePercent: 100 }])
    expect(health?.facts.numbers.needed).toMatchObject({ unit: 'size', plannedNow: null })
    expect(health?.facts.numbers.needed?.perSprint).toBeGreaterThan(0)
  })

  it.each([
    ['points', 'points'],
    ['count', 'issues'],
    [{ field: FIELD }, 'size'],
  ] as const)('is told of work sized by %j in %s', (size, unit) => {
    const [health] = signalsOf({ kind: 'delivery', size, target: { kind: 'scope' } }, MOSTLY_DONE)
    expect(health?.facts.numbers.needed?.unit).toBe(unit)
  })

  it('is not told of what no work measures', () => {
    const [health] = signalsOf({ kind: 'metric', unit: '%', baseline: 0, target: 10 }, MOSTLY_DONE)
    expect(health?.facts.numbers.needed).toBeNull()
  })
})

describe('output without outcome', () => {
  it('is told of a metric whose work is done and whose value stands still', () => {
    const metric = { kind: 'metric', unit: '%', baseline: 0, target: 10 } as const
    expect(kindsOf(metric, MOSTLY_DONE, reported(0.5))).toContain('output_without_outcome')
    expect(kindsOf(metric, MOSTLY_DONE, reported(2))).not.toContain('output_without_outcome')
  })

  it('is not told of a yes or no, which is no until it is yes, nor of what work measures', () => {
    expect(kindsOf({ kind: 'binary' }, MOSTLY_DONE, reported(0))).toEqual(['health'])
    const sum = { kind: 'field_sum', field: FIELD, unit: 'x', baseline: 0, target: 1_000 } as const
    expect(kindsOf(sum, MOSTLY_DONE)).toEqual(['health'])
  })
})
