import { describe, expect, it } from 'vitest'
import { issueAsOf } from '../../src/domain/mirror/as-of.ts'
import type { FieldChange, IssueState, StatusCategory } from '../../src/domain/mirror/issue.ts'
import { CATEGORIES, day, DOING, DONE, issueHistory, moved, TO_DO, WONT_DO } from '../support/issues.ts'

describe('a field that changed', () => {
  const now: Partial<IssueState> = {
    key: 'NEW-9',
    projectId: '20000',
    statusId: DONE,
    resolution: WONT_DO,
    labels: ['KR-2'],
    keyResultField: ['KR-4'],
    parentId: '20',
    points: 8,
    sprintIds: [7, 8],
  }
  it.each<[FieldChange, Partial<IssueState>]>([
    [
      { field: 'status', from: TO_DO, to: DONE },
      { statusId: TO_DO, statusCategory: 'new' },
    ],
    [{ field: 'resolution', from: null, to: WONT_DO }, { resolution: null }],
    [{ field: 'sprint', from: [7], to: [7, 8] }, { sprintIds: [7] }],
    [{ field: 'points', from: null, to: 8 }, { points: null }],
    [{ field: 'labels', from: ['KR-1', 'ui'], to: ['KR-2'] }, { labels: ['KR-1', 'ui'] }],
    [{ field: 'keyResultField', from: ['KR-3'], to: ['KR-4'] }, { keyResultField: ['KR-3'] }],
    [{ field: 'parent', from: '10', to: '20' }, { parentId: '10' }],
    [{ field: 'key', from: 'OLD-1', to: 'NEW-9' }, { key: 'OLD-1' }],
    [{ field: 'project', from: '10000', to: '20000' }, { projectId: '10000' }],
  ])('is what it was before, and nothing else is: %j', (change, before) => {
    const history = issueHistory({ state: now }, [day(5), change])
    expect(issueAsOf(history, day(5) - 1, CATEGORIES)).toEqual({ ...history.current, ...before })
    expect(issueAsOf(history, day(5), CATEGORIES)).toEqual(history.current)
  })

  it('loses its epic key together with the epic it has today', () => {
    const epicLink: FieldChange = { field: 'parent', from: null, to: '20' }
    const history = issueHistory({ state: { parentKey: 'EPIC-1' } }, [day(5), epicLink])
    expect(issueAsOf(history, day(4), CATEGORIES)?.parentKey).toBeNull()
    expect(issueAsOf(history, day(5), CATEGORIES)?.parentKey).toBe('EPIC-1')
  })
})

describe('an issue with a long history', () => {
  const history = issueHistory(
    { state: { statusId: DONE, points: 5 } },
    moved(day(1), TO_DO, DOING),
    [day(2), { field: 'points', from: 3, to: 5 }],
    moved(day(3), DOING, DONE),
    moved(day(4), DONE, DOING),
    moved(day(6), DOING, DONE),
  )
  const at = (n: number) => issueAsOf(history, day(n), CATEGORIES)

  it.each([
    [0, 'new', 3],
    [1, 'indeterminate', 3],
    [2, 'indeterminate', 5],
    [3, 'done', 5],
    [4, 'indeterminate', 5],
    [5, 'indeterminate', 5],
    [6, 'done', 5],
    [60, 'done', 5],
  ])('was on day %i: %s, %i points', (n, category, points) => {
    expect(at(n)).toMatchObject({ statusCategory: category, points })
  })
})

describe('a history that is not whole', () => {
  it('says what is known when its older part is missing', () => {
    const history = issueHistory({ state: { statusId: DONE } }, moved(day(9), DOING, DONE))
    expect(issueAsOf(history, day(1), CATEGORIES)?.statusId).toBe(DOING)
  })

  it('believes the issue itself where its last change never reached the history', () => {
    const history = issueHistory({ state: { statusId: DONE } }, moved(day(1), TO_DO, DOING))
    expect(issueAsOf(history, day(2), CATEGORIES)?.statusId).toBe(DONE)
  })

  it.each(['status', 'key', 'project'] as const)(
    'keeps today’s %s where a change does not say from what',
    (field) => {
      const history = issueHistory({}, [day(5), { field, from: null, to: 'x' }])
      expect(issueAsOf(history, day(4), CATEGORIES)).toEqual(history.current)
    },
  )

  it('takes the first of several changes of one instant for what was before it', () => {
    const history = issueHistory(
      { state: { points: 3 } },
      ...(
        [
          [1, 2],
          [2, 3],
        ] as const
      ).map(([from, to]) => [day(5), { field: 'points', from, to }] as const),
    )
    expect(issueAsOf(history, day(5) - 1, CATEGORIES)?.points).toBe(1)
    expect(issueAsOf(history, day(5), CATEGORIES)?.points).toBe(3)
  })
})

describe('an issue that', () => {
  it('is not created yet is nothing', () => {
    const history = issueHistory({ createdAt: day(3) })
    expect(issueAsOf(history, day(3) - 1, CATEGORIES)).toBeNull()
    expect(issueAsOf(history, day(3), CATEGORIES)).toEqual(history.current)
  })

  it('was deleted is nothing from that instant on', () => {
    const history = issueHistory({ deletedAt: day(3) })
    expect(issueAsOf(history, day(3) - 1, CATEGORIES)).toEqual(history.current)
    expect(issueAsOf(history, day(3), CATEGORIES)).toBeNull()
    expect(issueAsOf(history, day(9), CATEGORIES)).toBeNull()
  })
})

describe('the category of a status', () => {
  const unknown = new Map<string, StatusCategory>()

  it('is what the site’s catalogue says, even where the issue says otherwise', () => {
    const history = issueHistory({ state: { statusId: DONE, statusCategory: 'new' } })
    expect(issueAsOf(history, day(1), CATEGORIES)?.statusCategory).toBe('done')
  })

  it('is what the issue says of today’s status where the catalogue does not know it', () => {
    const history = issueHistory({ state: { statusId: DONE } }, moved(day(5), TO_DO, DONE))
    expect(issueAsOf(history, day(5), unknown)?.statusCategory).toBe('done')
  })

  it('is in progress for a past status that nobody knows: never done', () => {
    const history = issueHistory({ state: { statusId: DONE } }, moved(day(5), '99', DONE))
    expect(issueAsOf(history, day(4), unknown)?.statusCategory).toBe('indeterminate')
  })
})
