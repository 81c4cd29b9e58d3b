import { describe, expect, it } from 'vitest'
import type { KeyResult } from '../../src/domain/goals.ts'
import type { Measure, MilestoneStep } from '../../src/domain/measures/measure.ts'
import { buildRetrospective } from '../../src/domain/retrospective/build-retrospective.ts'
import { moveSentence } from '../../src/domain/retrospective/move-sentence.ts'
import { movesOf } from '../../src/domain/retrospective/moves.ts'
import { keyResultAsOf, type Revision } from '../../src/domain/retrospective/revision.ts'
import { AS_DATA } from '../../src/domain/retrospective/writing.ts'
import { aCyclePast, aGoal, aKeyResultPast, END } from '../support/cycle-pasts.ts'

const at = (day: string) => Date.parse(`${day}T12:00:00Z`)
const cycle = { endDay: '2026-10-10' }

const changed = (day: string, before: Partial<KeyResult>, after: Partial<KeyResult>): Revision => ({
  kind: 'changed',
  at: at(day),
  before: aGoal(before),
  after: aGoal(after),
  by: 'ada',
  reason: 'The supplier is late.',
})
const moves = (revisions: readonly Revision[], keyResult: Partial<KeyResult> = {}) =>
  movesOf(aGoal(keyResult), { revisions, cycleRevisions: [] }, cycle, END)
const remeasured = (before: Measure, after: Measure) =>
  moves([changed('2026-10-05', { measure: before }, { measure: after })])
const said = (before: Measure, after: Measure, unit = '') =>
  remeasured(before, after).map((move) => moveSentence(move, { measure: after.kind, unit }, AS_DATA))

const metric = (baseline: number, target: number): Measure => ({
  kind: 'metric',
  unit: 'NPS',
  baseline,
  target,
})
const range = (band: object, targetShare = 1): Measure => ({
  kind: 'range',
  unit: '%',
  band,
  period: 'month',
  valueOfPeriod: 'latest',
  targetShare,
})
const steps = (...given: (readonly [string, number])[]): Measure => ({
  kind: 'milestones',
  steps: given.map(([title, percent]): MilestoneStep => ({ title, percent, issue: null })),
})
const delivery = (toDo: number, inProgress: number): Measure => ({
  kind: 'delivery',
  size: 'count',
  statusWeights: { toDo, inProgress, delivered: 100 },
  target: { kind: 'scope' },
})

describe('a move of the goal', () => {
  it.each([
    ['a target nearer to its start', metric(45, 55), metric(45, 50), true],
    ['a target farther off', metric(45, 55), metric(45, 60), false],
    ['a target nearer on the way down', metric(120, 30), metric(120, 60), true],
    ['a target farther on the way down', metric(120, 30), metric(120, 20), false],
    ['a baseline from which the same value is farther along', metric(45, 55), metric(40, 55), true],
    ['a baseline nearer to the target', metric(45, 55), metric(48, 55), false],
    ['a wider band', range({ below: 5 }), range({ below: 8 }), true],
    ['a band that takes in its bound', range({ below: 5 }), range({ atMost: 5 }), true],
    ['a band without its lower bound', range({ atLeast: 1, below: 5 }), range({ below: 5 }), true],
    ['a narrower band', range({ below: 5 }), range({ below: 4 }), false],
    ['a band that moved', range({ atLeast: 1, below: 5 }), range({ atLeast: 2, below: 8 }), false],
    ['a smaller share of periods', range({ below: 5 }), range({ below: 5 }, 0.5), true],
    ['a step taken out', steps(['A', 20], ['B', 60], ['C', 100]), steps(['A', 20], ['C', 100]), true],
    ['a step that counts more', steps(['A', 20], ['C', 100]), steps(['A', 40], ['C', 100]), true],
    ['a step put in', steps(['A', 20], ['C', 100]), steps(['A', 20], ['B', 60], ['C', 100]), false],
    [
      'a step put in where another counts more',
      steps(['A', 20], ['C', 100]),
      steps(['A', 40], ['B', 60], ['C', 100]),
      false,
    ],
    ['work that counts sooner', delivery(0, 0), delivery(0, 50), true],
    ['work that counts later', delivery(10, 50), delivery(10, 20), false],
    ['another measure altogether', metric(45, 55), steps(['A', 100]), false],
  ])('%s: easier is told rightly', (_, before, after, isEasier) => {
    expect(remeasured(before, after)).toMatchObject([{ isEasier, isLate: false }])
  })

  it('is not easier in another unit, by another size or field, or the other way', () => {
    const days = { ...metric(10, 5), unit: 'days' }
    const hours = { ...metric(240, 120), unit: 'h' }
    const amount = (size: 'count' | 'points', target: number): Measure => {
      return { kind: 'delivery', size, target: { kind: 'fixed', amount: target } }
    }
    const sum = (field: string, target: number): Measure => {
      return { kind: 'field_sum', field, unit: 'videos', baseline: 0, target }
    }
    const changes = [
      [hours, days],
      [days, hours],
      [amount('points', 100), amount('count', 30)],
      [sum('customfield_1', 20), sum('customfield_2', 10)],
      [metric(45, 55), metric(45, 36)],
      [metric(45, 55), metric(60, 55)],
    ] as const
    for (const [before, after] of changes) {
      const told = remeasured(before, after)
      expect(told.length).toBeGreaterThan(0)
      expect(told.filter((move) => 'isEasier' in move && move.isEasier)).toEqual([])
    }
    expect(remeasured(amount('points', 100), amount('points', 30))).toMatchObject([{ isEasier: true }])
    expect(remeasured(metric(45, 55), metric(20, 30))).toMatchObject([{ isEasier: true }, { isEasier: true }])
  })

  it('of a sum counts from its baseline on', () => {
    const sum = (baseline: number): Measure => ({
      kind: 'field_sum',
      field: 'customfield_1',
      unit: 'videos',
      baseline,
      target: 20,
    })
    expect(remeasured(sum(0), sum(10))).toMatchObject([{ kind: 'baseline_moved', isEasier: true }])
    expect(remeasured(sum(10), sum(0))).toMatchObject([{ kind: 'baseline_moved', isEasier: false }])
  })

  it('reads as what it is', () => {
    expect(said(metric(45, 55), metric(40, 50), 'NPS')).toEqual([
      'The target moved from 55 to 50 NPS, which is easier.',
      'The baseline moved from 45 to 40 NPS, which is easier.',
    ])
    expect(said(range({ below: 5 }), range({ atMost: 8 }))).toEqual([
      'The band moved from “below 5” to “at most 8” %, which is easier.',
    ])
    expect(said(range({ below: 5 }), range({ below: 5 }, 0.5))).toEqual([
      'The target moved from 100 to 50 %, which is easier.',
    ])
    expect(said(steps(['A', 20], ['B', 60], ['C', 100]), steps(['A', 30], ['C', 100]))).toEqual([
      'The steps changed: “A” counts 30 %, not 20 % and “B” was taken out, which is easier.',
    ])
    expect(said(steps(['A', 20], ['C', 100]), steps(['A1', 20], ['C', 100]))).toEqual([
      'The steps changed: “A” became “A1”.',
    ])
    expect(said(delivery(0, 0), delivery(0, 50))).toEqual([
      'Work in progress counts 50 %, not 0 %, which is easier.',
    ])
    expect(said(metric(45, 55), steps(['A', 100]))).toEqual([
      'From then on it was measured by steps, not by a reported number.',
    ])
  })

  it('is one of weight, or of the due day, its own or that of its cycle', () => {
    const known = movesOf(
      aGoal({ dueDay: '2026-10-08' }),
      {
        revisions: [
          changed('2026-10-03', { weight: 1 }, { weight: 3 }),
          changed('2026-10-05', {}, { dueDay: '2026-10-08' }),
        ],
        cycleRevisions: [
          { at: at('2026-10-02'), before: '2026-10-07', after: '2026-10-09', by: null, reason: null },
          { at: at('2026-10-06'), before: '2026-10-09', after: '2026-10-10', by: 'bo', reason: null },
        ],
      },
      cycle,
      END,
    )
    expect(known).toMatchObject([
      { kind: 'due_date_moved', before: '2026-10-07', after: '2026-10-09', isLate: false },
      {
        kind: 'weight_moved',
        before: 1,
        after: 3,
        isLate: false,
        by: 'ada',
        reason: 'The supplier is late.',
      },
      { kind: 'due_date_moved', before: '2026-10-09', after: '2026-10-08', isLate: false },
    ])
  })

  it('is none before the key result came about, nor that it was carried over with other days', () => {
    const before = changed('2026-10-02', { measure: metric(45, 55) }, { measure: metric(45, 50) })
    const after = changed('2026-10-06', { weight: 1 }, { weight: 2 })
    expect(moves([before, { kind: 'entered', at: at('2026-10-04') }, after])).toMatchObject([
      { kind: 'weight_moved' },
    ])
  })

  it('after the end of the cycle is late: told, counted apart, and no hint', () => {
    const late = moves([changed('2026-10-12', { measure: metric(45, 55) }, { measure: metric(45, 50) })])
    expect(late).toMatchObject([{ kind: 'target_moved', isLate: true }])
    const past = aKeyResultPast([46, 50], { moves: late })
    const { objectives, summary } = buildRetrospective(aCyclePast([past]), END)
    expect(summary.changes).toMatchObject({ targets: 0, targetsLowered: 0, easier: 0, late: 1 })
    expect(objectives[0]!.keyResults[0]!.hints).toEqual([])
    expect(moveSentence(late[0]!, { measure: 'metric', unit: '%' }, AS_DATA)).toBe(
      'The target moved from 55 to 50 %, which is easier. This came after the end of the cycle: it is graded as it was before.',
    )
  })

  it('is counted by kind, and a goal made easier is a hint', () => {
    const past = aKeyResultPast([46, 47], {
      moves: moves([
        changed('2026-10-02', { measure: metric(45, 55) }, { measure: metric(45, 50) }),
        changed('2026-10-05', { measure: metric(45, 50) }, { measure: metric(45, 60), weight: 2 }),
        changed('2026-10-06', { measure: metric(45, 60) }, { measure: metric(40, 55) }),
      ]),
      scope: { atStart: 3, atEnd: 6, added: 4, removed: 1, reEstimated: 2, reopened: 1 },
    })
    const { summary, objectives } = buildRetrospective(aCyclePast([past]), END)
    expect(summary.changes).toEqual({
      targets: 3,
      targetsLowered: 2,
      baselines: 1,
      dueDates: 0,
      weights: 1,
      rules: 0,
      easier: 3,
      late: 0,
      scope: 7,
    })
    expect(objectives[0]!.keyResults[0]!.hints).toContainEqual({ kind: 'made_easier', times: 3 })
  })
})

describe('another last day of the cycle', () => {
  it.each([
    ['before it', '2026-10-05'],
    ['after it', '2026-10-12'],
  ])('is never late, said %s: the cycle is graded as of the last day it has', (_, day) => {
    const moved = { at: at(day), before: '2026-10-20', after: '2026-10-10', by: 'bo', reason: null }
    const told = movesOf(aGoal({ dueDay: null }), { revisions: [], cycleRevisions: [moved] }, cycle, END)
    expect(told).toMatchObject([{ kind: 'due_date_moved', after: '2026-10-10', isLate: false }])
    expect(moveSentence(told[0]!, { measure: 'metric', unit: '' }, AS_DATA)).not.toContain('as it was before')
  })
})

describe('a key result as it was at the end', () => {
  const override = { value: 54, reason: 'r', by: 'Ada', at: at('2026-10-05'), untilDay: '2026-10-31' }

  it('is measured and weighed as then, and called what it is called now', () => {
    const now = aGoal({ title: 'New', measure: metric(45, 47), weight: 9, archivedAt: at('2026-10-13') })
    const revisions = [
      changed('2026-10-05', { measure: metric(45, 60) }, { measure: metric(45, 55) }),
      changed('2026-10-12', { measure: metric(45, 55) }, { measure: metric(45, 47), weight: 9 }),
      changed('2026-10-13', { weight: 9 }, { weight: 9, archivedAt: at('2026-10-13') }),
    ]
    expect(keyResultAsOf(now, revisions, END)).toEqual(aGoal({ title: 'New', measure: metric(45, 55) }))
  })

  it('is a ladder of then with the titles of now: what was ticked goes by those', () => {
    const then = steps(['Pilot', 20], ['Ten', 60], ['All', 100])
    const renamed = steps(['Pilot signed', 20], ['Ten', 60], ['All', 100])
    const longer = steps(['Pilot signed', 10], ['Half', 50], ['Ten', 60], ['All', 100])
    const again = steps(['Signed', 10], ['Half', 50], ['Ten', 60], ['All', 100])
    const revisions = [
      changed('2026-10-12', { measure: then }, { measure: renamed }),
      changed('2026-10-13', { measure: renamed }, { measure: longer }),
      changed('2026-10-14', { measure: longer }, { measure: again }),
    ]
    expect(keyResultAsOf(aGoal({ measure: again }), revisions, END).measure).toEqual(
      steps(['Signed', 20], ['Ten', 60], ['All', 100]),
    )
  })

  it('keeps the person’s value that stood then, whoever took it back since', () => {
    const taken: Revision = { kind: 'overridden', at: at('2026-10-12'), before: override }
    const edited = changed('2026-10-13', { valueOverride: null }, { weight: 2 })
    expect(keyResultAsOf(aGoal({ weight: 2 }), [taken, edited], END)).toMatchObject({
      valueOverride: override,
      weight: 1,
    })
  })

  it('is as it is where nothing was done since, and where it only came about afterwards', () => {
    const now = aGoal({ weight: 4 })
    expect(keyResultAsOf(now, [changed('2026-10-05', {}, { weight: 4 })], END)).toBe(now)
    const revisions: Revision[] = [
      { kind: 'entered', at: at('2026-10-12') },
      changed('2026-10-13', { weight: 1 }, { weight: 4 }),
    ]
    expect(keyResultAsOf(now, revisions, END)).toBe(now)
  })
})
