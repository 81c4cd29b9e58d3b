import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kpiHealth, nextKpiInstant, overdueAt, type KpiEvidence } from '../../src/domain/kpis/kpi-health.ts'
import { kpiPeriods, type KpiRule } from '../../src/domain/kpis/kpi-periods.ts'
import { lookAtStanding, type KpiNews, type KpiStanding } from '../../src/domain/kpis/kpi-standing.ts'
import type { DayValues } from '../../src/domain/measures/day-values.ts'
import { periodStart } from '../../src/domain/measures/period.ts'
import {
  DAY_MS,
  dayOf,
  HOUR_MS,
  nextDay,
  startOfDay,
  type CalendarDay,
  type EpochMs,
} from '../../src/domain/time.ts'
import { anyZone } from '../support/cadences.ts'

interface Said {
  readonly at: EpochMs
  readonly value: number
}

const START = Date.parse('2026-09-20T00:00:00Z')
const END = START + 90 * DAY_MS

const anyRule: fc.Arbitrary<KpiRule> = fc.record({
  band: fc.constantFrom({ below: 5 }, { atLeast: 3 }, { above: 2, atMost: 8 }),
  period: fc.constantFrom('day', 'week', 'month', 'quarter'),
  valueOfPeriod: fc.constantFrom('latest', 'mean', 'sum', 'lowest', 'highest'),
  timeZone: anyZone,
  checkEveryDays: fc.integer({ min: 1, max: 40 }),
})
const anyValues: fc.Arbitrary<Said[]> = fc
  .array(fc.record({ at: fc.integer({ min: START, max: END }), value: fc.integer({ min: 0, max: 10 }) }), {
    maxLength: 12,
  })
  .map((values) => values.toSorted((a, b) => a.at - b.at))

/** Some hours to days apart, as systems push them. */
const anyOftenValues: fc.Arbitrary<Said[]> = fc
  .array(fc.record({ afterHours: fc.integer({ min: 1, max: 60 }), value: fc.integer({ min: 0, max: 10 }) }), {
    minLength: 20,
    maxLength: 40,
  })
  .map((steps) => {
    let at = START
    return steps.map(({ afterHours, value }) => ({ at: (at += afterHours * HOUR_MS), value }))
  })

/** What a record answers: values up to an instant, folded by day. */
function foldedDays(values: readonly Said[], { timeZone }: KpiRule, now: EpochMs): DayValues[] {
  const known = values.filter(({ at }) => at <= now)
  return [...Map.groupBy(known, ({ at }) => dayOf(at, timeZone))].map(([day, own]) => ({
    day,
    latestAt: own.at(-1)!.at,
    latest: own.at(-1)!.value,
    lowest: Math.min(...own.map(({ value }) => value)),
    highest: Math.max(...own.map(({ value }) => value)),
    sum: own.reduce((total, { value }) => total + value, 0),
    count: own.length,
  }))
}

function evidenceAt(values: readonly Said[], rule: KpiRule, now: EpochMs): KpiEvidence {
  const periods = kpiPeriods(rule, foldedDays(values, rule, now), dayOf(now, rule.timeZone))
  const last = values.findLast(({ at }) => at <= now)
  return { lastValueAt: last?.at ?? null, latest: periods.at(-1) ?? null, before: periods.at(-2) ?? null }
}

interface Told extends Pick<KpiNews, 'kind'> {
  readonly at: EpochMs
  readonly fromDay: CalendarDay | null
}

/** What is told by looking at these instants. */
function newsOver(values: readonly Said[], rule: KpiRule, instants: readonly EpochMs[]): Told[] {
  let standing: KpiStanding | null = null
  const told: Told[] = []
  for (const now of instants) {
    const evidence = evidenceAt(values, rule, now)
    const look = lookAtStanding(rule, { health: kpiHealth(rule, evidence, now), evidence }, standing, now)
    standing = look.standing
    told.push(...look.news.map(({ kind, period }) => ({ at: now, kind, fromDay: period?.fromDay ?? null })))
  }
  return told
}

/** The instants at which a record is looked at: with each value, and when the look before said so. */
function dueInstants(values: readonly Said[], rule: KpiRule): EpochMs[] {
  let standing: KpiStanding | null = null
  const instants: EpochMs[] = []
  let now: EpochMs | null = START
  while (now !== null && now <= END) {
    instants.push(now)
    const evidence = evidenceAt(values, rule, now)
    const look = lookAtStanding(rule, { health: kpiHealth(rule, evidence, now), evidence }, standing, now)
    standing = look.standing
    const next: number[] = values.map(({ at }) => at).filter((at) => at > now!)
    const ahead: number[] = [...next, ...(look.dueAt === null ? [] : [look.dueAt])]
    now = ahead.length === 0 ? null : Math.min(...ahead)
  }
  return instants
}

describe('what is told of a KPI', () => {
  it('is the same however often it is looked at in between', () => {
    let told = 0
    fc.assert(
      fc.property(
        anyRule,
        anyValues,
        fc.array(fc.integer({ min: START, max: END })),
        (rule, values, more) => {
          const due = dueInstants(values, rule)
          const once = newsOver(values, rule, due)
          told += once.length
          const often = [...new Set([...due, ...more, ...more.map((at) => at + 1)])]
            .filter((at) => at <= END)
            .toSorted((a, b) => a - b)
          expect(newsOver(values, rule, often)).toEqual(once)
        },
      ),
    )
    expect(told).toBeGreaterThan(100)
  })

  it('changes sides each time; it may fall silent again after a value that says nothing yet', () => {
    fc.assert(
      fc.property(anyRule, anyValues, (rule, values) => {
        const told = newsOver(values, rule, dueInstants(values, rule))
        for (const [index, { at: now, kind }] of told.entries()) {
          const before = told[index - 1]
          const wasHeard = values.some(({ at }) => at >= (before?.at ?? now) && at < now)
          if (kind !== 'kpi.stale' || !wasHeard) expect(kind).not.toBe(before?.kind)
        }
      }),
    )
  })

  it('is that its band was left only when a period is outside for good', () => {
    let left = 0
    fc.assert(
      fc.property(
        anyRule,
        anyValues,
        fc.array(
          fc.record({ at: fc.integer({ min: START, max: END }), value: fc.integer({ min: -20, max: 20 }) }),
        ),
        (rule, values, more) => {
          for (const { at: now, kind, fromDay } of newsOver(values, rule, dueInstants(values, rule))) {
            if (kind !== 'kpi.left_band') continue
            left++
            const known = values.filter(({ at }) => at <= now)
            const later = more.filter(({ at }) => at > now)
            const all = [...known, ...later].toSorted((a, b) => a.at - b.at)
            const after = END + 200 * DAY_MS
            const periods = kpiPeriods(rule, foldedDays(all, rule, after), dayOf(after, rule.timeZone))
            expect(periods.find((period) => period.fromDay === fromDay)?.isInside).toBe(false)
          }
        },
      ),
      { numRuns: 300 },
    )
    expect(left).toBeGreaterThan(30)
  })

  it('names each period that ends outside after one inside once, whether the timer or a value comes first', () => {
    let left = 0
    fc.assert(
      fc.property(anyRule, anyOftenValues, fc.infiniteStream(fc.boolean()), (rule, values, isTimerInTime) => {
        const valueInstants = new Set(values.map(({ at }) => at))
        const looks = dueInstants(values, rule).filter(
          (at) => valueInstants.has(at) || isTimerInTime.next().value === true,
        )
        const told = newsOver(values, rule, looks)
        const periods = kpiPeriods(rule, foldedDays(values, rule, END), dayOf(END, rule.timeZone))
        for (const [index, { fromDay, toDay, isInside, isRunning }] of periods.entries()) {
          if (isInside || isRunning || periods[index - 1]?.isInside !== true) continue
          const [start, end] = [startOfDay(fromDay, rule.timeZone), startOfDay(nextDay(toDay), rule.timeZone)]
          const isHeard = values.every(({ at }, place) => {
            const next = values[place + 1]?.at ?? Number.POSITIVE_INFINITY
            return Math.min(next, end) <= overdueAt(rule, at) || at >= end || next <= start
          })
          if (!isHeard || !looks.some((at) => at >= end)) continue
          left++
          const own = told.filter((news) => news.kind === 'kpi.left_band' && news.fromDay === fromDay)
          const again = own.filter((news) => told[told.indexOf(news) - 1]?.kind === 'kpi.stale')
          expect(own.length - again.length).toBe(1)
        }
      }),
      { numRuns: 400 },
    )
    expect(left).toBeGreaterThan(100)
  })

  it('never goes on without end: nothing is due in the past, and nothing after a missed value', () => {
    fc.assert(
      fc.property(
        anyRule,
        anyValues,
        fc.integer({ min: START, max: END + 400 * DAY_MS }),
        (rule, values, now) => {
          const evidence = evidenceAt(values, rule, now)
          const next = nextKpiInstant(rule, evidence, now)
          if (next !== null) expect(next).toBeGreaterThan(now)
          if (evidence.lastValueAt === null) return
          const over = overdueAt(rule, evidence.lastValueAt) + 400 * DAY_MS
          expect(nextKpiInstant(rule, evidence, over)).toBeNull()
          expect(kpiHealth(rule, evidence, over)).toBe('stale')
        },
      ),
    )
  })
})

describe('the periods of a KPI', () => {
  it('hold each value once, whole, in order, and do not overlap', () => {
    fc.assert(
      fc.property(anyRule, anyValues, (given, values) => {
        const rule: KpiRule = { ...given, valueOfPeriod: 'sum' }
        const periods = kpiPeriods(rule, foldedDays(values, rule, END), dayOf(END, rule.timeZone))
        const total = values.reduce((sum, { value }) => sum + value, 0)
        expect(periods.reduce((sum, { value }) => sum + value, 0)).toBe(total)
        for (const [index, { fromDay, toDay }] of periods.entries()) {
          expect(periodStart(fromDay, rule.period)).toBe(fromDay)
          expect(toDay >= fromDay && fromDay > (periods[index - 1]?.toDay ?? '')).toBe(true)
        }
      }),
    )
  })

  it('run until their last day is over in the KPI’s zone', () => {
    fc.assert(
      fc.property(anyRule, anyValues, fc.integer({ min: 0, max: 48 }), (rule, values, hours) => {
        const now = END + hours * HOUR_MS
        const today = dayOf(now, rule.timeZone)
        for (const { toDay, isRunning } of kpiPeriods(rule, foldedDays(values, rule, now), today)) {
          expect(isRunning).toBe(startOfDay(toDay, rule.timeZone) + 30 * HOUR_MS > now && toDay >= today)
        }
      }),
    )
  })
})
