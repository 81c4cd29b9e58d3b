import { describe, expect, it } from 'vitest'
import { measure as measureInput } from '../../src/contracts/api/measure.ts'
import { deliveredSpells } from '../../src/domain/contributions/delivered-spells.ts'
import { bandText, missedBound, problemOfBand } from '../../src/domain/measures/band.ts'
import type { Measure, RangeMeasure } from '../../src/domain/measures/measure.ts'
import { renamedSteps, standingSteps, percentReached } from '../../src/domain/measures/milestones.ts'
import { periodEnd, periodStart } from '../../src/domain/measures/period.ts'
import { nextPeriodOver, rangePeriods, shareInside } from '../../src/domain/measures/range.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, moved, TO_DO, WONT_DO } from '../support/issues.ts'
import { foldedByDay } from '../support/measured-past.ts'

const TIME = { startDay: '2026-10-01', dueDay: '2026-12-31' }
/** The first day after it. */
const OVER = '2027-01-01'
const monthly = (given: Partial<RangeMeasure> = {}): RangeMeasure => ({
  kind: 'range',
  unit: '%',
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  targetShare: 1,
  ...given,
})
const reported = (...values: [day: string, value: number][]) =>
  foldedByDay(
    values.map(([on, value]) => ({ at: Date.parse(on), value })),
    'UTC',
  )

describe('a band', () => {
  it.each([
    [{ below: 5 }, 5, 'upper'],
    [{ below: 5 }, 4.999, null],
    [{ atMost: 5 }, 5, null],
    [{ above: 3 }, 3, 'lower'],
    [{ atLeast: 3 }, 3, null],
    [{ atLeast: 3, below: 5 }, 5, 'upper'],
    [{ atLeast: 0 }, -0.1, 'lower'],
  ])('%j keeps %d out by its bound: %s', (band, value, bound) => {
    expect(missedBound(value, band)).toBe(bound)
  })

  it.each([
    [{}, /no bound/],
    [{ atLeast: 1, above: 1 }, /two lower bounds/],
    [{ atMost: 1, below: 1 }, /two upper bounds/],
    [{ atLeast: 5, below: 5 }, /holds no number/],
    [{ above: 6, atMost: 5 }, /holds no number/],
  ])('%j cannot be used', (band, problem) => {
    expect(problemOfBand(band)).toMatch(problem)
  })

  it('may be a single number, and reads as people write it', () => {
    expect(problemOfBand({ atLeast: 5, atMost: 5 })).toBeNull()
    expect(bandText({ atLeast: 3, below: 5 })).toBe('≥ 3 and < 5')
  })
})

describe('periods', () => {
  it.each([
    ['week', '2026-11-01', '2026-10-26', '2026-11-01'],
    ['month', '2026-02-14', '2026-02-01', '2026-02-28'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
    ['day', '2026-12-31', '2026-12-31', '2026-12-31'],
  ] as const)('a %s around %s goes from %s to %s', (period, on, from, to) => {
    expect([periodStart(on, period), periodEnd(from, period)]).toEqual([from, to])
  })

  it('count only inside the time of the key result, and are cut to it', () => {
    const weekly = monthly({ period: 'week' })
    const values = reported(['2026-09-30', 1], ['2026-10-01', 6], ['2027-01-01', 1])
    expect(rangePeriods(weekly, values, TIME, OVER).judged).toEqual([
      { fromDay: '2026-10-01', toDay: '2026-10-04', value: 6, isInside: false },
    ])
  })

  it.each([
    ['latest', 3],
    ['mean', 4],
    ['sum', 12],
    ['lowest', 3],
    ['highest', 5],
  ] as const)('come to the %s of their values: %d', (valueOfPeriod, value) => {
    const values = reported(['2026-10-02', 4], ['2026-10-05', 5], ['2026-10-30', 3])
    expect(rangePeriods(monthly({ valueOfPeriod }), values, TIME, OVER).judged).toMatchObject([{ value }])
  })

  it.each([
    ['sum', { atMost: 0.3 }, [0.1, 0.2]],
    ['sum', { atLeast: 0.8 }, [0.7, 0.1]],
    ['mean', { atMost: 0.1 }, [0.1, 0.1, 0.1]],
  ] as const)('come to a %s in decimals: %j holds %j', (valueOfPeriod, band, values) => {
    const said = values.map((value, n): [string, number] => [`2026-10-0${n + 1}`, value])
    const { judged } = rangePeriods(monthly({ valueOfPeriod, band }), reported(...said), TIME, OVER)
    expect(judged).toMatchObject([{ isInside: true }])
  })

  it('without a value are neither inside nor outside', () => {
    const values = reported(['2026-10-31', 4], ['2026-12-31', 6])
    expect(shareInside(rangePeriods(monthly(), values, TIME, OVER).judged)).toBe(0.5)
    expect(shareInside([])).toBeNull()
  })

  it('are all judged when they are over: attrition below 5 % with 4 %, 6 % and 5.0 % is 1 of 3', () => {
    const values = reported(['2026-10-31', 4], ['2026-11-30', 6], ['2026-12-31', 5])
    const { judged, open } = rangePeriods(monthly(), values, TIME, OVER)
    expect([judged.map(({ isInside }) => isInside), open]).toEqual([[true, false, false], null])
    expect(shareInside(judged)).toBe(1 / 3)
  })

  it('count at once while they run and are inside, and not before the day after when they can still get there', () => {
    const on = (today: string, value: number) =>
      rangePeriods(monthly(), reported(['2026-10-31', 4], ['2026-11-20', value]), TIME, today)
    expect(shareInside(on('2026-11-30', 4).judged)).toBe(1)
    expect(on('2026-11-30', 6)).toEqual({
      judged: [{ fromDay: '2026-10-01', toDay: '2026-10-31', value: 4, isInside: true }],
      open: { fromDay: '2026-11-01', toDay: '2026-11-30', value: 6, verdict: 'slipping' },
    })
    expect(shareInside(on('2026-12-01', 6).judged)).toBe(0.5)
  })

  it('end with the time of the key result', () => {
    const quarterly = monthly({ period: 'quarter' })
    const time = { startDay: '2026-10-01', dueDay: '2026-11-15' }
    const on = (today: string) => rangePeriods(quarterly, reported(['2026-11-10', 6]), time, today)
    expect([on('2026-11-15').judged, on('2026-11-16').judged]).toMatchObject([[], [{ toDay: '2026-11-15' }]])
  })

  it('make it silent when a whole one has passed without a value', () => {
    const over = (period: RangeMeasure['period'], at: string) =>
      new Date(nextPeriodOver(monthly({ period }), Date.parse(at), 'UTC')).toISOString().slice(0, 10)
    expect(over('month', '2026-10-02T12:00:00Z')).toBe('2026-12-01')
    expect(over('week', '2026-10-07T12:00:00Z')).toBe('2026-10-19')
    expect(over('quarter', '2026-12-31T12:00:00Z')).toBe('2027-04-01')
    expect(over('day', '2026-12-31T12:00:00Z')).toBe('2027-01-02')
  })
})

describe('a ladder', () => {
  const PERCENTS = [0, 5, 10, 15, 20, 50, 70, 80, 100]
  const ladder = {
    kind: 'milestones' as const,
    steps: PERCENTS.map((percent) => ({ title: `Rung ${percent}`, percent, issue: null })),
  }
  const tick = (percent: number, at: number, isDone = true) => ({ step: `Rung ${percent}`, at, isDone })

  it('is taken with a first step at 0 %', () => {
    expect(measureInput.safeParse(ladder).success).toBe(true)
  })

  it('stands on the highest step reached with all the earlier ones done', () => {
    const ticks = [0, 5, 10, 15, 20, 70].map((percent) => tick(percent, day(1)))
    expect(percentReached(standingSteps(ladder, ticks, []))).toBe(20)
    expect(percentReached(standingSteps(ladder, ticks.slice(1), []))).toBe(0)
  })

  it('keeps the date of a step that is ticked again, until it was not done in between', () => {
    const since = (...ticks: ReturnType<typeof tick>[]) => standingSteps(ladder, ticks, [])[0]!.doneAt
    expect(since(tick(0, day(1)), tick(0, day(3)))).toBe(day(1))
    expect(since(tick(0, day(1)), tick(0, day(2), false), tick(0, day(3)))).toBe(day(3))
    expect(since(tick(0, day(1)), tick(0, day(2), false))).toBeNull()
  })

  it('knows a step by its place when only its title changes', () => {
    const ladderOf = (...titles: string[]): Measure => ({
      kind: 'milestones',
      steps: titles.map((title, index) => ({ title, percent: index * 10, issue: null })),
    })
    const renamed = (before: string[], after: string[]) =>
      renamedSteps(ladderOf(...before), ladderOf(...after))
    expect(renamed(['a', 'b'], ['a', 'c'])).toEqual([{ from: 'b', to: 'c' }])
    expect(renamed(['a', 'b'], ['b', 'a'])).toEqual([])
    expect(renamed(['a', 'b'], ['b', 'c'])).toEqual([])
    expect(renamed(['a', 'b'], ['a', 'c', 'b'])).toEqual([])
    expect(renamedSteps(ladderOf('a'), { kind: 'binary' })).toEqual([])
  })
})

describe('the delivery of an issue', () => {
  const rules = { notDelivered: { resolutionIds: new Set<string>() }, categories: CATEGORIES }

  it('is every time from done to reopened, closed otherwise or deleted', () => {
    const history = issueHistory(
      { state: { statusId: DONE, resolution: WONT_DO }, deletedAt: day(9) },
      moved(day(1), TO_DO, DONE),
      moved(day(3), DONE, DOING),
      moved(day(5), DOING, DONE),
      [day(7), { field: 'resolution', from: null, to: WONT_DO }],
    )
    expect(deliveredSpells(history, rules)).toEqual([
      { since: day(1), until: day(3) },
      { since: day(5), until: day(7) },
    ])
    const deleted = issueHistory({ state: { statusId: DONE }, deletedAt: day(9) }, moved(day(1), TO_DO, DONE))
    expect(deliveredSpells(deleted, rules)).toEqual([{ since: day(1), until: day(9) }])
  })

  it('lasts while it is done, also when its summary or sprint changes', () => {
    const history = issueHistory({ state: { statusId: DONE } }, moved(day(1), TO_DO, DONE), [
      day(2),
      { field: 'labels', from: [], to: ['x'] },
    ])
    expect(deliveredSpells(history, rules)).toEqual([{ since: day(1), until: null }])
  })
})
