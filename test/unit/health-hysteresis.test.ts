import { describe, expect, it } from 'vitest'
import { workingDayLater } from '../../src/domain/health/working-day-later.ts'
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts'
import { createWatch, healthInput, policy } from '../support/health.ts'
import { day } from '../support/issues.ts'

/** The band a watcher sees at half of the time, by the pace of what is reached. */
function paceWatch(name = 'balanced') {
  const watch = createWatch(policy(name))
  const look = (ratio: number, now: number, probability: number | null = null) =>
    watch.look(healthInput({ progress: ratio / 2, probability, lastEvidenceAt: now }), now)
  return { look, standing: watch.standing }
}

describe('a band', () => {
  it.each([
    ['on_track', 1, 'at_risk', [0.899, 0.871], 0.87],
    ['at_risk', 0.8, 'off_track', [0.699, 0.671], 0.67],
    ['at_risk', 0.8, 'on_track', [0.9, 0.929], 0.93],
    ['off_track', 0.5, 'at_risk', [0.7, 0.729], 0.73],
  ] as const)(
    '%s (%f) is left for %s at once when 0.03 past its edge, not before',
    (from, start, to, near, far) => {
      const { look } = paceWatch()
      expect(look(start, day(50)).health).toBe(from)
      for (const ratio of near)
        expect(look(ratio, day(50) + 1)).toMatchObject({ health: from, byPace: to, heldBy: 'margin' })
      expect(look(far, day(50) + 2)).toMatchObject({ health: to, heldBy: null, heldUntil: null })
    },
  )

  it('is left when its readings have been past its edge for a full working day', () => {
    const { look, standing } = paceWatch()
    look(1, day(50))
    expect(look(0.89, day(51))).toMatchObject({ heldUntil: day(52) })
    expect(look(0.88, day(52) - 1).health).toBe('on_track')
    expect(standing()).toEqual({
      band: 'on_track',
      since: day(50),
      beyond: { band: 'at_risk', since: day(51) },
    })
    expect(look(0.89, day(52)).health).toBe('at_risk')
    expect(standing()).toEqual({ band: 'at_risk', since: day(52), beyond: null })
  })

  it('is not left by readings that come back within the day, however often they go', () => {
    const { look } = paceWatch()
    look(1, day(50))
    for (let hour = 0; hour < 24 * 30; hour += 16) {
      expect(look(0.88, day(51) + hour * HOUR_MS).health).toBe('on_track')
      expect(look(0.9, day(51) + (hour + 15) * HOUR_MS).health).toBe('on_track')
    }
  })

  it('starts a new day when its readings are past its other edge', () => {
    const { look } = paceWatch()
    look(0.8, day(50))
    look(0.69, day(51))
    expect(look(0.91, day(52) - 1)).toMatchObject({ health: 'at_risk', heldUntil: day(53) - 1 })
  })

  it('is left for the one the readings are in, past the next', () => {
    const { look } = paceWatch()
    look(1, day(50))
    expect(look(0.69, day(51)).health).toBe('off_track')
  })

  it('is judged at first by the readings alone', () => {
    expect(paceWatch().look(0.899, day(50))).toMatchObject({ health: 'at_risk', heldBy: null })
  })

  it('of two readings is left for worse by either, for better only by both', () => {
    const { look } = paceWatch()
    look(0.95, day(50), 0.75)
    expect(look(0.95, day(50), 0.68).health).toBe('on_track')
    expect(look(0.95, day(50), 0.67)).toMatchObject({ health: 'at_risk', rule: 'forecast' })
    expect(look(0.95, day(50), 0.71)).toMatchObject({ health: 'at_risk', heldBy: 'margin' })
    expect(look(0.95, day(50), 0.73).health).toBe('on_track')
  })

  it('of the gap has a margin of 3 points', () => {
    const watch = createWatch(policy('points-gap'))
    const look = (gap: number) => watch.look(healthInput({ progress: 0.5 - gap / 100 }), day(50)).health
    expect([10, 17, 19.4, 19.5, 17, 13.6, 13.5].map(look)).toEqual([
      'on_track',
      'on_track',
      'on_track',
      'at_risk',
      'at_risk',
      'at_risk',
      'on_track',
    ])
  })

  it('without a margin is left at its edge', () => {
    const watch = createWatch(policy('balanced', { hysteresis: { margin: 0 } }))
    const look = (ratio: number) => watch.look(healthInput({ progress: ratio / 2 }), day(50)).health
    expect([0.9, 0.899, 0.9].map(look)).toEqual(['on_track', 'at_risk', 'on_track'])
  })
})

describe('what no reading decides', () => {
  it.each([
    ['done', { progress: 1 }],
    ['missed', { isPastDue: true }],
    ['no_data', { progress: null }],
    ['stale', { lastEvidenceAt: day(1) }],
    ['on_track', { timeShare: 0.01, expected: 0.01 }],
  ] as const)('%s is never held, and the band before it is forgotten', (health, changes) => {
    const watch = createWatch(policy('balanced'))
    watch.look(healthInput({ progress: 0.4 }), day(50))
    expect(watch.look(healthInput(changes), day(50))).toMatchObject({ health, heldBy: null })
    expect(watch.standing()).toBeNull()
    expect(watch.look(healthInput({ progress: 0.46 }), day(50)).health).toBe('on_track')
  })
})

describe('a full working day', () => {
  const weekdays = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-10-12'] }
  const berlin = { timeZone: 'Europe/Berlin', workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] }

  it.each([
    ['Monday at ten to Tuesday at ten', '2026-10-05T10:00Z', '2026-10-06T10:00Z'],
    ['Friday at ten over a weekend and a holiday', '2026-10-09T10:00Z', '2026-10-13T10:00Z'],
    ['the whole of Friday, not the weekend as well', '2026-10-09T00:00Z', '2026-10-10T00:00Z'],
    ['Saturday at ten to the end of the next day worked', '2026-10-10T10:00Z', '2026-10-14T00:00Z'],
  ])('%s', (_case, from, to) => {
    expect(workingDayLater(Date.parse(from), weekdays)).toBe(Date.parse(to))
  })

  it.each([
    ['before', '2026-10-24T12:00+02:00', Date.parse('2026-10-25T00:00+02:00') + 12.5 * HOUR_MS],
    ['after', '2026-10-25T11:30+01:00', Date.parse('2026-10-26T12:00+01:00')],
  ])('goes by the share of a day that has 25 hours: noon of the one %s', (_side, from, to) => {
    expect(workingDayLater(Date.parse(from), berlin)).toBe(to)
  })

  it('does not wait on the day that a place left out to change sides of the date line', () => {
    const apia = { ...berlin, timeZone: 'Pacific/Apia' }
    const before = Date.parse('2011-12-29T12:00-10:00')
    expect(workingDayLater(before, apia)).toBe(before + DAY_MS)
  })

  it('comes to an end in a calendar of holidays alone', () => {
    const never = { ...berlin, workingDays: [] }
    expect(workingDayLater(day(0), never)).toBeGreaterThan(day(366))
  })
})
