import { describe, expect, it } from 'vitest'
import { assessHealth, type HealthOverride } from '../../src/domain/health/assess-health.ts'
import { compareHealth, worse, type Health } from '../../src/domain/health/health.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { assess, createWatch, healthInput, HUNDRED_DAYS, policy } from '../support/health.ts'
import { day } from '../support/issues.ts'

const METHODS = ['balanced', 'pace-ratio', 'points-gap', 'forecast-only', 'manual']

describe('what is reached, over or unheard of', () => {
  it.each(METHODS)('is so under policy %s, whatever the readings say', (name) => {
    const by = policy(name)
    const good = { probability: 0.99, confidence: 10, progress: 0.99 }
    const bad = { probability: 0.01, confidence: 0, isPastDue: true, lastEvidenceAt: day(1) }
    expect(assess({ ...bad, progress: 1 }, by)).toMatchObject({ health: 'done', rule: 'reached' })
    expect(assess({ ...bad, progress: 0.99 }, by)).toMatchObject({ health: 'missed', rule: 'past_due' })
    expect(assess({ ...good, isPastDue: true }, by)).toMatchObject({ health: 'missed' })
    expect(assess({ ...good, lastEvidenceAt: null }, by)).toMatchObject({
      health: 'no_data',
      rule: 'no_evidence',
    })
    const silent = { ...good, lastEvidenceAt: day(36) - 1 }
    expect(assess(silent, by)).toMatchObject({ health: 'stale', rule: 'silence' })
    expect(assess({ ...good, lastEvidenceAt: day(36) }, by).health).toBe('on_track')
  })

  it('is missed rather than unknown once its time is up', () => {
    expect(assess({ progress: null, lastEvidenceAt: null, isPastDue: true }).health).toBe('missed')
  })

  it('is stale in the grace period too: silence is never green', () => {
    expect(assess({ timeShare: 0.01, expected: 0.01, lastEvidenceAt: day(30) }).health).toBe('stale')
  })

  it('is unknown without a value, but a confidence alone is evidence to policy manual', () => {
    const unmeasured = { progress: null, confidence: 9, probability: 0.9 }
    expect(assess(unmeasured)).toMatchObject({ health: 'no_data', rule: 'no_evidence' })
    expect(assess(unmeasured, policy('manual'))).toMatchObject({ health: 'on_track', rule: 'confidence' })
  })

  it('is stale after the days its policy gives it', () => {
    const patient = policy('balanced', { staleAfterDays: 30 })
    expect(assess({ lastEvidenceAt: day(20) }, patient).health).toBe('on_track')
    expect(assess({ lastEvidenceAt: day(20) - 1 }, patient).health).toBe('stale')
  })
})

describe('the grace period', () => {
  it.each([
    ['less than a tenth of the time', { timeShare: 0.099, expected: 0.099 }],
    ['less than 5 % expected, however late', { timeShare: 0.9, expected: 0.049 }],
    ['nothing expected', { timeShare: 0.9, expected: 0 }],
    ['no plan and less than a tenth of the time', { timeShare: 0.099, expected: null }],
  ])('is on track whatever the readings say: %s', (_case, time) => {
    const hopeless = { ...time, progress: -1, probability: 0.01, confidence: 0 }
    for (const name of METHODS.filter((method) => method !== 'manual'))
      expect(assess(hopeless, policy(name))).toMatchObject({
        health: 'on_track',
        rule: 'grace',
        byPace: null,
      })
  })

  it('ends at a tenth of the time with 5 % expected', () => {
    const late = { progress: 0, timeShare: 0.1, expected: 0.05 }
    expect(assess(late)).toMatchObject({ health: 'off_track', rule: 'pace', paceRatio: 0 })
  })

  it('is not for policy manual, which asks people from the first day', () => {
    const early = { timeShare: 0.01, expected: 0.01 }
    expect(assess({ ...early, confidence: 2 }, policy('manual')).health).toBe('off_track')
    expect(assess(early, policy('manual')).health).toBe('no_data')
  })

  it('does not divide by nothing where a policy has no grace', () => {
    const none = policy('balanced', { grace: { timeShare: 0, expected: 0 } })
    expect(assess({ progress: -1, expected: 0 }, none)).toMatchObject({ health: 'on_track', paceRatio: null })
  })
})

describe('the bands', () => {
  it.each([
    [0.45, 'on_track'],
    [0.449, 'at_risk'],
    [0.35, 'at_risk'],
    [0.349, 'off_track'],
    [-0.2, 'off_track'],
  ] as const)('of pace: %f where half is expected is %s', (progress, health) => {
    for (const name of ['balanced', 'pace-ratio'])
      expect(assess({ progress }, policy(name)).health).toBe(health)
  })

  it.each([
    [0.335, 'on_track'],
    [0.334, 'at_risk'],
    [0.17, 'at_risk'],
    [0.169, 'off_track'],
  ] as const)('of the gap: %f where half is expected is %s', (progress, health) => {
    expect(assess({ progress }, policy('points-gap'))).toMatchObject({ health, byPace: health, rule: 'gap' })
  })

  it.each([
    [0.7, 'on_track'],
    [0.699, 'at_risk'],
    [0.4, 'at_risk'],
    [0.399, 'off_track'],
  ] as const)('of the forecast: %f is %s', (probability, health) => {
    const forecast = { health, byForecast: health, rule: 'forecast' }
    expect(assess({ probability, progress: 0.01 }, policy('forecast-only'))).toMatchObject(forecast)
    expect(assess({ probability, expected: null })).toMatchObject(forecast)
  })

  it.each([
    [10, 'on_track'],
    [8, 'on_track'],
    [7, 'at_risk'],
    [4, 'at_risk'],
    [3, 'off_track'],
    [0, 'off_track'],
  ] as const)('of confidence: %i of 10 is %s', (confidence, health) => {
    expect(assess({ confidence }, policy('manual')).health).toBe(health)
  })
})

describe('policy balanced', () => {
  it.each([
    [0.5, 0.9, 'on_track', 'pace'],
    [0.5, 0.5, 'at_risk', 'forecast'],
    [0.4, 0.9, 'at_risk', 'pace'],
    [0.4, 0.5, 'at_risk', 'pace'],
    [0.4, 0.2, 'off_track', 'forecast'],
    [0.1, 0.5, 'off_track', 'pace'],
  ] as const)('takes the worse: %f of half, P = %f: %s by %s', (progress, probability, health, rule) => {
    expect(assess({ progress, probability })).toMatchObject({ health, rule })
  })

  it('shows both, and the numbers of both', () => {
    expect(assess({ progress: 0.375, probability: 0.2 })).toMatchObject({
      byPace: 'at_risk',
      byForecast: 'off_track',
      paceRatio: 0.75,
      gapPoints: 12.5,
      probability: 0.2,
    })
  })

  it('goes by the pace alone where the forecast refuses, and by the forecast alone without a plan', () => {
    expect(assess({ probability: null }).rule).toBe('pace')
    expect(assess({ expected: null, probability: 0.8 })).toMatchObject({ health: 'on_track', byPace: null })
  })

  it('knows nothing without a plan and without a forecast, however recent the news', () => {
    const silence = { expected: null, probability: null, confidence: 10 }
    expect(assess(silence)).toMatchObject({ health: 'no_data', rule: 'no_basis' })
  })
})

describe('an override', () => {
  const override: HealthOverride = {
    health: 'on_track',
    reason: 'The supplier confirmed',
    by: 'ann',
    at: day(45),
    untilDay: '2026-11-20',
  }
  const at = (now: number, input = healthInput({ override, progress: 0.1 })) =>
    assessHealth(input, policy('balanced'), null, now, HUNDRED_DAYS.calendar)

  it('is shown, with the computed health beside it', () => {
    const { assessment } = at(day(50))
    expect(assessment).toMatchObject({ health: 'on_track', computed: 'off_track', rule: 'pace', override })
  })

  it('applies to the end of its last day, and not before it was given', () => {
    expect(at(day(51) - 1).assessment.health).toBe('on_track')
    expect(at(day(51)).assessment).toMatchObject({ health: 'off_track', override: null })
    expect(at(day(45)).assessment.health).toBe('on_track')
    expect(at(day(45) - 1).assessment).toMatchObject({ health: 'off_track', override: null })
  })

  it('ends with its day in the calendar’s zone', () => {
    const calendar = { ...HUNDRED_DAYS.calendar, timeZone: 'Asia/Shanghai' }
    const input = healthInput({ override, progress: 0.1 })
    const end = day(51) - 8 * (DAY_MS / 24)
    const shown = [end - 1, end].map(
      (now) => assessHealth(input, policy('balanced'), null, now, calendar).assessment.health,
    )
    expect(shown).toEqual(['on_track', 'off_track'])
  })

  it('is shown over done and missed as well, which stay computed', () => {
    for (const [computed, input] of [
      ['done', { progress: 1 }],
      ['missed', { isPastDue: true }],
      ['stale', { lastEvidenceAt: day(1) }],
    ] as const)
      expect(assess({ ...input, override })).toMatchObject({ health: 'on_track', computed })
  })

  it('leaves the standing as it is without one', () => {
    expect(at(day(50)).standing).toEqual(at(day(50), healthInput({ progress: 0.1 })).standing)
  })
})

describe('the worse health', () => {
  it('is known danger before the unknown, and the unknown before green', () => {
    const worstFirst: Health[] = ['missed', 'off_track', 'at_risk', 'stale', 'no_data', 'on_track', 'done']
    expect(worstFirst.toSorted(compareHealth)).toEqual(worstFirst.toReversed())
    expect(worse('stale', 'on_track')).toBe('stale')
    expect(worse('at_risk', 'stale')).toBe('at_risk')
    expect(worse('done', 'done')).toBe('done')
  })
})

describe('a number that is to be kept in its band', () => {
  const kept = { progress: 1, expected: 1, isHeldToTheEnd: true, isSlipping: true }

  it('is at risk at best while a running period has left the band', () => {
    expect(assess(kept)).toMatchObject({ health: 'at_risk', rule: 'slipping', byPace: 'on_track' })
    expect(assess({ ...kept, isSlipping: false })).toMatchObject({ health: 'on_track', rule: 'pace' })
    expect(assess({ ...kept, progress: 0.5 })).toMatchObject({ health: 'off_track', rule: 'pace' })
  })

  it('says until when its readings are held, also while it slips', () => {
    const watch = createWatch(policy('balanced'))
    const slips = { ...kept, expected: 0.5 }
    watch.look(healthInput({ ...slips, progress: 0.5 }), day(50))
    const held = watch.look(healthInput({ ...slips, progress: 0.44 }), day(50) + 1)
    expect(held).toMatchObject({ health: 'at_risk', rule: 'slipping', heldBy: 'margin' })
  })

  it('is at risk, not unknown, when its first period slips, and never red by it', () => {
    expect(assess({ ...kept, progress: null })).toMatchObject({ health: 'at_risk', rule: 'slipping' })
    expect(assess({ ...kept, progress: null, lastEvidenceAt: day(1) }).health).toBe('stale')
    expect(assess({ ...kept, progress: null, timeShare: 0.01 }).rule).toBe('grace')
  })
})
