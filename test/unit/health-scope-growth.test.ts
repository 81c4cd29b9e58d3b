import { describe, expect, it } from 'vitest'
import { scopeGrowth, scopeReferenceDays, type ScopeReference } from '../../src/domain/health/scope-growth.ts'
import { assess, HUNDRED_DAYS } from '../support/health.ts'

const SCOPE = { kind: 'scope' } as const
const amount = (issues: number, size = issues) => ({ issues, size })
const reference = (since: ScopeReference['since'], issues: number, size = issues): ScopeReference => ({
  since,
  day: since === 'commitment' ? '2026-10-10' : '2026-11-10',
  scope: amount(issues, size),
})

describe('a scope that grows', () => {
  const grown = (now: ReturnType<typeof amount>, ...references: ScopeReference[]) =>
    scopeGrowth({ target: SCOPE, references, now })

  it('is told from a fifth of its size and three issues on, with the numbers', () => {
    const commitment = reference('commitment', 15, 50)
    expect(grown(amount(18, 60), commitment)).toEqual({ ...commitment, now: amount(18, 60) })
    expect(grown(amount(18, 59), commitment)).toBeNull()
    expect(grown(amount(17, 90), commitment)).toBeNull()
  })

  it('is not told of new estimates alone, nor of less', () => {
    expect(grown(amount(15, 90), reference('commitment', 15, 50))).toBeNull()
    expect(grown(amount(5, 20), reference('commitment', 15, 50))).toBeNull()
  })

  it('is told since the day it has outgrown most', () => {
    const references = [reference('commitment', 20), reference('recent', 10)]
    expect(grown(amount(26), ...references)?.since).toBe('recent')
    expect(grown(amount(26), reference('commitment', 10), reference('recent', 20))?.since).toBe('commitment')
    expect(grown(amount(21), ...references)?.since).toBe('recent')
  })

  it('is not told where nothing had a size, or there is nothing to refer to', () => {
    expect(grown(amount(9), reference('commitment', 0))).toBeNull()
    expect(grown(amount(9))).toBeNull()
  })

  it('does not matter to a fixed target', () => {
    const references = [reference('commitment', 10)]
    expect(scopeGrowth({ target: { kind: 'fixed', amount: 8 }, references, now: amount(30) })).toBeNull()
  })

  it('of a fifth puts what was exactly on pace at risk, past the margin', () => {
    const { paceRatio, health } = assess({ progress: 0.5 / 1.2 })
    expect(health).toBe('at_risk')
    expect(paceRatio).toBeLessThan(0.9 - 0.03)
  })
})

describe('the days a scope is referred to', () => {
  it('are the last of the grace period and the tenth working day before today', () => {
    expect(scopeReferenceDays(HUNDRED_DAYS, 0.1, '2026-11-20')).toEqual({
      commitment: '2026-10-10',
      recent: '2026-11-10',
    })
  })

  it('are not a day late by rounding: seven hundredths of a hundred days are seven', () => {
    expect(scopeReferenceDays(HUNDRED_DAYS, 0.07, '2026-11-20').commitment).toBe('2026-10-07')
  })

  it('are none while the key result is still being planned', () => {
    const none = { commitment: null, recent: null }
    expect(scopeReferenceDays(HUNDRED_DAYS, 0.1, '2026-10-10')).toEqual(none)
    expect(scopeReferenceDays(HUNDRED_DAYS, 0.1, '2026-09-01')).toEqual(none)
    const idle = { ...HUNDRED_DAYS, calendar: { ...HUNDRED_DAYS.calendar, workingDays: [] } }
    expect(scopeReferenceDays(idle, 0.1, '2026-11-20')).toEqual(none)
  })

  it('are the commitment alone until ten working days have followed it', () => {
    const recentOn = (today: string) => scopeReferenceDays(HUNDRED_DAYS, 0.1, today).recent
    expect([recentOn('2026-10-20'), recentOn('2026-10-21')]).toEqual([null, '2026-10-11'])
  })

  it('leave out weekends and holidays', () => {
    const calendar = { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: ['2026-11-13'] }
    const box = { startDay: '2026-10-01', dueDay: '2026-12-31', calendar }
    expect(scopeReferenceDays(box, 0.1, '2026-11-20')).toEqual({
      commitment: '2026-10-09',
      recent: '2026-11-05',
    })
  })
})
