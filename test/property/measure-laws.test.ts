import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import { deliveryEvidence } from '../../src/domain/measures/delivery.ts'
import { measured, type MeasureEvidence } from '../../src/domain/measures/measured.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { percentReached, standingSteps, stepDeliveriesAt } from '../../src/domain/measures/milestones.ts'
import { rawProgress, shownProgress } from '../../src/domain/measures/progress.ts'
import { rangePeriods, shareInside } from '../../src/domain/measures/range.ts'
import { startOfDay } from '../../src/domain/time.ts'
import {
  anyMeasure,
  foldedByDay,
  measuredPast,
  metricMeasure,
  rangeMeasure,
  reportedValues,
  tally,
  timeBox,
} from '../support/measured-past.ts'

const QUIET: MeasureEvidence = {
  at: Date.parse('2027-06-01'),
  delivery: deliveryEvidence([]),
  lastWorkAt: null,
  latestValue: null,
  dayValues: [],
  ticks: [],
  stepDeliveries: [],
}

const BOX = {
  startDay: '2026-09-01',
  dueDay: '2027-01-31',
  calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
}

function progressOf(measure: Measure, evidence: Partial<MeasureEvidence>): number | null {
  const { current, baseline, target } = measured(measure, { ...QUIET, ...evidence }, BOX)
  return current === null || target === null ? null : rawProgress(current, baseline, target)
}

const byValue = (measure: Measure, value: number) => progressOf(measure, { latestValue: { at: 0, value } })
const byWork = (measure: Measure, work: Tally) => progressOf(measure, { delivery: deliveryEvidence(work) })

describe('every measure', () => {
  it('is a finite number or none, shown from nought to one, in its own unit, whatever the evidence', () => {
    fc.assert(
      fc.property(measuredPast, (past) => {
        const evidence = {
          ...QUIET,
          delivery: deliveryEvidence(past.days.at(-1)?.tally ?? []),
          latestValue: past.values.at(-1) ?? null,
          dayValues: past.dayValues,
          ticks: past.ticks,
          stepDeliveries: stepDeliveriesAt(past.stepSpells, past.values.at(-1)?.at ?? 0),
        }
        const known = measured(past.measure, evidence, past.timeBox)
        const none = measured(past.measure, QUIET, past.timeBox)
        expect([known.unit, known.baseline]).toEqual([none.unit, none.baseline])
        const { current, baseline, target } = known
        if (current === null || target === null) return
        const raw = rawProgress(current, baseline, target)
        expect(Number.isFinite(raw)).toBe(true)
        expect(shownProgress(raw)).toBeGreaterThanOrEqual(0)
        expect(shownProgress(raw)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })

  it('says nothing before there is evidence, but that a ladder is at its foot and a fixed amount not begun', () => {
    fc.assert(
      fc.property(anyMeasure, (measure) => {
        const isKnown =
          measure.kind === 'milestones' || (measure.kind === 'delivery' && measure.target.kind === 'fixed')
        expect(progressOf(measure, {})).toBe(isKnown ? 0 : null)
      }),
    )
  })
})

describe('a metric', () => {
  const value = fc.integer({ min: -200, max: 200 })

  it('rises with every value nearer to the target, up or down, and from or to nothing', () => {
    fc.assert(
      fc.property(metricMeasure, value, value, (measure, a, b) => {
        const towards = Math.sign(measure.target - measure.baseline)
        const [worse, better] = (a - b) * towards < 0 ? [a, b] : [b, a]
        expect(byValue(measure, better)).toBeGreaterThanOrEqual(byValue(measure, worse)!)
      }),
    )
  })

  it('is nought at its baseline, one at its target, and above one only past it', () => {
    fc.assert(
      fc.property(metricMeasure, value, (measure, at) => {
        const { baseline, target } = measure
        expect([byValue(measure, baseline), byValue(measure, target)]).toEqual([0, 1])
        const isPast = (at - target) * Math.sign(target - baseline) > 0
        expect(byValue(measure, at)! > 1).toBe(isPast)
      }),
    )
  })
})

describe('work', () => {
  const measuredByWork = anyMeasure.filter(({ kind }) => kind === 'delivery' || kind === 'field_sum')
  const ORDER = ['to_do', 'in_progress', 'delivered'] as const

  it('does not lose progress when it moves on', () => {
    fc.assert(
      fc.property(measuredByWork, tally, fc.nat(), (measure, work, pick) => {
        const open = work.filter(({ state }) => state !== 'delivered')
        const line = open[pick % Math.max(1, open.length)]
        if (line === undefined) return
        const state = ORDER[ORDER.indexOf(line.state) + 1]!
        const moved = work.map((other) => (other === line ? { ...line, state } : other))
        expect(byWork(measure, moved)).toBeGreaterThanOrEqual(byWork(measure, work)! - 1e-9)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a band', () => {
  const anInstant = fc.integer({ min: 0, max: 119 }).map((n) => Date.UTC(2026, 8, 1) + n * 86_400_000)
  const share = (measure: Extract<Measure, { kind: 'range' }>, values: { at: number; value: number }[]) =>
    shareInside(
      rangePeriods(
        measure,
        foldedByDay(
          values.toSorted((a, b) => a.at - b.at),
          'UTC',
        ),
        BOX,
        '2027-06-01',
      ).judged,
    )

  it('is a share of the periods that have a value', () => {
    fc.assert(
      fc.property(rangeMeasure, reportedValues, timeBox, (measure, values, box) => {
        const { timeZone } = box.calendar
        const periods = rangePeriods(measure, foldedByDay(values, timeZone), box, '2027-06-01').judged
        const days = periods.map(({ fromDay, toDay }) => [fromDay, toDay])
        expect(days.flat()).toEqual(days.flat().toSorted())
        for (const { fromDay, toDay } of periods) {
          const from = startOfDay(fromDay, timeZone)
          const to = startOfDay(toDay, timeZone) + 86_400_000
          expect(values.some(({ at }) => at >= from - 7_200_000 && at <= to + 7_200_000)).toBe(true)
        }
        const reached = shareInside(periods)
        expect(reached === null).toBe(periods.length === 0)
        if (reached !== null)
          expect(reached * periods.length).toBeCloseTo(Math.round(reached * periods.length))
      }),
    )
  })

  it('never falls when a value outside turns out to be inside', () => {
    fc.assert(
      fc.property(rangeMeasure, reportedValues, anInstant, (measure, values, at) => {
        const { atLeast, above, atMost, below } = measure.band
        const low = atLeast ?? (above === undefined ? undefined : above + 1)
        const high = atMost ?? (below === undefined ? undefined : below - 1)
        const inside = low ?? high ?? 0
        const outside = atLeast ?? above
        const bad = outside === undefined ? (high ?? 0) + 100 : outside - 100
        const rest = values.filter(
          (value) => value.at < at - 86_400_000 * 93 || value.at > at + 86_400_000 * 93,
        )
        const fixed = share(measure, [...rest, { at, value: inside }])
        expect(fixed).toBeGreaterThan(share(measure, [...rest, { at, value: bad }])!)
      }),
    )
  })

  it('does not depend on the order values came in, but for the latest of the same instant', () => {
    fc.assert(
      fc.property(
        rangeMeasure,
        fc.uniqueArray(
          reportedValues.filter((all) => all.length > 0).map((all) => all[0]!),
          {
            selector: ({ at }) => at,
          },
        ),
        (measure, values) => {
          expect(share(measure, values.toReversed())).toBe(share(measure, values))
        },
      ),
    )
  })
})

describe('a ladder', () => {
  const ladder = anyMeasure.filter((measure) => measure.kind === 'milestones')

  it('never falls when a step is ticked, never rises when one is unticked, and stands on a step', () => {
    fc.assert(
      fc.property(ladder, measuredPast, fc.nat(), fc.boolean(), (measure, { ticks }, pick, isDone) => {
        const byHand = { ...measure, steps: measure.steps.map((step) => ({ ...step, issue: null })) }
        const reached = (words: typeof ticks) => percentReached(standingSteps(byHand, words, []))
        const step = byHand.steps[pick % byHand.steps.length]!.title
        const after = reached([...ticks, { step, isDone, at: Number.MAX_SAFE_INTEGER }])
        if (isDone) expect(after).toBeGreaterThanOrEqual(reached(ticks))
        else expect(after).toBeLessThanOrEqual(reached(ticks))
        expect([0, ...byHand.steps.map(({ percent }) => percent)]).toContain(after)
      }),
    )
  })

  it('is at the top only when every step is done', () => {
    fc.assert(
      fc.property(ladder, measuredPast, (measure, { ticks, stepSpells }) => {
        const steps = standingSteps(measure, ticks, stepDeliveriesAt(stepSpells, Number.MAX_SAFE_INTEGER))
        expect(percentReached(steps) === 100).toBe(steps.every(({ doneAt }) => doneAt !== null))
      }),
    )
  })
})
