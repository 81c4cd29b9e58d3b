import { describe, expect, it } from 'vitest'
import { calibrationByDecile } from '../../src/domain/backtest/calibration.ts'
import { calibrationPicture } from '../../src/domain/backtest/calibration-picture.ts'
import { backtestReport, forecastInOrder } from '../../src/domain/backtest/report.ts'
import { paceRule, remainingShareRule } from '../../src/domain/backtest/rules-of-thumb.ts'
import { areaUnderCurve, brierScore, errorInSpreads } from '../../src/domain/backtest/scores.ts'
import { NOTHING } from '../../src/domain/sprints/forecast/observation.ts'
import { amountOf, observation } from '../support/observations.ts'
import { FAMILIES, simulateSprints } from '../support/simulated-sprints.ts'

const scored = (...pairs: [pUnder: number, isUnder: boolean][]) =>
  pairs.map(([pUnder, isUnder]) => ({ pUnder, isUnder }))

describe('the scores of a backtest', () => {
  it('has a Brier score of the mean squared distance from what happened', () => {
    expect(brierScore(scored([1, true], [0, false]))).toBe(0)
    expect(brierScore(scored([0.5, true], [0.5, false]))).toBe(0.25)
    expect(brierScore(scored([0.8, true], [0.4, false]))).toBeCloseTo((0.04 + 0.16) / 2)
    expect(brierScore([])).toBeNull()
  })

  it('has an area under the curve of the pairs in the right order, ties counting half', () => {
    expect(areaUnderCurve(scored([0.9, true], [0.1, false]))).toBe(1)
    expect(areaUnderCurve(scored([0.1, true], [0.9, false]))).toBe(0)
    expect(areaUnderCurve(scored([0.5, true], [0.5, false], [0.5, false]))).toBe(0.5)
    // Pairs: .9>.4 .9>.6 .5>.4 .5<.6 → 3 of 4.
    expect(areaUnderCurve(scored([0.9, true], [0.5, true], [0.4, false], [0.6, false]))).toBe(0.75)
    expect(areaUnderCurve(scored([0.6, true], [0.5, true], [0.4, false], [0.6, false]))).toBe(0.625)
  })

  it('has no area where all sprints ended alike', () => {
    expect(areaUnderCurve(scored([0.9, true], [0.1, true]))).toBeNull()
    expect(areaUnderCurve([])).toBeNull()
  })

  it('counts errors of outcomes in interquartile ranges', () => {
    const outcomes = [-8, -4, -2, 0, 6]
    const off = (by: number) => outcomes.map((outcome) => ({ outcome, expectedOutcome: outcome + by }))
    expect(errorInSpreads(off(0))).toBe(0)
    expect(errorInSpreads(off(2))).toBe(0.5)
    expect(errorInSpreads(off(-2))).toBe(0.5)
    expect(errorInSpreads([{ outcome: 1, expectedOutcome: 1 }])).toBeNull()
    expect(errorInSpreads([])).toBeNull()
  })

  it('has ten bins of calibration, the edges in the upper one and 1 in the last', () => {
    const bins = calibrationByDecile(scored([0.1, true], [0.15, false], [0.95, true], [1, true]))
    expect(bins).toHaveLength(10)
    expect(bins[0]).toEqual({ from: 0, to: 0.1, rows: 0, forecast: null, happened: null })
    expect(bins[1]).toEqual({ from: 0.1, to: 0.2, rows: 2, forecast: 0.125, happened: 0.5 })
    expect(bins[9]).toMatchObject({ rows: 2, forecast: 0.975, happened: 1 })
  })
})

describe('the rules of thumb', () => {
  it('take the share that is left, or the share done against the time', () => {
    expect(remainingShareRule(observation())).toEqual({ pUnder: 0.5, expectedOutcome: -7.5 })
    expect(paceRule(observation())).toEqual({ pUnder: 0.5, expectedOutcome: 0 })
    expect(paceRule(observation({ elapsedShare: 1 }))).toEqual({ pUnder: 0.75, expectedOutcome: -15 })
    expect(paceRule(observation({ elapsedShare: 0 })).expectedOutcome).toBe(0)
  })

  it('say that nothing falls short of nothing', () => {
    const empty = observation({ toDo: amountOf(3, 0), inProgress: NOTHING, done: NOTHING })
    expect(remainingShareRule(empty)).toEqual({ pUnder: 0, expectedOutcome: -0 })
    expect(paceRule(empty)).toEqual({ pUnder: 0, expectedOutcome: 0 })
  })
})

describe('the report of a backtest', () => {
  const rows = ['north', 'south'].flatMap((group, index) =>
    simulateSprints({ ...FAMILIES.steady!, boards: 2, sprintsPerBoard: 8 }, index + 1, group),
  )
  const report = backtestReport(forecastInOrder(rows))

  it('counts rows, sprints and groups, and says how all parts fare', () => {
    expect(report).toMatchObject({ rows: 128, sprints: 32, groups: 2 })
    expect(report.underway.rows).toBe(96)
    expect(report.byElapsedShare.map(({ elapsedShare, rows }) => [elapsedShare, rows])).toEqual([
      [0, 32],
      [0.3, 32],
      [0.5, 32],
      [0.8, 32],
    ])
    expect(report.byGroup.map(({ group, rows }) => [group, rows])).toEqual([
      ['north', 64],
      ['south', 64],
    ])
    expect(report.calibration.reduce((sum, bin) => sum + bin.rows, 0)).toBe(128)
  })

  it('takes the mean of the groups’ own areas, not the area of the mixture', () => {
    const own = report.byGroup.map(({ forecast }) => forecast.auc!)
    expect(report.overall.forecast.aucOverGroups).toBeCloseTo((own[0]! + own[1]!) / 2)
    expect(report.overall.forecast.aucOverGroups).not.toBe(report.overall.forecast.auc)
  })

  it('has no figures of no rows', () => {
    expect(backtestReport([]).overall).toMatchObject({ rows: 0, under: null, forecast: { auc: null } })
  })
})

describe('the picture of the calibration', () => {
  const svg = calibrationPicture(
    calibrationByDecile(scored([0.72, true], [0.74, true], [0.71, false], [0.2, false])),
  )

  it('says in words what it shows, for those who do not see it', () => {
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="title description"/)
    expect(svg).toContain('<title id="title">Calibration of the sprint forecast</title>')
    expect(svg).toContain('Of 3 forecasts of about 72 %, 67 % came true.')
  })

  it('has a dot for every bin with forecasts, at the place of what was said and what happened', () => {
    expect(svg.match(/<circle /g)).toHaveLength(2)
    expect(svg).toContain('cx="124" cy="352"')
    expect(calibrationPicture(calibrationByDecile([]))).not.toContain('<circle')
    expect(calibrationPicture(calibrationByDecile([]))).toContain('There are no forecasts.')
  })
})
