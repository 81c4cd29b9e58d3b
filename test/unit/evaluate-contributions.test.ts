import { describe, expect, it } from 'vitest'
import type { Contribution, ContributionStep } from '../../src/domain/contributions/contribution.ts'
import type { IssueHistory } from '../../src/domain/mirror/issue.ts'
import { contributionsOf } from '../support/families.ts'
import {
  day,
  DOING,
  DONE,
  issueHistory,
  KR1,
  KR2,
  manualLink,
  moved,
  RULES,
  START,
  TO_DO,
  WONT_DO,
} from '../support/issues.ts'

/** `3:delivered 5` on day 3; with the reason for being out, and the role where it only supports. */
function told({ at, state, size, role, outReason }: ContributionStep): string {
  const words = [`${(at - START) / (day(1) - START)}:${state}`, size ?? '?']
  if (outReason !== null) words.push(outReason)
  if (role === 'supports') words.push(role)
  return words.join(' ')
}

const steps = (contribution: Contribution | undefined) => contribution?.steps.map(told)
const linked = { labels: ['KR-1'] }

/** The steps of the one contribution that an issue, the first, makes. */
function stepsOf(...issues: IssueHistory[]) {
  const contributions = contributionsOf({ issues })
  expect(contributions).toHaveLength(1)
  return steps(contributions[0])
}

describe('a linked issue', () => {
  it('contributes from its creation, and by each status category it enters', () => {
    const issue = issueHistory(
      { state: { ...linked, statusId: DONE, points: 5 } },
      moved(day(2), TO_DO, DOING),
      moved(day(4), DOING, DONE),
    )
    expect(stepsOf(issue)).toEqual(['0:to_do 5', '2:in_progress 5', '4:delivered 5'])
  })

  it('makes no step for what does not show: a new key, a sprint, a status of the same category', () => {
    const issue = issueHistory(
      { state: { ...linked, points: 5 } },
      [day(1), { field: 'sprint', from: [], to: [7] }],
      [day(2), { field: 'key', from: 'OLD-1', to: 'PROJ-1' }],
      [day(3), { field: 'labels', from: ['KR-1'], to: ['KR-1'] }],
    )
    expect(stepsOf(issue)).toEqual(['0:to_do 5'])
  })

  it('takes its size as it was at each instant, and none while it is not estimated', () => {
    const issue = issueHistory(
      { state: { ...linked, points: 8 } },
      [day(1), { field: 'points', from: null, to: 3 }],
      [day(2), { field: 'points', from: 3, to: 8 }],
    )
    expect(stepsOf(issue)).toEqual(['0:to_do ?', '1:to_do 3', '2:to_do 8'])
  })

  it('counts as one where a key result counts issues, estimated or not', () => {
    const issue = issueHistory({ state: { labels: ['KR-2'], points: 8 } }, [
      day(1),
      { field: 'points', from: null, to: 8 },
    ])
    expect(stepsOf(issue)).toEqual(['0:to_do 1'])
  })

  it('leaves the scope when it is closed as Won’t Do, and returns when it is reopened', () => {
    const issue = issueHistory(
      { state: { ...linked, points: 3 } },
      moved(day(1), TO_DO, DONE),
      [day(1), { field: 'resolution', from: null, to: WONT_DO }],
      moved(day(3), DONE, TO_DO),
      [day(3), { field: 'resolution', from: WONT_DO, to: null }],
    )
    expect(stepsOf(issue)).toEqual(['0:to_do 3', '1:out 3 not_delivered', '3:to_do 3'])
  })

  it('leaves the scope for good when it is deleted', () => {
    const issue = issueHistory(
      { deletedAt: day(5), state: { ...linked, points: 3 } },
      moved(day(9), DOING, TO_DO),
    )
    expect(stepsOf(issue)).toEqual(['0:in_progress 3', '5:out 3 deleted'])
  })

  it('contributes to each key result it names, by that one’s own size', () => {
    const contributions = contributionsOf({
      issues: [issueHistory({ state: { labels: ['KR-1', 'KR-2'], points: 5 } })],
    })
    expect(contributions.map((c) => [c.keyResult, steps(c)])).toEqual([
      [KR1, ['0:to_do 5']],
      [KR2, ['0:to_do 1']],
    ])
  })

  it('contributes nothing to a key result that does not exist', () => {
    expect(contributionsOf({ issues: [issueHistory({ state: { labels: ['KR-99'] } })] })).toEqual([])
  })
})

describe('a label', () => {
  it('that comes later brings the issue in then, delivered as it may be', () => {
    const issue = issueHistory(
      { state: { ...linked, statusId: DONE, points: 2 } },
      moved(day(1), TO_DO, DONE),
      [day(4), { field: 'labels', from: [], to: ['KR-1'] }],
    )
    expect(stepsOf(issue)).toEqual(['4:delivered 2'])
  })

  it('that goes takes the issue out; what happens to it then makes no step', () => {
    const issue = issueHistory(
      { state: { statusId: DONE, points: 2 } },
      [day(2), { field: 'labels', from: ['KR-1'], to: [] }],
      moved(day(3), TO_DO, DONE),
    )
    expect(stepsOf(issue)).toEqual(['0:to_do 2', '2:out 2 unlinked'])
  })

  it('that comes back brings the issue back as it is then', () => {
    const issue = issueHistory(
      { state: { ...linked, statusId: DONE, points: 2 } },
      [day(2), { field: 'labels', from: ['KR-1'], to: [] }],
      moved(day(3), TO_DO, DONE),
      [day(4), { field: 'labels', from: [], to: ['KR-1'] }],
    )
    expect(stepsOf(issue)).toEqual(['0:to_do 2', '2:out 2 unlinked', '4:delivered 2'])
  })

  it('that is exchanged for another moves the issue from one key result to the other', () => {
    const contributions = contributionsOf({
      issues: [
        issueHistory({ state: { labels: ['KR-2'], points: 2 } }, [
          day(2),
          { field: 'labels', from: ['KR-1'], to: ['KR-2'] },
        ]),
      ],
    })
    expect(contributions.map((c) => [c.keyResult, steps(c)])).toEqual([
      [KR1, ['0:to_do 2', '2:out 2 unlinked']],
      [KR2, ['2:to_do 1']],
    ])
  })
})

describe('a link made by hand', () => {
  it('counts from its making to its removal, with its share and its role', () => {
    const [contribution] = contributionsOf({
      issues: [issueHistory({ state: { points: 5 } })],
      manualLinks: [manualLink({ linkedAt: day(2), unlinkedAt: day(6), sharePercent: 60, role: 'supports' })],
    })
    expect(steps(contribution)).toEqual(['2:to_do 5 supports', '6:out 5 unlinked supports'])
    expect(contribution!.steps.map((step) => step.sharePercent)).toEqual([60, 60])
  })

  it('made again with another share is a step', () => {
    const [contribution] = contributionsOf({
      issues: [issueHistory()],
      manualLinks: [
        manualLink({ linkedAt: day(1), unlinkedAt: day(2), sharePercent: 50 }),
        manualLink({ linkedAt: day(2), sharePercent: 100 }),
      ],
    })
    expect(contribution!.steps.map((step) => [step.at, step.sharePercent])).toEqual([
      [day(1), 50],
      [day(2), 100],
    ])
  })

  it('made before the issue as we know it counts from the issue’s creation', () => {
    const contributions = contributionsOf({
      issues: [issueHistory({ createdAt: day(3) })],
      manualLinks: [manualLink({ linkedAt: day(1) })],
    })
    expect(steps(contributions[0])).toEqual(['3:to_do ?'])
  })

  it('says why the issue counts, and after its removal why it did', () => {
    const issues = [issueHistory({ state: { labels: ['kr:2'] } })]
    const manualLinks = [manualLink({ unlinkedAt: day(6) })]
    expect(contributionsOf({ issues, manualLinks }).map((c) => c.reason)).toEqual([
      { kind: 'manual' },
      { kind: 'label', text: 'kr:2' },
    ])
  })
})

it('reads a past status by the site’s catalogue, and one nobody knows as in progress', () => {
  const issue = issueHistory({ state: { ...linked, statusId: DONE } }, moved(day(1), '99', DONE))
  expect(stepsOf(issue)).toEqual(['0:in_progress ?', '1:delivered ?'])
  const rules = { ...RULES, categories: new Map(RULES.categories).set('99', 'new') }
  expect(steps(contributionsOf({ issues: [issue] }, rules)[0])).toEqual(['0:to_do ?', '1:delivered ?'])
})
