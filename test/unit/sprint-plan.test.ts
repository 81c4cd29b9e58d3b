import { describe, expect, it } from 'vitest'
import type { Sprint } from '../../src/domain/mirror/facts.ts'
import type { IssueHistory } from '../../src/domain/mirror/issue.ts'
import { planSprint, type PlanInput } from '../../src/domain/sprints/sprint-plan.ts'
import { day, DOING, DONE, KR1, KR2, manualLink, moved } from '../support/issues.ts'
import { aSprint, inSprint, sprintPast, standing, standings } from '../support/sprint-pasts.ts'

const NOW = day(15)

function plan(
  histories: readonly IssueHistory[],
  given: Partial<PlanInput> = {},
  sprint: Sprint = aSprint(),
  now = NOW,
) {
  return planSprint(
    {
      past: sprintPast(sprint, histories),
      neighbours: [],
      workedOnBefore: new Set(),
      named: [],
      standings: standings(standing('KR-1'), standing('KR-2')),
      ...given,
    },
    now,
  )
}

const keys = (issues: readonly { key: string }[]) => issues.map(({ key }) => key)

describe('the plan of a sprint', () => {
  it('lists the key results it serves with what of them is still open', () => {
    const delivered = inSprint(1, { labels: ['KR-1'], statusId: DONE }, moved(day(12), DOING, DONE))
    const { keyResults } = plan([delivered, inSprint(2, { labels: ['KR-1'], points: 8 })])
    expect(keyResults).toMatchObject([
      {
        keyResult: KR1,
        drives: { issues: 2, points: 11 },
        open: { issues: 1, points: 8 },
        isNamedInGoal: false,
      },
    ])
  })

  it('lists the issues that serve none and those that are not estimated', () => {
    const { servesNone, unestimated } = plan([
      inSprint(1, { labels: ['KR-1'], points: null }),
      inSprint(2),
      inSprint(3, { labels: ['kr:none'], points: null }),
    ])
    expect(keys(servesNone)).toEqual(['PROJ-2', 'PROJ-3'])
    expect(keys(unestimated)).toEqual(['PROJ-1', 'PROJ-3'])
  })

  it('leaves fewer sprints after one that runs past its planned end', () => {
    const tally = [{ state: 'to_do', size: 3, issues: 4, sharePercent: 400 }] as const
    const all = standings(standing('KR-1', { tally, dueEndAt: day(52) }))
    const leftAt = (now: number) =>
      plan([inSprint(1, { labels: ['KR-1'] })], { standings: all }, aSprint(), now).keyResults[0]!.pace
    expect(leftAt(day(20))).toMatchObject({ sprintsLeft: 3, neededPerSprint: 4 })
    expect(leftAt(day(30))).toMatchObject({ sprintsLeft: 2, neededPerSprint: 6 })
    expect(leftAt(day(50))).toMatchObject({ sprintsLeft: 1, neededPerSprint: 12 })
  })

  it('takes a label of a key result nobody created for none', () => {
    const { allocation, keyResults } = plan([inSprint(1, { labels: ['KR-77'] })])
    expect([allocation.unaligned.amount.issues, keyResults.length]).toEqual([1, 0])
  })

  it('lists what its goal names, also without work and also where it does not exist', () => {
    const { keyResults, named } = plan([inSprint(1, { labels: ['KR-1'] })], {
      named: [KR2, KR1, 'KR-9' as typeof KR1],
    })
    expect(keyResults.map(({ keyResult, isNamedInGoal }) => [keyResult, isNamedInGoal])).toEqual([
      [KR1, true],
      [KR2, true],
    ])
    expect(named.map((each) => [each.keyResult, each.standing?.title ?? null, each.openIssues])).toEqual([
      [KR2, 'Title of KR-2', 0],
      [KR1, 'Title of KR-1', 1],
      ['KR-9', null, 0],
    ])
  })

  it('lists what earlier sprints of its board worked on while its time runs, with nothing planned', () => {
    const over = standing('KR-3', { dueEndAt: day(10) })
    const { keyResults } = plan([], {
      workedOnBefore: new Set([KR2, over.keyResult]),
      standings: standings(standing('KR-2'), over),
    })
    expect(keyResults).toMatchObject([{ keyResult: KR2, drives: { issues: 0 }, open: { issues: 0 } }])
  })

  it('plans an undated sprint from now on, as long as those before it', () => {
    const neighbours = [aSprint({ state: 'closed', startAt: day(0), endAt: day(7), completeAt: day(7) })]
    const { run } = plan([], { neighbours }, aSprint({ state: 'future', startAt: null, endAt: null }))
    expect(run).toEqual({ startAt: NOW, endAt: day(22) })
  })

  it('counts a delivery before its start as no part of its pace', () => {
    const tally = [{ state: 'to_do', size: 5, issues: 4, sharePercent: 400 }] as const
    const given = { standings: standings(standing('KR-1', { tally })) }
    const issue = (at: number) =>
      inSprint(1, { labels: ['KR-1'], points: 5, statusId: DONE }, moved(day(at), DOING, DONE))
    expect(plan([issue(12)], given).keyResults[0]!.pace).toMatchObject({ remaining: 25, planned: 5 })
    expect(plan([issue(9)], given).keyResults[0]!.pace).toMatchObject({ remaining: 20, planned: 0 })
    const addedDone = inSprint(
      1,
      { labels: ['KR-1'], points: 5, statusId: DONE },
      moved(day(9), DOING, DONE),
      [day(12), { field: 'sprint', from: [], to: [7] }],
    )
    expect(plan([addedDone], given).keyResults[0]!.pace).toMatchObject({ remaining: 20, planned: 0 })
  })
})

describe('key results in danger without work', () => {
  const uncovered = (histories: readonly IssueHistory[], given: Partial<PlanInput>) =>
    plan(histories, given).uncovered.map(({ standing: { keyResult } }) => keyResult)

  it('are those at risk, off track or stale that nothing open in the sprint serves', () => {
    const all = standings(
      standing('KR-1', { health: 'at_risk' }),
      standing('KR-2', { health: 'off_track' }),
      standing('KR-3', { health: 'on_track' }),
      standing('KR-4', { health: 'stale' }),
      standing('KR-5', { health: 'no_data' }),
      standing('KR-6', { health: 'done' }),
    )
    expect(uncovered([], { standings: all })).toEqual(['KR-2', 'KR-1', 'KR-4'])
    expect(uncovered([inSprint(1, { labels: ['KR-1'] })], { standings: all })).toEqual(['KR-2', 'KR-4'])
  })

  it('stay without work when all their work in the sprint is delivered', () => {
    const all = standings(standing('KR-1', { health: 'at_risk' }))
    const delivered = inSprint(1, { labels: ['KR-1'], statusId: DONE })
    expect(uncovered([delivered], { standings: all })).toEqual(['KR-1'])
  })

  it('stay without work when what is open only supports them', () => {
    const all = standings(standing('KR-1', { health: 'at_risk' }))
    const linked = (role: 'drives' | 'supports') =>
      sprintPast(aSprint(), [inSprint(1)], { manualLinks: [manualLink({ issueId: '1', role })] })
    expect(uncovered([], { standings: all, past: linked('supports') })).toEqual(['KR-1'])
    expect(uncovered([], { standings: all, past: linked('drives') })).toEqual([])
  })

  it('are those whose time overlaps with the sprint’s, and which are not archived', () => {
    const health = 'off_track'
    const all = standings(
      standing('KR-1', { health, dueEndAt: day(10) }),
      standing('KR-2', { health, startAt: day(24) }),
      standing('KR-3', { health, isArchived: true }),
      standing('KR-4', { health, dueEndAt: day(10) + 1 }),
    )
    expect(uncovered([], { standings: all })).toEqual(['KR-4'])
  })

  it('come with this board’s first', () => {
    const all = standings(
      standing('KR-1', { health: 'off_track' }),
      standing('KR-2', { health: 'stale' }),
      standing('KR-10', { health: 'at_risk' }),
      standing('KR-9', { health: 'at_risk' }),
    )
    const workedOnBefore = new Set([KR2])
    expect(uncovered([], { standings: all, workedOnBefore })).toEqual(['KR-2', 'KR-1', 'KR-9', 'KR-10'])
  })
})
