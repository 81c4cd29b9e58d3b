import { describe, expect, it } from 'vitest'
import { dueDigest } from '../../src/domain/digest/due-digest.ts'
import { BERLIN } from '../support/digests.ts'

const at = (text: string) => Date.parse(text)
/** Friday 17:00 in Berlin. */
const FRIDAY_END = at('2026-11-20T16:00:00Z')
const THURSDAY_END = at('2026-11-19T16:00:00Z')

describe('dueDigest', () => {
  it('is due at the end of a working day, in the time zone of the team, and not before', () => {
    expect(dueDigest(BERLIN, THURSDAY_END, FRIDAY_END - 1)).toBeNull()
    expect(dueDigest(BERLIN, THURSDAY_END, FRIDAY_END)).toBe(FRIDAY_END)
  })

  it('is due once', () => {
    expect(dueDigest(BERLIN, FRIDAY_END, FRIDAY_END)).toBeNull()
    expect(dueDigest(BERLIN, FRIDAY_END, at('2026-11-20T22:59:00Z'))).toBeNull()
  })

  it('is not due on weekends and holidays', () => {
    expect(dueDigest(BERLIN, FRIDAY_END, at('2026-11-22T20:00:00Z'))).toBeNull()
    const tuesdayEnd = at('2026-11-17T16:00:00Z')
    expect(dueDigest(BERLIN, tuesdayEnd, at('2026-11-18T20:00:00Z'))).toBeNull()
  })

  it('is due once for all the days of an outage, for the last of them', () => {
    expect(dueDigest(BERLIN, at('2026-11-10T16:00:00Z'), at('2026-11-22T09:00:00Z'))).toBe(FRIDAY_END)
  })

  it('begins with the first working day that a team sees the end of', () => {
    expect(dueDigest(BERLIN, null, at('2026-11-20T09:00:00Z'))).toBeNull()
    expect(dueDigest(BERLIN, null, at('2026-11-20T18:00:00Z'))).toBe(FRIDAY_END)
    expect(dueDigest(BERLIN, null, at('2026-11-21T09:00:00Z'))).toBeNull()
  })

  it('keeps the hour of the clock over summer time', () => {
    const summer = at('2026-10-23T15:00:00Z')
    const winter = at('2026-10-26T16:00:00Z')
    expect(dueDigest(BERLIN, summer - 1, summer)).toBe(summer)
    expect(dueDigest(BERLIN, summer, winter - 1)).toBeNull()
    expect(dueDigest(BERLIN, summer, winter)).toBe(winter)
  })

  it('is never due for a team without working days', () => {
    const never = { ...BERLIN, calendar: { ...BERLIN.calendar, workingDays: [] } }
    expect(dueDigest(never, null, FRIDAY_END)).toBeNull()
  })
})
