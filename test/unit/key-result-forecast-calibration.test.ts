import { describe, expect, it } from 'vitest'
import { forecastDelivery } from '../../src/domain/forecast/key-result-forecast.ts'
import {
  dayNumber,
  FIRST_DAY,
  simulateKeyResult,
  TEAMS,
  WEEKDAYS,
  type TeamKind,
} from '../support/simulated-teams.ts'

interface Case {
  readonly kind: TeamKind
  readonly probability: number
  readonly isReached: boolean
}

const KEY_RESULTS = 300
/** Six weeks, a quarter, half a year. */
const WORKING_DAYS = [40, 65, 130]
const ASKED_AT = [0.2, 0.4, 0.6, 0.8]

/** Every forecast that was made on the way of simulated key results, with how they ended. */
function forecastsOf(kind: TeamKind): Case[] {
  const cases: Case[] = []
  for (const workingDays of WORKING_DAYS)
    for (let number = 0; number < KEY_RESULTS; number++) {
      const { days, reachedAt } = simulateKeyResult(TEAMS[kind], workingDays, workingDays * 1_000 + number)
      for (const share of ASKED_AT) {
        const today = Math.round(share * workingDays)
        // What was reached once is done, even if scope came after.
        if (reachedAt !== null && reachedAt < today) continue
        const made = forecastDelivery({
          days: days.slice(0, today + 1),
          target: { kind: 'scope' },
          box: { startDay: FIRST_DAY, dueDay: dayNumber(workingDays - 1), calendar: WEEKDAYS },
          now: Date.parse(dayNumber(today)),
          seed: `KR-${number}`,
          trials: 500,
        })
        if (made.kind === 'probability')
          cases.push({ kind, probability: made.probability, isReached: reachedAt !== null })
      }
    }
  return cases
}

const cases = (Object.keys(TEAMS) as TeamKind[]).flatMap(forecastsOf)
const usual = cases.filter(({ kind }) => kind !== 'drifting')

/** Of the forecasts within a band: how many there are, what they say on average, and the share that came true. */
function band(all: readonly Case[], low: number, high: number) {
  const inside = all.filter(({ probability }) => probability >= low && probability < high)
  return {
    count: inside.length,
    said: inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length,
    cameTrue: inside.filter(({ isReached }) => isReached).length / inside.length,
  }
}

describe('on simulated teams', () => {
  it.each<TeamKind>(['steady', 'bursty', 'growing', 'seasonal'])(
    'of the forecasts of a %s team that say about 0.7, from 0.6 to 0.8 come true',
    (kind) => {
      const { count, cameTrue } = band(
        usual.filter((one) => one.kind === kind),
        0.6,
        0.8,
      )
      expect(count).toBeGreaterThan(100)
      expect(cameTrue).toBeGreaterThanOrEqual(0.6)
      expect(cameTrue).toBeLessThanOrEqual(0.8)
    },
  )

  it.each([
    [0, 0.1],
    [0.1, 0.2],
    [0.2, 0.4],
    [0.4, 0.6],
    [0.6, 0.8],
    [0.8, 0.9],
    [0.9, 1],
  ])('of the forecasts between %d and %d as many come true as they say, within 0.08', (low, high) => {
    const { count, said, cameTrue } = band(usual, low, high)
    expect(count).toBeGreaterThan(400)
    expect(Math.abs(cameTrue - said)).toBeLessThan(0.08)
  })

  it('knows much more than how often key results are reached', () => {
    const reached = usual.filter(({ isReached }) => isReached).length / usual.length
    const brier = usual.reduce((sum, one) => sum + (one.probability - Number(one.isReached)) ** 2, 0)
    expect(brier / usual.length).toBeLessThan(0.6 * reached * (1 - reached))
  })

  it('promises too much where the pace wanders off for good, by less than 0.2', () => {
    const { count, said, cameTrue } = band(
      cases.filter(({ kind }) => kind === 'drifting'),
      0.6,
      0.8,
    )
    expect(count).toBeGreaterThan(100)
    expect(cameTrue).toBeGreaterThan(said - 0.2)
  })
})
