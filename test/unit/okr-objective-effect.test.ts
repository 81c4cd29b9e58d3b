import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyResult, Objective } from '../../src/domain/goals.ts'
import type { KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { objectiveEffects, type StandingGoals } from '../../src/domain/okrs/objective-effect.ts'
import type { PlannedChange } from '../../src/domain/okrs/plan.ts'
import { planText } from '../../src/domain/okrs/plan-text.ts'
import { rollUp } from '../../src/domain/roll-up/roll-up.ts'
import type { RollUpKeyResult, RollUpObjective } from '../../src/domain/roll-up/terms.ts'

type KnownObjective = RollUpObjective & Pick<Objective, 'title'>

const objective = (number: number, own: Partial<KnownObjective> = {}): KnownObjective => ({
  key: `O-${number}` as ObjectiveKey,
  title: `Objective ${number}`,
  parent: null,
  contributionWeight: null,
  healthRollUp: 'worst',
  archivedAt: null,
  ...own,
})

const keyResult = (number: number, of: number, progress: number | null, weight = 1): RollUpKeyResult => ({
  key: `KR-${number}` as KeyResultKey,
  objective: `O-${of}` as ObjectiveKey,
  weight,
  isArchived: false,
  progress,
  rawProgress: progress,
  health: 'on_track',
})

/** A change of a key result, as far as an objective follows from it. */
function change(
  action: PlannedChange['action'],
  own: RollUpKeyResult,
  more: Partial<PlannedChange> & { readonly was?: RollUpKeyResult } = {},
): PlannedChange {
  const { was = own, ...further } = more
  const goalOf = ({ key, objective: of, weight }: RollUpKeyResult, archivedAt: number | null) => ({
    kind: 'key_result' as const,
    goal: { key, objective: of, weight, archivedAt } as KeyResult,
  })
  return {
    kind: 'key_result',
    key: own.key,
    title: 'A key result',
    action,
    path: [],
    properties: [],
    progress: null,
    before: action === 'create' ? null : goalOf(was, null),
    after: goalOf(own, action === 'archive' ? 1 : null),
    ...further,
  }
}

const said = (name: string) => [{ name, before: null, after: null }]
const STORED: StandingGoals = {
  objectives: [
    objective(1),
    objective(2, { parent: 'O-1' as ObjectiveKey, contributionWeight: 1 }),
    objective(3),
  ],
  keyResults: [keyResult(1, 1, 0.5), keyResult(2, 1, 0.2), keyResult(3, 2, 0.8), keyResult(4, 3, null)],
}
const effects = (...changes: PlannedChange[]) =>
  objectiveEffects(changes, STORED).map(({ objective: key, before, after, awaited, because }) => [
    key,
    before === null ? null : Math.round(before * 1_000),
    after === null ? null : Math.round(after * 1_000),
    awaited.join(),
    because.join(),
  ])

describe('what a plan does to the progress of objectives', () => {
  it('is told for a key result that is archived, also further up', () => {
    expect(effects(change('archive', keyResult(2, 1, 0.2)))).toEqual([['O-1', 500, 650, '', 'KR-2']])
    expect(effects(change('archive', keyResult(3, 2, 0.8)))).toEqual([
      ['O-1', 500, 350, '', 'KR-3'],
      ['O-2', 800, null, '', 'KR-3'],
    ])
  })

  it('is told for another weight, and for another objective', () => {
    const heavier = change('change', keyResult(2, 1, 0.2, 2), {
      was: STORED.keyResults[1]!,
      properties: said('weight'),
    })
    expect(effects(heavier)).toEqual([['O-1', 500, 425, '', 'KR-2']])
    const moved = change('change', keyResult(2, 3, 0.2), {
      was: STORED.keyResults[1]!,
      properties: said('objective'),
    })
    expect(effects(moved)).toEqual([
      ['O-1', 500, 650, '', 'KR-2'],
      ['O-3', null, 200, '', 'KR-2'],
    ])
  })

  it('is told for a target that moves, and left open where another thing is measured', () => {
    const retargeted = change('change', keyResult(1, 1, 0.5), {
      properties: said('measure.target'),
      progress: { kind: 'moves', before: 0.5, after: 0.2 },
    })
    expect(effects(retargeted)).toEqual([['O-1', 500, 400, '', 'KR-1']])
    const remeasured = change('change', keyResult(1, 1, 0.5), {
      properties: said('measure'),
      progress: { kind: 'recomputed', before: 0.5 },
    })
    expect(effects(remeasured)).toEqual([['O-1', 500, null, 'KR-1', 'KR-1']])
  })

  it('is left open further up too, where what contributes is left open, and stated where it does not count', () => {
    const remeasured = change('change', keyResult(3, 2, 0.8), {
      properties: said('measure'),
      progress: { kind: 'recomputed', before: 0.8 },
    })
    expect(effects(remeasured)).toEqual([
      ['O-1', 500, null, 'KR-3', 'KR-3'],
      ['O-2', 800, null, 'KR-3', 'KR-3'],
    ])
    const over = (parent: string, contributionWeight: number | null, isArchived = false) =>
      objectiveEffects([remeasured], {
        objectives: [
          objective(1, { parent: 'O-3' as ObjectiveKey, contributionWeight: 1 }),
          objective(2, { parent: parent as ObjectiveKey, contributionWeight }),
          objective(3),
        ],
        keyResults: [{ ...keyResult(1, 1, 0.5), isArchived }, keyResult(2, 1, 0.2), keyResult(3, 2, 0.8)],
      }).map(({ objective: key, after }) => [key, after])
    const OPEN = [
      ['O-1', null],
      ['O-2', null],
      ['O-3', null],
    ]
    expect([over('O-1', 1), over('KR-1', 1)]).toEqual([OPEN, OPEN])
    expect([over('O-1', null), over('KR-1', 1, true)]).toEqual([[['O-2', null]], [['O-2', null]]])
    const text = planText({
      changes: [],
      objectives: objectiveEffects([remeasured], STORED),
      leftAlone: [],
      fingerprint: '',
    })
    expect(text).toContain('  O-1  Objective 1: 50 % → recomputed after apply (KR-3)')
  })

  it('says of a new key result that it counts from its first value on', () => {
    expect(effects(change('create', keyResult(9, 1, null)))).toEqual([['O-1', 500, 500, 'KR-9', 'KR-9']])
    expect(effects(change('create', keyResult(9, 3, null)))).toEqual([])
  })

  it('is told in the text of the plan, with the changes behind it', () => {
    const text = (...changes: PlannedChange[]) =>
      planText({ changes: [], objectives: objectiveEffects(changes, STORED), leftAlone: [], fingerprint: '' })
    expect(text(change('archive', keyResult(2, 1, 0.2)))).toContain('  O-1  Objective 1: 50 % → 65 % (KR-2)')
    expect(text(change('create', keyResult(9, 1, null)))).toContain(
      '  O-1  Objective 1: 50 % → 50 %; KR-9 from the first value on (KR-9)',
    )
    expect(text(change('archive', keyResult(3, 2, 0.8)))).toContain(
      '  O-2  Objective 2: 80 % → no data (KR-3)',
    )
  })

  it('leaves out what stays: each objective told has another progress, and no other has', () => {
    const share = fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10)
    const goals = fc.array(fc.tuple(share, fc.nat(3)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(goals, fc.array(fc.nat(7), { maxLength: 4 }), (drawn, gone) => {
        const stored = {
          objectives: [0, 1, 2, 3].map((number) =>
            objective(
              number + 1,
              number === 0 ? {} : { parent: `O-${number}` as ObjectiveKey, contributionWeight: 1 },
            ),
          ),
          keyResults: drawn.map(([progress, of], index) => keyResult(index + 1, of + 1, progress)),
        }
        const left = new Set(gone)
        const changes = stored.keyResults
          .filter((_, index) => left.has(index))
          .map((own) => change('archive', own))
        const after = rollUp({
          objectives: stored.objectives,
          keyResults: stored.keyResults.filter((_, index) => !left.has(index)),
        })
        const before = rollUp(stored)
        const moved = stored.objectives
          .map(({ key }) => key)
          .filter((key) => before.get(key)?.progress !== after.get(key)?.progress)
        const told = objectiveEffects(changes, stored)
        expect(told.map((one) => one.objective)).toEqual(moved)
        for (const one of told) {
          expect(one.after).toBe(after.get(one.objective)?.progress)
          expect(one.because.length).toBeGreaterThan(0)
        }
      }),
    )
  })
})
