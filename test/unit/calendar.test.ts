import { describe, expect, it } from 'vitest'
import { endOf, expectedProgress, type TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import {
  isWorkingDay,
  workingDaysBetween,
  type WorkingCalendar,
} from '../../src/domain/calendar/working-time.ts'

const at = (text: string) => Date.parse(text)
const weekdays = (timeZone = 'UTC', holidays: string[] = []): WorkingCalendar => ({
  timeZone,
  workingDays: [1, 2, 3, 4, 5],
  holidays,
})

describe('working days between two instants', () => {
  it.each([
    ['a week, Monday to Monday', '2026-10-05T00:00Z', '2026-10-12T00:00Z', 5],
    ['a weekend', '2026-10-10T00:00Z', '2026-10-12T00:00Z', 0],
    ['Friday evening to Monday morning', '2026-10-09T18:00Z', '2026-10-12T06:00Z', 0.5],
    ['a part of one day', '2026-10-05T06:00Z', '2026-10-05T09:00Z', 0.125],
    ['into a weekend', '2026-10-09T12:00Z', '2026-10-11T12:00Z', 0.5],
    ['no time', '2026-10-05T06:00Z', '2026-10-05T06:00Z', 0],
    ['the wrong way round', '2026-10-06T06:00Z', '2026-10-05T06:00Z', 0],
  ])('%s', (_case, from, to, days) => {
    expect(workingDaysBetween(at(from), at(to), weekdays())).toBeCloseTo(days, 12)
  })

  it('leave holidays out, and a holiday at a weekend takes nothing', () => {
    const golden = weekdays('Asia/Shanghai', ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-05'])
    const days = workingDaysBetween(at('2026-09-30T00:00+08:00'), at('2026-10-08T00:00+08:00'), golden)
    expect(days).toBe(3)
  })

  it('are counted in the calendar’s own zone', () => {
    const sunday = [at('2026-10-04T16:00Z'), at('2026-10-05T00:00Z')] as const
    expect(workingDaysBetween(...sunday, weekdays('UTC'))).toBe(0)
    expect(workingDaysBetween(...sunday, weekdays('Asia/Shanghai'))).toBeCloseTo(1 / 3, 12)
  })

  it('follow a week that is worked from Sunday to Thursday', () => {
    const calendar = { ...weekdays('Asia/Riyadh'), workingDays: [7, 1, 2, 3, 4] }
    const week = [at('2026-10-04T00:00+03:00'), at('2026-10-11T00:00+03:00')] as const
    expect(workingDaysBetween(...week, calendar)).toBe(5)
    expect(isWorkingDay('2026-10-04', calendar)).toBe(true)
    expect(isWorkingDay('2026-10-09', calendar)).toBe(false)
  })

  it.each([
    ['23 hours, when the clock goes forward', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00'],
    ['25 hours, when it goes back', '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00'],
  ])('count a day of %s as one', (_case, from, to) => {
    const everyDay = { ...weekdays('Europe/Berlin'), workingDays: [1, 2, 3, 4, 5, 6, 7] }
    expect(workingDaysBetween(at(from), at(to), everyDay)).toBe(1)
    const noon = (at(from) + at(to)) / 2
    expect(workingDaysBetween(at(from), noon, everyDay)).toBeCloseTo(0.5, 12)
  })

  it('do not count a day that a place left out to change sides of the date line', () => {
    const apia = { ...weekdays('Pacific/Apia'), workingDays: [1, 2, 3, 4, 5, 6, 7] }
    expect(workingDaysBetween(at('2011-12-29T00:00-10:00'), at('2012-01-01T00:00+14:00'), apia)).toBe(2)
  })
})

describe('expected progress', () => {
  const week: TimeBox = { startDay: '2026-10-05', dueDay: '2026-10-16', calendar: weekdays('Asia/Shanghai') }

  it.each([
    ['before the start', '2026-10-01T00:00+08:00', 0],
    ['at the start', '2026-10-05T00:00+08:00', 0],
    ['after one of ten working days', '2026-10-06T00:00+08:00', 0.1],
    ['on Friday at midnight', '2026-10-10T00:00+08:00', 0.5],
    ['all over the weekend', '2026-10-11T15:00+08:00', 0.5],
    ['in the evening of the due day', '2026-10-16T12:00+08:00', 0.95],
    ['after the due day', '2026-10-17T00:00+08:00', 1],
    ['long after it', '2027-01-01T00:00+08:00', 1],
  ])('is, %s, %f', (_case, instant, expected) => {
    expect(expectedProgress(at(instant), week)).toBeCloseTo(expected, 12)
  })

  it('includes the due day to its last instant', () => {
    expect(endOf(week)).toBe(at('2026-10-17T00:00+08:00'))
  })

  it('is linear over the working time when every day counts', () => {
    const box = { ...week, startDay: '2026-10-01', dueDay: '2026-12-31' }
    const everyDay = { ...box, calendar: { ...box.calendar, workingDays: [1, 2, 3, 4, 5, 6, 7] } }
    expect(expectedProgress(at('2026-11-16T00:00+08:00'), everyDay)).toBeCloseTo(0.5, 12)
  })

  it('is whole from the first instant in a time without a working day', () => {
    const weekend = { ...week, startDay: '2026-10-10', dueDay: '2026-10-11' }
    expect(expectedProgress(at('2026-10-10T00:00+08:00'), weekend)).toBe(0)
    expect(expectedProgress(at('2026-10-10T00:01+08:00'), weekend)).toBe(1)
  })
})
