import { describe, expect, it } from 'vitest'
import { allocationOf, amountFor } from '../../src/domain/sprints/allocation.ts'
import { sprintWork } from '../../src/domain/sprints/sprint-work.ts'
import { day, DONE, KR1, KR2, manualLink, WONT_DO } from '../support/issues.ts'
import { aSprint, inSprint, sprintPast } from '../support/sprint-pasts.ts'

const NOW = day(15)

function allocation(...given: Parameters<typeof sprintPast> extends [unknown, ...infer Rest] ? Rest : never) {
  return allocationOf(sprintWork(sprintPast(aSprint(), ...given)).inSprintAt(NOW))
}

describe('the allocation of a sprint', () => {
  it('says what part serves each key result, and what part serves none', () => {
    const { total, keyResults, aligned, unaligned } = allocation([
      inSprint(1, { labels: ['KR-1'], points: 5 }),
      inSprint(2, { labels: ['kr:2'], points: 2 }),
      inSprint(3, { points: 3 }),
      inSprint(4, { labels: ['KR-1'], points: null }),
    ])
    expect(total).toEqual({ issues: 4, points: 10, unestimated: 1 })
    expect(keyResults).toEqual([
      {
        keyResult: KR1,
        drives: { issues: 2, points: 5, unestimated: 1 },
        supports: { issues: 0, points: 0, unestimated: 0 },
        share: { points: 0.5, issues: 0.5 },
      },
      {
        keyResult: KR2,
        drives: { issues: 1, points: 2, unestimated: 0 },
        supports: { issues: 0, points: 0, unestimated: 0 },
        share: { points: 0.2, issues: 0.25 },
      },
    ])
    expect([aligned.share, unaligned.share]).toEqual([
      { points: 0.7, issues: 0.75 },
      { points: 0.3, issues: 0.25 },
    ])
  })

  it('counts an issue of two key results for both in full, and for one by the share of its link', () => {
    const both = allocation([inSprint(1, { labels: ['KR-1', 'KR-2'], points: 5 })])
    expect(both.keyResults.map(({ share }) => share.points)).toEqual([1, 1])
    expect(both.aligned.share).toEqual({ points: 1, issues: 1 })

    const split = allocation([inSprint(1, { points: 5 })], {
      manualLinks: [
        manualLink({ issueId: '1', sharePercent: 60 }),
        manualLink({ issueId: '1', keyResult: KR2, sharePercent: 40, role: 'supports' }),
      ],
    })
    expect(split.keyResults.map(({ share }) => share)).toEqual([
      { points: 0.6, issues: 0.6 },
      { points: 0.4, issues: 0.4 },
    ])
    expect(split.keyResults[0]!.drives.points).toBe(3)
    expect(split.keyResults[1]!.supports).toEqual({ issues: 1, points: 2, unestimated: 0 })
  })

  it('takes no part of points where nothing is estimated, and none of anything in an empty sprint', () => {
    const { aligned } = allocation([inSprint(1, { labels: ['KR-1'], points: null })])
    expect(aligned.share).toEqual({ points: null, issues: 1 })
    expect(allocation([]).unaligned.share).toEqual({ points: null, issues: null })
  })

  it('leaves sub-tasks to their stories', () => {
    const { total } = allocation([inSprint(1), inSprint(2, { level: -1, parentId: '1', labels: ['KR-1'] })])
    expect(total.issues).toBe(1)
  })

  it('knows what an issue was for that was closed as Won’t Do, and not what it is for without its link', () => {
    const wontDo = inSprint(1, { labels: ['KR-1'], statusId: DONE, resolution: WONT_DO })
    const unlinked = inSprint(2, {}, [day(12), { field: 'labels', from: ['KR-1'], to: [] }])
    const { keyResults, unaligned } = allocation([wontDo, unlinked])
    expect(keyResults.map(({ drives }) => drives.issues)).toEqual([1])
    expect(unaligned.amount.issues).toBe(1)
  })

  it('serves no key result that was archived before', () => {
    const issues = [inSprint(1, { labels: ['KR-1'] })]
    expect(allocation(issues, { archivedAt: new Map([[KR1, NOW]]) }).keyResults).toEqual([])
    expect(allocation(issues, { archivedAt: new Map([[KR1, NOW + 1]]) }).keyResults).toHaveLength(1)
  })
})

it('goes by the links of the instant, not of today', () => {
  const later = inSprint(1, { labels: ['KR-2'] }, [
    day(20),
    { field: 'labels', from: ['KR-1'], to: ['KR-2'] },
  ])
  const byHand = manualLink({ issueId: '2', keyResult: KR2, linkedAt: day(20) })
  const work = sprintWork(sprintPast(aSprint(), [later, inSprint(2)], { manualLinks: [byHand] }))
  const served = (at: number) =>
    work.inSprintAt(at).map(({ serves }) => serves.map(({ keyResult }) => keyResult))
  expect(served(NOW)).toEqual([[KR1], []])
  expect(served(day(20))).toEqual([[KR2], [KR2]])
})

it('adds up what counts for one key result', () => {
  const work = sprintWork(sprintPast(aSprint(), [inSprint(1, { labels: ['KR-1'] }), inSprint(2)])).inSprintAt(
    NOW,
  )
  expect(amountFor(KR1, work)).toEqual({ issues: 1, points: 3, unestimated: 0 })
  expect(amountFor(KR2, work)).toEqual({ issues: 0, points: 0, unestimated: 0 })
})
