import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kpiPeriods } from '../../src/domain/kpis/kpi-periods.ts'
import type { Band } from '../../src/domain/measures/band.ts'
import type { RangeMeasure } from '../../src/domain/measures/measure.ts'
import { rangePeriods, shareInside, sharesByDay } from '../../src/domain/measures/range.ts'
import { nextDay, type CalendarDay } from '../../src/domain/time.ts'
import { foldedByDay, rangeMeasure } from '../support/measured-past.ts'

interface Said {
  readonly at: number
  readonly value: number
}

const HOUR_MS = 3_600_000
const FIRST = Date.parse('2026-10-01T00:00:00Z')
const HOURS = 92 * 24
const QUARTER = { startDay: '2026-10-01', dueDay: '2026-12-31' }
const DAYS = Array.from({ length: 120 }, (_, n) =>
  Temporal.PlainDate.from('2026-09-20').add({ days: n }).toString(),
)
const AFTERWARDS = '2027-06-01'

/** From the first day of the measured quarter, which may be any day of its own. */
const anyTime = fc
  .tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }))
  .map(([late, early]) => ({ startDay: DAYS[11 + late]!, dueDay: DAYS[102 - early]! }))
const anySaid = fc.array(
  fc.record({
    at: fc.nat({ max: HOURS - 1 }).map((n) => FIRST + n * HOUR_MS),
    value: fc.integer({ min: -50, max: 50 }),
  }),
  { minLength: 1, maxLength: 14 },
)

const dayOf = (at: number): CalendarDay => new Date(at).toISOString().slice(0, 10)
const folded = (said: readonly Said[]) =>
  foldedByDay(
    said.toSorted((a, b) => a.at - b.at),
    'UTC',
  )
const until = (said: readonly Said[], day: CalendarDay) => said.filter(({ at }) => dayOf(at) <= day)

/** A number of the band, which holds one. */
function numberIn({ atLeast, above, atMost, below }: Band): number {
  if (atLeast !== undefined) return atLeast
  if (atMost !== undefined) return atMost
  return above === undefined ? below! - 1 : above + 1
}

/** The value that, said last, would make the best of a period. */
function bestNext({ band, valueOfPeriod }: RangeMeasure, said: readonly Said[]): number {
  const sum = said.reduce((total, { value }) => total + value, 0)
  switch (valueOfPeriod) {
    case 'latest':
    case 'lowest':
    case 'highest':
      return numberIn(band)
    case 'sum':
      return numberIn(band) - sum
    case 'mean':
      return numberIn(band) * (said.length + 1) - sum
  }
}

describe('a running period', () => {
  it('is never judged outside when values of the same period can still bring it inside', () => {
    let outside = 0
    fc.assert(
      fc.property(rangeMeasure, anySaid, anySaid, fc.constantFrom(...DAYS), (measure, said, more, today) => {
        const known = until(said, today)
        const later = more.filter(({ at }) => dayOf(at) >= today)
        const { judged } = rangePeriods(measure, folded(known), QUARTER, today)
        const after = rangePeriods(measure, folded([...known, ...later]), QUARTER, AFTERWARDS).judged
        const running = judged.find(({ toDay, isInside }) => toDay >= today && !isInside)
        if (running === undefined) return
        outside++
        expect(after.find(({ fromDay }) => fromDay === running.fromDay)).toMatchObject({ isInside: false })
      }),
      { numRuns: 2_000 },
    )
    expect(outside).toBeGreaterThan(30)
  })

  it('is left open only when there is a value that brings it inside', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(rangeMeasure, anySaid, fc.constantFrom(...DAYS), (measure, said, today) => {
        const known = until(said, today)
        const { open } = rangePeriods(measure, folded(known), QUARTER, today)
        if (open === null) return
        seen.add(`${open.verdict} ${measure.valueOfPeriod}`)
        const own = known.filter(({ at }) => dayOf(at) >= open.fromDay)
        const last = Date.parse(`${open.toDay}T23:59:59Z`)
        const next = { at: last, value: bestNext(measure, own) }
        const { judged } = rangePeriods(measure, folded([...known, next]), QUARTER, AFTERWARDS)
        expect(judged.find(({ fromDay }) => fromDay === open.fromDay)).toMatchObject({ isInside: true })
      }),
      { numRuns: 2_000 },
    )
    expect([...seen].sort()).toEqual([
      'filling highest',
      'filling lowest',
      'filling sum',
      'slipping latest',
      'slipping mean',
      'slipping sum',
    ])
  })

  it('of a KPI is judged as that of a key result is', () => {
    fc.assert(
      fc.property(rangeMeasure, anySaid, fc.constantFrom(...DAYS), (measure, said, today) => {
        const days = folded(until(said, today))
        const { judged, open } = rangePeriods(measure, days, QUARTER, today)
        const ofKpi = kpiPeriods({ ...measure, timeZone: 'UTC', checkEveryDays: 31 }, days, today)
        // The quarter cuts the weeks at its ends, and there alone a period is over sooner.
        const whole = ofKpi.filter(({ fromDay, toDay }) => fromDay >= '2026-10-01' && toDay <= '2026-12-31')
        for (const { fromDay, verdict, isInside } of whole) {
          const own = judged.find((period) => period.fromDay === fromDay)
          if (verdict === 'inside' || verdict === 'outside') expect(own?.isInside).toBe(isInside)
          else expect([own, open?.fromDay, open?.verdict]).toEqual([undefined, fromDay, verdict])
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a finished period', () => {
  it('is judged alike on every day after it', () => {
    fc.assert(
      fc.property(
        rangeMeasure,
        anySaid,
        fc.constantFrom(...DAYS),
        fc.nat({ max: 400 }),
        (measure, said, today, days) => {
          const known = folded(until(said, today))
          const later = Temporal.PlainDate.from(today).add({ days }).toString()
          const on = (day: CalendarDay) =>
            rangePeriods(measure, known, QUARTER, day).judged.filter(({ toDay }) => toDay < today)
          expect(on(later)).toEqual(on(today))
        },
      ),
    )
  })
})

describe('the share by day', () => {
  it('is on each day that of the periods as they were judged when it was over', () => {
    fc.assert(
      fc.property(rangeMeasure, anySaid, anyTime, fc.constantFrom(...DAYS), (measure, said, time, today) => {
        const known = until(said, today)
        const shares = sharesByDay(measure, folded(known), time, today)
        for (const day of DAYS.filter((one) => one <= today)) {
          const drawn = shares.findLast((share) => share.day <= day)?.share ?? null
          const asOf = day === today ? today : nextDay(day)
          const { judged } = rangePeriods(measure, folded(until(said, day)), time, asOf)
          expect(drawn).toBe(shareInside(judged))
        }
      }),
      { numRuns: 300 },
    )
  })
})
