import { describe, expect, it } from 'vitest'
import { kpiHealth, nextKpiInstant, overdueAt } from '../../src/domain/kpis/kpi-health.ts'
import type { KpiPeriod, KpiRule } from '../../src/domain/kpis/kpi-periods.ts'

const RULE: KpiRule = {
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  timeZone: 'Europe/Berlin',
  checkEveryDays: 31,
}
const at = (text: string) => Date.parse(text)
const period = (isInside: boolean, isRunning: boolean): KpiPeriod => ({
  fromDay: '2026-11-01',
  toDay: '2026-11-30',
  value: isInside ? 4 : 6,
  isInside,
  isRunning,
})

const LAST = at('2026-11-10T10:00:00Z')
const healthOf = (latest: KpiPeriod | null, before: KpiPeriod | null = null, now = LAST) =>
  kpiHealth(RULE, { lastValueAt: latest === null ? null : LAST, latest, before }, now)

describe('the health of a KPI', () => {
  const running = (isInside: boolean) => period(isInside, true)
  const over = (isInside: boolean) => period(isInside, false)

  it.each([
    ['no_data', 'no value at all', null, null],
    ['on_track', 'a first period that is inside', running(true), null],
    ['on_track', 'a running period that is inside after one outside', running(true), over(false)],
    ['on_track', 'a finished period that is inside', over(true), over(false)],
    ['at_risk', 'a running period that is outside after one inside', running(false), over(true)],
    ['off_track', 'a running period that is outside after another', running(false), over(false)],
    ['off_track', 'a first period that is outside', running(false), null],
    ['off_track', 'a finished period that is outside', over(false), over(true)],
  ] as const)('is %s for %s', (health, _what, latest, before) => {
    expect(healthOf(latest, before)).toBe(health)
  })

  it('is stale from the start of the day after so many whole days without a value, in its zone', () => {
    const stale = at('2026-12-11T23:00:00Z')
    expect(overdueAt(RULE, LAST)).toBe(stale)
    expect(healthOf(period(true, true), null, stale - 1)).toBe('on_track')
    expect(healthOf(period(true, true), null, stale)).toBe('stale')
  })

  it('is never stale for a value that comes each night a little later than the night before', () => {
    const daily = { ...RULE, checkEveryDays: 1 }
    for (const [last, next] of [
      ['2026-10-24T01:00:00Z', '2026-10-25T01:00:30Z'],
      ['2026-03-28T22:59:00Z', '2026-03-29T21:59:30Z'],
    ] as const) {
      expect(overdueAt(daily, at(last))).toBeGreaterThan(at(next))
    }
  })

  it('is looked at again when its period ends, when a value is missed, and then no more', () => {
    const evidence = { lastValueAt: LAST, latest: period(false, true), before: period(true, false) }
    const end = at('2026-11-30T23:00:00Z')
    expect(nextKpiInstant(RULE, evidence, LAST)).toBe(end)
    expect(nextKpiInstant(RULE, evidence, end)).toBe(at('2026-12-11T23:00:00Z'))
    expect(nextKpiInstant(RULE, evidence, at('2026-12-11T23:00:00Z'))).toBeNull()
  })
})
