import fc from 'fast-check'
import { expect, it } from 'vitest'
import { workingDaysBetween, type WorkingCalendar } from '../../src/domain/calendar/working-time.ts'
import { compareHealth, type Band } from '../../src/domain/health/health.ts'
import { DEFAULT_POLICY, type HealthPolicy } from '../../src/domain/health/health-policy.ts'
import { workingDayLater } from '../../src/domain/health/working-day-later.ts'
import { DAY_MS, HOUR_MS, type EpochMs } from '../../src/domain/time.ts'
import { anyMonth, anyProbability, anyRatio } from '../support/any-health.ts'
import { createWatch, healthInput } from '../support/health.ts'
import { day } from '../support/issues.ts'

interface Look {
  readonly now: EpochMs
  readonly ratio: number
  readonly probability: number | null
}

const BANDS: Band[] = ['on_track', 'at_risk', 'off_track']
const { margin } = DEFAULT_POLICY.hysteresis
/** Working days and ratios are sums and quotients. */
const ROUNDING = 1e-9

const edgesOf = ({ onTrack, atRisk }: HealthPolicy['paceRatio']) => [onTrack, atRisk]
const readingsOf = ({ ratio, probability }: Look) => [
  { value: ratio, edges: edgesOf(DEFAULT_POLICY.paceRatio) },
  ...(probability === null ? [] : [{ value: probability, edges: edgesOf(DEFAULT_POLICY.probability) }]),
]

/** How many edges the worst reading is below, each edge moved by a shift: 0 is on track, 2 off track. */
const rankOf = (look: Look, shift: number) =>
  Math.max(...readingsOf(look).map(({ value, edges }) => edges.filter((edge) => value < edge + shift).length))

/** Product section 6, word for word, from the whole past of a band: is it left, and for which? */
function bandByTheBook(former: Band, looks: readonly Look[], calendar: WorkingCalendar): Band {
  const rank = BANDS.indexOf(former)
  const last = looks.at(-1)!
  const side = (look: Look) => Math.sign(rankOf(look, -ROUNDING) - rank)
  if (side(last) === 0) return former
  const isClear =
    side(last) > 0 ? rankOf(last, -margin + ROUNDING) > rank : rankOf(last, margin - ROUNDING) < rank
  const since = looks[looks.findLastIndex((look) => side(look) !== side(last)) + 1]!
  const hasStayed = workingDaysBetween(since.now, last.now, calendar) >= 1 - ROUNDING
  return isClear || hasStayed ? BANDS[rankOf(last, -ROUNDING)]! : former
}

const looksFrom = (
  steps: readonly { hours: number; ratio: number; probability: number | null }[],
): Look[] => {
  let now = day(3)
  return steps.map(({ hours, ...look }) => ({ ...look, now: (now += Math.round(hours * HOUR_MS)) }))
}

const watched = (looks: readonly Look[], calendar: WorkingCalendar) => {
  const watch = createWatch(DEFAULT_POLICY, calendar)
  return looks.map(({ now, ratio, probability }) => {
    const input = healthInput({ progress: ratio / 2, probability, lastEvidenceAt: now })
    return { now, band: watch.look(input, now).health as Band }
  })
}

it('a band is left when a reading is 0.03 past its edge or has stayed past it for a full working day, and only then', () => {
  const anyLooks = fc
    .array(
      fc.record({
        hours: fc.oneof(fc.constantFrom(0, 12, 24), fc.double({ min: 0, max: 60, noNaN: true })),
        // Below one: what has reached its target is done.
        ratio: anyRatio.map((ratio) => Math.min(ratio, 1.9)),
        probability: anyProbability,
      }),
      { minLength: 2, maxLength: 25 },
    )
    .map(looksFrom)
  fc.assert(
    fc.property(anyLooks, anyMonth, (looks, { calendar }) => {
      const seen = watched(looks, calendar)
      let since = 0
      for (let last = 1; last < looks.length; last++) {
        const former = seen[last - 1]!.band
        expect(seen[last]!.band).toBe(bandByTheBook(former, looks.slice(since, last + 1), calendar))
        if (seen[last]!.band !== former) since = last
      }
    }),
    { numRuns: 500 },
  )
})

const anyEdge = fc.constantFrom(...edgesOf(DEFAULT_POLICY.paceRatio))

it('readings that stay within 0.03 of one edge change the band at most once per full working day', () => {
  const anyNoise = anyEdge.chain((edge) =>
    fc.array(
      fc.record({
        hours: fc.double({ min: 0.1, max: 30, noNaN: true }),
        ratio: fc.double({ min: edge - 0.02, max: edge + 0.02, noNaN: true }),
        probability: fc.constant(null),
      }),
      { minLength: 20, maxLength: 80 },
    ),
  )
  fc.assert(
    fc.property(anyNoise.map(looksFrom), anyMonth, (looks, { calendar }) => {
      const seen = watched(looks, calendar)
      const changes = seen.filter(({ band }, at) => at > 0 && band !== seen[at - 1]!.band)
      for (const [at, change] of changes.entries()) {
        const before = at === 0 ? seen[0]! : changes[at - 1]!
        expect(workingDaysBetween(before.now, change.now, calendar)).toBeGreaterThanOrEqual(1 - ROUNDING)
      }
    }),
    { numRuns: 300 },
  )
})

it('noise that comes back before a working day is over never changes the band', () => {
  const anyExcursion = fc.record({
    awayHours: fc.double({ min: 0.1, max: 23.9, noNaN: true }),
    by: fc.nat(20),
  })
  fc.assert(
    fc.property(anyEdge, fc.array(anyExcursion, { minLength: 1, maxLength: 40 }), (edge, excursions) => {
      const steps = excursions.flatMap(({ awayHours, by }) => [
        { hours: 1, ratio: edge - by / 1_000 - 0.001, probability: null },
        { hours: awayHours, ratio: edge + by / 1_000, probability: null },
      ])
      const seen = watched(looksFrom([{ hours: 0, ratio: edge, probability: null }, ...steps]), {
        timeZone: 'UTC',
        workingDays: [1, 2, 3, 4, 5, 6, 7],
        holidays: [],
      })
      expect(new Set(seen.map(({ band }) => band)).size).toBe(1)
    }),
  )
})

it('a full working day is over when one has been worked, and not a millisecond before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * DAY_MS }), anyMonth, (agoMs, { calendar }) => {
      const since = day(0) + agoMs
      const end = workingDayLater(since, calendar)
      expect(workingDaysBetween(since, end, calendar)).toBeGreaterThanOrEqual(1 - ROUNDING)
      expect(workingDaysBetween(since, end - 1, calendar)).toBeLessThan(1)
    }),
  )
})

it('the bands of this file are in order', () => {
  expect(BANDS.toSorted(compareHealth)).toEqual(BANDS)
})
