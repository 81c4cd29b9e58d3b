import { describe, expect, it } from 'vitest'
import { deliveryState } from '../../src/domain/contributions/delivered.ts'
import { NO_FIELDS, type SiteFields } from '../../src/domain/site.ts'
import { hasSharedData } from '../support/shared-data.ts'
import { factOf, factsOf } from '../support/webhook-files.ts'

const changesOf = (file: string, fields?: SiteFields) => factOf('changes', file, fields).changes
const kindsOf = (file: string, fields?: SiteFields) => factsOf(file, fields).map(({ kind }) => kind)
const at = (text: string) => Date.parse(text)

describe.skipIf(!hasSharedData)('an issue on Cloud', () => {
  it('enters a sprint: the changelog says so by id, the field as a GreenHopper string', () => {
    const file = 'pinpt-jira/jira_issue_updated.sprint_ids'
    expect(factOf('issue', file)).toMatchObject({
      issueId: '19518',
      createdAt: at('2020-04-06T14:45:07.544Z'),
      version: { at: at('2020-08-04T02:37:09.812Z'), rank: 104661 },
      state: {
        key: 'GOLD-208',
        statusId: '1',
        statusCategory: 'new',
        level: 0,
        sprintIds: [197],
        parentKey: null,
      },
    })
    expect(factOf('issue_seen', file)).toEqual({ kind: 'issue_seen', issueId: '19518', at: 1596508629814 })
    expect(factOf('changes', file)).toEqual({
      kind: 'changes',
      issueId: '19518',
      source: 'webhook',
      changes: [
        { field: 'sprint', from: [], to: [197], changeId: '104661', at: at('2020-08-04T02:37:09.812Z') },
      ],
    })
    expect(factOf('sprint', file).version).toEqual({ at: at('2020-08-04T02:37:09.812Z'), rank: 0 })
    expect(factOf('sprint', file).sprint).toEqual({
      sprintId: 197,
      name: 'TES Sprint 3',
      state: 'active',
      startAt: at('2020-07-31T16:17:17.777Z'),
      endAt: at('2020-08-15T16:17:00.000Z'),
      completeAt: null,
      goal: '',
      boardId: 9,
    })
  })

  it('is in two sprints, one closed and one active, and under a classic epic', () => {
    const file = 'pinpt-jira/jira_issue_updated.tags'
    const { state } = factOf('issue', file)
    expect(state).toMatchObject({
      sprintIds: [196, 197],
      parentId: null,
      parentKey: 'TES-38',
      labels: ['signal'],
    })
    const sprints = factsOf(file).flatMap((one) => (one.kind === 'sprint' ? [one.sprint] : []))
    expect(sprints).toMatchObject([
      {
        sprintId: 196,
        state: 'closed',
        goal: 'take over the world! 🌍🌎🌏',
        completeAt: at('2020-07-31T15:50:09.718Z'),
      },
      { sprintId: 197, state: 'active', goal: '', completeAt: null },
    ])
    expect(changesOf(file)).toMatchObject([{ field: 'labels', from: [], to: ['signal'] }])
  })

  it('finds the same sprints by their shape while the Sprint field is not known', () => {
    const file = 'pinpt-jira/jira_issue_updated.tags'
    expect(factOf('issue', file, NO_FIELDS).state.sprintIds).toEqual([196, 197])
    expect(changesOf('pinpt-jira/jira_issue_updated.sprint_ids', NO_FIELDS)).toMatchObject([{ to: [197] }])
  })

  it('moves to another project under another key', () => {
    const file = 'pinpt-jira/jira_issue_updated.project'
    expect(factOf('issue', file).state).toMatchObject({ key: 'GOLD-208', projectId: '10639' })
    expect(changesOf(file)).toMatchObject([
      { field: 'project', from: '10601', to: '10639' },
      { field: 'status', from: '10000', to: '1' },
      { field: 'key', from: 'TES-82', to: 'GOLD-208' },
    ])
  })

  it('is closed as Won’t Do: done by its category, and not delivered', () => {
    const file = 'pinpt-jira/jira_issue_updated.resolution'
    const { state } = factOf('issue', file)
    expect(state).toMatchObject({ statusCategory: 'done', resolution: { id: '10001', name: "Won't Do" } })
    expect(deliveryState(state, { resolutionIds: new Set() })).toBe('not_delivered')
    expect(factOf('status', file)).toMatchObject({ statusId: '6', category: 'done' })
    expect(changesOf(file)).toMatchObject([
      { field: 'resolution', from: null, to: { id: '10001', name: "Won't Do" } },
      { field: 'status', from: '10000', to: '6' },
    ])
  })

  it('is created with a changelog, whose values have no before and are no changes', () => {
    const file = 'pinpt-jira/jira_issue_created'
    expect(kindsOf(file)).toEqual(['issue', 'issue_seen', 'status'])
    expect(factOf('issue', file)).toMatchObject({
      version: { rank: 103778 },
      state: { statusId: '1', statusName: 'Work Required' },
    })
  })

  it('is created inside a sprint that no changelog names', () => {
    const file = 'mattermost-plugin-jira/webhook-cloud-issue-created-many-fields'
    const { state } = factOf('issue', file, NO_FIELDS)
    expect(state).toMatchObject({ sprintIds: [1], labels: ['Label1', 'Label2'] })
    expect(factOf('sprint', file, NO_FIELDS).sprint).toMatchObject({
      sprintId: 1,
      boardId: 2,
      name: 'SCRUM1 Sprint 1',
    })
  })

  it('is deleted at the time of the event', () => {
    expect(factsOf('pinpt-jira/jira_issue_deleted')).toEqual([
      { kind: 'issue_deleted', issueId: '20733', at: 1594081763632 },
    ])
  })

  it('lives through the states of one story', () => {
    const story = (change: string) => `mattermost-plugin-jira/webhook-issue-updated-${change}`
    const delivery = (change: string) =>
      deliveryState(factOf('issue', story(change)).state, { resolutionIds: new Set() })
    expect(['started-working', 'resolved', 'reopened'].map(delivery)).toEqual([
      'in_progress',
      'delivered',
      'to_do',
    ])
    expect(changesOf(story('reopened'))).toMatchObject([
      { field: 'resolution', from: { id: '10000', name: 'Done' }, to: null },
      { field: 'status', from: '10002', to: '10001' },
    ])
    expect(changesOf(story('labels'))).toMatchObject([
      { field: 'labels', from: ['bad', 'test-label'], to: ['sad', 'test-label'] },
    ])
  })

  it('is assigned to somebody, and to nobody', () => {
    const story = (change: string) => `mattermost-plugin-jira/webhook-issue-updated-${change}`
    expect(changesOf(story('assigned'))).toMatchObject([{ field: 'assignee', from: null, to: 'admin' }])
    expect(changesOf(story('assigned-nobody'))).toMatchObject([
      { field: 'assignee', from: 'admin', to: null },
    ])
  })

  it.each(['components', 'fix-version', 'raised-priority', 'renamed'])(
    'changes nothing that is tracked when it is updated: %s',
    (change) => {
      expect(kindsOf(`mattermost-plugin-jira/webhook-issue-updated-${change}`)).not.toContain('changes')
    },
  )

  it('with two fields of one name changes only the one that is known by id', () => {
    const file = 'mattermost-plugin-jira/webhook-issue-updated-multiple-custom-fields'
    const known = { ...NO_FIELDS, keyResult: { id: 'customfield_10002', name: 'Field Name' } }
    expect(changesOf(file, known)).toMatchObject([
      { field: 'keyResultField', from: ['1', 'Value'], to: ['2', 'Value'] },
    ])
    const other = { ...NO_FIELDS, keyResult: { id: 'customfield_10003', name: 'Field Name' } }
    expect(kindsOf(file, other)).not.toContain('changes')
  })
})

describe.skipIf(!hasSharedData)('an issue on Server', () => {
  const server = (name: string) => `mattermost-plugin-jira/webhook-server-${name}`

  it('is resolved and closed by items without a field id', () => {
    expect(changesOf(server('issue-updated-resolved'))).toMatchObject([
      { field: 'status', from: '3', to: '5' },
      { field: 'resolution', from: null, to: { id: '10000', name: 'Done' } },
    ])
    expect(changesOf(server('issue-updated-closed'))).toMatchObject([{ field: 'status', from: '5', to: '6' }])
    for (const name of ['issue-updated-resolved', 'issue-updated-closed'])
      expect(factOf('issue', server(name)).state.statusCategory).toBe('done')
  })

  it('changes a custom number by its name, where the site’s field has that name', () => {
    const file = server('updated-custom-field')
    const points = (name: string) => ({ ...NO_FIELDS, points: [{ id: 'customfield_10200', name }] })
    expect(changesOf(file, points('numfield'))).toMatchObject([
      { field: 'points', from: 445455561, to: 44545556 },
    ])
    expect(kindsOf(file, points('Story Points'))).not.toContain('changes')
    expect(kindsOf(file, NO_FIELDS)).not.toContain('changes')
  })

  it('keeps quotes that are part of a label', () => {
    expect(changesOf(server('issue-updated-many-fields'))).toMatchObject([
      {
        field: 'labels',
        from: ['"oh', 'dc', 'ee', 'h', 's', 'yeah"'],
        to: ['"oh', 'dc', 'ee', 'h', 'yeah"'],
      },
    ])
  })

  it.each([
    'issue-updated-commented-2',
    'issue-updated-comment-edited',
    'old-issue-updated-no-event-type-commented',
  ])('is told as it is by a comment, which carries no changelog: %s', (name) => {
    expect(kindsOf(server(name), NO_FIELDS)).not.toContain('changes')
    expect(factOf('issue', server(name), NO_FIELDS).version.rank).toBe(0)
  })

  it('knows people by key', () => {
    const { assigneeId } = factOf('issue', server('issue-updated-commented-mention-user')).state
    expect(assigneeId).toBe('ivobrandt')
  })
})
