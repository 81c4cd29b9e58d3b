import { describe, expect, it } from 'vitest'
import { today } from '../../src/domain/contributions/contribution.ts'
import type { IssueHistory, IssueState } from '../../src/domain/mirror/issue.ts'
import { contributionsOf } from '../support/families.ts'
import {
  day,
  DONE,
  issueChange,
  issueHistory,
  KR1,
  KR2,
  manualLink,
  moved,
  START,
  TO_DO,
} from '../support/issues.ts'

const underEpic = (state: Partial<IssueState> = {}, ...changes: Parameters<typeof issueHistory>[1][]) =>
  issueHistory({ state: { parentId: '10', points: 3, ...state } }, ...changes)

function epic(state: Partial<IssueState> = {}, ...changes: Parameters<typeof issueHistory>[1][]) {
  const issueId = state.key === 'EPIC-2' ? '20' : '10'
  return issueHistory(
    { issueId, createdAt: START - day(1) / 1_000, state: { key: 'EPIC-1', level: 1, ...state } },
    ...changes,
  )
}

/** Day and state of every step, by key result. */
function timeline(...issues: IssueHistory[]) {
  return contributionsOf({ issues }).map(({ keyResult, steps }) => [
    keyResult,
    ...steps.map(({ at, state, outReason }) => `${(at - START) / (day(1) - START)}:${outReason ?? state}`),
  ])
}

describe('a story under an epic', () => {
  it('comes in when the epic is labelled and leaves when the label goes', () => {
    const above = epic(
      {},
      [day(3), { field: 'labels', from: [], to: ['KR-1'] }],
      [day(7), { field: 'labels', from: ['KR-1'], to: [] }],
    )
    expect(timeline(underEpic({ statusId: DONE }, moved(day(5), TO_DO, DONE)), above)).toEqual([
      [KR1, '3:to_do', '5:delivered', '7:unlinked'],
    ])
  })

  it('moves from one key result to another with its epic’s label', () => {
    const above = epic({ labels: ['KR-2'] }, [day(3), { field: 'labels', from: ['KR-1'], to: ['KR-2'] }])
    expect(timeline(underEpic(), above)).toEqual([
      [KR1, '0:to_do', '3:unlinked'],
      [KR2, '3:to_do'],
    ])
  })

  it('moves with its parent: it counts for each epic’s key result while it is below it', () => {
    const story = underEpic({ parentId: '20' }, [day(4), { field: 'parent', from: '10', to: '20' }])
    const issues = [story, epic({ labels: ['KR-1'] }), epic({ key: 'EPIC-2', labels: ['KR-2'] })]
    expect(timeline(...issues)).toEqual([
      [KR1, '0:to_do', '4:unlinked'],
      [KR2, '4:to_do'],
    ])
  })

  it('has counted for what its epic of then named then', () => {
    const labelled = [day(2), { field: 'labels', from: [], to: ['KR-1'] }] as const
    const relabelled = [day(3), { field: 'labels', from: ['KR-1'], to: ['KR-2'] }] as const
    const story = underEpic({ parentId: null }, [day(4), { field: 'parent', from: '10', to: null }])
    expect(timeline(story, epic({ labels: ['KR-2'] }, labelled, relabelled))).toEqual([
      [KR1, '2:to_do', '3:unlinked'],
      [KR2, '3:to_do', '4:unlinked'],
    ])
  })

  it('taken out of its epic counts no more, and says which epic it counted for', () => {
    const story = underEpic({ parentId: null }, [day(4), { field: 'parent', from: '10', to: null }])
    const [contribution] = contributionsOf({ issues: [story, epic({ labels: ['KR-1'] })] })
    expect(today(contribution!)).toMatchObject({ at: day(4), state: 'out', outReason: 'unlinked' })
    expect(contribution!.reason).toMatchObject({ kind: 'inherited', ancestorKey: 'EPIC-1', text: 'KR-1' })
  })

  it('counts no more once its epic is deleted', () => {
    const above: IssueHistory = { ...epic({ labels: ['KR-1'] }), deletedAt: day(6) }
    expect(timeline(underEpic(), above)).toEqual([[KR1, '0:to_do', '6:unlinked']])
  })

  it('that is named by key alone, as classic epics are, counts as well', () => {
    const story = underEpic({ parentId: null, parentKey: 'EPIC-1' })
    expect(timeline(story, epic({ labels: ['KR-1'] }))).toEqual([[KR1, '0:to_do']])
  })

  it('counts nothing for an epic the mirror has not seen yet', () => {
    expect(timeline(underEpic())).toEqual([])
  })

  it('follows a link made by hand on its epic', () => {
    const manualLinks = [manualLink({ issueId: '10', linkedAt: day(2), unlinkedAt: day(5) })]
    const [contribution] = contributionsOf({ issues: [underEpic(), epic()], manualLinks })
    expect(contribution!.steps.map(({ at, state }) => [at, state])).toEqual([
      [day(2), 'to_do'],
      [day(5), 'out'],
    ])
    expect(contribution!.reason).toMatchObject({ kind: 'inherited', via: 'manual' })
  })

  it('is not touched by what happened above it before it was created', () => {
    const above = epic({ labels: ['KR-1'] }, [day(1), { field: 'labels', from: [], to: ['KR-1'] }])
    expect(timeline({ ...underEpic(), createdAt: day(2) }, above)).toEqual([[KR1, '2:to_do']])
  })
})

describe('a sub-task', () => {
  const subTask = issueHistory({ issueId: '5', state: { level: -1, parentId: '1' } })

  it('follows the label of the epic above its story, and only supports', () => {
    const above = epic({ labels: ['KR-1'] }, [day(3), { field: 'labels', from: [], to: ['KR-1'] }])
    const [contribution] = contributionsOf({ issues: [subTask, underEpic(), above] })
    expect(contribution!.steps).toMatchObject([{ at: day(3), role: 'supports' }])
  })

  it('follows its story from one epic to another', () => {
    const story = underEpic({ parentId: '20' }, [day(4), { field: 'parent', from: '10', to: '20' }])
    const issues = [subTask, story, epic({ labels: ['KR-1'] }), epic({ key: 'EPIC-2', labels: ['KR-2'] })]
    expect(timeline(...issues)).toEqual([
      [KR1, '0:to_do', '4:unlinked'],
      [KR2, '4:to_do'],
    ])
  })
})

describe('an epic', () => {
  it('that names a key result itself only supports it, and may carry its comment', () => {
    const [contribution] = contributionsOf({ issues: [epic({ labels: ['KR-1'] })] })
    expect(today(contribution!).role).toBe('supports')
    expect(contribution!.isAnchorCandidate).toBe(true)
  })

  it('may not carry the comment once its label is gone or it is deleted', () => {
    const relabelled = epic({}, [day(3), { field: 'labels', from: ['KR-1'], to: [] }])
    const deleted: IssueHistory = { ...epic({ labels: ['KR-1'] }), deletedAt: day(3) }
    for (const issue of [relabelled, deleted])
      expect(contributionsOf({ issues: [issue] })[0]!.isAnchorCandidate).toBe(false)
  })

  it('may not carry the comment of a key result it inherits, nor may a story carry its own', () => {
    const initiative = issueHistory({ issueId: '100', state: { level: 1, labels: ['KR-1'] } })
    const heir = epic({ parentId: '100' })
    expect(contributionsOf({ issues: [heir, initiative] })[0]!.isAnchorCandidate).toBe(false)
    const story = issueHistory({ state: { labels: ['KR-1'] } })
    expect(contributionsOf({ issues: [story] })[0]!.isAnchorCandidate).toBe(false)
  })
})

describe('broken data', () => {
  it('in which issues stand above each other in a circle is evaluated once around', () => {
    const story = underEpic()
    const above = epic({ parentId: '1', labels: ['KR-1'] })
    expect(timeline(story, above)).toEqual([[KR1, '0:to_do']])
    expect(timeline(issueHistory({ state: { parentId: '1', labels: ['KR-1'] } }))).toEqual([[KR1, '0:to_do']])
  })

  it('with a thousand issues above each other looks at the nearest few', () => {
    const tower = Array.from({ length: 1_000 }, (_, level) =>
      issueHistory({ issueId: String(level), state: { parentId: String(level + 1) } }),
    )
    const labelledAt = (level: number) =>
      tower.with(level, {
        ...tower[level]!,
        current: { ...tower[level]!.current, labels: ['KR-1'] },
        changes: [issueChange(day(3), { field: 'labels', from: [], to: ['KR-1'] }, 1)],
      })
    expect(timeline(...labelledAt(7))).toEqual([[KR1, '3:to_do']])
    expect(timeline(...labelledAt(8))).toEqual([])
  })
})
