import { describe, expect, it } from 'vitest'
import { endOf, type TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import { assessPace } from '../../src/domain/health/pace.ts'
import { rawProgress } from '../../src/domain/measures/progress.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { day } from '../support/issues.ts'

/** A hundred days of which each is worked: a day is one per cent of the time. */
const box: TimeBox = {
  startDay: '2026-10-01',
  dueDay: '2027-01-08',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
}

/** The health of a key result that has this progress on that day, with evidence from the day before. */
const assess = (progress: number | null, onDay: number) =>
  assessPace(progress, day(onDay - 1), box, day(onDay))

describe('the example from practice', () => {
  it('half the quarter gone, 30 % of 80 % reached: three quarters of the pace, at risk', () => {
    const assessment = assess(rawProgress(30, 0, 80), 50)
    expect(assessment).toEqual({ health: 'at_risk', rule: 'pace', expected: 0.5, paceRatio: 0.75 })
    expect(assessment.expected * 80).toBe(40)
  })
})

describe('pace', () => {
  it.each([
    [0.5, 'on_track', 1],
    [0.45, 'on_track', 0.9],
    [0.449, 'at_risk', 0.898],
    [0.35, 'at_risk', 0.7],
    [0.349, 'off_track', 0.698],
    [0, 'off_track', 0],
    [-0.2, 'off_track', -0.4],
  ] as const)('%f where half is expected is %s', (progress, health, paceRatio) => {
    const assessment = assess(progress, 50)
    expect(assessment).toMatchObject({ health, rule: 'pace' })
    expect(assessment.paceRatio).toBeCloseTo(paceRatio, 12)
  })

  it('turns a key result red by time alone', () => {
    const healths = [30, 34, 44].map((onDay) => assess(0.3, onDay).health)
    expect(healths).toEqual(['on_track', 'at_risk', 'off_track'])
  })
})

describe('a reached measure', () => {
  it.each([1, 1.1])('is done at %f', (progress) => {
    expect(assess(progress, 50)).toMatchObject({ health: 'done', rule: 'reached' })
  })

  it('is done after its due day too, and however long nothing was heard of it', () => {
    expect(assessPace(1, day(1), box, day(200))).toMatchObject({ health: 'done' })
  })

  it('is not done a hair before it', () => {
    expect(assess(0.9999, 99).health).toBe('on_track')
  })
})

describe('a due day that has passed', () => {
  it('makes what is not reached missed, from the first instant after it', () => {
    const end = endOf(box)
    expect(assessPace(0.99, end - 1, box, end - 1).health).toBe('on_track')
    expect(assessPace(0.99, end, box, end)).toMatchObject({ health: 'missed', rule: 'past_due', expected: 1 })
  })

  it('misses what nobody ever measured, too', () => {
    const end = endOf(box)
    expect(assessPace(null, null, box, end - 1).health).toBe('no_data')
    expect(assessPace(null, null, box, end)).toMatchObject({ health: 'missed', rule: 'past_due' })
  })

  it('is told before silence', () => {
    expect(assessPace(0.99, day(1), box, day(150)).health).toBe('missed')
  })
})

describe('silence is never green', () => {
  it.each([0.05, 0.5, 0.99])('with %f reached: stale after fourteen days', (progress) => {
    const now = day(40)
    expect(assessPace(progress, now - 14 * DAY_MS - 1, box, now)).toMatchObject({
      health: 'stale',
      rule: 'silence',
    })
    expect(assessPace(progress, now - 14 * DAY_MS, box, now).rule).toBe('pace')
  })

  it('not even in the grace period', () => {
    expect(assessPace(0.5, day(-10), box, day(5)).health).toBe('stale')
  })

  it.each([
    ['nothing to measure', null, day(1)],
    ['nothing that ever moved', 0, null],
  ])('%s is no data', (_case, progress, evidenceAt) => {
    for (const now of [day(2), day(50)])
      expect(assessPace(progress, evidenceAt, box, now)).toMatchObject({
        health: 'no_data',
        rule: 'no_evidence',
      })
  })
})

describe('the grace period', () => {
  it('keeps the first tenth of the time on track, whatever the pace', () => {
    expect(assess(0, 9.99)).toMatchObject({ health: 'on_track', rule: 'grace' })
    expect(assess(0, 10)).toMatchObject({ health: 'off_track', rule: 'pace' })
  })

  it('does not divide by an expectation of next to nothing', () => {
    expect(assess(0.02, 4.99).paceRatio).toBeNull()
    expect(assess(0.02, 5).paceRatio).toBeCloseTo(0.4, 12)
    expect(assessPace(0, day(-20), box, day(-10))).toMatchObject({
      health: 'on_track',
      expected: 0,
      paceRatio: null,
    })
  })
})
