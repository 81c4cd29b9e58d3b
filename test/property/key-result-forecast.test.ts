import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumTally, type DayTally, type TallyLine } from '../../src/domain/contributions/tally.ts'
import {
  forecastDelivery,
  type DeliveryForecastInput,
  type KeyResultForecast,
} from '../../src/domain/forecast/key-result-forecast.ts'
import type { DeliveryTarget } from '../../src/domain/measures/measure.ts'
import { DAY_MS, nextDay, startOfDay } from '../../src/domain/time.ts'
import { dayNumber, FIRST_DAY, WEEKDAYS } from '../support/simulated-teams.ts'

interface Work {
  readonly deliveries: readonly number[]
  readonly growth: readonly number[]
  readonly open: number
  readonly daysAhead: number
  readonly target: DeliveryTarget
}

/** Two to eight weeks of work; what is left may take less than a day or more than a year. */
const anyWork: fc.Arbitrary<Work> = fc.integer({ min: 8, max: 40 }).chain((length) =>
  fc.record({
    // The first day delivers, so that work has begun, and the sample with it, whatever else is varied.
    deliveries: fc
      .array(fc.integer({ min: 0, max: 4 }), { minLength: length, maxLength: length })
      .map((counts) => counts.with(0, Math.max(1, counts[0]!))),
    growth: fc.array(fc.constantFrom(0, 0, 0, 1, 3), { minLength: length, maxLength: length }),
    open: fc.integer({ min: 1, max: 90 }),
    daysAhead: fc.integer({ min: 0, max: 60 }),
    target: fc.constantFrom<DeliveryTarget>({ kind: 'scope' }, { kind: 'fixed', amount: 100 }),
  }),
)

const lines = (toDo: number, delivered: number): TallyLine[] => [
  { state: 'delivered', size: 2, issues: delivered, sharePercent: delivered * 100 },
  { state: 'to_do', size: 2, issues: toDo, sharePercent: toDo * 100 },
]

/** The end of each day, the first of them the Sunday before; what is open at the end is given. */
function daysOf({ deliveries, growth, open }: Work): DayTally[] {
  const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)
  let toDo = open + total(deliveries) - total(growth)
  let delivered = 0
  const days = [{ day: '2026-01-04', tally: sumTally(lines(toDo, 0)) }]
  deliveries.forEach((count, index) => {
    toDo += growth[index]! - count
    delivered += count
    days.push({ day: dayNumber(index), tally: sumTally(lines(toDo, delivered)) })
  })
  return days
}

function forecast(work: Work, given: Partial<DeliveryForecastInput> = {}): KeyResultForecast {
  const today = work.deliveries.length
  return forecastDelivery({
    days: daysOf(work),
    target: work.target,
    box: { startDay: FIRST_DAY, dueDay: dayNumber(today + work.daysAhead), calendar: WEEKDAYS },
    now: Date.parse(dayNumber(today)),
    seed: 'KR-1',
    trials: 300,
    ...given,
  })
}

const LATE = '9999'

/** Not a trial arrives later: at least as probable, and no date is later. A reached target is best. */
function expectNoWorse(better: KeyResultForecast, worse: KeyResultForecast): void {
  if (worse.kind === 'none' || worse.kind === 'not_enough_data') return
  if (better.kind === 'none') {
    expect(better.reason).toBe('reached')
    return
  }
  expect(better.kind).toBe('probability')
  if (better.kind !== 'probability' || worse.kind !== 'probability') return
  expect(better.probability).toBeGreaterThanOrEqual(worse.probability)
  for (const day of ['p50Day', 'p85Day', 'p95Day'] as const)
    expect((better[day] ?? LATE) <= (worse[day] ?? LATE)).toBe(true)
}

describe('the forecast of a delivery key result', () => {
  it('never gets better from work that is added today', () => {
    fc.assert(
      fc.property(anyWork, fc.integer({ min: 1, max: 20 }), (work, added) => {
        const days = daysOf(work)
        const today = { day: dayNumber(work.deliveries.length), tally: days.at(-1)!.tally }
        const more = { ...today, tally: sumTally([...today.tally, ...lines(added, 0)]) }
        expectNoWorse(forecast(work), forecast(work, { days: [...days, more] }))
      }),
    )
  })

  it('never gets better from scope that grew on a day of its past', () => {
    fc.assert(
      fc.property(anyWork, fc.nat(), fc.integer({ min: 1, max: 20 }), (work, pick, added) => {
        const index = pick % work.growth.length
        const growth = work.growth.with(index, work.growth[index]! + added)
        expectNoWorse(forecast(work), forecast({ ...work, growth, open: work.open + added }))
      }),
    )
  })

  it('never gets worse from more time', () => {
    fc.assert(
      fc.property(anyWork, fc.integer({ min: 1, max: 20 }), (work, more) => {
        expectNoWorse(forecast({ ...work, daysAhead: work.daysAhead + more }), forecast(work))
      }),
    )
  })

  it('never gets better while a day passes on which nothing happens', () => {
    fc.assert(
      fc.property(anyWork, fc.nat({ max: DAY_MS - 1 }), fc.nat({ max: DAY_MS - 1 }), (work, one, other) => {
        const at = (time: number) =>
          forecast(work, { now: Date.parse(dayNumber(work.deliveries.length)) + time })
        expectNoWorse(at(Math.min(one, other)), at(Math.max(one, other)))
      }),
    )
  })

  it('does not get better by silence: days on which nothing happens', () => {
    fc.assert(
      fc.property(anyWork, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (work, one, other) => {
        const today = work.deliveries.length
        const box = { startDay: FIRST_DAY, dueDay: dayNumber(today + work.daysAhead), calendar: WEEKDAYS }
        const after = (silentDays: number) =>
          forecast(work, {
            box,
            now: Date.parse(dayNumber(today + silentDays)),
            trials: 4_000,
            windowWorkingDays: 15,
          })
        const [before, later] = [after(Math.min(one, other)), after(Math.max(one, other))]
        if (before.kind !== 'probability' || later.kind !== 'probability') return
        // One more day in the urn changes some draws: the noise of that many trials, not a direction.
        expect(later.probability).toBeLessThanOrEqual(before.probability + 0.015)
      }),
    )
  })

  it('never gets worse when every day has delivered more', () => {
    fc.assert(
      fc.property(anyWork, fc.integer({ min: 1, max: 3 }), (work, more) => {
        const deliveries = work.deliveries.map((count) => count + more)
        for (const open of [work.open, Math.max(1, work.open - more)])
          expectNoWorse(forecast({ ...work, deliveries, open }), forecast(work))
      }),
    )
  })

  it('is equal for equal days, in whatever order and zone', () => {
    const anyZone = fc.constantFrom('Asia/Shanghai', 'America/New_York', 'Europe/Berlin')
    fc.assert(
      fc.property(anyWork, anyZone, (work, timeZone) => {
        const days = daysOf(work)
        const dueDay = dayNumber(work.deliveries.length + work.daysAhead)
        const there: Partial<DeliveryForecastInput> = {
          days: days.toReversed(),
          box: { startDay: FIRST_DAY, dueDay, calendar: { ...WEEKDAYS, timeZone } },
          now: startOfDay(dayNumber(work.deliveries.length), timeZone),
        }
        expect(forecast(work, there)).toEqual(forecast(work))
      }),
    )
  })

  it('is shown between one and ninety-nine per cent, with its days in order and none of them off', () => {
    fc.assert(
      fc.property(anyWork, (work) => {
        const made = forecast(work)
        if (made.kind !== 'probability') return
        expect(made.probability).toBeGreaterThanOrEqual(0.01)
        expect(made.probability).toBeLessThanOrEqual(0.99)
        const days = [made.p50Day, made.p85Day, made.p95Day].map((day) => day ?? LATE)
        expect(days).toEqual(days.toSorted())
        for (const day of days.filter((one) => one !== LATE)) {
          expect(day >= dayNumber(work.deliveries.length)).toBe(true)
          expect(Temporal.PlainDate.from(day).dayOfWeek).toBeLessThan(6)
        }
      }),
    )
  })

  it('of what is reached or past due is none, whatever the past', () => {
    fc.assert(
      fc.property(anyWork, fc.nat({ max: 30 }), (work, later) => {
        const dueDay = dayNumber(work.deliveries.length + work.daysAhead)
        const now = Date.parse(nextDay(dueDay)) + later * DAY_MS
        const { state, issues } = daysOf(work).at(-1)!.tally[0]!
        const isReached = work.target.kind === 'fixed' && state === 'delivered' && issues >= 50
        expect(forecast(work, { now })).toEqual({ kind: 'none', reason: isReached ? 'reached' : 'past_due' })
        const reached = { days: [{ day: FIRST_DAY, tally: lines(0, 50) }] }
        expect(forecast(work, reached)).toEqual({ kind: 'none', reason: 'reached' })
      }),
    )
  })
})
