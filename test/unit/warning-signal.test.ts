import { describe, expect, it } from 'vitest'
import { healthSignal, isWorse, warningNumbers } from '../../src/domain/warnings/signal.ts'
import { someAssessment, someNumbers } from '../support/status-facts.ts'

const numbers = warningNumbers(someNumbers, null)

describe('healthSignal', () => {
  it.each(['at_risk', 'off_track'] as const)('warns of %s at that level', (health) => {
    expect(healthSignal({ ...numbers, health })).toMatchObject({ level: health, begins: true })
  })

  it.each(['on_track', 'done'] as const)('sees nothing wrong with %s', (health) => {
    expect(healthSignal({ ...numbers, health })).toMatchObject({ isOver: true, begins: false })
  })

  it.each(['stale', 'no_data'] as const)('takes %s neither for danger nor for rescue', (health) => {
    expect(healthSignal({ ...numbers, health })).toMatchObject({ level: null, begins: false })
  })

  it('takes a missed date for the worst that a standing warning can come to, and begins none for it', () => {
    expect(healthSignal({ ...numbers, health: 'missed' })).toMatchObject({
      level: 'off_track',
      begins: false,
    })
  })
})

describe('warningNumbers', () => {
  it('are whole percents, each rounded so that it never says more than is so', () => {
    const told = warningNumbers(
      {
        ...someNumbers,
        progress: 0.996,
        forecast: {
          kind: 'probability',
          probability: 0.345,
          p50Day: null,
          p85Day: '2027-01-15',
          p95Day: null,
          remaining: 14,
          trials: 10_000,
          sample: { fromDay: '', toDay: '', workingDays: 0, deliveredItems: 0, deliveryDays: 0 },
        },
        assessment: { ...someAssessment, expected: null, paceRatio: 0.8999, gapPoints: 10.4 },
      },
      { perSprint: 12.2, plannedNow: 5, unit: 'points' },
    )
    expect(told).toMatchObject({
      progressPercent: 99,
      expectedPercent: null,
      pacePercent: 89,
      gapPoints: 10,
      forecast: { kind: 'probability', percent: 35, likelyDay: '2027-01-15' },
      needed: { perSprint: 13, plannedNow: 5 },
    })
  })

  it('say what the numbers say where a person said otherwise', () => {
    const override = { health: 'off_track', reason: '', by: 'Ada', at: 0, untilDay: '2026-12-01' } as const
    const assessment = { ...someAssessment, health: 'off_track', override } as const
    expect(warningNumbers({ ...someNumbers, assessment }, null).overruled).toBe('at_risk')
    expect(numbers.overruled).toBeNull()
  })
})

describe('isWorse', () => {
  it('orders nothing, at risk, off track', () => {
    expect(isWorse('off_track', 'at_risk')).toBe(true)
    expect(isWorse('at_risk', null)).toBe(true)
    expect(isWorse('at_risk', 'at_risk')).toBe(false)
    expect(isWorse('at_risk', 'off_track')).toBe(false)
  })
})
