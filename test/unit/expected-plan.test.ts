import { describe, expect, it } from 'vitest'
import { expectedByPlan, problemsOfPlan, type ExpectedPlan } from '../../src/domain/calendar/expected-plan.ts'
import type { TimeBox } from '../../src/domain/calendar/expected-progress.ts'

const at = (text: string) => Date.parse(text)

/** Two weeks of five working days, the Thursday of the second one a holiday: nine in all. */
const box: TimeBox = {
  startDay: '2026-10-05',
  dueDay: '2026-10-16',
  calendar: { timeZone: 'Asia/Shanghai', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-15'] },
}

const targets = (...list: [day: string, progress: number][]): ExpectedPlan => ({
  kind: 'targets',
  targets: list.map(([day, progress]) => ({ day, progress })),
})

describe('what a plan expects', () => {
  const twoSprints = targets(['2026-10-07', 0.6], ['2026-10-12', 0.8])

  it.each([
    ['nothing until the start', '2026-10-05T00:00+08:00', 0],
    ['a third of the first target after one of its three days', '2026-10-06T00:00+08:00', 0.2],
    ['the first target at the end of its day', '2026-10-08T00:00+08:00', 0.6],
    ['two thirds of the next step after two of its three days', '2026-10-10T00:00+08:00', 0.6 + 0.4 / 3],
    ['the same all over the weekend', '2026-10-11T20:00+08:00', 0.6 + 0.4 / 3],
    ['the second target at the end of its day', '2026-10-13T00:00+08:00', 0.8],
    ['a third of what is left after one of three days', '2026-10-14T00:00+08:00', 0.8 + 0.2 / 3],
    ['the same all over the holiday', '2026-10-15T23:00+08:00', 0.8 + 0.4 / 3],
    ['everything at the end of the due day', '2026-10-17T00:00+08:00', 1],
    ['everything ever after', '2027-03-01T00:00+08:00', 1],
  ])('%s', (_case, instant, expected) => {
    expect(expectedByPlan(twoSprints, at(instant), box)).toBeCloseTo(expected, 12)
  })

  it('is linear in working time for a linear plan and for one without targets', () => {
    const noon = at('2026-10-08T12:00+08:00')
    expect(expectedByPlan({ kind: 'linear' }, noon, box)).toBeCloseTo(3.5 / 9, 12)
    expect(expectedByPlan(targets(), noon, box)).toBeCloseTo(3.5 / 9, 12)
  })

  it('is not said where nothing is expected', () => {
    for (const instant of ['2026-10-01T00:00Z', '2026-10-09T00:00Z', '2027-01-01T00:00Z'])
      expect(expectedByPlan({ kind: 'none' }, at(instant), box)).toBeNull()
  })

  it('rises at the end of a target’s day when no working time leads up to it', () => {
    const weekend = targets(['2026-10-10', 0.5], ['2026-10-11', 0.7])
    expect(expectedByPlan(weekend, at('2026-10-11T23:59+08:00'), box)).toBe(0.5)
    expect(expectedByPlan(weekend, at('2026-10-12T00:00+08:00'), box)).toBe(0.7)
  })

  it('passes over targets that a moved due day has left outside', () => {
    const cut = { ...box, dueDay: '2026-10-09' }
    const plan = targets(['2026-10-02', 0.3], ['2026-10-07', 0.6], ['2026-10-12', 0.8])
    const inside = targets(['2026-10-07', 0.6])
    for (const instant of ['2026-10-06T00:00+08:00', '2026-10-09T00:00+08:00', '2026-10-10T00:00+08:00'])
      expect(expectedByPlan(plan, at(instant), cut)).toBe(expectedByPlan(inside, at(instant), cut))
    expect(expectedByPlan(plan, at('2026-10-09T00:00+08:00'), cut)).toBeCloseTo(0.8, 12)
  })
})

describe('the problems of a plan', () => {
  it('are none for a good one, whose last target may be all of it on the due day', () => {
    expect(problemsOfPlan({ kind: 'linear' }, box)).toEqual([])
    expect(problemsOfPlan({ kind: 'none' }, box)).toEqual([])
    expect(problemsOfPlan(targets(), box)).toEqual([])
    expect(problemsOfPlan(targets(['2026-10-05', 0], ['2026-10-09', 0], ['2026-10-16', 1]), box)).toEqual([])
  })

  it.each<[string, ExpectedPlan, ReturnType<typeof problemsOfPlan>]>([
    [
      'a day before the start and one after the due day',
      targets(['2026-10-04', 0.1], ['2026-10-17', 1]),
      [
        { index: 0, problem: 'day_outside_time' },
        { index: 1, problem: 'day_outside_time' },
      ],
    ],
    [
      'the same day twice, and a day before it',
      targets(['2026-10-07', 0.1], ['2026-10-07', 0.2], ['2026-10-06', 0.3]),
      [
        { index: 1, problem: 'days_not_ascending' },
        { index: 2, problem: 'days_not_ascending' },
      ],
    ],
    [
      'progress below nothing, above everything, and no number',
      targets(['2026-10-06', -0.1], ['2026-10-07', 1.1], ['2026-10-08', Number.NaN]),
      [0, 1, 2].map((index) => ({ index, problem: 'progress_out_of_range' as const })),
    ],
    [
      'progress that falls',
      targets(['2026-10-06', 0.5], ['2026-10-07', 0.4]),
      [{ index: 1, problem: 'progress_falls' }],
    ],
    [
      'less than everything on the due day',
      targets(['2026-10-16', 0.9]),
      [{ index: 0, problem: 'due_day_below_one' }],
    ],
  ])('name %s', (_case, plan, problems) => {
    expect(problemsOfPlan(plan, box)).toEqual(problems)
  })
})
