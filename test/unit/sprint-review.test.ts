import { describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import type { FieldChange, IssueHistory } from '../../src/domain/mirror/issue.ts'
import { deliveryEvidence } from '../../src/domain/measures/delivery.ts'
import type { MeasureEvidence } from '../../src/domain/measures/measured.ts'
import type { Tally } from '../../src/domain/contributions/tally.ts'
import { progressAround, type ProgressAround } from '../../src/domain/sprints/progress-around.ts'
import { keyResultsOf, reviewSprint } from '../../src/domain/sprints/sprint-review.ts'
import { trendMedians, trendPoint } from '../../src/domain/sprints/sprint-trend.ts'
import { day, DOING, DONE, KR1, KR2, moved } from '../support/issues.ts'
import { aSprint, inSprint, SPRINT, sprintPast } from '../support/sprint-pasts.ts'

const closed = aSprint({ state: 'closed', completeAt: day(24) })
const now = day(60)

const sprints = (from: number[], to: number[]): FieldChange => ({ field: 'sprint', from, to })
const labels = (from: string[], to: string[]): FieldChange => ({ field: 'labels', from, to })
const doneAt = (at: number) => moved(at, DOING, DONE)

function review(histories: readonly IssueHistory[], progress = new Map<KeyResultKey, ProgressAround>()) {
  return reviewSprint(sprintPast(closed, histories), progress, now)!
}

describe('the review of a closed sprint', () => {
  it('says what each key result got of it, list by list', () => {
    const { keyResults } = review([
      inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, doneAt(day(20))),
      inSprint(2, { labels: ['KR-1'], points: 2, sprintIds: [SPRINT, 8] }, [
        day(24) + 3_000,
        sprints([SPRINT], [SPRINT, 8]),
      ]),
      inSprint(3, { labels: ['KR-2'] }, [day(12), sprints([], [SPRINT])]),
      inSprint(4, { labels: ['KR-2'], sprintIds: [] }, [day(15), sprints([SPRINT], [])]),
    ])
    const issuesOf = ({
      committed,
      added,
      removed,
      completed,
      notCompleted,
      carriedOver,
    }: (typeof keyResults)[0]) =>
      [committed, added, removed, completed, notCompleted, carriedOver].map(({ issues }) => issues)
    expect(keyResults.map((each) => [each.keyResult, ...issuesOf(each)])).toEqual([
      [KR1, 2, 0, 0, 1, 1, 1],
      [KR2, 1, 1, 1, 0, 1, 0],
    ])
  })

  it('compares what was planned with what it came to', () => {
    const { keyResults, planned, actual } = review([
      inSprint(1, { labels: ['KR-1'], points: 3 }),
      inSprint(2, { points: 3 }),
      inSprint(3, { labels: ['KR-2'], points: 6 }, [day(12), sprints([], [SPRINT])]),
    ])
    expect([planned.unaligned.share.points, actual.unaligned.share.points]).toEqual([0.5, 0.25])
    expect(
      keyResults.map(({ planned: plan, actual: was, deviation }) =>
        [plan, was, deviation].map((s) => s.points),
      ),
    ).toEqual([
      [0.5, 0.25, -0.25],
      [0, 0.5, 0.5],
    ])
  })

  it('goes by the links of the start for the commitment and by those of the end for the rest', () => {
    const relabelled = inSprint(1, { labels: ['KR-2'] }, [day(15), labels(['KR-1'], ['KR-2'])])
    const { planned, actual } = review([relabelled])
    expect(planned.keyResults.map(({ keyResult }) => keyResult)).toEqual([KR1])
    expect(actual.keyResults.map(({ keyResult }) => keyResult)).toEqual([KR2])
  })

  it('is not changed by labels, estimates and deliveries after its completion', () => {
    const then = [inSprint(1, { labels: ['KR-1'], points: 3 }), inSprint(2, { points: 3 })]
    const later = [
      inSprint(
        1,
        { labels: ['KR-2'], points: 8, statusId: DONE },
        [day(25), labels(['KR-1'], ['KR-2'])],
        [day(25), { field: 'points', from: 3, to: 8 }],
        moved(day(26), '1', DONE),
      ),
      inSprint(2, { labels: ['KR-1'], points: 3 }, [day(26), labels([], ['KR-1'])]),
    ]
    expect(review(later)).toEqual(review(then))
  })

  it('counts what was delivered in it, not what came in delivered', () => {
    const issues = [
      inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, doneAt(day(20))),
      inSprint(2, { labels: ['KR-1'], points: 3, statusId: DONE }, doneAt(day(5))),
      inSprint(3, { labels: ['KR-1'], points: null, statusId: DONE }, doneAt(day(20))),
    ]
    const around = { before: 0.1, after: 0.3, countedAs: 2 }
    const [kr1] = review(issues, new Map([[KR1, around]])).keyResults
    expect(kr1).toMatchObject({ deliveredSize: 7, progress: around, completed: { issues: 3 } })
  })

  it('names every key result that it served, also with what was deleted while it ran', () => {
    const deleted = { ...inSprint(1, { labels: ['KR-1'] }), deletedAt: day(20) }
    const past = sprintPast(closed, [deleted, inSprint(2, { labels: ['KR-2'] })])
    expect(keyResultsOf(past, now)).toEqual([KR1, KR2])
    expect(reviewSprint(past, new Map(), now)!.keyResults.map(({ removed }) => removed.issues)).toEqual([
      1, 0,
    ])
  })

  it('does not exist for a sprint that never started', () => {
    const past = sprintPast(aSprint({ state: 'future' }), [inSprint(1)])
    expect([reviewSprint(past, new Map(), now), keyResultsOf(past, now)]).toEqual([null, []])
  })
})

describe('the progress around a sprint', () => {
  const tally = (delivered: number) =>
    (['to_do', 'delivered'] as const).map((state) => {
      const issues = state === 'delivered' ? delivered : 10 - delivered
      return { state, size: 1, issues, sharePercent: 100 * issues }
    })
  const timeBox = {
    startDay: '2026-10-01',
    dueDay: '2026-12-31',
    calendar: { timeZone: 'UTC', workingDays: [1, 2, 3, 4, 5], holidays: [] },
  }
  const known = (given: Partial<MeasureEvidence>, work: Tally = []): MeasureEvidence => ({
    at: 0,
    delivery: deliveryEvidence(work),
    lastWorkAt: null,
    latestValue: null,
    dayValues: [],
    ticks: [],
    stepDeliveries: [],
    ...given,
  })

  it('of linked work is that of its tallies, and none where there was no work yet', () => {
    const measure = { kind: 'delivery', size: 'points', target: { kind: 'scope' } } as const
    const around = { before: known({}, tally(1)), after: known({}, tally(6)) }
    expect(progressAround(measure, timeBox, around)).toEqual({ before: 0.1, after: 0.6, countedAs: 1 })
    const begun = {
      before: known({}),
      after: known({}, [{ state: 'delivered', size: 3, issues: 2, sharePercent: 200 }]),
    }
    expect(progressAround(measure, timeBox, begun)).toEqual({ before: null, after: 1, countedAs: 3 })
  })

  it('of a sum is what delivered work brought', () => {
    const field = 'customfield_10050'
    const measure = { kind: 'field_sum', field, unit: 'videos', baseline: 0, target: 20 } as const
    const around = { before: known({}, tally(2)), after: known({}, tally(7)) }
    expect(progressAround(measure, timeBox, around)).toEqual({ before: 0.1, after: 0.35, countedAs: 1 })
  })

  it('of a metric, and of a yes or no, is that of the values reported by then', () => {
    const metric = { kind: 'metric', unit: 'h', baseline: 15, target: 10 } as const
    const around = (value: number) => ({
      before: known({}),
      after: known({ latestValue: { at: day(20), value } }),
    })
    expect(progressAround(metric, timeBox, around(14))).toMatchObject({ before: null, after: 0.2 })
    expect(progressAround({ kind: 'binary' }, timeBox, around(1))).toMatchObject({ before: null, after: 1 })
  })

  it('of a ladder is how far up it was', () => {
    const steps = [
      { title: 'Pilot signed', percent: 40, issue: null },
      { title: 'Live', percent: 100, issue: null },
    ]
    const pilot = { step: 'Pilot signed', at: day(15), isDone: true }
    const around = { before: known({}), after: known({ ticks: [pilot] }) }
    expect(progressAround({ kind: 'milestones', steps }, timeBox, around)).toMatchObject({
      before: 0,
      after: 0.4,
    })
  })
})

describe('the trend of a board', () => {
  const point = (...histories: IssueHistory[]) => trendPoint(sprintPast(closed, histories), now)!

  it('has alignment, velocity and predictability of a sprint', () => {
    const all = point(
      inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, doneAt(day(20))),
      inSprint(2, { points: 5 }),
      inSprint(3, { points: 10, statusId: DONE }, [day(12), sprints([], [SPRINT])], doneAt(day(20))),
    )
    expect(all.alignment).toEqual({ points: 0.25, issues: 1 / 3 })
    expect(all.velocity).toEqual({ issues: 2, points: 15, unestimated: 0 })
    expect(all.predictability).toEqual({ points: 0.5, issues: 0.5 })
  })

  it('measures what was kept of a commitment by the points it was made with', () => {
    const grown = inSprint(
      1,
      { points: 8, statusId: DONE },
      [day(15), { field: 'points', from: 2, to: 8 }],
      doneAt(day(20)),
    )
    expect(point(grown, inSprint(2, { points: 2 })).predictability.points).toBe(0.5)
  })

  it('has medians over the sprints that have a value', () => {
    const done = (points: number | null) =>
      point(inSprint(1, { labels: ['KR-1'], points, statusId: DONE }, doneAt(day(20))))
    const medians = trendMedians([done(3), done(null), done(5), point()])
    expect(medians.velocity).toEqual({ points: 1.5, issues: 1 })
    expect(medians.alignment).toEqual({ points: 1, issues: 1 })
    expect(trendMedians([]).predictability).toEqual({ points: null, issues: null })
  })
})
