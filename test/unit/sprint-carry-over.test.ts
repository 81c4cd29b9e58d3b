import { describe, expect, it } from 'vitest'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { FieldChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import { CARRY_OVER_MS, sprintReport } from '../../src/domain/sprints/sprint-report.ts'
import { CATEGORIES, day, DONE } from '../support/issues.ts'
import { aSprint, inSprint as issueIn, SPRINT } from '../support/sprint-pasts.ts'

const NEXT = 8
const rules = { categories: CATEGORIES, notDelivered: { resolutionIds: new Set<string>() } }
const now = day(60)
const closed = aSprint({ state: 'closed', endAt: day(25), completeAt: day(24) })

const issue = (id: number, state: Partial<IssueState>, ...changes: (readonly [number, FieldChange])[]) =>
  issueIn(id, { sprintIds: [], ...state }, ...changes)
const sprints = (from: number[], to: number[]): FieldChange => ({ field: 'sprint', from, to })
const inSprint = { sprintIds: [SPRINT] }

describe('the closing of a sprint carries over', () => {
  const movedOn = (at: number, ...to: number[]) => issue(1, { sprintIds: to }, [at, sprints([SPRINT], to)])
  const carriedOver = (history: IssueHistory, sprint = closed) =>
    sprintReport(sprint, [history], rules, now)!.carriedOver.map(({ into }) => into)

  it('into the sprint that the issue enters within the hour', () => {
    expect(carriedOver(movedOn(day(24) + 3_000, SPRINT, NEXT))).toEqual([NEXT])
    expect(carriedOver(movedOn(day(24) + CARRY_OVER_MS, NEXT))).toEqual([NEXT])
  })

  it('nothing that goes back to the backlog, or is planned again later', () => {
    expect(carriedOver(issue(1, inSprint))).toEqual([])
    expect(carriedOver(movedOn(day(24) + 3_000))).toEqual([])
    expect(carriedOver(movedOn(day(24) + CARRY_OVER_MS + 1, SPRINT, NEXT))).toEqual([])
  })

  it('into the last of several sprints, never into one the issue was in before', () => {
    const twice = issue(
      1,
      { sprintIds: [6, SPRINT, 9] },
      [day(24) + 1_000, sprints([6, SPRINT], [6, SPRINT, NEXT])],
      [day(24) + 9_000, sprints([6, SPRINT, NEXT], [6, SPRINT, 9])],
    )
    expect(carriedOver(twice)).toEqual([9])
    expect(carriedOver(issue(1, { sprintIds: [6, SPRINT] }))).toEqual([])
  })

  it('nothing that was delivered, and nothing out of a sprint that still runs', () => {
    const delivered = { ...movedOn(day(24) + 3_000, SPRINT, NEXT) }
    expect(carriedOver({ ...delivered, current: { ...delivered.current, statusId: DONE } })).toEqual([])
    const active: Sprint = { ...closed, state: 'active', completeAt: null }
    expect(carriedOver(issue(1, { sprintIds: [SPRINT, NEXT] }), active)).toEqual([])
  })
})

describe('points', () => {
  it('are those of the start where it was committed, and those of the end where it ended', () => {
    const report = sprintReport(
      closed,
      [issue(1, { ...inSprint, points: 5 }, [day(15), { field: 'points', from: 2, to: 5 }])],
      rules,
      now,
    )
    expect([report!.committed[0]!.points, report!.notCompleted[0]!.points]).toEqual([2, 5])
  })

  it('are those of the entry where it was added, and null where nothing was estimated', () => {
    const history = issue(
      1,
      { ...inSprint, points: 5 },
      [day(12), sprints([], [SPRINT])],
      [day(13), { field: 'points', from: null, to: 5 }],
    )
    const report = sprintReport(closed, [history], rules, now)
    expect([report!.added[0]!.points, report!.notCompleted[0]!.points]).toEqual([null, 5])
  })

  it('of what left are those it was listed with', () => {
    const history = issue(
      1,
      { points: 8 },
      [day(15), { field: 'points', from: 2, to: 8 }],
      [day(16), sprints([SPRINT], [])],
    )
    expect(sprintReport(closed, [history], rules, now)!.removed[0]).toMatchObject({
      points: 2,
      pointsAtStart: 2,
      pointsAtEnd: 8,
    })
  })

  it('are told of both ends, whichever list an issue is in', () => {
    const history = issue(1, { ...inSprint, points: 5, statusId: DONE }, [
      day(15),
      { field: 'points', from: 2, to: 5 },
    ])
    const { committed, completed } = sprintReport(closed, [history], rules, now)!
    const sizes = { pointsAtStart: 2, pointsAtEnd: 5 }
    expect([committed[0], completed[0]]).toMatchObject([
      { points: 2, ...sizes },
      { points: 5, ...sizes },
    ])
  })

  it('that change after an issue left, or after the end, are not told', () => {
    const left = issue(
      1,
      { points: 13 },
      [day(15), sprints([SPRINT], [])],
      [day(16), { field: 'points', from: 2, to: 13 }],
    )
    expect(sprintReport(closed, [left], rules, now)!.removed[0]!.pointsAtEnd).toBe(2)
  })
})
