import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dailySeries, seriesDays, type DailyPast } from '../../src/app/goals/daily-series.ts'
import { expectedByPlan } from '../../src/domain/calendar/expected-plan.ts'
import type { CheckIn } from '../../src/domain/goals.ts'
import { stepDeliveriesAt } from '../../src/domain/measures/milestones.ts'
import { computeNumbers } from '../../src/domain/snapshot.ts'
import { nextDay, startOfDay, type EpochMs } from '../../src/domain/time.ts'
import { evidenceWith } from '../support/evidence.ts'
import { foldedByDay, measuredPast, pastDay } from '../support/measured-past.ts'

/** The numbers of a snapshot taken at an instant, from what was known by then. */
function numbersAt({ values, ...past }: DailyPast, at: EpochMs) {
  const { timeZone } = past.timeBox.calendar
  const known = values.filter((value) => value.at <= at)
  const latest = known.at(-1)
  const checkIn = (value: number): CheckIn => ({
    value,
    at: 0,
    id: 1,
    keyResult: 'KR-1' as never,
    confidence: null,
    note: '',
    author: '',
    source: 'person',
  })
  return computeNumbers(
    evidenceWith({
      measure: past.measure,
      tally: past.days.filter(({ day }) => startOfDay(nextDay(day), timeZone) - 1 <= at).at(-1)?.tally ?? [],
      lastWorkAt: null,
      latestCheckIn: latest === undefined ? null : checkIn(latest.value),
      dayValues: past.measure.kind === 'range' ? foldedByDay(known, timeZone) : [],
      ticks: past.ticks.filter((tick) => tick.at <= at),
      stepDeliveries: stepDeliveriesAt(past.stepSpells, at),
      timeBox: past.timeBox,
    }),
    at,
  ).numbers
}

describe('the daily series', () => {
  it('says for each day what a snapshot at its end would have said, for every kind of measure', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(measuredPast, pastDay, fc.integer({ min: 0, max: 60 }), (given, from, length) => {
        const to = Temporal.PlainDate.from(from).add({ days: length }).toString()
        const points = dailySeries(given, seriesDays(given.timeBox, from, to))
        expect(points).toHaveLength(length + 1)
        for (const { day, ...point } of points) {
          const end = startOfDay(nextDay(day), given.timeBox.calendar.timeZone)
          const numbers = numbersAt(given, end - 1)
          if (numbers.current !== null) seen.add(given.measure.kind)
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
      { numRuns: 150 },
    )
    expect([...seen].sort()).toEqual(['binary', 'delivery', 'field_sum', 'metric', 'milestones', 'range'])
  })

  it('does not judge a period that ends today before today is over', () => {
    const calendar = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] }
    const said = [
      { at: Date.parse('2026-11-20T09:00:00Z'), value: 4 },
      { at: Date.parse('2026-11-21T09:00:00Z'), value: 6 },
    ]
    const past: DailyPast = {
      measure: {
        kind: 'range',
        unit: '%',
        band: { below: 5 },
        period: 'day',
        valueOfPeriod: 'latest',
        targetShare: 1,
      },
      timeBox: { startDay: '2026-10-01', dueDay: '2026-12-31', calendar },
      plan: { kind: 'linear' },
      until: 0,
      days: [],
      values: said,
      dayValues: foldedByDay(said, 'UTC'),
      ticks: [],
      stepSpells: [],
    }
    const share = (until: string) =>
      dailySeries(
        { ...past, until: Date.parse(until) },
        seriesDays(past.timeBox, '2026-11-21', '2026-11-21'),
      )[0]?.current
    expect([share('2026-11-21T12:00:00Z'), share('2026-11-22T00:00:00Z')]).toEqual([1, 0.5])
  })
})
