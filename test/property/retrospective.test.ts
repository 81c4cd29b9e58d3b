import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyResultKey, ObjectiveKey, TeamKey } from '../../src/domain/ids.ts'
import type { Measure } from '../../src/domain/measures/measure.ts'
import { buildRetrospective, type CyclePast } from '../../src/domain/retrospective/build-retrospective.ts'
import { investments } from '../../src/domain/retrospective/investment.ts'
import type { GoalMove } from '../../src/domain/retrospective/moves.ts'
import { retrospectiveMarkdown } from '../../src/domain/retrospective/retrospective-markdown.ts'
import { sparkline, trendOf } from '../../src/domain/retrospective/trend.ts'
import { DAY_MS } from '../../src/domain/time.ts'
import { aCyclePast, aGoal, aKeyResultPast, anObjective, END } from '../support/cycle-pasts.ts'

const value = fc.option(fc.double({ min: 30, max: 70, noNaN: true }), { nil: null })
const instant = fc.integer({ min: 0, max: 9 * DAY_MS }).map((before) => END - before)
const amount = fc.double({ min: 30, max: 70, noNaN: true })
const why = { by: fc.option(fc.string()), reason: fc.option(fc.string()) }
const when = { at: instant, isLate: fc.boolean(), ...why }
const measure = fc.oneof(
  fc.constant(null),
  fc.constant<Measure>({ kind: 'binary' }),
  fc.record({ kind: fc.constant('metric' as const), unit: fc.string(), baseline: amount, target: amount }),
)
const move: fc.Arbitrary<GoalMove> = fc.oneof(
  fc.record({
    ...when,
    kind: fc.constant('target_moved' as const),
    before: value,
    after: value,
    isEasier: fc.boolean(),
  }),
  fc.record({
    ...when,
    kind: fc.constant('baseline_moved' as const),
    before: amount,
    after: amount,
    isEasier: fc.boolean(),
  }),
  fc.record({
    ...when,
    kind: fc.constant('rule_changed' as const),
    before: measure,
    after: measure,
    isEasier: fc.boolean(),
  }),
  fc.record({ ...when, kind: fc.constant('weight_moved' as const), before: amount, after: amount }),
  fc.record({
    ...when,
    kind: fc.constant('due_date_moved' as const),
    before: fc.constant('2026-10-10'),
    after: fc.constant('2026-10-09'),
  }),
  fc.record({ ...why, at: instant, isLate: fc.constant(true), kind: fc.constant('archived' as const) }),
)
const level = fc.constantFrom('at_risk' as const, 'off_track' as const)
const warning = fc.record({
  kind: fc.constantFrom('health' as const, 'scope_growth' as const),
  level,
  levels: fc
    .uniqueArray(fc.record({ level, since: instant }), { maxLength: 3, selector: ({ since }) => since })
    .map((levels) => levels.toSorted((a, b) => a.since - b.since)),
  raisedAt: instant,
  resolvedAt: fc.option(instant, { nil: null }),
})
const work = fc.record({ issues: fc.nat(40), points: fc.nat(200), unestimated: fc.nat(5) })
const forecasts = fc.subarray([0.25, 0.5, 0.75]).chain((shares) =>
  fc.tuple(
    ...shares.map((timeShare) =>
      fc.record({
        timeShare: fc.constant(timeShare),
        day: fc.constant('2026-10-05'),
        probability: fc.option(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { nil: null }),
      }),
    ),
  ),
)

const keyResult = (number: number, title = fc.string({ maxLength: 40 })) =>
  fc
    .record({
      values: fc.array(value, { minLength: 1, maxLength: 10 }),
      moves: fc.uniqueArray(move, { maxLength: 4, selector: ({ kind, at }) => `${kind} ${at}` }),
      warnings: fc.uniqueArray(warning, { maxLength: 3, selector: ({ raisedAt }) => raisedAt }),
      delivered: work,
      forecasts,
      weight: fc.integer({ min: 1, max: 9 }),
      intendedSharePercent: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
      title,
    })
    .map(({ values, weight, intendedSharePercent, title: named, ...past }) =>
      aKeyResultPast(values, {
        keyResult: aGoal({ key: `KR-${number}` as KeyResultKey, weight, intendedSharePercent, title: named }),
        ...past,
      }),
    )

const cyclePast: fc.Arbitrary<CyclePast> = fc
  .array(fc.nat(3), { maxLength: 4 })
  .chain((sizes) =>
    fc.tuple(
      ...sizes.map((size, index) =>
        fc.record({
          objective: fc
            .record({
              ambition: fc.constantFrom('committed' as const, 'aspirational' as const),
              team: fc.option(fc.constantFrom('search' as TeamKey, 'shop' as TeamKey), { nil: null }),
              title: fc.string({ maxLength: 40 }),
            })
            .map((given) => anObjective({ key: `O-${index + 1}` as ObjectiveKey, ...given })),
          keyResults: fc.tuple(...Array.from({ length: size }, (_, at) => keyResult(index * 10 + at + 1))),
        }),
      ),
    ),
  )
  .map((objectives) => aCyclePast([], { objectives }))

/** The same past, with every list turned around that means nothing by its order. */
function turned(past: CyclePast): CyclePast {
  return {
    ...past,
    objectives: past.objectives
      .map(({ objective, keyResults }) => ({
        objective,
        keyResults: keyResults
          .map((each) => ({
            ...each,
            moves: each.moves.toReversed(),
            warnings: each.warnings.toReversed(),
            forecasts: each.forecasts.toReversed(),
            said: { words: each.said.words.toReversed(), pushes: each.said.pushes.toReversed() },
          }))
          .toReversed(),
      }))
      .toReversed(),
  }
}

describe('a retrospective', () => {
  it('is the same in whatever order its past is read', () => {
    fc.assert(
      fc.property(cyclePast, (past) => {
        expect(buildRetrospective(turned(past), END)).toEqual(buildRetrospective(past, END))
      }),
    )
  })

  it('is plain JSON: what is frozen reads as it was', () => {
    fc.assert(
      fc.property(cyclePast, (past) => {
        const known = buildRetrospective(past, END)
        const frozen = JSON.parse(JSON.stringify(known)) as typeof known
        expect(retrospectiveMarkdown(frozen)).toBe(retrospectiveMarkdown(known))
        expect(JSON.stringify(frozen)).not.toContain('null,NaN')
      }),
    )
  })

  it('adds up: its summary is that of its key results', () => {
    fc.assert(
      fc.property(cyclePast, (past) => {
        const { summary, objectives } = buildRetrospective(past, END)
        const keyResults = objectives.flatMap((objective) => objective.keyResults)
        const verdicts = Object.values(summary.verdicts).reduce((sum, count) => sum + count, 0)
        expect(verdicts).toBe(objectives.filter((objective) => objective.keyResults.length > 0).length)
        expect(summary.warnings.raised).toBe(keyResults.flatMap(({ warnings }) => warnings).length)
        const moves = keyResults.flatMap((each) => each.moves)
        expect(summary.changes.targets).toBe(
          moves.filter(({ kind, isLate }) => kind === 'target_moved' && !isLate).length,
        )
        const { targets, baselines, weights, dueDates, rules, late } = summary.changes
        expect(targets + baselines + weights + dueDates + rules + late).toBe(moves.length)
        expect(summary.forecasts.brier ?? 0).toBeLessThanOrEqual(1)
        for (const { grade } of keyResults) expect(grade.score).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('lets no title become markup', () => {
    const hostile = fc.constantFrom(
      '<b>x</b>',
      '[a](http://b)',
      '# x',
      '| a | b |',
      '`x`',
      '**x**',
      '\n\n# y',
      '&lt;',
    )
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const past = aCyclePast([aKeyResultPast([50], { keyResult: aGoal({ title: one }) })], {
          objective: anObjective({ title: other }),
        })
        const text = retrospectiveMarkdown(buildRetrospective(past, END))
        const plain = text.replace(/\\[\\`*_[\]<>&|~#$:.@]/g, '')
        expect(plain).not.toMatch(/<b>|\]\(|&lt;|\*\*x\*\*/)
        expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1)
      }),
    )
  })
})

describe('a trend', () => {
  it('says of every day what the day itself says', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 10 }), (values) => {
        const { days } = aKeyResultPast(values)
        const points = trendOf(days)
        for (const day of days) {
          expect(points.findLast((point) => point.day <= day.day)?.rawProgress).toBe(day.rawProgress)
        }
        expect(Array.from(sparkline(points, 26))).toHaveLength(days.length)
      }),
    )
  })
})

it('the shares that were meant and those that went each add up to all of it', () => {
  const invested = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), delivered: work }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(invested, (given) => {
      const keyed = given.map((each, index) => ({
        ...each,
        keyResult: `KR-${index + 1}` as KeyResultKey,
        intendedSharePercent: null,
      }))
      const found = [...investments(keyed).values()]
      const sum = (of: (each: (typeof found)[number]) => number) =>
        found.reduce((total, each) => total + of(each), 0)
      expect(sum(({ intendedPercent }) => intendedPercent)).toBeCloseTo(100, 9)
      if (found[0]!.actualPercent !== null)
        expect(sum(({ actualPercent }) => actualPercent!)).toBeCloseTo(100, 9)
    }),
  )
})
