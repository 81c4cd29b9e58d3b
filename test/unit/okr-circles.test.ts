import { describe, expect, it } from 'vitest'
import type { KeyResult, Objective } from '../../src/domain/goals.ts'
import { subjectOf, type Goal } from '../../src/domain/okrs/goal-set.ts'
import type { PlannedChange } from '../../src/domain/okrs/plan.ts'
import { brokenReferences } from '../../src/domain/okrs/references.ts'

const objective = (number: number, parent: number): Goal => ({
  kind: 'objective',
  goal: {
    key: `O-${number}`,
    cycle: '2026-Q4',
    parent: `O-${parent}`,
    team: null,
    healthPolicy: null,
  } as Objective,
})

const keyResult = (number: number, needs: readonly number[]): Goal => ({
  kind: 'key_result',
  goal: {
    key: `KR-${number}`,
    objective: 'O-1',
    dependsOn: needs.map((key) => `KR-${key}`),
    healthPolicy: null,
  } as unknown as KeyResult,
})

/** What is wrong with a file that creates these goals. */
function circlesOf(goals: readonly Goal[]): string[] {
  const changes = goals.map((after, index): PlannedChange => ({
    kind: after.kind,
    key: after.goal.key,
    title: '',
    action: 'create',
    path: [index],
    properties: [],
    progress: null,
    before: null,
    after,
  }))
  const cycle: Goal = { kind: 'cycle', goal: { key: '2026-Q4' } as never }
  const known = [cycle, ...goals].map((goal) => [subjectOf(goal.kind, goal.goal.key), goal] as const)
  return brokenReferences(changes, {
    goals: new Map(known),
    policies: new Set(),
    unread: new Map() as never,
  }).map(({ subject, message }) => `${subject} ${message}`)
}

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('circles of a file', () => {
  it('are told once each, at the first goal on them, and not at what leads to them', () => {
    const needs = [keyResult(1, [2]), keyResult(2, [1, 3]), keyResult(3, [2]), keyResult(4, [1])]
    expect(circlesOf(needs)).toEqual([
      'KR-1 leads in a circle: KR-1 → KR-2 → KR-1; break it',
      'KR-3 leads in a circle: KR-3 → KR-2 → KR-3; break it',
    ])
  })

  it('are found in no time where thousands of goals lead to one', { timeout: 10_000 }, () => {
    const chain = numbersTo(30_000).map((number) => objective(number, number === 1 ? 2 : number - 1))
    expect(circlesOf(chain)).toEqual(['O-1 leads in a circle: O-1 → O-2 → O-1; break it'])
  })

  it(
    'are found in no time where thousands of them share a long way, and the first ten are told',
    { timeout: 10_000 },
    () => {
      const shared = numbersTo(4_000).map((number) =>
        keyResult(
          number,
          number === 4_000 ? numbersTo(4_000).map((further) => further + 4_000) : [number + 1],
        ),
      )
      const back = numbersTo(4_000).map((number) => keyResult(number + 4_000, [1]))
      expect(circlesOf([...back, ...shared])).toHaveLength(10)
    },
  )
})
