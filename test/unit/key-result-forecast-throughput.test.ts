import { describe, expect, it } from 'vitest'
import type { DayTally, ScopeState, TallyLine } from '../../src/domain/contributions/tally.ts'
import { dailyThroughput } from '../../src/domain/forecast/daily-throughput.ts'
import type { DeliveryTarget } from '../../src/domain/measures/measure.ts'

const SCOPE: DeliveryTarget = { kind: 'scope' }
const FIXED: DeliveryTarget = { kind: 'fixed', amount: 50 }

const line = (state: ScopeState, issues: number, size: number | null = 1): TallyLine => ({
  state,
  size,
  issues,
  sharePercent: issues * 100,
})

/** So many issues of one point to do, and so many delivered. */
const day = (date: string, toDo: number, delivered: number): DayTally => ({
  day: date,
  tally: [line('delivered', delivered), line('to_do', toDo)],
})

/** Asked on Thursday, the 15th of October. */
function throughput(
  days: readonly DayTally[],
  target = SCOPE,
  windowWorkingDays = 60,
  workingDays = [1, 2, 3, 4, 5],
) {
  const calendar = { timeZone: 'UTC', workingDays, holidays: ['2026-10-14'] }
  const { gains, ...rest } = dailyThroughput({
    days,
    target,
    calendar,
    today: '2026-10-15',
    windowWorkingDays,
  })
  return { gains: [...gains], ...rest }
}

describe('daily throughput', () => {
  const planned = day('2026-10-01', 20, 0)

  it('has the working days from the first work to yesterday, those without a delivery too', () => {
    expect(
      throughput([planned, day('2026-10-06', 18, 2), day('2026-10-08', 15, 5), day('2026-10-13', 14, 6)]),
    ).toEqual({
      gains: [2, 0, 3, 0, 0, 1],
      days: ['2026-10-06', '2026-10-07', '2026-10-08', '2026-10-09', '2026-10-12', '2026-10-13'],
      deliveredItems: 6,
      deliveryDays: 3,
    })
  })

  it('counts what a weekend or a holiday delivered to the working day that follows', () => {
    const { gains, days } = throughput([planned, day('2026-10-09', 19, 1), day('2026-10-11', 15, 5)])
    expect(days).toEqual(['2026-10-09', '2026-10-12', '2026-10-13'])
    expect(gains).toEqual([1, 4, 0])
    const holiday = [planned, day('2026-10-12', 19, 1), day('2026-10-14', 12, 8)]
    expect(throughput(holiday).gains).toEqual([1, 0, 7])
  })

  it('follows a week that is worked from Sunday to Thursday', () => {
    const days = [planned, day('2026-10-08', 18, 2), day('2026-10-11', 17, 3)]
    expect(throughput(days, SCOPE, 60, [7, 1, 2, 3, 4])).toMatchObject({
      gains: [2, 1, 0, 0],
      days: ['2026-10-08', '2026-10-11', '2026-10-12', '2026-10-13'],
    })
  })

  it('counts today once it has gained something, and never what came later', () => {
    const begun = [planned, day('2026-10-13', 18, 2)]
    const today = (toDo: number, delivered: number) =>
      throughput([...begun, day('2026-10-15', toDo, delivered), day('2026-10-16', 5, 15)])
    expect(today(15, 5)).toMatchObject({
      gains: [2, 3],
      days: ['2026-10-13', '2026-10-15'],
      deliveredItems: 5,
      deliveryDays: 2,
    })
    expect(today(20, 3)).toEqual({ ...throughput(begun), gains: [2] })
    expect(today(18, 2)).toEqual(throughput(begun))
  })

  it('has no more days than the window', () => {
    const days = [planned, day('2026-10-06', 18, 2), day('2026-10-12', 14, 6), day('2026-10-13', 13, 7)]
    expect(throughput(days, SCOPE, 2)).toEqual({
      gains: [4, 1],
      days: ['2026-10-12', '2026-10-13'],
      deliveredItems: 5,
      deliveryDays: 2,
    })
  })

  it('lets no day go while nothing moves: silent days are added to the window', () => {
    const days = [planned, day('2026-10-05', 18, 2), day('2026-10-06', 14, 6), day('2026-10-07', 13, 7)]
    expect(throughput(days, SCOPE, 2)).toMatchObject({ gains: [4, 1, 0, 0, 0, 0] })
    const startedToday = { day: '2026-10-15', tally: [line('delivered', 7), line('in_progress', 13)] }
    expect(throughput([...days, startedToday], SCOPE, 2)).toMatchObject({ gains: [0] })
  })

  it('takes scope that grew from what was delivered on the same day', () => {
    const days = [planned, day('2026-10-12', 21, 2), day('2026-10-13', 10, 3)]
    expect(throughput(days).gains).toEqual([-1, 11])
    expect(throughput(days, FIXED).gains).toEqual([2, 1])
  })

  it('has days that go backwards, and issues that are reopened are not delivered', () => {
    const days = [planned, day('2026-10-09', 16, 4), day('2026-10-12', 18, 2), day('2026-10-13', 17, 3)]
    expect(throughput(days)).toMatchObject({ gains: [4, -2, 1], deliveredItems: 3, deliveryDays: 2 })
  })

  it('gains nothing from delivered work that is re-estimated, unless its amount is the target', () => {
    const sized = (date: string, size: number): DayTally => ({
      day: date,
      tally: [line('delivered', 3, size), line('to_do', 20)],
    })
    const days = [day('2026-10-09', 23, 0), sized('2026-10-12', 1), sized('2026-10-13', 5)]
    expect(throughput(days).gains).toEqual([3, 0])
    expect(throughput(days, FIXED).gains).toEqual([3, 12])
  })

  it('gains nothing from a median that moved', () => {
    const estimated = (date: string, size: number): DayTally => ({
      day: date,
      tally: [line('delivered', 2, null), line('in_progress', 3, size), line('to_do', 4, null)],
    })
    const days = [day('2026-10-09', 9, 0), estimated('2026-10-12', 1), estimated('2026-10-13', 5)]
    expect(throughput(days, FIXED).gains).toEqual([10, 0])
    expect(throughput(days).gains[1]).toBe(-12)
  })

  it('does not take a plan for growth: it begins when work did', () => {
    const plan = [day('2026-10-01', 5, 0), day('2026-10-05', 40, 0), day('2026-10-08', 80, 0)]
    const started: DayTally = { day: '2026-10-09', tally: [line('in_progress', 1), line('to_do', 79)] }
    expect(throughput(plan).gains).toEqual([])
    expect(throughput([...plan, started, day('2026-10-12', 78, 2)])).toMatchObject({
      gains: [0, 2, 0],
      days: ['2026-10-09', '2026-10-12', '2026-10-13'],
    })
  })

  it('has only an opening in a first day with work under way', () => {
    expect(throughput([day('2026-10-09', 40, 30), day('2026-10-12', 38, 32)])).toMatchObject({
      gains: [2, 0],
      deliveredItems: 2,
    })
    expect(throughput([day('2026-10-10', 40, 30), day('2026-10-11', 38, 32)])).toMatchObject({
      gains: [2, 0],
      days: ['2026-10-12', '2026-10-13'],
    })
  })

  it('does not mind the order of the days, and is empty for none', () => {
    const days = [planned, day('2026-10-08', 15, 5), day('2026-10-12', 14, 8)]
    expect(throughput(days.toReversed())).toEqual(throughput(days))
    expect(throughput([])).toEqual({ gains: [], days: [], deliveredItems: 0, deliveryDays: 0 })
  })
})
