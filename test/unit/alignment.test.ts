import { describe, expect, it } from 'vitest'
import { alignment, type AlignmentGoals, type AlignmentNode } from '../../src/domain/alignment/alignment.ts'
import { circleThrough } from '../../src/domain/alignment/circle.ts'
import type { CycleKey } from '../../src/domain/ids.ts'
import { alignmentText } from '../../src/cli/alignment-text.ts'
import { aCycle, anAligned, anObjective, KR, O } from '../support/aligned-goals.ts'

const aligned = (goals: Partial<AlignmentGoals>) =>
  alignment({ asked: [aCycle()], objectives: [], keyResults: [], cycles: [aCycle()], claims: [], ...goals })

const conflicts = (goals: Partial<AlignmentGoals>) =>
  aligned(goals).conflicts.map(({ kind, level, goals: about }) => [kind, level, ...about].join(' '))

const keys = (nodes: readonly AlignmentNode[]) => nodes.map(({ objective }) => objective.key)

describe('the tree', () => {
  it('goes top down by level and then by key, never by how somebody stands', () => {
    const objectives = [
      anObjective(1, { level: 'individual', parent: O(4) }),
      anObjective(2),
      anObjective(3, { level: 'company' }),
      anObjective(4),
      anObjective(10, { level: 'department' }),
    ]
    const keyResults = [anAligned(1, 2, { progress: 0 }), anAligned(2, 4, { progress: 1 })]
    const { roots } = aligned({ objectives: objectives.toReversed(), keyResults })
    expect(keys(roots)).toEqual([O(3), O(10), O(2), O(4)])
    expect(keys(roots[3]?.children ?? [])).toEqual([O(1)])
  })

  it('shows of other cycles what is supported, and nothing else of them', () => {
    const elsewhere = { cycle: '2026' as CycleKey }
    const objectives = [
      anObjective(1, { ...elsewhere, level: 'company' }),
      anObjective(2, { ...elsewhere, parent: O(1) }),
      anObjective(3, { parent: O(1) }),
    ]
    const { roots, orphans } = aligned({ objectives })
    expect(roots.map(({ objective, isElsewhere }) => [objective.key, isElsewhere])).toEqual([[O(1), true]])
    expect(keys(roots[0]?.children ?? [])).toEqual([O(3)])
    expect(orphans).toEqual([])
  })
})

describe('orphans', () => {
  it('are objectives below the company without a parent', () => {
    const objectives = [
      anObjective(1, { level: 'company' }),
      anObjective(2, { level: 'department' }),
      anObjective(3, { parent: O(1) }),
    ]
    expect(aligned({ objectives }).orphans).toEqual([O(2)])
  })
})

describe('a dependency', () => {
  const of = (needed: Parameters<typeof anAligned>[2], dependent: Parameters<typeof anAligned>[2] = {}) =>
    conflicts({
      objectives: [anObjective(1, { level: 'company' })],
      keyResults: [anAligned(1, 1, { dependsOn: [KR(2)], ...dependent }), anAligned(2, 9, needed)],
    })

  it.each([
    ['at risk is told with its level', { health: 'at_risk' }, ['dependency_in_danger at_risk KR-1 KR-2']],
    ['off track, too', { health: 'off_track' }, ['dependency_in_danger off_track KR-1 KR-2']],
    ['missed is told once', { health: 'missed', dueDay: '2027-01-31' }, ['dependency_missed  KR-1 KR-2']],
    [
      'archived is told, however it stood',
      { isArchived: true, health: 'off_track' },
      ['dependency_archived  KR-1 KR-2'],
    ],
    ['due later is told', { dueDay: '2027-01-01' }, ['dependency_due_later  KR-1 KR-2']],
    ['due on the same day is fine', { dueDay: '2026-12-31' }, []],
    ['that is done holds nobody up', { health: 'done', dueDay: '2027-01-01' }, []],
  ] as const)('%s', (_rule, needed, expected) => {
    expect(of(needed)).toEqual(expected)
  })

  it('matters no more to what is done or archived', () => {
    expect(of({ health: 'off_track' }, { health: 'done' })).toEqual([])
    expect(of({ health: 'off_track' }, { isArchived: true })).toEqual([])
  })
})

describe('an epic', () => {
  const claim = (keyResult: number, objective: number, role: 'drives' | 'supports' = 'drives') => ({
    siteId: 'main',
    epicId: '7',
    epicKey: 'PROJ-7',
    keyResult: KR(keyResult),
    objective: O(objective),
    role,
  })

  it('that drives key results of two objectives is told once, with all who claim it', () => {
    const shown = aligned({ claims: [claim(12, 2), claim(3, 1), claim(3, 1), claim(4, 1)] })
    expect(shown.conflicts).toEqual([
      {
        kind: 'shared_epic',
        level: null,
        goals: [KR(3), KR(4), KR(12)],
        issue: { siteId: 'main', issueId: '7', key: 'PROJ-7' },
        sentence: 'PROJ-7 drives key results of several objectives: KR-3 (O-1), KR-4 (O-1), KR-12 (O-2).',
      },
    ])
  })

  it('of one objective, or that only supports another, is no conflict', () => {
    expect(conflicts({ claims: [claim(3, 1), claim(4, 1)] })).toEqual([])
    expect(conflicts({ claims: [claim(3, 1), claim(12, 2, 'supports')] })).toEqual([])
  })
})

describe('a way in a circle', () => {
  const leadsTo = new Map([
    ['a', ['b', 'c']],
    ['b', ['d']],
    ['c', ['a']],
    ['d', ['b']],
  ])

  it('is the shortest one back to where it began', () => {
    expect(circleThrough('a', leadsTo)).toEqual(['a', 'c', 'a'])
    expect(circleThrough('b', leadsTo)).toEqual(['b', 'd', 'b'])
  })

  it('is none where nothing leads back, circles elsewhere or not', () => {
    expect(circleThrough('x', new Map([['x', ['a']], ...leadsTo]))).toBeNull()
  })
})

describe('the alignment as text', () => {
  it('is a tree of goals with how each stands, then orphans and conflicts', () => {
    const objectives = [
      anObjective(1, { level: 'company', title: 'Be the first choice' }),
      anObjective(2, { parent: KR(1), title: 'Answer\u001b[31m fast' }),
      anObjective(3, { parent: O(1), title: 'Sell' }),
      anObjective(4, { title: 'Tidy up' }),
    ]
    const keyResults = [
      anAligned(1, 1, { progress: 0.425, title: 'Win rate' }),
      anAligned(2, 1, { progress: null, title: 'NPS' }),
      anAligned(3, 2, { progress: 0.1, health: 'off_track', dependsOn: [KR(1)] }),
    ]
    const late = [...keyResults, anAligned(4, 4, { dependsOn: [KR(3)] })]
    expect(alignmentText(aligned({ objectives, keyResults: late })).split('\n')).toEqual([
      'Alignment of 2026-Q4',
      '',
      'O-1 company  43 % no data  Be the first choice',
      '├─ KR-1  43 % on track  Win rate',
      '│  └─ O-2 team  10 % off track  Answer[31m fast',
      '│     └─ KR-3  10 % off track  Key result 3',
      '├─ KR-2  – no data  NPS',
      '└─ O-3 team  – no data  Sell',
      'O-4 team  50 % on track  Tidy up',
      '└─ KR-4  50 % on track  Key result 4',
      '',
      'Below the company and supporting nothing: O-4.',
      '',
      'Conflicts:',
      '  KR-4 depends on KR-3, which is off track.',
    ])
  })

  it('says so when there is nothing', () => {
    expect(alignmentText(aligned({}))).toBe(
      'Alignment of 2026-Q4\n\nThere are no objectives.\n\nConflicts: none.',
    )
    expect(alignmentText(aligned({ asked: [] }))).toContain('No cycle runs now.')
  })
})
