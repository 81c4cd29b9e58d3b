import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedByPlan, problemsOfPlan, type ExpectedPlan } from '../../src/domain/calendar/expected-plan.ts'
import { endOf, startOf, type TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import { isWorkingDay } from '../../src/domain/calendar/working-time.ts'
import { DAY_MS, nextDay, startOfDay } from '../../src/domain/time.ts'

const dayOf = (n: number) => Temporal.PlainDate.from('2026-02-20').add({ days: n }).toString()

/** From February to May: the clocks of Berlin and New York go forward on the way, those of Lord Howe back by half an hour. */
const anyBox: fc.Arbitrary<TimeBox> = fc
  .record({
    days: fc.tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 })),
    timeZone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'Asia/Shanghai',
      'America/New_York',
      'Australia/Lord_Howe',
    ),
    workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidays: fc.array(fc.nat({ max: 60 }).map(dayOf), { maxLength: 5 }),
  })
  .map(({ days, ...calendar }) => ({
    startDay: dayOf(Math.min(...days)),
    dueDay: dayOf(Math.max(...days)),
    calendar,
  }))

/** A box with a plan of ascending targets inside it. */
const anyPlanned = anyBox.chain((box) => {
  const length = Temporal.PlainDate.from(box.startDay).until(box.dueDay).days
  return fc
    .record({
      days: fc.uniqueArray(fc.nat({ max: length }), { maxLength: 6 }),
      steps: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
    })
    .map(({ days, steps }) => {
      const rising = steps.sort((a, b) => a - b)
      const targets = days
        .sort((a, b) => a - b)
        .map((n, index) => ({
          day: Temporal.PlainDate.from(box.startDay).add({ days: n }).toString(),
          progress: n === length ? 1 : rising[index]!,
        }))
      const plan: ExpectedPlan = { kind: 'targets', targets }
      return { box, plan, targets }
    })
})

const anyShare = fc.double({ min: -0.2, max: 1.2, noNaN: true })
const instant = (box: TimeBox, share: number) =>
  Math.round(startOf(box) + share * (endOf(box) - startOf(box)))
const expected = (plan: ExpectedPlan, at: number, box: TimeBox) => expectedByPlan(plan, at, box)!
const daysOf = ({ startDay, dueDay }: TimeBox) => {
  const days = [startDay]
  while (days.at(-1)! < dueDay) days.push(nextDay(days.at(-1)!))
  return days
}
const LINEAR: ExpectedPlan = { kind: 'linear' }

describe('expected progress', () => {
  it('never falls, is nothing at the start and everything at the end', () => {
    fc.assert(
      fc.property(anyPlanned, anyShare, anyShare, ({ box, plan }, one, other) => {
        for (const kind of [plan, LINEAR]) {
          const earlier = expected(kind, instant(box, Math.min(one, other)), box)
          const later = expected(kind, instant(box, Math.max(one, other)), box)
          expect(later).toBeGreaterThanOrEqual(earlier - 1e-12)
          expect(earlier).toBeGreaterThanOrEqual(0)
          expect(later).toBeLessThanOrEqual(1)
          expect(expected(kind, startOf(box), box)).toBe(0)
          expect(expected(kind, endOf(box), box)).toBe(1)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is exactly a plan’s target at the end of its day', () => {
    fc.assert(
      fc.property(anyPlanned, ({ box, plan, targets }) => {
        expect(problemsOfPlan(plan, box)).toEqual([])
        for (const { day, progress } of targets) {
          expect(expected(plan, startOfDay(nextDay(day), box.calendar.timeZone), box)).toBe(progress)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('does not grow on a day off, but for a target that is set on it', () => {
    fc.assert(
      fc.property(anyPlanned, ({ box, plan, targets }) => {
        const days = daysOf(box)
        fc.pre(days.some((day) => isWorkingDay(day, box.calendar)))
        for (const day of days.filter((one) => !isWorkingDay(one, box.calendar))) {
          const start = startOfDay(day, box.calendar.timeZone)
          const end = startOfDay(nextDay(day), box.calendar.timeZone)
          const isSet = day === box.dueDay || targets.some((target) => target.day === day)
          const last = isSet ? end - 1 : end
          expect(expected(plan, last, box)).toBeCloseTo(expected(plan, start, box), 9)
          expect(expected(LINEAR, end, box)).toBeCloseTo(expected(LINEAR, start, box), 9)
        }
      }),
    )
  })

  it('is the same at the end of each day whatever the clock is set to on the way', () => {
    fc.assert(
      fc.property(anyPlanned, ({ box, plan }) => {
        const utc = { ...box, calendar: { ...box.calendar, timeZone: 'UTC' } }
        for (const day of daysOf(box)) {
          const here = startOfDay(nextDay(day), box.calendar.timeZone)
          const there = Date.parse(day) + DAY_MS
          expect(expected(plan, here, box)).toBeCloseTo(expected(plan, there, utc), 9)
        }
      }),
    )
  })
})
