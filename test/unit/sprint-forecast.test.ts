import { describe, expect, it } from 'vitest'
import { areaUnderCurve, brierScore, errorInSpreads } from '../../src/domain/backtest/scores.ts'
import { remainingShareRule } from '../../src/domain/backtest/rules-of-thumb.ts'
import { walkForward, type BacktestRow } from '../../src/domain/backtest/walk-forward.ts'
import { NOTHING } from '../../src/domain/sprints/forecast/observation.ts'
import { createSprintForecaster } from '../../src/domain/sprints/forecast/sprint-forecast.ts'
import { amountOf, observation } from '../support/observations.ts'
import { createPlainRegression } from '../support/plain-regression.ts'
import { FAMILIES, simulateSprints } from '../support/simulated-sprints.ts'

/** Chance moves the scores of a few sprints: the fewer an organisation has, the more of its kind are simulated. */
const SPRINTS_PER_FAMILY = 500
const FIRST_SEED = 101
const SLOWEST_MS = 60_000

function forecastAll(rows: readonly BacktestRow[]) {
  const forecasts = walkForward(rows, createSprintForecaster())
  return rows.map((row, index) => ({ ...row, ...forecasts[index]!, isUnder: row.outcome < 0 }))
}

const isUnderway = ({ elapsedShare }: { elapsedShare: number }) => elapsedShare > 0
function simulated(name: string) {
  const family = FAMILIES[name]!
  const count = Math.ceil(SPRINTS_PER_FAMILY / (family.boards * family.sprintsPerBoard))
  return Array.from({ length: count }, (_, index) => simulateSprints(family, FIRST_SEED + index))
}

describe('the sprint forecast on simulated teams', () => {
  it.each(['steady', 'bursty', 'growing', 'seasonal'])(
    'is calibrated on %s teams: of forecasts of about 70 %, 60 to 80 % come true',
    (family) => {
      const forecasts = simulated(family).flatMap(forecastAll)
      const about = (chance: number) => forecasts.filter(({ pUnder }) => Math.abs(pUnder - chance) < 0.05)
      for (const chance of [0.3, 0.7, 0.9]) {
        const cameTrue = about(chance).filter(({ isUnder }) => isUnder).length / about(chance).length
        expect(about(chance).length).toBeGreaterThan(50)
        expect(cameTrue).toBeGreaterThan(chance - 0.1)
        expect(cameTrue).toBeLessThan(chance + 0.1)
      }
    },
    SLOWEST_MS,
  )

  it.each(Object.keys(FAMILIES))(
    'beats an ordinary regression and the remaining share on %s teams',
    (family) => {
      const scores = simulated(family).map((rows) => {
        const plain = walkForward(rows, createPlainRegression())
        const forecasts = forecastAll(rows)
          .map((row, index) => ({ ...row, plain: plain[index]!, rule: remainingShareRule(row).pUnder }))
          .filter(isUnderway)
        const score = (pUnder: (row: (typeof forecasts)[number]) => number) => {
          const scored = forecasts.map((row) => ({ pUnder: pUnder(row), isUnder: row.isUnder }))
          return { auc: areaUnderCurve(scored)!, brier: brierScore(scored)! }
        }
        return {
          ours: score((row) => row.pUnder),
          plain: score((row) => row.plain),
          rule: score((row) => row.rule),
        }
      })
      const mean = (pick: (score: (typeof scores)[number]) => number) =>
        scores.reduce((sum, score) => sum + pick(score), 0) / scores.length
      expect(mean(({ ours }) => ours.brier)).toBeLessThan(mean(({ plain }) => plain.brier) - 0.01)
      expect(mean(({ ours }) => ours.brier)).toBeLessThan(mean(({ rule }) => rule.brier) - 0.02)
      expect(mean(({ ours }) => ours.auc)).toBeGreaterThan(mean(({ plain }) => plain.auc) + 0.01)
      expect(mean(({ ours }) => ours.auc)).toBeGreaterThan(mean(({ rule }) => rule.auc) + 0.04)
    },
    SLOWEST_MS,
  )

  it('expects outcomes that lie nearer than always saying the usual one', () => {
    for (const rows of simulated('steady')) {
      const forecasts = forecastAll(rows).filter(isUnderway)
      const median = forecasts.map(({ outcome }) => outcome).sort((a, b) => a - b)[forecasts.length >> 1]!
      const constant = forecasts.map((row) => ({ ...row, expectedOutcome: median }))
      expect(errorInSpreads(forecasts)!).toBeLessThan(0.8 * errorInSpreads(constant)!)
    }
  })

  it('gives the same answers to the same calls', () => {
    const rows = simulateSprints(FAMILIES.messy!, 7)
    expect(forecastAll(rows)).toEqual(forecastAll(rows))
  })

  it('does not care what a point is: hours, minutes or days give the same chances', () => {
    const rows = simulateSprints(FAMILIES.steady!, 7)
    const scaled = (amount: { issues: number; points: number }) => ({
      ...amount,
      points: amount.points * 480,
    })
    const inMinutes = rows.map((row) => ({
      ...row,
      start: scaled(row.start),
      added: scaled(row.added),
      removed: scaled(row.removed),
      toDo: scaled(row.toDo),
      inProgress: scaled(row.inProgress),
      done: scaled(row.done),
      outcome: row.outcome * 480,
    }))
    const inPoints = forecastAll(rows)
    forecastAll(inMinutes).forEach(({ pUnder }, index) => {
      if (index > 100) expect(Math.abs(pUnder - inPoints[index]!.pUnder)).toBeLessThan(0.05)
    })
  })
})

describe('the sprint forecast', () => {
  const forecaster = () => createSprintForecaster()
  const row = (sprint: number, outcome: number, given: Parameters<typeof observation>[0] = {}) =>
    [observation({ sprint: `web ${sprint}`, ...given }), outcome] as const

  it('has a sensible opinion before any sprint was seen: more left later is worse', () => {
    const left = (done: number, elapsedShare: number) =>
      forecaster().predict(
        observation({
          elapsedShare,
          toDo: amountOf(10 - done, 30 - 3 * done),
          inProgress: NOTHING,
          done: amountOf(done, 3 * done),
        }),
      )
    expect(left(0, 0).pUnder).toBeGreaterThan(0.3)
    expect(left(0, 0).pUnder).toBeLessThan(0.8)
    expect(left(2, 0.8).pUnder).toBeGreaterThan(left(5, 0.8).pUnder)
    expect(left(5, 0.8).pUnder).toBeGreaterThan(left(5, 0.3).pUnder)
    expect(left(10, 0.8).pUnder).toBeLessThan(0.2)
    expect(left(2, 0.8).expectedOutcome).toBeLessThan(0)
    expect(left(2, 0.8).learnedFrom).toBe(0)
  })

  it('learns what a board does', () => {
    const [misses, delivers] = [forecaster(), forecaster()]
    for (let sprint = 1; sprint <= 8; sprint++) {
      misses.learn(...row(sprint, -12))
      delivers.learn(...row(sprint, 0))
    }
    const next = observation({ sprint: 'web 9' })
    expect(misses.predict(next).pUnder).toBeGreaterThan(0.75)
    expect(misses.predict(next).expectedOutcome).toBeCloseTo(-12)
    expect(misses.predict(next).learnedFrom).toBe(8)
    expect(delivers.predict(next).pUnder).toBeLessThan(0.25)
    expect(delivers.predict(next).expectedOutcome).toBe(0)
  })

  it('knows nothing of other groups', () => {
    const learned = forecaster()
    for (let sprint = 1; sprint <= 8; sprint++) learned.learn(...row(sprint, -12, { group: 'other' }))
    expect(learned.predict(observation())).toEqual(forecaster().predict(observation()))
  })

  it('counts a row given twice once', () => {
    const [once, twice] = [forecaster(), forecaster()]
    for (let sprint = 1; sprint <= 4; sprint++) {
      once.learn(...row(sprint, -12))
      twice.learn(...row(sprint, -12))
      twice.learn(...row(sprint, -12))
    }
    expect(twice.predict(observation({ sprint: 'web 9' }))).toEqual(
      once.predict(observation({ sprint: 'web 9' })),
    )
  })

  it('says which inputs moved it away from the usual sprint, the strongest first', () => {
    const learned = forecaster()
    const usual = { toDo: amountOf(8, 24), inProgress: amountOf(1, 3), done: amountOf(1, 3) }
    for (let sprint = 1; sprint <= 8; sprint++) {
      learned.learn(...row(sprint, sprint % 2 === 0 ? 0 : -6, usual))
    }
    const ahead = learned.predict(
      observation({ sprint: 'web 9', toDo: NOTHING, inProgress: amountOf(1, 3), done: amountOf(9, 27) }),
    )
    const pulls = ahead.inputs.map(({ pull }) => Math.abs(pull))
    expect(pulls).toEqual(pulls.toSorted((a, b) => b - a))
    expect(ahead.inputs.find(({ name }) => name === 'pace')!.pull).toBeLessThan(-0.5)
    const asUsual = learned.predict(observation({ sprint: 'web 9', ...usual }))
    expect(asUsual.inputs.length).toBeGreaterThan(0)
    for (const { pull } of asUsual.inputs) expect(Math.abs(pull)).toBeLessThan(0.3)
  })

  it('cannot fall short where nothing has points', () => {
    const unestimated = observation({ toDo: amountOf(9, 0), inProgress: NOTHING, done: NOTHING })
    const learned = forecaster()
    for (let sprint = 1; sprint <= 8; sprint++) learned.learn(...row(sprint, -12))
    expect(learned.predict(unestimated)).toMatchObject({ pUnder: 0.01, expectedOutcome: 0 })
  })

  it('expects nothing that no sprint could do, also after an outcome that is a slip of the pen', () => {
    const forecastAfter = (odd: number) => {
      const learned = forecaster()
      for (let sprint = 1; sprint <= 8; sprint++) {
        learned.learn(...row(sprint, sprint === 8 ? odd : sprint % 2 === 0 ? 3 : 0))
      }
      return learned.predict(observation({ sprint: 'web 9' }))
    }
    const [usual, odd] = [forecastAfter(3), forecastAfter(1e9)]
    expect(Math.abs(odd.pUnder - usual.pUnder)).toBeLessThan(0.05)
    const onlyOdd = forecaster()
    onlyOdd.learn(...row(1, 1e9))
    const expected = [odd, onlyOdd.predict(observation({ sprint: 'web 2' }))].map(
      (one) => one.expectedOutcome,
    )
    for (const points of expected) expect(points).toBeLessThanOrEqual(30)
    expect(Math.max(...expected)).toBe(30)
  })

  it('stays a number between 1 and 99 % whatever the sizes are', () => {
    const learned = forecaster()
    const huge = amountOf(1e9, 1e9)
    const sizes = [NOTHING, amountOf(1, 0), amountOf(0, 1), amountOf(1, 1e-9), huge]
    for (const [index, toDo] of sizes.entries()) {
      for (const done of sizes) {
        const seen = observation({
          sprint: `web ${index}`,
          toDo,
          done,
          teamSize: 0,
          plannedDays: 0,
          removed: huge,
        })
        const { pUnder, expectedOutcome } = learned.predict(seen)
        expect(pUnder).toBeGreaterThanOrEqual(0.01)
        expect(pUnder).toBeLessThanOrEqual(0.99)
        expect(expectedOutcome).toBeGreaterThanOrEqual(-2e9 - 1e3)
        learned.learn(seen, index % 2 === 0 ? -toDo.points : 1e9)
      }
    }
  })
})
