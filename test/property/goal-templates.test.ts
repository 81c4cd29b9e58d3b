import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsOfPlan } from '../../src/domain/calendar/expected-plan.ts'
import { timeBoxOf, type Cycle } from '../../src/domain/goals.ts'
import type { CycleKey, KeyResultKey, ObjectiveKey } from '../../src/domain/ids.ts'
import { dayAt, fittingPlan, planIn, templateOf } from '../../src/domain/templates/goal-template.ts'
import { aGoal, anObjective } from '../support/cycle-pasts.ts'

const day = (offset: number) => Temporal.PlainDate.from('2026-01-01').add({ days: offset }).toString()

function cycleOf(start: number, length: number): Cycle {
  return {
    key: 'c' as CycleKey,
    title: 'A cycle',
    startDay: day(start),
    endDay: day(start + length),
    calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
    closedAt: null,
    archivedAt: null,
  }
}

const start = fc.integer({ min: 0, max: 700 })
const length = fc.integer({ min: 0, max: 400 })
const targets = fc
  .uniqueArray(fc.integer({ min: 0, max: 800 }), { maxLength: 6 })
  .map((offsets) =>
    offsets
      .sort((a, b) => a - b)
      .map((offset, index) => ({ day: day(offset), progress: (index + 1) / (offsets.length + 1) })),
  )

describe('a template', () => {
  it('gives a cycle of equal length exactly the days it was saved with', () => {
    fc.assert(
      fc.property(
        start,
        length,
        start,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, days, to, share) => {
          const [saved, used] = [cycleOf(from, days), cycleOf(to, days)]
          const offset = Math.floor(share * days)
          const dueDay = day(from + offset)
          const [objective] = templateOf(
            [{ objective: anObjective(), keyResults: [aGoal({ dueDay })] }],
            saved,
            false,
          )
          const { dueShare } = objective!.keyResults[0]!
          expect(dayAt(dueShare!, used)).toBe(day(to + (days === 0 ? 0 : offset)))
        },
      ),
    )
  })

  it('makes no plan that its cycle cannot follow', () => {
    fc.assert(
      fc.property(start, length, targets, length, (from, days, planned, usedDays) => {
        const goal = aGoal({ plan: { kind: 'targets', targets: planned } })
        const [objective] = templateOf(
          [{ objective: anObjective(), keyResults: [goal] }],
          cycleOf(from, days),
          false,
        )
        const used = cycleOf(0, usedDays)
        const box = timeBoxOf(goal, used)
        expect(problemsOfPlan(planIn(objective!.keyResults[0]!.plan, used, box), box)).toEqual([])
        const carried = fittingPlan({ kind: 'targets', targets: planned }, box)
        expect(problemsOfPlan(carried.plan, box)).toEqual([])
        const kept = carried.plan.kind === 'targets' ? carried.plan.targets.length : 0
        expect(kept + carried.cleared).toBe(planned.length)
      }),
    )
  })

  it('holds no issue, no person, and nothing that lies outside the set', () => {
    const steps = [{ title: 'Signed', percent: 100, issue: { siteId: 'main', issueId: '7' } }]
    const keyResult = aGoal({
      measure: { kind: 'milestones', steps },
      ownerAccountId: 'account',
      dependsOn: ['KR-9' as KeyResultKey],
    })
    const objective = anObjective({ parent: 'O-9' as ObjectiveKey, contributionWeight: 3 })
    const [saved] = templateOf([{ objective, keyResults: [keyResult] }], cycleOf(0, 10), false)
    expect(saved).toMatchObject({ owner: null, parent: null, contributionWeight: null })
    expect(saved!.keyResults).toMatchObject([
      {
        owner: null,
        ownerAccountId: null,
        dependsOn: [],
        measure: { kind: 'milestones', steps: [{ title: 'Signed', percent: 100, issue: null }] },
      },
    ])
    const [owned] = templateOf([{ objective, keyResults: [keyResult] }], cycleOf(0, 10), true)
    expect(owned).toMatchObject({ owner: 'Ada Lovelace', keyResults: [{ ownerAccountId: 'account' }] })
  })
})
