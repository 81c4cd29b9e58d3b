import { describe, expect, it } from 'vitest'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { FieldChange, IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import { sprintReport, type SprintIssue, type SprintReport } from '../../src/domain/sprints/sprint-report.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, moved, TO_DO, WONT_DO } from '../support/issues.ts'

const SPRINT = 7
const NEXT = 8
const rules = { categories: CATEGORIES, notDelivered: { resolutionIds: new Set<string>() } }
const now = day(60)

/** Ran from day 10 to day 24, planned for one day longer. */
const closed: Sprint = {
  sprintId: SPRINT,
  name: 'Sprint 7',
  state: 'closed',
  startAt: day(10),
  endAt: day(25),
  completeAt: day(24),
  goal: '',
  boardId: 1,
}

function issue(id: number, state: Partial<IssueState>, ...changes: Parameters<typeof issueHistory>[1][]) {
  return issueHistory({ issueId: String(id), state: { key: `PROJ-${id}`, points: 3, ...state } }, ...changes)
}

const sprints = (from: number[], to: number[]): FieldChange => ({ field: 'sprint', from, to })
const inSprint = { sprintIds: [SPRINT] }

/** The ids in each list of the report, empty lists left out. */
function lists(report: SprintReport | null): Partial<Record<keyof SprintReport, string[]>> {
  return Object.fromEntries(
    Object.entries(report ?? {}).flatMap(([list, issues]: [string, readonly SprintIssue[] | number]) =>
      typeof issues === 'number' || issues.length === 0
        ? []
        : [[list, issues.map(({ issueId }) => issueId)] as const],
    ),
  )
}

const listsOf = (...histories: IssueHistory[]) => lists(sprintReport(closed, histories, rules, now))

describe('a closed sprint', () => {
  it('committed to what was in it when it started', () => {
    expect(listsOf(issue(1, inSprint, [day(10), sprints([], [SPRINT])]))).toEqual({
      committed: ['1'],
      notCompleted: ['1'],
    })
    expect(listsOf(issue(1, inSprint))).toEqual({ committed: ['1'], notCompleted: ['1'] })
  })

  it('had added to it what came in after its start', () => {
    expect(listsOf(issue(1, inSprint, [day(10) + 1, sprints([], [SPRINT])]))).toEqual({
      added: ['1'],
      notCompleted: ['1'],
    })
    expect(listsOf({ ...issue(1, inSprint), createdAt: day(12) })).toEqual({
      added: ['1'],
      notCompleted: ['1'],
    })
  })

  it('had removed from it what left before its end, committed or added', () => {
    const committed = issue(1, {}, [day(15), sprints([SPRINT], [])])
    const added = issue(2, {}, [day(12), sprints([], [SPRINT])], [day(15), sprints([SPRINT], [NEXT])])
    expect(listsOf(committed, added)).toEqual({ committed: ['1'], added: ['2'], removed: ['1', '2'] })
  })

  it('did not lose what left it and came back', () => {
    const back = issue(1, inSprint, [day(12), sprints([SPRINT], [])], [day(13), sprints([], [SPRINT])])
    expect(listsOf(back)).toEqual({ committed: ['1'], notCompleted: ['1'] })
  })

  it('completed what was in it and delivered at its end', () => {
    expect(listsOf(issue(1, { ...inSprint, statusId: DONE }, moved(day(24), DOING, DONE)))).toEqual({
      committed: ['1'],
      completed: ['1'],
    })
  })

  it('did not complete what was closed as Won’t Do', () => {
    expect(listsOf(issue(1, { ...inSprint, statusId: DONE, resolution: WONT_DO }))).toEqual({
      committed: ['1'],
      notCompleted: ['1'],
    })
  })

  it('lost what was deleted while it ran, and keeps what was deleted afterwards', () => {
    const history = issue(1, inSprint)
    expect(listsOf({ ...history, deletedAt: day(20) })).toEqual({ committed: ['1'], removed: ['1'] })
    expect(listsOf({ ...history, deletedAt: day(30) })).toEqual({ committed: ['1'], notCompleted: ['1'] })
  })

  it('never saw what came and went before it, or came after it', () => {
    const before = issue(1, {}, [day(5), sprints([], [SPRINT])], [day(9), sprints([SPRINT], [])])
    const after = issue(2, inSprint, [day(30), sprints([], [SPRINT])])
    expect(listsOf(before, after)).toEqual({})
  })
})

describe('what happens after the completion of a sprint does not touch it', () => {
  const carriedOver = issue(
    1,
    { sprintIds: [SPRINT, NEXT], statusId: DONE, points: 8 },
    [day(24) + 3_000, sprints([SPRINT], [SPRINT, NEXT])],
    [day(25), { field: 'points', from: 3, to: 8 }],
    moved(day(26), DOING, DONE),
  )

  it('not the carry-over that Jira writes seconds later, nor later work on the issue', () => {
    const report = sprintReport(closed, [carriedOver], rules, now)
    expect(lists(report)).toEqual({ committed: ['1'], notCompleted: ['1'], carriedOver: ['1'] })
    expect(report!.notCompleted[0]!.points).toBe(3)
    expect(report!.carriedOver).toEqual([{ ...report!.notCompleted[0], into: NEXT }])
  })

  it('not when Jira moves the issue out of it instead', () => {
    const movedOut = issue(1, { sprintIds: [NEXT] }, [day(24) + 13_000, sprints([SPRINT], [NEXT])])
    expect(listsOf(movedOut)).toEqual({ committed: ['1'], notCompleted: ['1'], carriedOver: ['1'] })
  })

  it('not a reopening', () => {
    const reopened = issue(
      1,
      { ...inSprint, statusId: DOING },
      moved(day(20), TO_DO, DONE),
      moved(day(25), DONE, DOING),
    )
    expect(listsOf(reopened)).toEqual({ committed: ['1'], completed: ['1'] })
  })

  it('not a new key: it is listed under the one it had then', () => {
    const movedOn = issue(1, { ...inSprint, key: 'NEXT-9' }, [
      day(30),
      { field: 'key', from: 'PROJ-1', to: 'NEXT-9' },
    ])
    expect(sprintReport(closed, [movedOn], rules, now)).toEqual(
      sprintReport(closed, [issue(1, inSprint)], rules, now),
    )
  })

  it('not a new end or a new name; only its start and its completion decide', () => {
    const renamed = { ...closed, name: 'Sprint seven', goal: 'KR-1', endAt: day(40) }
    const reports = [closed, renamed].map((sprint) => sprintReport(sprint, [carriedOver], rules, now))
    expect(reports[1]).toEqual(reports[0])
  })

  it('not the time it is asked at', () => {
    const reports = [day(24), day(400)].map((at) => sprintReport(closed, [carriedOver], rules, at))
    expect(reports[1]).toEqual(reports[0])
  })

  it('also where Jira does not say when it was completed: its planned end stands in', () => {
    const undated = { ...closed, completeAt: null, endAt: day(24) }
    expect(sprintReport(undated, [carriedOver], rules, now)).toEqual(
      sprintReport(closed, [carriedOver], rules, now),
    )
  })
})

it('follows an issue that moves to another project: listed under the key of the time, counted once', () => {
  const moved = issue(
    1,
    { ...inSprint, key: 'NEXT-9', projectId: '20000' },
    [day(15), { field: 'project', from: '10000', to: '20000' }],
    [day(15), { field: 'key', from: 'PROJ-1', to: 'NEXT-9' }],
  )
  const { committed, removed, notCompleted } = sprintReport(closed, [moved], rules, now)!
  expect([committed, removed, notCompleted].map((list) => list.map(({ key }) => key))).toEqual([
    ['PROJ-1'],
    [],
    ['NEXT-9'],
  ])
})

describe('a sprint that', () => {
  it('has not started has no report', () => {
    const future: Sprint = { ...closed, state: 'future', startAt: null, completeAt: null }
    expect(sprintReport(future, [issue(1, inSprint)], rules, now)).toBeNull()
    expect(sprintReport({ ...future, startAt: day(100) }, [issue(1, inSprint)], rules, now)).toBeNull()
  })

  it('still runs is told as of now, also past its planned end', () => {
    const active: Sprint = { ...closed, state: 'active', completeAt: null }
    const history = issue(1, { ...inSprint, statusId: DONE }, moved(day(30), DOING, DONE))
    expect(lists(sprintReport(active, [history], rules, day(29)))).toEqual({
      committed: ['1'],
      notCompleted: ['1'],
    })
    expect(lists(sprintReport(active, [history], rules, day(30)))).toEqual({
      committed: ['1'],
      completed: ['1'],
    })
  })

  it('was opened again after its completion runs until now', () => {
    const history = issue(1, { ...inSprint, statusId: DONE }, moved(day(30), DOING, DONE))
    const reopened: Sprint = { ...closed, state: 'active' }
    expect(lists(sprintReport(reopened, [history], rules, now))).toEqual({
      committed: ['1'],
      completed: ['1'],
    })
  })

  it('was started anew with other dates is told by the dates it has', () => {
    const history = issue(1, inSprint, [day(9), sprints([], [SPRINT])])
    expect(lists(sprintReport({ ...closed, startAt: day(8) }, [history], rules, now)).added).toEqual(['1'])
    expect(lists(sprintReport(closed, [history], rules, now)).committed).toEqual(['1'])
  })
})

it('leaves sub-tasks to their stories', () => {
  expect(listsOf(issue(1, { ...inSprint, level: -1 }))).toEqual({})
})

it('lists issues by id, whatever order they come in, by the key they had then', () => {
  const histories = [10, 9, 100].map((id) =>
    issue(id, inSprint, [day(30), { field: 'key', from: `OLD-${id}`, to: `PROJ-${id}` }]),
  )
  const report = sprintReport(closed, histories, rules, now)
  expect(report!.committed.map(({ key }) => key)).toEqual(['OLD-9', 'OLD-10', 'OLD-100'])
})
