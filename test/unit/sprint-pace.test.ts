import { describe, expect, it } from 'vitest'
import {
  median,
  neededPace,
  plannedRun,
  sprintRhythmMs,
  sprintsLeft,
} from '../../src/domain/sprints/sprint-pace.ts'
import { sprintWork } from '../../src/domain/sprints/sprint-work.ts'
import { day, DOING, DONE, manualLink, moved } from '../support/issues.ts'
import { aSprint, inSprint, sprintPast, standing } from '../support/sprint-pasts.ts'

const DAY_MS = day(1) - day(0)
const line = (state: 'to_do' | 'delivered', size: number | null, issues: number) => ({
  state,
  size,
  issues,
  sharePercent: 100 * issues,
})

describe('the rhythm of a board', () => {
  const closed = (startDay: number, endDay: number) =>
    aSprint({ state: 'closed', startAt: day(startDay), endAt: day(endDay), completeAt: day(endDay) })

  it('is the distance between starts where weekends lie between sprints', () => {
    expect(sprintRhythmMs([closed(0, 11), closed(14, 25), closed(28, 39)])).toBe(14 * DAY_MS)
  })

  it('is the length of sprints that run side by side', () => {
    expect(sprintRhythmMs([closed(0, 14), closed(1, 15), closed(14, 28), closed(15, 29)])).toBe(14 * DAY_MS)
  })

  it('is not moved by one long break', () => {
    expect(sprintRhythmMs([closed(0, 14), closed(14, 28), closed(60, 74), closed(74, 88)])).toBe(14 * DAY_MS)
  })

  it('is two weeks where nothing is known', () => {
    expect(sprintRhythmMs([aSprint({ state: 'future', startAt: null, endAt: null })])).toBe(14 * DAY_MS)
  })
})

describe('the planned run of a sprint', () => {
  it('is as planned, or begins now and takes as long as others', () => {
    expect(plannedRun(aSprint(), 7 * DAY_MS, day(3))).toEqual({ startAt: day(10), endAt: day(24) })
    const undated = aSprint({ state: 'future', startAt: null, endAt: null })
    expect(plannedRun(undated, 7 * DAY_MS, day(3))).toEqual({ startAt: day(3), endAt: day(10) })
  })

  it('begins now where it should have begun, and ends as planned, or as late as it begins', () => {
    const late = aSprint({ state: 'future' })
    expect(plannedRun(late, 7 * DAY_MS, day(12))).toEqual({ startAt: day(12), endAt: day(24) })
    expect(plannedRun(late, 7 * DAY_MS, day(30))).toEqual({ startAt: day(30), endAt: day(44) })
    expect(plannedRun(aSprint(), 7 * DAY_MS, day(30))).toEqual({ startAt: day(10), endAt: day(24) })
  })
})

describe('the sprints that are left', () => {
  const run = { startAt: day(10), endAt: day(24) }
  const left = (dueDay: number) => sprintsLeft(run, 14 * DAY_MS, day(dueDay))

  it('are those that end by the due day, this one included', () => {
    expect([left(24), left(37), left(38), left(51), left(52)]).toEqual([1, 1, 2, 2, 3])
  })

  it('are this one where the due day cuts it short, and none where the time was up before it', () => {
    expect([left(23), left(11), left(10), left(5)]).toEqual([1, 1, 0, 0])
  })
})

describe('the pace a key result needs', () => {
  const kr1 = standing('KR-1', {
    tally: [line('to_do', 5, 4), line('delivered', 5, 2), line('to_do', null, 2)],
  })
  const pace = (histories: Parameters<typeof sprintPast>[1], given = kr1, before: string[] = []) =>
    neededPace(
      given,
      sprintWork(sprintPast(aSprint(), histories)).inSprintAt(day(15)),
      new Set(before),
      () => 3,
    )

  it('is what remains over the sprints left, against what this sprint plans', () => {
    const open = inSprint(1, { labels: ['KR-1'], points: 8 })
    expect(pace([open, inSprint(2, { points: 100 })])).toEqual({
      unit: 'points',
      remaining: 30,
      sprintsLeft: 3,
      neededPerSprint: 10,
      planned: 8,
    })
  })

  it('counts what this sprint has delivered so far as planned and as still needed when it began', () => {
    const delivered = inSprint(
      1,
      { labels: ['KR-1'], points: 5, statusId: DONE },
      moved(day(12), DOING, DONE),
    )
    expect(pace([delivered])).toMatchObject({ remaining: 35, planned: 5 })
    expect(pace([delivered], kr1, ['1'])).toMatchObject({ remaining: 30, planned: 0 })
  })

  it('counts unestimated issues at the key result’s median, and links by their share', () => {
    const unestimated = inSprint(1, { labels: ['KR-1'], points: null })
    expect(pace([unestimated])).toMatchObject({ planned: 5 })
    const past = sprintPast(aSprint(), [inSprint(1, { points: 10 })], {
      manualLinks: [manualLink({ issueId: '1', sharePercent: 50 })],
    })
    const work = sprintWork(past).inSprintAt(day(15))
    expect(neededPace(kr1, work, new Set(), () => 3)).toMatchObject({ planned: 5 })
  })

  it('leaves out what only supports it', () => {
    const past = sprintPast(aSprint(), [inSprint(1)], {
      manualLinks: [manualLink({ issueId: '1', role: 'supports' })],
    })
    const work = sprintWork(past).inSprintAt(day(15))
    expect(neededPace(kr1, work, new Set(), () => 3)).toMatchObject({ planned: 0 })
  })

  it('is unknown where linked work does not measure it, or there is none, and where no sprint is left', () => {
    const metric = standing('KR-1', { measure: { kind: 'metric', unit: '%', baseline: 1, target: 2 } })
    expect(pace([], metric)).toBeNull()
    expect(pace([], standing('KR-1'))).toBeNull()
    expect(neededPace(kr1, [], new Set(), () => 0)).toMatchObject({ sprintsLeft: 0, neededPerSprint: null })
  })

  it('of a sum is what the sum still lacks', () => {
    const field = 'customfield_10050'
    const sum = standing('KR-1', {
      measure: { kind: 'field_sum', field, unit: 'videos', baseline: 4, target: 24 },
      tally: [line('delivered', 5, 1), line('to_do', 3, 1)],
    })
    expect(pace([], sum)).toEqual({
      unit: field,
      remaining: 15,
      sprintsLeft: 3,
      neededPerSprint: 5,
      planned: 0,
    })
  })

  it('is nothing where the target is reached', () => {
    const reached = standing('KR-1', {
      measure: { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 8 } },
      tally: [line('delivered', 10, 1)],
    })
    expect(pace([], reached)).toMatchObject({ remaining: 0, neededPerSprint: 0 })
  })

  it('is what the target still lacked when the sprint began, where the sprint went beyond it', () => {
    const passed = standing('KR-1', {
      measure: { kind: 'delivery', size: 'points', target: { kind: 'fixed', amount: 8 } },
      tally: [line('delivered', 5, 2)],
    })
    const inIt = inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, moved(day(12), DOING, DONE))
    expect(pace([inIt], passed)).toMatchObject({ remaining: 3, planned: 5 })
  })
})

it('finds the median of none, an odd and an even number of values', () => {
  expect([median([]), median([3, 1, 10]), median([4, 1, 2, 10])]).toEqual([null, 3, 3])
})
