import { describe, expect, it } from 'vitest'
import { readIssue } from '../../src/contracts/jira/issue.ts'
import type { SiteFields } from '../../src/domain/site.ts'

const FIELDS: SiteFields = {
  sprint: { id: 'customfield_1', name: 'Sprint' },
  points: [
    { id: 'customfield_2', name: 'Story points' },
    { id: 'customfield_3', name: 'Story point estimate' },
  ],
  numbers: [],
  flag: null,
  epicLink: { id: 'customfield_4', name: 'Epic Link' },
  keyResult: { id: 'customfield_5', name: 'Key Result' },
  blocks: null,
}

/** The least that Jira sends of an issue whose state can be known. */
const LEAST = {
  created: '2026-10-01T08:00:00.000+0800',
  updated: '2026-10-02T08:00:00.000+0800',
  status: { id: '1', name: '待办', statusCategory: { id: 2, key: 'new' } },
}

const readFields = (fields: object, site = FIELDS) => readIssue({ id: '7', key: 'P-7', fields }, site, 5)

function stateOf(fields: object, site = FIELDS) {
  const reading = readFields({ ...LEAST, ...fields }, site)
  if (reading.kind === 'partial') throw new Error(reading.missing)
  return reading.issue.state
}

describe('an issue', () => {
  it('is known by its id, its times and its status; all else may be missing', () => {
    expect(readFields(LEAST)).toEqual({
      kind: 'issue',
      sprints: [],
      status: {
        kind: 'status',
        version: { at: Date.UTC(2026, 9, 2), rank: 5 },
        statusId: '1',
        name: '待办',
        category: 'new',
      },
      issue: {
        kind: 'issue',
        issueId: '7',
        createdAt: Date.UTC(2026, 9, 1),
        version: { at: Date.UTC(2026, 9, 2), rank: 5 },
        state: {
          key: 'P-7',
          projectId: '',
          summary: '',
          level: 0,
          statusId: '1',
          statusName: '待办',
          statusCategory: 'new',
          resolution: null,
          labels: [],
          keyResultField: [],
          parentId: null,
          parentKey: null,
          points: null,
          numbers: {},
          isFlagged: false,
          sprintIds: [],
          assigneeId: null,
        },
        blockers: null,
      },
    })
  })

  it.each([
    ['created', 'fields.created: '],
    ['updated', 'fields.updated: '],
    ['status', 'fields.status: '],
  ])('is partial without %s, and says so', (field, missing) => {
    const reading = readFields({ ...LEAST, [field]: undefined })
    expect(reading.kind).toBe('partial')
    expect(reading.kind === 'partial' && reading.missing.startsWith(missing)).toBe(true)
  })

  it('says the first of several things that are missing', () => {
    const reading = readIssue({ fields: {} }, FIELDS, 0)
    expect(reading.kind === 'partial' && reading.missing.startsWith('id: ')).toBe(true)
  })

  it('is not lost for a part that nobody can read', () => {
    const odd = {
      summary: 7,
      issuetype: 'Bug',
      project: [],
      resolution: {},
      labels: 'x',
      parent: 3,
      assignee: 'ann',
    }
    expect(stateOf(odd)).toEqual(stateOf({}))
    // What nobody told is never done; the site's catalogue decides where it knows the status.
    expect(stateOf({ status: { id: '1', statusCategory: null } }).statusCategory).toBe('indeterminate')
  })

  it('keeps five hundred characters of its summary, none of them in half', () => {
    expect(stateOf({ summary: 'Pay by phone' }).summary).toBe('Pay by phone')
    const { summary } = stateOf({ summary: `x${'😀'.repeat(300)}` })
    expect(summary).toHaveLength(500)
    expect(summary.isWellFormed()).toBe(true)
  })

  it('keeps no NUL and no half of a pair, wherever they come from', () => {
    const bad = 'a\0b\ud83d'
    const good = 'ab\ufffd'
    expect(
      stateOf({
        summary: bad,
        labels: [bad],
        status: { id: '1', name: bad },
        resolution: { id: bad, name: bad },
        assignee: { accountId: bad },
        customfield_4: bad,
        customfield_5: bad,
      }),
    ).toMatchObject({
      summary: good,
      labels: [good],
      statusName: good,
      resolution: { id: good, name: good },
      assigneeId: good,
      parentKey: good,
      keyResultField: [good],
    })
  })
})

describe('what has an order of its own', () => {
  it('labels are each kept once, in order of text', () => {
    expect(stateOf({ labels: ['ui', 'KR-1', 'ui', 'a'] }).labels).toEqual(['KR-1', 'a', 'ui'])
  })

  it('sprints are each kept once, in order of number', () => {
    const sprint = (id: number) => ({ id, state: 'active', name: '', boardId: 1 })
    expect(stateOf({ customfield_1: [100, 9, 10, 9].map(sprint) }).sprintIds).toEqual([9, 10, 100])
  })

  it('what is no sprint among them is left out', () => {
    expect(stateOf({ customfield_1: [null, 'Sprint 1', { id: 7, state: 'closed' }, {}] }).sprintIds).toEqual([
      7,
    ])
    expect(stateOf({ customfield_1: 'Sprint 1' }).sprintIds).toEqual([])
  })
})

describe('the level', () => {
  it.each([
    ['a story', { hierarchyLevel: 0 }, 0],
    ['an epic', { hierarchyLevel: 1, name: '长篇故事' }, 1],
    ['what stands above epics', { hierarchyLevel: 3 }, 1],
    ['a sub-task', { hierarchyLevel: -1 }, -1],
    ['a sub-task of an older Jira', { subtask: true, name: 'Epic' }, -1],
    ['an epic of an older Jira', { subtask: false, name: 'Epic' }, 1],
    ['a story that somebody called Epic', { hierarchyLevel: 0, name: 'Epic' }, 0],
    ['a type nobody knows', { name: 'Test Execution' }, 0],
    ['no type', null, 0],
  ])('of %s is known', (_case, issuetype, level) => {
    expect(stateOf({ issuetype }).level).toBe(level)
  })
})

describe('what is above an issue', () => {
  it('is its parent by id, and the classic epic by key only where there is no parent', () => {
    expect(stateOf({ parent: { id: '20' }, customfield_4: 'E-1' })).toMatchObject({
      parentId: '20',
      parentKey: null,
    })
    expect(stateOf({ customfield_4: 'E-1' })).toMatchObject({ parentId: null, parentKey: 'E-1' })
  })

  it.each([[''], [null], [7], [{ key: 'E-1' }]])(
    'is nothing where the epic field holds %j',
    (customfield_4) => {
      expect(stateOf({ customfield_4 }).parentKey).toBeNull()
    },
  )

  it('is not looked for in an epic field that the site has not', () => {
    expect(stateOf({ customfield_4: 'E-1' }, { ...FIELDS, epicLink: null }).parentKey).toBeNull()
  })
})

it('takes its size from the first point field that holds a number', () => {
  const points = (customfield_2: unknown, customfield_3: unknown) =>
    stateOf({ customfield_2, customfield_3 }).points
  expect([points(3, 5), points(null, 5), points('-1', 5), points(0, 5), points(null, null)]).toEqual([
    3,
    5,
    5,
    0,
    null,
  ])
})

it('knows a person by account id, on Server by key', () => {
  const assigneeId = (assignee: unknown) => stateOf({ assignee }).assigneeId
  expect(
    [{ accountId: '5b', key: 'k' }, { key: 'k' }, { accountId: null, key: 'k' }, {}, null].map(assigneeId),
  ).toEqual(['5b', 'k', 'k', null, null])
})
