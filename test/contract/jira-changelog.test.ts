import { describe, expect, it } from 'vitest'
import { readChanges } from '../../src/contracts/jira/changelog.ts'
import { NO_FIELDS, type SiteFields } from '../../src/domain/site.ts'

const AT = Date.UTC(2026, 9, 1)

const FIELDS: SiteFields = {
  sprint: { id: 'customfield_10020', name: 'Sprint' },
  points: [
    { id: 'customfield_10024', name: 'Story points' },
    { id: 'customfield_10036', name: 'Story point estimate' },
  ],
  numbers: [],
  flag: null,
  epicLink: { id: 'customfield_10014', name: 'Epic Link' },
  keyResult: { id: 'customfield_10050', name: 'Key Result' },
  blocks: null,
}

const NOTHING = { from: null, fromString: null, to: null, toString: null }

/** The changes of one history, without what they share. */
function changesOf(items: readonly unknown[], fields = FIELDS) {
  return readChanges('7', AT, items, fields).map(({ changeId, at, ...change }) => {
    expect([changeId, at]).toEqual(['7', AT])
    return change
  })
}

describe('an item of a changelog', () => {
  it.each([
    [
      'status',
      { field: 'Status', fieldId: 'status', from: '1', fromString: '待办', to: '3', toString: '完成' },
      { field: 'status', from: '1', to: '3' },
    ],
    [
      'resolution',
      { field: 'resolution', fieldId: 'resolution', ...NOTHING, to: '10001', toString: "Won't Do" },
      { field: 'resolution', from: null, to: { id: '10001', name: "Won't Do" } },
    ],
    [
      'labels',
      { field: 'labels', fieldId: 'labels', ...NOTHING, fromString: 'ui KR-1', toString: '' },
      { field: 'labels', from: ['KR-1', 'ui'], to: [] },
    ],
    [
      'sprints, all before and all after',
      {
        field: 'Sprint',
        fieldId: 'customfield_10020',
        from: '40, 38',
        to: '38, 40, 41',
        fromString: 'x',
        toString: 'y',
      },
      { field: 'sprint', from: [38, 40], to: [38, 40, 41] },
    ],
    [
      'points, which are in the texts alone',
      { field: 'Story Points', fieldId: 'customfield_10024', ...NOTHING, fromString: '3', toString: '5.5' },
      { field: 'points', from: 3, to: 5.5 },
    ],
    [
      'the field of key results',
      { field: 'OKR', fieldId: 'customfield_10050', ...NOTHING, fromString: 'KR-2, KR-1', toString: '' },
      { field: 'keyResultField', from: ['KR-1', 'KR-2'], to: [] },
    ],
    [
      'a key, in the texts alone',
      { field: 'Key', fieldtype: 'jira', ...NOTHING, fromString: 'TES-82', toString: 'GOLD-208' },
      { field: 'key', from: 'TES-82', to: 'GOLD-208' },
    ],
    [
      'a project',
      {
        field: 'project',
        fieldId: 'project',
        from: '10601',
        fromString: 'TESTING',
        to: '10639',
        toString: 'Gold',
      },
      { field: 'project', from: '10601', to: '10639' },
    ],
    [
      'an assignee, by account',
      {
        field: 'assignee',
        fieldtype: 'jira',
        fieldId: 'assignee',
        from: null,
        fromString: null,
        to: '5b5211cd7474e311efb1687a',
        toString: 'Mia Krystof',
      },
      { field: 'assignee', from: null, to: '5b5211cd7474e311efb1687a' },
    ],
    [
      'a parent',
      { field: 'Parent', fieldtype: 'jira', ...NOTHING, to: '10063', toString: 'EE-1' },
      { field: 'parent', from: null, to: '10063' },
    ],
    [
      'a parent in team-managed projects',
      {
        field: 'IssueParentAssociation',
        fieldtype: 'jira',
        from: '1',
        fromString: 'A-1',
        to: '2',
        toString: 'A-2',
      },
      { field: 'parent', from: '1', to: '2' },
    ],
    [
      'a classic epic',
      {
        field: 'Epic Link',
        fieldtype: 'custom',
        fieldId: 'customfield_10014',
        ...NOTHING,
        to: '10073',
        toString: 'EE-11',
      },
      { field: 'parent', from: null, to: '10073' },
    ],
  ])('tells %s', (_case, item, change) => {
    expect(changesOf([item])).toEqual([change])
  })

  it.each(['description', 'Workflow', 'Rank', 'RemoteIssueLink', 'reporter', 'Epic Child', 'Start date'])(
    'about %s tells nothing that is tracked',
    (field) => {
      expect(
        changesOf([{ field, fieldtype: 'jira', from: '1', fromString: 'a', to: '2', toString: 'b' }]),
      ).toEqual([])
    },
  )

  it.each([[null], [7], ['status'], [[]], [{}], [{ field: 7 }], [{ fieldId: 'status' }]])(
    'may be %j',
    (item) => {
      expect(changesOf([item])).toEqual([])
    },
  )

  it('that lacks its texts reads as empty, not as a function of every object', () => {
    expect(changesOf([{ field: 'labels', fieldId: 'labels' }])).toEqual([
      { field: 'labels', from: [], to: [] },
    ])
    expect(changesOf([{ field: 'Key' }])).toEqual([{ field: 'key', from: null, to: null }])
  })

  it('keeps no NUL and no half of a surrogate pair', () => {
    const item = { field: 'Key', fromString: 'A\0-1', toString: 'B\ud83d-1' }
    expect(changesOf([item])).toEqual([{ field: 'key', from: 'A-1', to: 'B\ufffd-1' }])
  })

  it('names no sprint in what is no number', () => {
    const item = {
      field: 'Sprint',
      fieldId: 'customfield_10020',
      from: 'x, , 0x10, 1e3, -4',
      to: '7, 7, 99999999999',
    }
    expect(changesOf([item])).toEqual([{ field: 'sprint', from: [], to: [7] }])
  })
})

describe('a field is told by its id', () => {
  const named = (field: string, rest: object = {}) => ({
    field,
    fieldtype: 'custom',
    ...NOTHING,
    toString: '5',
    ...rest,
  })

  it('and by its name only where Jira sends no id', () => {
    expect(changesOf([named('Story points')])).toEqual([{ field: 'points', from: null, to: 5 }])
    expect(changesOf([named('Story points', { fieldId: 'customfield_99999' })])).toEqual([])
    expect(changesOf([named('Sprint', { fieldId: 'customfield_99999', to: '7' })])).toEqual([])
    expect(changesOf([named('Epic Link', { fieldId: 'customfield_99999', to: '7' })])).toEqual([])
  })

  it('and no name is known where a site has no such field', () => {
    expect(changesOf([named('Story points')], { ...FIELDS, points: [] })).toEqual([])
    expect(changesOf([named('Key Result')], { ...FIELDS, keyResult: null })).toEqual([])
  })

  it('or, before the site is known, by the names of Sprint and Epic Link', () => {
    const items = [
      named('Sprint', { fieldId: 'customfield_1', to: '7' }),
      named('Epic Link', { fieldId: 'customfield_2', to: '9' }),
    ]
    expect(changesOf(items, NO_FIELDS)).toEqual([
      { field: 'sprint', from: [], to: [7] },
      { field: 'parent', from: null, to: '9' },
    ])
  })

  it('and a custom field that somebody called status, labels or Key is none of Jira’s own', () => {
    expect(
      changesOf(['status', 'resolution', 'labels', 'Key', 'project', 'Parent'].map((field) => named(field))),
    ).toEqual([])
  })
})

describe('several items of one history', () => {
  it('about several fields are as many changes', () => {
    const items = [
      { field: 'resolution', fieldId: 'resolution', ...NOTHING, to: '1', toString: 'Done' },
      { field: 'Workflow', from: '1', to: '2', fromString: 'a', toString: 'b' },
      { field: 'status', fieldId: 'status', from: '1', fromString: 'a', to: '3', toString: 'b' },
    ]
    expect(changesOf(items).map(({ field }) => field)).toEqual(['resolution', 'status'])
  })

  it('about one parent in two fields are one move from what was above to what is', () => {
    const epicLink = {
      field: 'Epic Link',
      fieldId: 'customfield_10014',
      ...NOTHING,
      from: '10',
      fromString: 'E-1',
      to: '',
    }
    const parent = { field: 'Parent', fieldtype: 'jira', ...NOTHING, to: '20', toString: 'S-1' }
    const moved = [{ field: 'parent', from: '10', to: '20' }]
    expect(changesOf([epicLink, parent])).toEqual(moved)
    expect(changesOf([parent, epicLink])).toEqual(moved)
  })

  it('about two point fields are one change of the first that holds a number', () => {
    const first = { field: 'a', fieldId: 'customfield_10024', ...NOTHING, toString: '5' }
    const second = { field: 'b', fieldId: 'customfield_10036', ...NOTHING, fromString: '3', toString: '8' }
    const estimated = [{ field: 'points', from: 3, to: 5 }]
    expect(changesOf([first, second])).toEqual(estimated)
    expect(changesOf([second, first])).toEqual(estimated)
  })
})
