import { describe, expect, it } from 'vitest'
import { forecastMetric, type KeyResultForecast } from '../../src/domain/forecast/key-result-forecast.ts'
import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { WEEKDAYS } from '../support/simulated-teams.ts'

const START = Date.parse('2026-10-01T09:00Z')
const box = { startDay: '2026-10-01', dueDay: '2026-10-31', calendar: WEEKDAYS }
const rising = { kind: 'metric', unit: '%', baseline: 0, target: 30 } as const

/** Check-ins at nine in the morning of the n-th day from the first of October. */
const checkIns = (...list: [day: number, value: number][]) =>
  list.map(([day, value]) => ({ at: START + day * DAY_MS, value }))

function trend(
  values: readonly { at: number; value: number }[],
  given: Partial<Parameters<typeof forecastMetric>[0]> = {},
): KeyResultForecast {
  return forecastMetric({ checkIns: values, measure: rising, box, now: START + 12 * DAY_MS, ...given })
}

describe('the trend of a metric key result', () => {
  const straight = checkIns([0, 2], [3, 5], [6, 8], [9, 11], [12, 14])

  it('is the line through its check-ins', () => {
    // The end of the due day is 30.625 days after the first check-in.
    const made = trend(straight)
    expect(made).toMatchObject({ kind: 'trend', reachesDay: '2026-10-29', checkIns: 5 })
    if (made.kind !== 'trend') return
    expect(made.perWeek).toBeCloseTo(7, 9)
    for (const value of [made.valueAtDue, made.low, made.high]) expect(value).toBeCloseTo(32.625, 9)
  })

  it('follows a falling metric as well', () => {
    const falling = { kind: 'metric', unit: 'h', baseline: 30, target: 10 } as const
    const values = checkIns([0, 30], [4, 26], [8, 22], [12, 18])
    expect(trend(values, { measure: falling })).toMatchObject({ perWeek: -7, reachesDay: '2026-10-21' })
  })

  it('is not bent by one wild value', () => {
    for (const index of [0, 2, 3]) {
      const wild = straight.with(index, { ...straight[index]!, value: 500 })
      expect(trend(wild)).toMatchObject({ perWeek: 7, reachesDay: '2026-10-29' })
    }
  })

  it('reads the last value of a day: the one before it was corrected', () => {
    const corrected = [...straight, { at: straight[1]!.at - 3_600_000, value: -400 }]
    expect(trend(corrected)).toEqual({ ...trend(straight), checkIns: 6 })
    expect(trend(corrected.toReversed())).toEqual(trend(corrected))
  })

  it('does not know what comes later', () => {
    expect(trend([...straight, ...checkIns([13, -50])])).toEqual(trend(straight))
  })

  it('reaches nothing when it stands still, heads elsewhere or needs years', () => {
    for (const [a, b] of [
      [5, 5],
      [9, 3],
      [5, 5.01],
    ] as const)
      expect(trend(checkIns([0, a], [1, a], [11, b], [12, b]))).toMatchObject({ reachesDay: null })
  })

  it('is there today when the line is, even if the last value is not quite', () => {
    const values = checkIns([0, 5], [4, 15], [8, 25], [10, 30], [12, 29.9])
    expect(trend(values)).toMatchObject({ kind: 'trend', reachesDay: '2026-10-13' })
  })

  it('has a range that a straight noisy metric ends in at least three times out of four', () => {
    const random = createRandom(11)
    const noise = () => 3 * (random.next() + random.next() + random.next() - 1.5)
    const measure = { ...rising, target: 1_000 }
    for (const days of [4, 6, 12]) {
      let inside = 0
      for (let run = 0; run < 300; run++) {
        const perDay = random.next() * 2 - 1
        const values = Array.from({ length: days }, (_, n): [number, number] => [n, perDay * n + noise()])
        const made = trend(checkIns(...values), { measure })
        if (made.kind !== 'trend') throw new Error(`a trend was expected, not ${made.kind}`)
        const end = perDay * 30.625 + noise()
        if (made.low <= end && end <= made.high) inside++
      }
      expect(inside / 300).toBeGreaterThan(0.75)
      expect(inside / 300).toBeLessThan(0.99)
    }
  })
})

describe('there is no trend', () => {
  it.each([
    ['no check-in', checkIns(), 0, 0],
    ['three check-ins', checkIns([0, 1], [5, 2], [9, 3]), 3, 3],
    ['four on two days', checkIns([0, 1], [0, 2], [9, 3], [9, 4]), 4, 2],
  ])('from %s', (_case, values, have, days) => {
    expect(trend(values)).toEqual({
      kind: 'not_enough_data',
      missing: { checkIns: { have, need: 4 }, checkInDays: { have: days, need: 3 } },
    })
  })

  it('but from four check-ins on three days', () => {
    expect(trend(checkIns([0, 1], [0, 2], [5, 3], [9, 4]))).toMatchObject({ kind: 'trend', checkIns: 4 })
  })

  it('of what is reached, and after the due day', () => {
    expect(trend(checkIns([0, 2], [3, 30]))).toEqual({ kind: 'none', reason: 'reached' })
    expect(trend(checkIns([0, 2]), { now: Date.parse('2026-11-01T00:00Z') })).toEqual({
      kind: 'none',
      reason: 'past_due',
    })
  })
})
