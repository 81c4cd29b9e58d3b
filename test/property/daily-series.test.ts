import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dailySeries, type DailyPast } from '../../src/app/goals/daily-series.ts'
import { expectedByPlan, type ExpectedPlan } from '../../src/domain/calendar/expected-plan.ts'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import { computeNumbers } from '../../src/domain/snapshot.ts'
import { nextDay, startOfDay } from '../../src/domain/time.ts'
import { evidenceWith } from '../support/evidence.ts'

const dayOf = (n: number) => Temporal.PlainDate.from('2026-09-01').add({ days: n }).toString()
const aDay = fc.integer({ min: 0, max: 150 }).map(dayOf)

const timeBox = fc
  .record({
    days: fc.tuple(aDay, aDay),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York'),
    workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidays: fc.array(aDay, { maxLength: 5 }),
  })
  .map(({ days, ...calendar }) => {
    const [startDay = '', dueDay = ''] = [...days].sort()
    return { startDay, dueDay, calendar }
  })

const tally: fc.Arbitrary<Tally> = fc.uniqueArray(
  fc.record({
    state: fc.constantFrom('to_do', 'in_progress', 'delivered'),
    size: fc.option(fc.integer({ min: 1, max: 8 })),
    issues: fc.integer({ min: 1, max: 9 }),
    sharePercent: fc.integer({ min: 1, max: 900 }),
  }),
  { selector: ({ state, size }) => `${state} ${size}`, maxLength: 6 },
)

const plan: fc.Arbitrary<ExpectedPlan> = fc.oneof(
  fc.constant({ kind: 'linear' as const }),
  fc.constant({ kind: 'none' as const }),
  fc
    .uniqueArray(fc.record({ day: aDay, progress: fc.integer({ min: 0, max: 100 }) }), {
      selector: ({ day }) => day,
      maxLength: 5,
    })
    .map((targets) => {
      const shares = targets.map(({ progress }) => progress / 100).sort((a, b) => a - b)
      const days = targets.map(({ day }) => day).sort()
      return { kind: 'targets' as const, targets: days.map((day, at) => ({ day, progress: shares[at]! })) }
    }),
)

const past: fc.Arbitrary<DailyPast> = fc.record({
  dayValues: fc.constant([]),
  ticks: fc.constant([]),
  stepDeliveries: fc.constant([]),
  measure: fc.oneof(
    fc.record({
      kind: fc.constant('delivery' as const),
      size: fc.constant('points' as const),
      target: fc.oneof(
        fc.constant({ kind: 'scope' as const }),
        fc.record({ kind: fc.constant('fixed' as const), amount: fc.integer({ min: 1, max: 50 }) }),
      ),
    }),
    fc.record({
      kind: fc.constant('metric' as const),
      unit: fc.constant('%'),
      baseline: fc.integer({ min: 0, max: 9 }),
      target: fc.integer({ min: 10, max: 20 }),
    }),
  ),
  timeBox,
  plan,
  days: fc
    .uniqueArray(fc.record({ day: aDay, tally }), { selector: ({ day }) => day, maxLength: 8 })
    .map((days) => days.sort((a, b) => (a.day < b.day ? -1 : 1))),
  values: fc
    .array(fc.record({ at: aDay.map((day) => Date.parse(day) + 3_600_000), value: fc.integer() }), {
      maxLength: 8,
    })
    .map((values) => values.sort((a, b) => a.at - b.at)),
})

describe('the daily series', () => {
  it('says for each day what a snapshot at its end would have said', () => {
    fc.assert(
      fc.property(past, aDay, fc.integer({ min: 0, max: 60 }), (given, from, length) => {
        const to = Temporal.PlainDate.from(from).add({ days: length }).toString()
        const points = dailySeries(given, from, to)
        expect(points).toHaveLength(length + 1)
        for (const { day, ...point } of points) {
          const end = startOfDay(nextDay(day), given.timeBox.calendar.timeZone)
          const value = given.values.filter(({ at }) => at < end).at(-1)?.value ?? null
          const { numbers } = computeNumbers(
            evidenceWith({
              measure: given.measure,
              tally: given.days.filter((entry) => entry.day <= day).at(-1)?.tally ?? [],
              lastWorkAt: null,
              latestCheckIn:
                value === null
                  ? null
                  : {
                      value,
                      at: 0,
                      id: 1,
                      keyResult: 'KR-1' as never,
                      confidence: null,
                      note: '',
                      author: '',
                      source: 'person' as const,
                    },
              timeBox: given.timeBox,
            }),
            end,
          )
          const expected = expectedByPlan(given.plan, end, given.timeBox)
          expect(point).toEqual({
            current: numbers.current,
            target: numbers.target,
            rawProgress: numbers.rawProgress,
            progress: numbers.progress,
            expectedProgress: expected === null ? null : (expect.closeTo(expected, 9) as number),
            scope: numbers.delivery.scope,
            delivered: numbers.delivery.delivered,
          })
        }
      }),
      { numRuns: 60 },
    )
  })
})
