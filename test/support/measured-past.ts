import fc from 'fast-check'
import type { DailyPast } from '../../src/app/goals/daily-series.ts'
import type { ExpectedPlan } from '../../src/domain/calendar/expected-plan.ts'
import type { TimeBox } from '../../src/domain/calendar/expected-progress.ts'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import type { Band } from '../../src/domain/measures/band.ts'
import type { DayValues } from '../../src/domain/measures/day-values.ts'
import type { Measure, RangeMeasure } from '../../src/domain/measures/measure.ts'
import type { MilestoneTick, StepSpells } from '../../src/domain/measures/milestones.ts'
import { dayOf } from '../../src/domain/time.ts'

const FIRST_DAY = '2026-09-01'
const DAYS = 150
const HOURS = DAYS * 24

export const pastDay = fc
  .integer({ min: 0, max: DAYS })
  .map((n) => Temporal.PlainDate.from(FIRST_DAY).add({ days: n }).toString())
/** No day of any past here is still running. */
const AFTER_ALL = Date.parse('2027-06-01')
const instant = fc.integer({ min: 0, max: HOURS }).map((n) => Date.parse(FIRST_DAY) + n * 3_600_000)

export const timeBox: fc.Arbitrary<TimeBox> = fc
  .record({
    days: fc.tuple(pastDay, pastDay),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Shanghai', 'America/New_York'),
    workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidays: fc.array(pastDay, { maxLength: 5 }),
  })
  .map(({ days, ...calendar }) => {
    const [startDay = '', dueDay = ''] = [...days].sort()
    return { startDay, dueDay, calendar }
  })

export const tally: fc.Arbitrary<Tally> = fc.uniqueArray(
  fc.record({
    state: fc.constantFrom('to_do', 'in_progress', 'delivered'),
    size: fc.option(fc.integer({ min: 1, max: 8 })),
    issues: fc.integer({ min: 1, max: 9 }),
    sharePercent: fc.integer({ min: 1, max: 900 }),
  }),
  { selector: ({ state, size }) => `${state} ${size}`, maxLength: 6 },
)

const plan: fc.Arbitrary<ExpectedPlan> = fc.oneof(
  fc.constant({ kind: 'linear' as const }),
  fc.constant({ kind: 'none' as const }),
  fc
    .uniqueArray(fc.record({ day: pastDay, progress: fc.integer({ min: 0, max: 100 }) }), {
      selector: ({ day }) => day,
      maxLength: 5,
    })
    .map((targets) => {
      const shares = targets.map(({ progress }) => progress / 100).sort((a, b) => a - b)
      const days = targets.map(({ day }) => day).sort()
      return { kind: 'targets' as const, targets: days.map((day, at) => ({ day, progress: shares[at]! })) }
    }),
)

const FIELD = 'customfield_10050'
const number = fc.integer({ min: -50, max: 50 })

const statusWeights = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }))
  .map(([a, b]) => ({ toDo: Math.min(a, b), inProgress: Math.max(a, b), delivered: 100 as const }))

const deliveryMeasure: fc.Arbitrary<Measure> = fc
  .record({
    size: fc.constantFrom('count' as const, 'points' as const, { field: FIELD }),
    statusWeights: fc.option(statusWeights, { nil: undefined }),
    target: fc.oneof(
      fc.constant({ kind: 'scope' as const }),
      fc.record({ kind: fc.constant('fixed' as const), amount: fc.integer({ min: 1, max: 50 }) }),
    ),
  })
  .map((given) => ({ kind: 'delivery', ...given }))

const fieldSumMeasure: fc.Arbitrary<Measure> = fc
  .record({ baseline: number, gain: fc.integer({ min: 1, max: 60 }) })
  .map(({ baseline, gain }) => ({
    kind: 'field_sum',
    field: FIELD,
    unit: 'videos',
    baseline,
    target: baseline + gain,
  }))

/** Up, down, and from or to nothing. */
export const metricMeasure = fc
  .tuple(number, number)
  .filter(([baseline, target]) => baseline !== target)
  .map(([baseline, target]) => ({ kind: 'metric' as const, unit: '%', baseline, target }))

const band: fc.Arbitrary<Band> = fc.oneof(
  number.map((atLeast) => ({ atLeast })),
  number.map((above) => ({ above })),
  number.map((atMost) => ({ atMost })),
  number.map((below) => ({ below })),
  fc.tuple(number, number).map(([a, b]) => ({ atLeast: Math.min(a, b), atMost: Math.max(a, b) })),
)

export const rangeMeasure: fc.Arbitrary<RangeMeasure> = fc.record({
  kind: fc.constant('range' as const),
  unit: fc.constant('%'),
  band,
  period: fc.constantFrom('day', 'week', 'month', 'quarter'),
  valueOfPeriod: fc.constantFrom('latest', 'mean', 'sum', 'lowest', 'highest'),
  targetShare: fc.constantFrom(1, 0.9, 0.5),
})

const ISSUE = { siteId: 'main', issueId: '1' } as const

const milestonesMeasure: fc.Arbitrary<Measure> = fc
  .uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 5 })
  .chain((percents) =>
    fc
      .array(fc.boolean(), { minLength: percents.length + 1, maxLength: percents.length + 1 })
      .map((hasIssue): Measure => ({
        kind: 'milestones',
        steps: [...percents.sort((a, b) => a - b), 100].map((percent, index) => ({
          title: `Step ${index}`,
          percent,
          issue: hasIssue[index] === true ? ISSUE : null,
        })),
      })),
  )

export const anyMeasure: fc.Arbitrary<Measure> = fc.oneof(
  deliveryMeasure,
  fieldSumMeasure,
  metricMeasure,
  rangeMeasure,
  milestonesMeasure,
  fc.constant({ kind: 'binary' as const }),
)

const ticks: fc.Arbitrary<MilestoneTick[]> = fc
  .array(
    fc.record({
      step: fc.integer({ min: 0, max: 5 }).map((n) => `Step ${n}`),
      at: instant,
      isDone: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((words) => words.sort((a, b) => a.at - b.at))

const stepSpells: fc.Arbitrary<StepSpells[]> = fc
  .array(fc.uniqueArray(instant, { maxLength: 5 }), { minLength: 6, maxLength: 6 })
  .map((ofSteps) =>
    ofSteps.map((instants, n) => {
      const sorted = instants.sort((a, b) => a - b)
      const spells = sorted.flatMap((since, index) =>
        index % 2 === 0 ? [{ since, until: sorted[index + 1] ?? null }] : [],
      )
      return { step: `Step ${n}`, spells }
    }),
  )

/** Reported values, ascending by their date. */
export const reportedValues = fc
  .array(fc.record({ at: instant, value: number }), { maxLength: 12 })
  .map((values) => values.sort((a, b) => a.at - b.at))

/** What the record folds the values of a key result to, told without it. */
export function foldedByDay(
  values: readonly { readonly at: number; readonly value: number }[],
  timeZone: string,
): DayValues[] {
  const byDay = Map.groupBy(values, ({ at }) => dayOf(at, timeZone))
  return [...byDay].map(([day, ofDay]) => {
    const numbers = ofDay.map(({ value }) => value)
    const last = ofDay.at(-1)!
    return {
      day,
      latestAt: last.at,
      latest: last.value,
      lowest: Math.min(...numbers),
      highest: Math.max(...numbers),
      sum: numbers.reduce((sum, value) => sum + value, 0),
      count: numbers.length,
    }
  })
}

/** The past of a key result of any measure. */
export const measuredPast: fc.Arbitrary<DailyPast> = fc
  .record({
    measure: anyMeasure,
    timeBox,
    plan,
    until: fc.constant(AFTER_ALL),
    days: fc
      .uniqueArray(fc.record({ day: pastDay, tally }), { selector: ({ day }) => day, maxLength: 8 })
      .map((days) => days.sort((a, b) => (a.day < b.day ? -1 : 1))),
    values: reportedValues,
    ticks,
    stepSpells,
  })
  .map(({ values, ...past }) => {
    const isBinary = past.measure.kind === 'binary'
    const told = isBinary ? values.map(({ at, value }) => ({ at, value: value > 0 ? 1 : 0 })) : values
    const { timeZone } = past.timeBox.calendar
    return {
      ...past,
      values: told,
      dayValues: past.measure.kind === 'range' ? foldedByDay(told, timeZone) : [],
    }
  })
