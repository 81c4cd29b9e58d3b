import { describe, expect, it } from 'vitest'
import { dayOf, isTimeZone, nextDay, startOfDay } from '../../src/domain/time.ts'

const at = (text: string) => Date.parse(text)

describe('the day of an instant', () => {
  it.each([
    ['2026-10-01T15:59:59.999Z', 'Asia/Shanghai', '2026-10-01'],
    ['2026-10-01T16:00:00Z', 'Asia/Shanghai', '2026-10-02'],
    ['2026-10-02T06:59:59Z', 'America/Los_Angeles', '2026-10-01'],
    ['2026-10-02T00:00:00Z', 'UTC', '2026-10-02'],
    ['2026-10-01T18:30:00Z', 'Asia/Kolkata', '2026-10-02'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(dayOf(at(instant), zone)).toBe(day)
  })

  it('is refused for a zone that does not exist', () => {
    expect(() => dayOf(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('the start of a day', () => {
  it.each([
    ['an ordinary day', '2026-10-01', 'Asia/Shanghai', '2026-09-30T16:00:00Z'],
    ['the day the clock goes forward', '2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['the day after it', '2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
    ['a day without midnight', '2024-09-08', 'America/Santiago', '2024-09-08T04:00:00Z'],
  ])('is right for %s', (_case, day, zone, instant) => {
    expect(startOfDay(day, zone)).toBe(at(instant))
  })

  it('is followed by the next day over months, leap days and years', () => {
    expect(['2026-10-31', '2028-02-28', '2026-12-31'].map(nextDay)).toEqual([
      '2026-11-01',
      '2028-02-29',
      '2027-01-01',
    ])
  })

  it.each(['2026-13-05', '2026-00-05', '2026-10-00', '2026-02-30', 'abc12', '12', ''])(
    'is followed by nothing where there is no such day: %j',
    (text) => {
      expect(() => nextDay(text)).toThrow(RangeError)
    },
  )
})

describe('a time zone', () => {
  it.each(['Asia/Shanghai', 'europe/berlin', 'UTC', 'US/Pacific'])('may be %s', (text) => {
    expect(isTimeZone(text)).toBe(true)
  })

  it.each([
    ['nothing', ''],
    ['a place nobody knows', 'Mars/Olympus'],
    ['an offset, which knows no summer time', '+08:00'],
    ['a date-time that names a zone', '2026-10-01T00:00[Europe/Berlin]'],
    ['a date-time in UTC', '2026-10-01T00:00Z'],
  ])('is not %s', (_case, text) => {
    expect(isTimeZone(text)).toBe(false)
  })
})
