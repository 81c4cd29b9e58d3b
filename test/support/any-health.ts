import fc from 'fast-check'
import type { TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import type { HealthInput, HealthStanding } from '../../src/domain/health/assess-health.ts'
import type { Band } from '../../src/domain/health/health.ts'
import { BUILT_IN_POLICIES, type HealthPolicy } from '../../src/domain/health/health-policy.ts'
import { DAY_MS, type EpochMs } from '../../src/domain/time.ts'
import { day } from './issues.ts'

const anyBuiltIn: fc.Arbitrary<HealthPolicy> = fc.constantFrom(...BUILT_IN_POLICIES.values())

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const edges = (min: number, max: number) =>
  fc
    .tuple(share(min, max), share(min, max))
    .map(([a, b]) => ({ onTrack: Math.max(a, b), atRisk: Math.min(a, b) }))

/** Every policy that has no problems, the narrow and the lenient ones too. */
export const anyPolicy: fc.Arbitrary<HealthPolicy> = fc.oneof(
  anyBuiltIn,
  fc.record({
    name: fc.constant('edited'),
    method: fc.constantFrom('balanced', 'pace_ratio', 'points_gap', 'forecast_only', 'manual'),
    paceRatio: edges(0.01, 1),
    gapPoints: edges(0, 100).map(({ onTrack, atRisk }) => ({ onTrack: atRisk, atRisk: onTrack })),
    probability: edges(0.02, 0.99),
    staleAfterDays: fc.integer({ min: 1, max: 30 }),
    grace: fc.record({ timeShare: share(0, 0.5), expected: share(0, 0.5) }),
    hysteresis: fc.record({ margin: share(0, 0.1) }),
  }),
)

export const anyBand: fc.Arbitrary<Band> = fc.constantFrom('on_track', 'at_risk', 'off_track')

/** Near the edges of the default policy, where bands are decided, and anywhere. */
export const anyRatio: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0.67, 0.7, 0.73, 0.87, 0.9, 0.93),
  share(0.6, 1),
  share(-1, 3),
)

export const anyProbability: fc.Arbitrary<number | null> = fc.option(
  fc.oneof(fc.constantFrom(0.37, 0.4, 0.43, 0.67, 0.7, 0.73), share(0.01, 0.99)),
)

/** Any standing that was stored before an instant. */
export const anyStanding = (now: EpochMs): fc.Arbitrary<HealthStanding | null> => {
  const anyPast = fc.integer({ min: 0, max: 3 * DAY_MS }).map((agoMs) => now - agoMs)
  const anyBeyond = fc.option(fc.record({ band: anyBand, since: anyPast }))
  return fc.option(
    fc
      .record({ band: anyBand, since: fc.constant(now - 3 * DAY_MS), beyond: anyBeyond })
      .map((standing) =>
        standing.beyond?.band === standing.band ? { ...standing, beyond: null } : standing,
      ),
  )
}

/** A key result half way through its time, on the fiftieth day: known, unknown, late, overridden. */
export const anyInput: fc.Arbitrary<HealthInput> = fc.record({
  progress: fc.option(
    anyRatio.map((ratio) => ratio / 2),
    { freq: 10 },
  ),
  expected: fc.option(fc.oneof(fc.constant(0.5), share(0, 1)), { freq: 10 }),
  timeShare: fc.oneof(fc.constant(0.5), share(0, 1)),
  isHeldToTheEnd: fc.nat(9).map((one) => one === 0),
  isSlipping: fc.nat(9).map((one) => one === 0),
  isPastDue: fc.nat(9).map((one) => one === 0),
  lastEvidenceAt: fc.option(fc.constantFrom(day(20), day(45)), { freq: 10 }),
  probability: anyProbability,
  override: fc.constantFrom(null, {
    health: 'on_track' as const,
    reason: 'r',
    by: 'ann',
    at: day(45),
    untilDay: '2026-11-30',
  }),
  confidence: fc.option(fc.integer({ min: 0, max: 10 })),
})

/** A month that is worked in different ways. */
export const anyMonth: fc.Arbitrary<TimeBox> = fc.constantFrom(
  ...[
    { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
    { timeZone: 'Asia/Shanghai', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-01', '2026-10-02'] },
    { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5], holidays: [] },
    { timeZone: 'Asia/Riyadh', workingDays: [7, 1, 2, 3, 4], holidays: ['2026-10-20', '2026-10-21'] },
  ].map((calendar) => ({ startDay: '2026-10-01', dueDay: '2026-10-30', calendar })),
)
