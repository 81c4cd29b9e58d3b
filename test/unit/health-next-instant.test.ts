import { describe, expect, it } from 'vitest'
import { endOf } from '../../src/domain/calendar/expected-progress.ts'
import { nextHealthInstant, type HealthFacts } from '../../src/domain/health/next-health-instant.ts'
import type { HealthStanding } from '../../src/domain/health/assess-health.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts'
import { healthFacts, HUNDRED_DAYS, policy } from '../support/health.ts'
import { day } from '../support/issues.ts'

const next = (
  changes: Partial<HealthFacts>,
  now: number,
  by = policy('balanced'),
  standing: HealthStanding | null = null,
) => nextHealthInstant(healthFacts(changes), by, standing, now, HUNDRED_DAYS.calendar)

const due = endOf(HUNDRED_DAYS)
const override = {
  health: 'on_track',
  reason: 'r',
  by: 'ann',
  at: day(45),
  untilDay: '2026-11-25',
} as const

describe('the next look that time alone asks for', () => {
  it('is when the pace falls below an edge: on it at noon, past it a millisecond later', () => {
    const noon = day(50) + 12 * HOUR_MS
    const progress = 0.505 * 0.9
    expect(next({ progress }, day(50))).toBe(noon + 1)
    expect(next({ progress }, noon)).toBe(noon + 1)
    expect(next({ progress }, noon + 1)).toBe(day(51))
    expect(next({ progress }, day(49))).toBe(day(50))
  })

  it('is the same while a running period slips: its readings go on', () => {
    const falling = { progress: 0.505 * 0.9, isSlipping: true }
    expect(next(falling, day(50))).toBe(day(50) + 12 * HOUR_MS + 1)
  })

  it('is when the gap outgrows an edge', () => {
    expect(next({ progress: 0.5, lastEvidenceAt: day(66) }, day(66), policy('points-gap'))).toBe(
      day(66) + 12 * HOUR_MS + 1,
    )
  })

  it('is the end of the grace period', () => {
    const facts = { progress: 0, lastEvidenceAt: day(8) }
    expect(next(facts, day(9) + HOUR_MS)).toBe(day(10))
    expect(next(facts, day(3) + HOUR_MS)).toBe(day(4))
    const half = { ...facts, expectedAt: (at: number) => healthFacts().expectedAt(at)! / 2.5 }
    expect(next(half, day(12) + HOUR_MS)).toBe(day(12) + 12 * HOUR_MS)
  })

  it('is the start of the next day at the latest, when a forecast may say something else', () => {
    expect(next({ probability: 0.9 }, day(50) + HOUR_MS)).toBe(day(51))
    expect(next({ expectedAt: () => null }, day(50) + HOUR_MS)).toBe(day(51))
  })

  it('is when it becomes stale', () => {
    const quiet = { lastEvidenceAt: day(40) - 6 * HOUR_MS }
    expect(next(quiet, day(53) + HOUR_MS)).toBe(day(54) - 6 * HOUR_MS + 1)
  })

  it('is the start of the next day at the latest, too, for what waits for news and what people judge', () => {
    const noon = day(50) + 12 * HOUR_MS
    expect(next({ lastEvidenceAt: day(1) }, noon)).toBe(day(51))
    expect(next({ lastEvidenceAt: null }, noon)).toBe(day(51))
    const fresh = { lastEvidenceAt: noon }
    expect(next({ ...fresh, confidence: null }, noon, policy('manual'))).toBe(day(51))
    expect(next({ ...fresh, confidence: 5 }, noon, policy('manual'))).toBe(day(51))
  })

  it('is the end of its time, where that comes before the day', () => {
    expect(next({ progress: 0.99, lastEvidenceAt: due - HOUR_MS }, due - HOUR_MS)).toBe(due)
  })

  it('is when a held band has been held for a full working day', () => {
    const held = {
      band: 'on_track',
      since: day(40),
      beyond: { band: 'at_risk', since: day(49) + HOUR_MS },
    } as const
    expect(next({ progress: 0.44 }, day(50), policy('balanced'), held)).toBe(day(50) + HOUR_MS)
  })

  it('is when a band held by its forecast alone is left, too', () => {
    const held = {
      band: 'on_track',
      since: day(40),
      beyond: { band: 'at_risk', since: day(50) - HOUR_MS },
    } as const
    const facts = { expectedAt: () => null, probability: 0.69 }
    expect(next(facts, day(50), policy('balanced'), held)).toBe(day(51) - HOUR_MS)
  })

  it('is when the readings are past the margin, where that comes before the day', () => {
    const held = { band: 'on_track', since: day(40), beyond: { band: 'at_risk', since: day(50) } } as const
    const at = next({ progress: 0.436 }, day(50), policy('balanced'), held)!
    const crossing = 0.436 / 0.87
    expect((at - day(0)) / DAY_MS / 100).toBeCloseTo(crossing, 9)
    expect(at).toBeLessThan(day(51))
  })

  it('is the beginning and the end of an override, also of what is done', () => {
    expect(next({ progress: 1, override }, day(44))).toBe(day(45))
    expect(next({ progress: 1, override }, day(50))).toBe(day(56))
    expect(next({ progress: 1, override }, day(56))).toBeNull()
    expect(next({ override }, due)).toBeNull()
  })

  it('never comes for what is done or missed', () => {
    expect(next({ progress: 1 }, day(50))).toBeNull()
    expect(next({}, due)).toBeNull()
  })
})
