import { describe, expect, it } from 'vitest'
import { brierScore, mean } from '../../src/domain/backtest/scores.ts'
import { sprintKeyOf, walkForward, type Learner } from '../../src/domain/backtest/walk-forward.ts'
import { createSprintForecaster } from '../../src/domain/sprints/forecast/sprint-forecast.ts'
import { createPlainRegression } from '../support/plain-regression.ts'
import { FAMILIES, simulateSprints, type Family } from '../support/simulated-sprints.ts'

const FIRST_SEED = 501
const ORGANISATIONS = 6
/** Before that, a forecast begins by expecting that every second sprint falls short. */
const KNOWN_SPRINTS = 30

const STEADY = FAMILIES['steady']!
const ORGANISATIONS_THAT: Readonly<Record<string, { family: Family; under: readonly [number, number] }>> = {
  'hardly ever fall short': {
    family: { ...STEADY, capacity: 1.55, growth: 0.02, neglected: 0.0005, lateMarkers: 0.02 },
    under: [0.03, 0.07],
  },
  'nearly always fall short': {
    family: { ...STEADY, capacity: -0.3, growth: 0.5, neglected: 0.25, tidy: 0.05, size: 20 },
    under: [0.93, 0.97],
  },
}

/** Always says how often sprints of the group fell short so far, and of how many it says so. */
function createRunningRate(): Learner<{ readonly pUnder: number; readonly sprints: number }> {
  const seen = { rows: 0, under: 0, sprints: new Set<string>() }
  return {
    predict: () => ({ pUnder: (seen.under + 1) / (seen.rows + 2), sprints: seen.sprints.size }),
    learn(row, outcome) {
      seen.rows++
      seen.under += Number(outcome < 0)
      seen.sprints.add(sprintKeyOf(row))
    },
  }
}

describe.each(Object.entries(ORGANISATIONS_THAT))('where sprints %s', (_, { family, under }) => {
  const rows = Array.from({ length: ORGANISATIONS }, (__, index) => {
    const simulated = simulateSprints(family, FIRST_SEED + index)
    const forecasts = walkForward(simulated, createSprintForecaster())
    const rates = walkForward(simulated, createRunningRate())
    const regressions = walkForward(simulated, createPlainRegression())
    return simulated.map(({ outcome }, row) => ({
      isUnder: outcome < 0,
      isKnown: rates[row]!.sprints >= KNOWN_SPRINTS,
      forecast: forecasts[row]!.pUnder,
      rate: rates[row]!.pUnder,
      regression: regressions[row]!,
    }))
  }).flat()
  const known = rows.filter(({ isKnown }) => isKnown)
  const brier = (of: 'forecast' | 'rate' | 'regression') =>
    brierScore(known.map((row) => ({ pUnder: row[of], isUnder: row.isUnder })))!

  it('a forecast that knows thirty of them beats saying how often they did', () => {
    const happened = mean(rows.map(({ isUnder }) => Number(isUnder)))!
    expect(happened).toBeGreaterThan(under[0])
    expect(happened).toBeLessThan(under[1])
    expect(brier('forecast')).toBeLessThan(0.95 * brier('rate'))
  })

  it('it beats an ordinary regression', () => {
    expect(brier('forecast')).toBeLessThan(0.97 * brier('regression'))
  })

  it('it says so as often as it happens', () => {
    const said = mean(known.map(({ forecast }) => forecast))!
    const happened = mean(known.map(({ isUnder }) => Number(isUnder)))!
    expect(Math.abs(said - happened)).toBeLessThan(0.03)
  })
})
