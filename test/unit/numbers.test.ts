import { describe, expect, it } from 'vitest'
import type { CheckIn } from '../../src/domain/goals.ts'
import { BUILT_IN_POLICIES } from '../../src/domain/health/health-policy.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { computeNumbers, type Evidence } from '../../src/domain/snapshot.ts'
import { evidenceWith } from '../support/evidence.ts'
import { day, KR1 } from '../support/issues.ts'

const now = day(50)

const checkIn: CheckIn = {
  id: 1,
  keyResult: KR1,
  at: day(49),
  value: 12,
  confidence: 6,
  note: 'measured on Monday',
  author: 'ann',
  source: 'person',
}

const evidence = evidenceWith({
  measure: { kind: 'delivery', size: 'points', target: { kind: 'scope' } },
  tally: [
    { state: 'delivered', size: 6, issues: 1, sharePercent: 100 },
    { state: 'to_do', size: 14, issues: 1, sharePercent: 100 },
  ],
  lastWorkAt: day(48),
  latestCheckIn: null,
  timeBox: {
    startDay: '2026-10-01',
    dueDay: '2027-01-08',
    calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] },
  },
})

const numbersFor = (change: Partial<Evidence>) => computeNumbers({ ...evidence, ...change }, now).numbers

describe('a key result measured by delivery', () => {
  it('is the delivered share of its scope', () => {
    expect(numbersFor({})).toMatchObject({
      current: 6,
      baseline: 0,
      target: 20,
      unit: 'points',
      rawProgress: 0.3,
      progress: 0.3,
      assessment: { health: 'off_track', expected: 0.5 },
    })
  })

  it('is what it delivered of a fixed amount, shown as whole when it delivers more', () => {
    const measure: Measure = { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 4 } }
    expect(numbersFor({ measure })).toMatchObject({ current: 6, target: 4, rawProgress: 1.5, progress: 1 })
  })

  it('has no number while nothing is linked, and is not called nought per cent', () => {
    expect(numbersFor({ tally: [], lastWorkAt: null })).toMatchObject({
      current: null,
      target: null,
      rawProgress: null,
      progress: null,
      assessment: { health: 'no_data' },
    })
  })

  it('goes stale by its work: somebody’s word does not keep it fresh', () => {
    const word = { latestCheckIn: checkIn, latestConfidence: { at: day(49), confidence: 8 } }
    const { health } = numbersFor({ lastWorkAt: day(30), ...word }).assessment
    expect(health).toBe('stale')
  })

  it('is not moved by a check-in', () => {
    expect(numbersFor({ latestCheckIn: checkIn }).progress).toBe(0.3)
  })
})

describe('a key result that people judge', () => {
  const judgedBy = {
    policy: BUILT_IN_POLICIES.get('manual')!,
    override: null,
    standing: null,
  }

  it('goes by the latest confidence, given with a value or without one', () => {
    const latestConfidence = { at: day(49), confidence: 5 }
    const { assessment } = numbersFor({ judgedBy, latestConfidence, tally: [], lastWorkAt: null })
    expect(assessment).toMatchObject({ health: 'at_risk', rule: 'confidence' })
    expect(numbersFor({ judgedBy }).assessment.health).toBe('no_data')
  })
})

describe('a key result measured by a metric', () => {
  const measure: Measure = { kind: 'metric', unit: 'h', baseline: 15, target: 10 }

  it('follows the latest reported value from baseline to target', () => {
    expect(numbersFor({ measure, latestCheckIn: checkIn })).toMatchObject({
      current: 12,
      baseline: 15,
      target: 10,
      unit: 'h',
      rawProgress: 0.6,
      progress: 0.6,
      assessment: { health: 'on_track' },
    })
  })

  it('keeps what is below nought, and shows nought', () => {
    const worse = { ...checkIn, value: 16 }
    expect(numbersFor({ measure, latestCheckIn: worse })).toMatchObject({ rawProgress: -0.2, progress: 0 })
  })

  it('has no number before anything is reported, however much work is linked', () => {
    expect(numbersFor({ measure })).toMatchObject({
      current: null,
      progress: null,
      assessment: { health: 'no_data' },
    })
  })

  it('goes stale by its reports: work does not keep it fresh', () => {
    const old = { ...checkIn, at: day(30) }
    expect(numbersFor({ measure, latestCheckIn: old, lastWorkAt: day(49) }).assessment.health).toBe('stale')
  })

  it('is kept fresh by a confidence without a value, as long as that is fresh', () => {
    const old = { ...checkIn, at: day(30), confidence: null }
    const healthAt = (at: number) =>
      numbersFor({ measure, latestCheckIn: old, latestConfidence: { at, confidence: 2 } }).assessment.health
    expect([healthAt(day(49)), healthAt(day(36)), healthAt(day(36) - 1)]).toEqual([
      'on_track',
      'on_track',
      'stale',
    ])
  })

  it('has no number by a confidence alone', () => {
    const latestConfidence = { at: day(49), confidence: 9 }
    expect(numbersFor({ measure, latestConfidence }).assessment.health).toBe('no_data')
  })

  it('shows its linked work beside the outcome, and never mixes the two', () => {
    const withWork = numbersFor({ measure, latestCheckIn: checkIn })
    expect(withWork.delivery.delivered).toEqual({ issues: 1, size: 6 })
    expect({ ...numbersFor({ measure, latestCheckIn: checkIn, tally: [] }), delivery: null }).toEqual({
      ...withWork,
      delivery: null,
    })
  })

  it('says when, what and with which confidence somebody reported last, not who', () => {
    expect(numbersFor({ measure, latestCheckIn: checkIn }).latestCheckIn).toEqual({
      at: day(49),
      value: 12,
      confidence: 6,
    })
  })
})

describe('a ladder of steps', () => {
  const measure: Measure = { kind: 'milestones', steps: [{ title: 'Live', percent: 100, issue: null }] }
  const ruleWith = (given: Partial<Evidence>) =>
    numbersFor({ measure, lastWorkAt: null, ...given }).assessment.rule
  const spokenOf = (at: number) => ruleWith({ latestConfidence: { at, confidence: 5 } })

  it('is no unknown and not silent while people say how sure they are of it', () => {
    expect([ruleWith({}), spokenOf(day(49)), spokenOf(day(30))]).toEqual(['no_evidence', 'pace', 'silence'])
  })
})

describe('a range', () => {
  const measure: Measure = {
    kind: 'range',
    unit: '%',
    band: { below: 5 },
    period: 'week',
    valueOfPeriod: 'latest',
    targetShare: 1,
  }
  const value = { ...checkIn, value: 4, at: day(20), confidence: null }
  const folded = { latestAt: day(20), latest: 4, lowest: 4, highest: 4, sum: 4, count: 1 }
  const dayValues = [{ day: new Date(day(20)).toISOString().slice(0, 10), ...folded }]
  const healthWith = (given: Partial<Evidence>) =>
    numbersFor({ measure, latestCheckIn: value, dayValues, ...given }).assessment.health

  it('is silent without a value or a word for a whole period, and as long as its policy says', () => {
    expect(healthWith({})).toBe('stale')
    expect(healthWith({ latestConfidence: { at: day(45), confidence: 8 } })).toBe('on_track')
  })
})
