import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { askedOn } from '../../src/domain/check-ins/due-check-ins.ts'
import { cadenceDays, lastCadenceDay, oneCadenceBefore } from '../../src/domain/check-ins/cadence.ts'
import type { CheckInCadence } from '../../src/domain/team.ts'
import { startOfDay } from '../../src/domain/time.ts'
import { anyCadence, anyCalendar, anyTime, daysOf, naiveCadenceDays } from '../support/cadences.ts'
import { checkInSubject } from '../support/check-ins.ts'

describe('cadence days', () => {
  it('are each found exactly once by looking every day, and are those that a walk through the calendar finds', () => {
    let found = 0
    fc.assert(
      fc.property(anyCadence, anyCalendar, anyTime, (cadence, calendar, time) => {
        const expected = naiveCadenceDays(cadence, calendar, time)
        const begun = daysOf(time).filter((day) => lastCadenceDay(cadence, calendar, time, day) === day)
        found += expected.length
        expect(begun).toEqual(expected)
      }),
      { numRuns: 300 },
    )
    expect(found).toBeGreaterThan(300)
  })

  it('are the same when they are all asked for at once', () => {
    fc.assert(
      fc.property(anyCadence, anyCalendar, anyTime, (cadence, calendar, time) => {
        const expected = naiveCadenceDays(cadence, calendar, time)
        expect(cadenceDays(cadence, calendar, time, '2199-01-01')).toEqual(expected)
        const until = daysOf(time)[Math.floor(daysOf(time).length / 2)]!
        expect(cadenceDays(cadence, calendar, time, until)).toEqual(expected.filter((day) => day <= until))
      }),
    )
  })

  it('stand until the next one, and after the end of the time', () => {
    fc.assert(
      fc.property(anyCadence, anyCalendar, anyTime, (cadence, calendar, time) => {
        const expected = naiveCadenceDays(cadence, calendar, time)
        for (const day of daysOf(time)) {
          const last = expected.findLast((one) => one <= day) ?? null
          expect(lastCadenceDay(cadence, calendar, time, day)).toBe(last)
        }
        expect(lastCadenceDay(cadence, calendar, time, '2199-01-01')).toBe(expected.at(-1) ?? null)
      }),
    )
  })

  it('are on working days alone, and never more than one a week', () => {
    fc.assert(
      fc.property(anyCadence, anyCalendar, anyTime, (cadence, calendar, time) => {
        const asked = daysOf(time).filter((day) => lastCadenceDay(cadence, calendar, time, day) === day)
        for (const day of asked) {
          expect(calendar.holidays).not.toContain(day)
          expect(calendar.workingDays).toContain(Temporal.PlainDate.from(day).dayOfWeek)
        }
        const weeks = daysOf(time).length / (7 * cadence.everyWeeks) + 1
        expect(asked.length).toBeLessThanOrEqual(Math.ceil(weeks))
      }),
    )
  })

  it('begin at the first instant of the day in the team’s zone, on days of every length', () => {
    fc.assert(
      fc.property(anyCadence, anyCalendar, anyTime, (checkIns, calendar, time) => {
        const subject = checkInSubject({}, time)
        for (const day of naiveCadenceDays(checkIns, calendar, time)) {
          const begin = startOfDay(day, calendar.timeZone)
          expect(askedOn({ checkIns, calendar }, subject, begin)).toBe(day)
          const before = askedOn({ checkIns, calendar }, subject, begin - 1)
          expect(before === null || before < day).toBe(true)
        }
      }),
    )
  })
})

describe('every other week', () => {
  const calendar = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-26'] }
  const quarter = { startDay: '2026-10-01', endDay: '2026-12-31' }

  const found = (cadence: CheckInCadence) =>
    daysOf(quarter).filter((day) => lastCadenceDay(cadence, calendar, quarter, day) === day)

  it('is counted from the week in which the cycle starts', () => {
    const fridays = found({ everyWeeks: 2, weekday: 5 })
    expect(fridays.slice(0, 3)).toEqual(['2026-10-02', '2026-10-16', '2026-10-30'])
  })

  it('begins a step later when its weekday was before the cycle, and a holiday moves one day alone', () => {
    const cadence = { everyWeeks: 2, weekday: 1 } as const
    expect(found(cadence).slice(0, 3)).toEqual(['2026-10-12', '2026-10-27', '2026-11-09'])
    expect(oneCadenceBefore(cadence, '2026-10-27')).toBe('2026-10-13')
  })
})
