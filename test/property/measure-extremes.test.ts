import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requireDirection } from '../../src/app/goals/measure-input.ts'
import { measure as measureInput } from '../../src/contracts/api/measure.ts'
import { amount as amountInput } from '../../src/contracts/api/fields.ts'
import { deliveryEvidence } from '../../src/domain/measures/delivery.ts'
import { measured, type MeasureEvidence } from '../../src/domain/measures/measured.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { rawProgress, shownProgress } from '../../src/domain/measures/progress.ts'

const EDGES = [
  ...[0, -0, 1, 0.1 + 0.2, 0.3, 5e-324, 1e-300, 1e-15, 1e-9, 1e-3, 1e9, 1e15, 1e15 + 0.125, 1e16, 1e308],
  ...[NaN, Infinity],
]
const anyNumber = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.constantFrom(...EDGES).map((edge) => -edge),
  fc.double(),
)
const FIELD = 'customfield_10050'

/** Measures as somebody may send them, sound or not. */
const anySent = fc.oneof(
  fc.record({ kind: fc.constant('metric'), unit: fc.constant('h'), baseline: anyNumber, target: anyNumber }),
  fc.record({
    kind: fc.constant('field_sum'),
    field: fc.constant(FIELD),
    unit: fc.constant('videos'),
    baseline: anyNumber,
    target: anyNumber,
  }),
  fc.record({
    kind: fc.constant('delivery'),
    size: fc.constantFrom('points', 'count'),
    target: fc.record({ kind: fc.constant('fixed'), amount: anyNumber }),
  }),
  fc.record({
    kind: fc.constant('range'),
    unit: fc.constant('%'),
    band: fc.record({ atLeast: anyNumber }),
    period: fc.constant('day'),
    valueOfPeriod: fc.constantFrom('latest', 'mean', 'sum', 'lowest', 'highest'),
    targetShare: anyNumber,
  }),
)

/** The measure, when it may be written. */
function written(sent: unknown): Measure | null {
  const { data } = measureInput.safeParse(sent)
  if (data === undefined || data.kind === 'milestones') return null
  try {
    requireDirection(data)
    return data
  } catch {
    return null
  }
}

const TIME = {
  startDay: '2026-10-01',
  dueDay: '2026-12-31',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
}

function evidenceOf(values: readonly number[]): MeasureEvidence {
  const [first = 0] = values
  const sized = (state: 'delivered' | 'to_do', size: number) => ({
    state,
    size,
    issues: 1,
    sharePercent: 100,
  })
  return {
    at: Date.parse('2027-01-01T00:00:00Z'),
    delivery: deliveryEvidence(values.map((size) => sized('delivered', Math.min(1e9, Math.abs(size))))),
    lastWorkAt: null,
    latestValue: { at: 0, value: first },
    dayValues: values.map((value, n) => ({
      day: `2026-10-0${n + 1}`,
      latestAt: 0,
      latest: value,
      lowest: value,
      highest: value,
      sum: value,
      count: 1,
    })),
    ticks: [],
    stepDeliveries: [],
  }
}

describe('whatever may be written and said', () => {
  it('comes to a finite progress, shown from nought to one, in the unit it was given', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(anySent, fc.array(anyNumber, { minLength: 1, maxLength: 6 }), (sent, said) => {
        const measure = written(sent)
        const values = said.filter((value) => amountInput.safeParse(value).success)
        if (measure === null || values.length === 0) return
        seen.set(measure.kind, (seen.get(measure.kind) ?? 0) + 1)
        const { current, baseline, target, unit } = measured(measure, evidenceOf(values), TIME)
        if (current === null || target === null) return
        const raw = rawProgress(current, baseline, target)
        expect(Number.isFinite(raw)).toBe(true)
        expect(shownProgress(raw)).toBe(Math.min(1, Math.max(0, raw)))
        if (measure.kind === 'metric' || measure.kind === 'field_sum') expect(unit).toBe(measure.unit)
      }),
      { numRuns: 5_000 },
    )
    expect([...seen.keys()].sort()).toEqual(['delivery', 'field_sum', 'metric', 'range'])
    for (const times of seen.values()) expect(times).toBeGreaterThan(20)
  })

  it('has a way to go: a target next to its baseline is refused, to the last digit of a sum', () => {
    const metric = (baseline: number, target: number) =>
      written({ kind: 'metric', unit: '%', baseline, target }) !== null
    expect([metric(0.1 + 0.2, 0.3), metric(0, 5e-324), metric(-0, 0), metric(7, 7)]).toEqual(
      Array.from({ length: 4 }, () => false),
    )
    expect([metric(0, 1e-6), metric(-1e15, 1e15), metric(10, 9.9)]).toEqual([true, true, true])
  })
})
