import { describe, expect, it } from 'vitest'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { FieldChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import { NOTHING } from '../../src/domain/sprints/forecast/observation.ts'
import { watchSprint } from '../../src/domain/sprints/forecast/observe-sprint.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, moved, TO_DO, WONT_DO } from '../support/issues.ts'
import { amountOf } from '../support/observations.ts'

const SPRINT = 7
const rules = { categories: CATEGORIES, notDelivered: { resolutionIds: new Set<string>() } }

/** Planned from day 10 to day 20, completed a day later. */
const closed: Sprint = {
  sprintId: SPRINT,
  name: 'Sprint 7',
  state: 'closed',
  startAt: day(10),
  endAt: day(20),
  completeAt: day(21),
  goal: '',
  boardId: 3,
}
const sprints = (from: number[], to: number[]): FieldChange => ({ field: 'sprint', from, to })
let ids = 0
const issue = (state: Partial<IssueState>, ...changes: Parameters<typeof issueHistory>[1][]) =>
  issueHistory({ issueId: String(++ids), state: { points: 3, sprintIds: [SPRINT], ...state } }, ...changes)
const observed = (at: number, ...histories: IssueHistory[]) =>
  watchSprint(closed, histories, rules).observe(at)
const nothing = {
  start: NOTHING,
  added: NOTHING,
  removed: NOTHING,
  toDo: NOTHING,
  inProgress: NOTHING,
  done: NOTHING,
}

describe('a sprint seen at an instant', () => {
  it('knows who it is, how far its time has passed and who works on it', () => {
    const seen = observed(day(13), issue({ assigneeId: 'ann' }), issue({ assigneeId: 'ann' }), issue({}))
    expect(seen).toMatchObject({ group: 'site', board: '3', sprint: '7', elapsedShare: 0.3, plannedDays: 10 })
    expect(seen.teamSize).toBe(1)
    const handedOver = issue({ assigneeId: 'bo' }, [day(14), { field: 'assignee', from: 'ann', to: 'bo' }])
    const left = issue({ assigneeId: 'cy', sprintIds: [] }, [day(12), sprints([SPRINT], [])])
    const taken = issue({ assigneeId: 'bo' }, [day(14), { field: 'assignee', from: null, to: 'bo' }])
    expect(observed(day(13), issue({ assigneeId: 'ann' }), handedOver, taken).teamSize).toBe(1)
    expect(observed(day(15), issue({ assigneeId: 'ann' }), handedOver, taken, left).teamSize).toBe(3)
    expect(observed(day(40)).elapsedShare).toBe(1)
  })

  it('counts each issue where it stood then, with its size of then', () => {
    const done = issue({ statusId: DONE }, moved(day(12), TO_DO, DOING), moved(day(14), DOING, DONE))
    const resized = issue({ points: 8 }, [day(15), { field: 'points', from: 2, to: 8 }])
    const unestimated = issue({ points: null })
    expect(observed(day(11), done, resized, unestimated)).toMatchObject({
      ...nothing,
      start: amountOf(3, 5),
      toDo: amountOf(3, 5),
    })
    expect(observed(day(13), done).inProgress).toEqual(amountOf(1, 3))
    expect(observed(day(16), done, resized, unestimated)).toMatchObject({
      start: amountOf(3, 5),
      toDo: amountOf(2, 8),
      done: amountOf(1, 3),
    })
  })

  it('tells what came in and what left after the start, with their sizes of then', () => {
    const added = issue({ points: 5 }, [day(12), sprints([], [SPRINT])])
    const removed = issue(
      { sprintIds: [], points: 1 },
      [day(13), { field: 'points', from: 3, to: 4 }],
      [day(14), sprints([SPRINT], [])],
      [day(15), { field: 'points', from: 4, to: 1 }],
    )
    const passedBy = issue(
      { sprintIds: [] },
      [day(12), sprints([], [SPRINT])],
      [day(14), sprints([SPRINT], [])],
    )
    expect(observed(day(11), added, removed, passedBy)).toMatchObject({
      ...nothing,
      start: amountOf(1, 3),
      toDo: amountOf(1, 3),
    })
    expect(observed(day(16), added, removed, passedBy)).toMatchObject({
      start: amountOf(1, 3),
      added: amountOf(2, 8),
      removed: amountOf(2, 7),
      toDo: amountOf(1, 5),
    })
  })

  it('never saw what left before it started or came in later', () => {
    const before = issue({ sprintIds: [] }, [day(5), sprints([SPRINT], [])])
    const later = issue({}, [day(17), sprints([], [SPRINT])])
    expect(observed(day(16), before, later)).toMatchObject(nothing)
  })

  it('takes a deleted issue and one closed as Won’t Do as removed, and sub-tasks as part of their story', () => {
    const deleted = { ...issue({}), deletedAt: day(12) }
    const dropped = issue({ statusId: DONE, resolution: WONT_DO }, moved(day(12), TO_DO, DONE), [
      day(12),
      { field: 'resolution', from: null, to: WONT_DO },
    ])
    expect(observed(day(14), deleted, dropped, issue({ level: -1 }))).toMatchObject({
      ...nothing,
      start: amountOf(2, 6),
      removed: amountOf(2, 6),
    })
  })

  it('is about to start while it is in the future, and lasts two weeks unless it says otherwise', () => {
    const future: Sprint = { ...closed, state: 'future', startAt: null, endAt: null, completeAt: null }
    expect(watchSprint(future, [issue({})], rules, 'acme').observe(day(3))).toMatchObject({
      group: 'acme',
      elapsedShare: 0,
      plannedDays: 14,
      start: amountOf(1, 3),
      toDo: amountOf(1, 3),
    })
    const overdue: Sprint = { ...future, startAt: day(2), endAt: day(9) }
    expect(watchSprint(overdue, [], rules).observe(day(3))).toMatchObject({ elapsedShare: 0, plannedDays: 7 })
  })
})

describe('what came of a sprint seen at an instant', () => {
  const outcome = (at: number, ...histories: IssueHistory[]) =>
    watchSprint(closed, histories, rules).outcome(at)

  it('is what it delivered by its end less what was in it then', () => {
    const late = issue({ statusId: DONE }, moved(day(20.5), DOING, DONE))
    const tooLate = issue({ statusId: DONE, points: 5 }, moved(day(22), DOING, DONE))
    const addedAndDone = issue(
      { statusId: DONE, points: 2 },
      [day(15), sprints([], [SPRINT])],
      moved(day(16), TO_DO, DONE),
    )
    expect(outcome(day(10), late)).toBe(0)
    expect(outcome(day(10), late, tooLate)).toBe(-5)
    expect(outcome(day(10), late, addedAndDone)).toBe(2)
    expect(outcome(day(15), late, addedAndDone)).toBe(0)
  })

  it('is not helped by what was moved out and finished elsewhere', () => {
    expect(
      outcome(day(10), issue({ statusId: DONE, sprintIds: [8] }, [day(15), sprints([SPRINT], [8])])),
    ).toBe(-3)
  })

  it('is nothing, not nearly nothing, where tenths of points add up', () => {
    const resized = (points: number, from: number): IssueHistory =>
      issue({ statusId: DONE, points }, [day(16), { field: 'points', from, to: points }])
    const fromTenths = [resized(0.3, 0.1), resized(0, 0.2)]
    expect(0.3 - (0.1 + 0.2)).toBeLessThan(0)
    expect(outcome(day(12), ...fromTenths)).toBeCloseTo(0, 12)
    expect(outcome(day(12), ...fromTenths)! < 0).toBe(false)
    expect(outcome(day(12), ...fromTenths, resized(0.1, 0.7))).toBe(-0.6)
  })

  it('is not known before the sprint has ended', () => {
    expect(
      watchSprint({ ...closed, state: 'active', completeAt: null }, [], rules).outcome(day(12)),
    ).toBeNull()
  })
})
