import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecastInOrder, forecastThroughTime } from '../../src/domain/backtest/report.ts'
import { sprintKeyOf, walkForward, type BacktestRow } from '../../src/domain/backtest/walk-forward.ts'
import { observation } from '../support/observations.ts'

const amount = fc.record({ issues: fc.nat(20), points: fc.nat(60) })
const row: fc.Arbitrary<BacktestRow> = fc.record({
  group: fc.constantFrom('a', 'b'),
  board: fc.constantFrom('x', 'y'),
  sprint: fc.constantFrom('1', '2', '3', '4'),
  elapsedShare: fc.constantFrom(0, 0.3, 0.5, 0.8),
  plannedDays: fc.nat(30),
  start: amount,
  added: amount,
  removed: amount,
  toDo: amount,
  inProgress: amount,
  done: amount,
  teamSize: fc.nat(9),
  outcome: fc.integer({ min: -60, max: 20 }),
})
const rows = fc.array(row, { minLength: 1, maxLength: 60 })
const forecasts = (given: readonly BacktestRow[]) => forecastInOrder(given).map(({ forecast }) => forecast)

describe('walking forward through rows in any order', () => {
  it('never lets a sprint’s outcome reach a row of that sprint, or one before the sprint’s last row', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (given, pick) => {
        const changed = sprintKeyOf(given[pick % given.length]!)
        const other = given.map((row) =>
          sprintKeyOf(row) === changed ? { ...row, outcome: row.outcome < 0 ? 7 : -7 } : row,
        )
        const lastOfSprint = given.findLastIndex((row) => sprintKeyOf(row) === changed)
        expect(forecasts(other).slice(0, lastOfSprint + 1)).toEqual(
          forecasts(given).slice(0, lastOfSprint + 1),
        )
      }),
    )
  })

  it('lets nothing of one group reach another', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const alone = given.filter(({ group }) => group === 'a')
        const among = forecastInOrder(given).filter(({ row }) => row.group === 'a')
        expect(among.map(({ forecast }) => forecast)).toEqual(forecasts(alone))
      }),
    )
  })

  it('gives a row that stands there twice the same forecast twice, and others as if it stood there once', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (given, pick) => {
        const at = pick % given.length
        const doubled = given.toSpliced(at, 0, { ...given[at]! })
        const said = forecasts(doubled)
        expect(said[at]).toEqual(said[at + 1])
        expect(said.toSpliced(at, 1)).toEqual(forecasts(given))
      }),
    )
  })

  it('teaches every sprint once all its rows have passed, and no sooner', () => {
    const calls: string[] = []
    const seen = ['1', '2', '1', '2', '3'].map((sprint) => ({ ...observation({ sprint }), outcome: 0 }))
    walkForward(seen, {
      predict: ({ sprint }) => calls.push(`predict ${sprint}`),
      learn: ({ sprint }) => calls.push(`learn ${sprint}`),
    })
    expect(calls.join(', ')).toBe(
      'predict 1, predict 2, predict 1, learn 1, learn 1, predict 2, learn 2, learn 2, predict 3, learn 3',
    )
  })
})

describe('walking through time', () => {
  const dated = fc.array(
    fc.record({ row, observedAt: fc.nat(1000), lasts: fc.integer({ min: 1, max: 300 }) }),
    { minLength: 1, maxLength: 40 },
  )

  it('never uses an outcome before its sprint has ended', () => {
    fc.assert(
      fc.property(dated, fc.nat(), (given, pick) => {
        const timed = given.map(({ row, observedAt, lasts }, index) => ({
          ...row,
          sprint: String(index),
          observedAt,
          endedAt: observedAt + lasts,
        }))
        const { sprint, endedAt } = timed[pick % timed.length]!
        const other = timed.map((row) =>
          row.sprint === sprint ? { ...row, outcome: row.outcome < 0 ? 7 : -7 } : row,
        )
        const early = (all: typeof timed) =>
          forecastThroughTime(all)
            .filter(({ row }) => timed.find((one) => one.sprint === row.sprint)!.observedAt < endedAt)
            .map(({ row, forecast }) => [row.sprint, forecast])
        expect(early(other)).toEqual(early(timed))
      }),
    )
  })
})
