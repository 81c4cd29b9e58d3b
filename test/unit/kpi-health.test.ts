import { describe, expect, it } from 'vitest'
import { kpiCreation } from '../../src/contracts/api/kpi.ts'
import { documentParts } from '../../src/contracts/okrs/document-schema.ts'
import { kpiHealth, nextKpiInstant, overdueAt } from '../../src/domain/kpis/kpi-health.ts'
import type { KpiPeriod, KpiRule } from '../../src/domain/kpis/kpi-periods.ts'
import { lookAtStanding, type KpiStanding } from '../../src/domain/kpis/kpi-standing.ts'
import type { Verdict } from '../../src/domain/measures/verdict.ts'

const RULE: KpiRule = {
  band: { below: 5 },
  period: 'month',
  valueOfPeriod: 'latest',
  timeZone: 'Europe/Berlin',
  checkEveryDays: 31,
}
const at = (text: string) => Date.parse(text)
const period = (verdict: Verdict, isRunning: boolean): KpiPeriod => ({
  fromDay: '2026-11-01',
  toDay: '2026-11-30',
  value: verdict === 'inside' ? 4 : 6,
  isInside: verdict === 'inside',
  isRunning,
  verdict,
})

const LAST = at('2026-11-10T10:00:00Z')
const healthOf = (latest: KpiPeriod | null, before: KpiPeriod | null = null, now = LAST) =>
  kpiHealth(RULE, { lastValueAt: latest === null ? null : LAST, latest, before }, now)

describe('the health of a KPI', () => {
  const running = (verdict: Verdict) => period(verdict, true)
  const over = (verdict: 'inside' | 'outside') => period(verdict, false)

  it.each([
    ['no_data', 'no value at all', null, null],
    ['on_track', 'a first period that is inside', running('inside'), null],
    ['on_track', 'a running period that is inside after one outside', running('inside'), over('outside')],
    ['on_track', 'a finished period that is inside', over('inside'), over('outside')],
    ['at_risk', 'a running period that slips after one inside', running('slipping'), over('inside')],
    ['at_risk', 'a first period that slips', running('slipping'), null],
    ['off_track', 'a running period that slips after one outside', running('slipping'), over('outside')],
    ['on_track', 'a running period that fills after one inside', running('filling'), over('inside')],
    ['off_track', 'a running period that fills after one outside', running('filling'), over('outside')],
    ['no_data', 'a first period that fills', running('filling'), null],
    ['off_track', 'a running period that is outside for good', running('outside'), over('inside')],
    ['off_track', 'a finished period that is outside', over('outside'), over('inside')],
  ] as const)('is %s for %s', (health, _what, latest, before) => {
    expect(healthOf(latest, before)).toBe(health)
  })

  it('is stale from the start of the day after so many whole days without a value, in its zone', () => {
    const stale = at('2026-12-11T23:00:00Z')
    expect(overdueAt(RULE, LAST)).toBe(stale)
    expect(healthOf(period('inside', true), null, stale - 1)).toBe('on_track')
    expect(healthOf(period('inside', true), null, stale)).toBe('stale')
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
    const evidence = { lastValueAt: LAST, latest: period('slipping', true), before: period('inside', false) }
    const end = at('2026-11-30T23:00:00Z')
    expect(nextKpiInstant(RULE, evidence, LAST)).toBe(end)
    expect(nextKpiInstant(RULE, evidence, end)).toBe(at('2026-12-11T23:00:00Z'))
    expect(nextKpiInstant(RULE, evidence, at('2026-12-11T23:00:00Z'))).toBeNull()
  })
})

describe('what is told', () => {
  const look = (
    latest: KpiPeriod,
    before: KpiPeriod | null,
    told: KpiStanding['told'] | null,
    since = LAST - 1,
  ) => {
    const evidence = { lastValueAt: LAST, latest, before }
    const standing = told === null ? null : { told, since }
    const said = lookAtStanding(RULE, { health: kpiHealth(RULE, evidence, LAST), evidence }, standing, LAST)
    return { news: said.news, told: said.standing.told }
  }
  const october = { fromDay: '2026-10-01', toDay: '2026-10-31' }
  const inside = { ...period('inside', false), ...october }
  const outside = { ...period('outside', false), ...october }
  const slipping = period('slipping', true)
  const IN_OCTOBER = at('2026-10-20T10:00:00Z')

  it.each([
    ['a risk while the period can be brought back', slipping, inside, 'on_track', ['kpi.at_risk', 'at_risk']],
    ['a risk once', slipping, inside, 'at_risk', [null, 'at_risk']],
    [
      'a risk, not red, after a period outside that was made good',
      slipping,
      outside,
      'on_track',
      ['kpi.at_risk', 'at_risk'],
    ],
    [
      'nothing while the band was left and nothing has been inside since',
      slipping,
      outside,
      'off_track',
      [null, 'off_track'],
    ],
    [
      'that the band was left, at the end of the period',
      period('outside', false),
      inside,
      'at_risk',
      ['kpi.left_band', 'off_track'],
    ],
    [
      'that it is back, after a risk',
      period('inside', true),
      inside,
      'at_risk',
      ['kpi.back_in_band', 'on_track'],
    ],
    ['nothing of a period that fills', period('filling', true), inside, 'on_track', [null, 'on_track']],
    ['nothing of a first period that fills', period('filling', true), null, null, [null, 'no_data']],
    [
      'that it was left by the period before one that fills',
      period('filling', true),
      outside,
      'on_track',
      ['kpi.left_band', 'off_track'],
    ],
  ] as const)('is %s', (_what, latest, before, told, expected) => {
    const { news, told: toldNow } = look(latest, before, told)
    expect([news[0]?.kind ?? null, toldNow]).toEqual(expected)
    expect(news.length).toBeLessThan(2)
  })

  it.each(['at_risk', 'on_track', 'stale', null] as const)(
    'is of the period that ended outside, where the next one slips before anybody looked, after %s',
    (told) => {
      const said = look(slipping, outside, told, IN_OCTOBER)
      expect(said.told).toBe('off_track')
      expect(said.news).toEqual([
        { kind: 'kpi.left_band', health: 'off_track', healthBefore: told, period: outside },
      ])
    },
  )

  it('is that it was left, and then that it is back, where the next period begins inside', () => {
    const back = period('inside', true)
    expect(look(back, outside, 'at_risk', IN_OCTOBER).news).toEqual([
      { kind: 'kpi.left_band', health: 'off_track', healthBefore: 'at_risk', period: outside },
      { kind: 'kpi.back_in_band', health: 'on_track', healthBefore: 'off_track', period: back },
    ])
    expect(look(back, outside, 'on_track').news).toEqual([])
  })
})

it('may be checked as seldom as every 400 days, by API and file alike', () => {
  const kpi = { title: 'Attrition', unit: '%', band: { below: 5 } }
  const takes = (checkEveryDays: number) => [
    kpiCreation.safeParse({ ...kpi, checkEveryDays }).success,
    documentParts.kpi.safeParse({ ...kpi, key: 'KPI-1', checkEveryDays }).success,
  ]
  expect([takes(400), takes(401), takes(0)]).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ])
})
