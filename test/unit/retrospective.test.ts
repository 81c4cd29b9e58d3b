import { describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { buildRetrospective, type KeyResultPast } from '../../src/domain/retrospective/build-retrospective.ts'
import { markDays, scoreForecasts } from '../../src/domain/retrospective/forecast-record.ts'
import { investments } from '../../src/domain/retrospective/investment.ts'
import { sparkline } from '../../src/domain/retrospective/trend.ts'
import { aCyclePast, aGoal, aKeyResultPast, END } from '../support/cycle-pasts.ts'

const built = (...keyResults: KeyResultPast[]) => buildRetrospective(aCyclePast(keyResults), END)
const only = (past: KeyResultPast) => built(past).objectives[0]!.keyResults[0]!
const at = (day: string) => Date.parse(`${day}T12:00:00Z`)

describe('the trend', () => {
  it('holds the first day, the last, and the days on which something moved', () => {
    const { trend } = only(aKeyResultPast([null, null, 46, 46, 46, 50]))
    expect(trend.map(({ day, rawProgress }) => [day.slice(-2), rawProgress])).toEqual([
      ['01', null],
      ['03', 0.1],
      ['06', 0.5],
      ['10', 0.5],
    ])
  })

  it('is drawn in one line, a dot where nothing was measured, full only when reached', () => {
    const { trend } = only(aKeyResultPast([null, 45, 46, 47, 48, 49, 50, 52, 54.99, 55]))
    expect(sparkline(trend, 26)).toBe('·▁▁▂▃▃▄▅▇█')
    expect(sparkline(trend, 4)).toBe('·▂▄█')
    expect(sparkline([], 26)).toBe('')
  })
})

describe('forecasts', () => {
  it('are looked at when a quarter, half and three quarters of the working time had passed', () => {
    const box = aKeyResultPast([45]).timeBox
    expect(markDays(box, END).map(({ day }) => day)).toEqual(['2026-10-03', '2026-10-05', '2026-10-08'])
    expect(markDays(box, at('2026-10-05'))).toHaveLength(1)
    const weekdays = { ...box, calendar: { ...box.calendar, workingDays: [1, 2, 3, 4, 5] } }
    expect(markDays(weekdays, END).map(({ day }) => day)).toEqual(['2026-10-02', '2026-10-06', '2026-10-08'])
  })

  it('are held against what came of them', () => {
    const forecast = (timeShare: number, probability: number | null) => ({
      timeShare,
      day: '2026-10-03',
      probability,
    })
    const reached = aKeyResultPast([45, 55], { forecasts: [forecast(0.5, 0.9), forecast(0.25, 0.6)] })
    const missed = aKeyResultPast([45, 50], {
      keyResult: aGoal({ key: 'KR-2' as KeyResultKey }),
      forecasts: [forecast(0.25, 0.2), forecast(0.5, null)],
    })
    const { summary, objectives } = built(reached, missed)
    expect(objectives[0]!.keyResults.map(({ outcome }) => outcome)).toEqual(['reached', 'missed'])
    expect(summary.forecasts.forecasts).toBe(3)
    expect(summary.forecasts.brier).toBeCloseTo((0.1 ** 2 + 0.4 ** 2 + 0.2 ** 2) / 3, 12)
    expect(scoreForecasts([])).toEqual({ forecasts: 0, brier: null })
  })

  it('of what was still open are not scored', () => {
    const past = aKeyResultPast([45, 50], {
      forecasts: [{ timeShare: 0.25, day: '2026-10-03', probability: 0.5 }],
    })
    const { objectives, summary } = buildRetrospective(
      aCyclePast([past], { asOf: at('2026-10-06'), isEarly: true }),
      null,
    )
    expect(objectives[0]!.keyResults[0]!.outcome).toBe('open')
    expect(summary.forecasts).toEqual({ forecasts: 0, brier: null })
  })
})

describe('investment', () => {
  const invested = (number: number, share: number | null, points: number, weight = 1) => ({
    keyResult: `KR-${number}` as KeyResultKey,
    weight,
    intendedSharePercent: share,
    delivered: { issues: points / 5, points, unestimated: 0 },
  })

  it('is held against the shares that were said; the rest is by weight', () => {
    const found = [
      ...investments([invested(1, 50, 10), invested(2, null, 20, 3), invested(3, null, 10, 1)]).values(),
    ]
    expect(
      found.map(({ intendedPercent, actualPercent, deviation }) => [
        intendedPercent,
        actualPercent,
        deviation,
      ]),
    ).toEqual([
      [50, 25, -25],
      [37.5, 50, 12.5],
      [12.5, 25, 12.5],
    ])
  })

  it('goes by issues where nothing has points, and is unknown where nothing was delivered', () => {
    const delivered = { issues: 3, points: 0, unestimated: 3 }
    const counted = [...investments([{ ...invested(1, null, 0), delivered }, invested(2, null, 0)]).values()]
    expect(counted).toMatchObject([
      { by: 'issues', actualPercent: 100 },
      { by: 'issues', actualPercent: 0 },
    ])
    expect([...investments([invested(1, null, 0)]).values()]).toMatchObject([
      { intendedPercent: 100, actualPercent: null, deviation: null },
    ])
  })
})

describe('hints', () => {
  const kinds = (past: KeyResultPast) => only(past).hints.map(({ kind }) => kind)

  it('tell what was reached long before its time, for good', () => {
    expect(kinds(aKeyResultPast([45, 55]))).toEqual(['reached_early'])
    expect(kinds(aKeyResultPast([45, 55, 54, 54, 54, 54, 54, 54, 54, 55]))).toEqual([])
    expect(kinds(aKeyResultPast([45, 45, 45, 45, 45, 45, 45, 55]))).toEqual([])
  })

  it('tell of no range that it was early: it is kept, not reached', () => {
    const measure: Measure = {
      kind: 'range',
      unit: '%',
      band: { below: 5 },
      period: 'day',
      valueOfPeriod: 'latest',
      targetShare: 1,
    }
    const kept = aKeyResultPast([55], { keyResult: aGoal({ measure }) })
    expect(kinds(kept)).toEqual([])
    expect(built(kept).objectives[0]!.hints).toEqual([])
  })

  it('tell what never moved, also what was never measured, but not what was reached all along', () => {
    expect(kinds(aKeyResultPast([47]))).toEqual(['never_moved'])
    expect(kinds(aKeyResultPast([null]))).toEqual(['never_moved'])
    expect(kinds(aKeyResultPast([55]))).toEqual(['reached_early'])
  })

  it('tell of an objective all of whose key results were reached early', () => {
    const second = aKeyResultPast([46, 56], { keyResult: aGoal({ key: 'KR-2' as KeyResultKey }) })
    expect(built(second, aKeyResultPast([45, 55])).objectives[0]!.hints).toEqual([
      { kind: 'all_reached_early', keyResults: ['KR-1', 'KR-2'] },
    ])
    expect(built(second, aKeyResultPast([45, 50])).objectives[0]!.hints).toEqual([])
  })
})

it('names nobody', () => {
  const text = JSON.stringify(built(aKeyResultPast([50])))
  expect(text).not.toContain('Ada')
})
