import { describe, expect, it } from 'vitest'
import type { DayTally, TallyLine } from '../../src/domain/contributions/tally.ts'
import {
  forecastDelivery,
  type DeliveryForecastInput,
  type KeyResultForecast,
} from '../../src/domain/forecast/key-result-forecast.ts'
import { resampleArrivals } from '../../src/domain/forecast/resampling.ts'
import { dayNumber, FIRST_DAY, WEEKDAYS } from '../support/simulated-teams.ts'

type Probability = Extract<KeyResultForecast, { kind: 'probability' }>

const lines = (toDo: number, delivered: number): TallyLine[] => [
  { state: 'delivered', size: 1, issues: delivered, sharePercent: delivered * 100 },
  { state: 'to_do', size: 1, issues: toDo, sharePercent: toDo * 100 },
]

/** Issues delivered on each working day from the first Monday on, out of a scope that is known the Sunday before. */
function past(scope: number, deliveries: readonly number[]): DayTally[] {
  let delivered = 0
  const days = [{ day: '2026-01-04', tally: lines(scope, 0) }]
  deliveries.forEach((count, index) => {
    delivered += count
    if (count !== 0) days.push({ day: dayNumber(index), tally: lines(scope - delivered, delivered) })
  })
  return days
}

const STEADY = Array.from({ length: 20 }, () => 1)
const UNEVEN = [0, 2, 0, 0, 3, 1, 2, 1, 0, 1, 0, 2, 0, 0, 3, 1, 2, 1, 0, 1]

/** Asked at the start of the 21st working day, with ten working days to go. */
function forecast(days: readonly DayTally[], given: Partial<DeliveryForecastInput> = {}): KeyResultForecast {
  return forecastDelivery({
    days,
    target: { kind: 'scope' },
    box: { startDay: FIRST_DAY, dueDay: dayNumber(29), calendar: WEEKDAYS },
    now: Date.parse(dayNumber(20)),
    seed: 'KR-1',
    ...given,
  })
}

const probable = (days: readonly DayTally[], given?: Partial<DeliveryForecastInput>): Probability => {
  const made = forecast(days, given)
  if (made.kind !== 'probability') throw new Error(`no probability but ${JSON.stringify(made)}`)
  return made
}

describe('the forecast of a delivery key result', () => {
  it('says what it was drawn from', () => {
    expect(probable(past(30, STEADY))).toMatchObject({
      remaining: 10,
      trials: 10_000,
      sample: {
        fromDay: '2026-01-05',
        toDay: '2026-01-30',
        workingDays: 20,
        deliveredItems: 20,
        deliveryDays: 20,
      },
    })
  })

  it('is sure of the day where every day was alike, but never quite sure', () => {
    expect(probable(past(30, STEADY))).toMatchObject({ probability: 0.99, p50Day: dayNumber(29) })
    expect(probable(past(31, STEADY))).toMatchObject({ probability: 0.01, p95Day: dayNumber(30) })
  })

  it('has its days in the order of their certainty', () => {
    const { probability, p50Day, p85Day, p95Day } = probable(past(30, UNEVEN))
    expect(probability).toBeGreaterThan(0.01)
    expect(probability).toBeLessThan(0.99)
    expect([p50Day, p85Day, p95Day]).toEqual([p50Day, p85Day, p95Day].sort())
    expect(new Set([p50Day, p85Day, p95Day]).size).toBe(3)
  })

  it('has no day for what most trials never reach', () => {
    const growing = STEADY.map((_, index) => ({
      day: dayNumber(index),
      tally: lines(40 + index - (index % 2), index + 1),
    }))
    expect(probable([{ day: '2026-01-04', tally: lines(40, 0) }, ...growing])).toMatchObject({
      probability: 0.01,
      p85Day: null,
      p95Day: null,
    })
  })

  it('counts today for the part that is left of it', () => {
    const due = { startDay: FIRST_DAY, dueDay: dayNumber(20), calendar: WEEKDAYS }
    const at = (time: string) =>
      probable(past(21, STEADY), { box: due, now: Date.parse(`${dayNumber(20)}T${time}Z`) }).probability
    expect(at('00:00')).toBe(0.99)
    expect(at('06:00')).toBeCloseTo(0.75, 3)
    expect(at('18:00')).toBeCloseTo(0.25, 3)
  })

  it('counts no day off on the way', () => {
    const box = { startDay: FIRST_DAY, dueDay: dayNumber(29), calendar: WEEKDAYS }
    const holidays = { ...WEEKDAYS, holidays: [dayNumber(25)] }
    expect(probable(past(30, STEADY), { box }).probability).toBe(0.99)
    expect(probable(past(30, STEADY), { box: { ...box, calendar: holidays } })).toMatchObject({
      probability: 0.01,
      p50Day: dayNumber(30),
    })
  })

  it('measures a fixed target by what is delivered, not by the scope', () => {
    const target = { kind: 'fixed', amount: 25 } as const
    expect(probable(past(99, STEADY), { target })).toMatchObject({ remaining: 5, p50Day: dayNumber(24) })
  })

  it('does not know what later days bring', () => {
    const later = { day: dayNumber(21), tally: lines(0, 30) }
    expect(forecast([...past(30, UNEVEN), later])).toEqual(forecast(past(30, UNEVEN)))
  })

  it('differs by its seed, but hardly', () => {
    const days = past(30, UNEVEN)
    const [one, other] = [probable(days).probability, probable(days, { seed: 'KR-2' }).probability]
    expect(one).not.toBe(other)
    expect(Math.abs(one - other)).toBeLessThan(0.02)
  })
})

describe('there is no forecast', () => {
  it.each([
    ['7 items on 5 days', [1, 1, 2, 2, 1], { have: 7, need: 8 }, { have: 5, need: 5 }],
    ['8 items on 4 days', [2, 2, 2, 2], { have: 8, need: 8 }, { have: 4, need: 5 }],
    ['nothing yet', [], { have: 0, need: 8 }, { have: 0, need: 5 }],
  ])('from %s, and it says what is missing', (_case, deliveries, deliveredItems, deliveryDays) => {
    expect(forecast(past(30, deliveries))).toEqual({
      kind: 'not_enough_data',
      missing: { deliveredItems, deliveryDays },
    })
  })

  it('from days that took back more than they delivered', () => {
    const days = [
      { day: dayNumber(0), tally: lines(10, 9) },
      { day: dayNumber(1), tally: lines(12, 7) },
    ]
    expect(forecast(days)).toMatchObject({
      kind: 'not_enough_data',
      missing: { deliveredItems: { have: 0, need: 8 } },
    })
  })

  it('but from 8 items on 5 days', () => {
    expect(forecast(past(30, [2, 2, 2, 1, 1])).kind).toBe('probability')
  })

  it('of what is reached, even after its due day', () => {
    expect(forecast(past(20, STEADY))).toEqual({ kind: 'none', reason: 'reached' })
    expect(forecast(past(20, STEADY), { now: Date.parse('2027-01-01') })).toEqual({
      kind: 'none',
      reason: 'reached',
    })
  })

  it('after the due day', () => {
    const now = Date.parse(dayNumber(29)) + 86_400_000
    expect(forecast(past(30, STEADY), { now: now - 1 }).kind).toBe('probability')
    expect(forecast(past(30, STEADY), { now })).toEqual({ kind: 'none', reason: 'past_due' })
  })

  it('without any work, unless a fixed amount of it is the target', () => {
    expect(forecast([])).toEqual({ kind: 'none', reason: 'nothing_to_deliver' })
    expect(forecast([], { target: { kind: 'fixed', amount: 9 } }).kind).toBe('not_enough_data')
  })
})

describe('resampling', () => {
  const arrivalsOf = (gains: number[], remaining: number, horizonDays: number) =>
    resampleArrivals({
      remaining,
      gains: Float64Array.from(gains),
      horizonDays,
      firstDayShare: 1,
      trials: 10_000,
      seed: 'KR-1',
    })
  const share = (arrivals: Int32Array) => arrivals.reduce((sum, count) => sum + count, 0) / 10_000

  /** Days that deliver one or nothing come out of Pólya's urn by the beta-binomial distribution. */
  function betaBinomialAtLeast(needed: number, draws: number, a: number, b: number): number {
    const rising = (x: number, n: number) => Array.from({ length: n }, (_, i) => x + i)
    const product = (factors: number[]) => factors.reduce((all, factor) => all * factor, 1)
    let sum = 0
    for (let k = needed; k <= draws; k++) {
      const choose = product(Array.from({ length: k }, (_, i) => (draws - i) / (i + 1)))
      sum += (choose * product(rising(a, k)) * product(rising(b, draws - k))) / product(rising(a + b, draws))
    }
    return sum
  }

  it.each([
    [3, 7, 4, 10],
    [5, 5, 6, 10],
    [30, 30, 22, 40],
    [12, 8, 3, 5],
  ])(
    'of %i days with one and %i with none reaches %i in %i days as the urn’s formula says',
    (one, none, needed, draws) => {
      const gains = [...Array.from({ length: one }, () => 1), ...Array.from({ length: none }, () => 0)]
      const exact = betaBinomialAtLeast(needed, draws, one / 2, none / 2)
      expect(exact).toBeGreaterThan(0.05)
      expect(Math.abs(share(arrivalsOf(gains, needed, draws)) - exact)).toBeLessThan(
        4 * Math.sqrt((exact * (1 - exact)) / 10_000),
      )
    },
  )

  it('is as unsure of a short past as that deserves', () => {
    const fortnight = [0, 2, 1, 0, 3, 0, 1, 2, 0, 1]
    const quarter = Array.from({ length: 6 }, () => fortnight).flat()
    expect(share(arrivalsOf(fortnight, 30, 40))).toBeLessThan(share(arrivalsOf(quarter, 30, 40)) - 0.05)
    expect(share(arrivalsOf(fortnight, 50, 40))).toBeGreaterThan(share(arrivalsOf(quarter, 50, 40)) + 0.05)
  })

  it('draws by rank: the order of the past days makes no difference', () => {
    expect(arrivalsOf(UNEVEN.toReversed(), 10, 20)).toEqual(arrivalsOf(UNEVEN, 10, 20))
  })

  it('counts a trial once, on the first day it reaches the target', () => {
    const arrivals = arrivalsOf([2, -2, 1], 3, 60)
    expect(arrivals[0]).toBe(0)
    expect(share(arrivals)).toBeLessThanOrEqual(1)
    expect(share(arrivalsOf([1], 3, 60))).toBe(1)
    expect(arrivalsOf([1], 3, 60)[2]).toBe(10_000)
  })
})
