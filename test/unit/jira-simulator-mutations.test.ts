import { beforeEach, describe, expect, it } from 'vitest'
import type { Fact } from '../../src/domain/mirror/facts.ts'
import type { JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { PLAIN_RESOLUTION, PLAIN_STATUS, PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { updatedAt, type ChangelogItem } from '../../src/demo/jira-simulator/site/jira-history.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { fieldsOf, readingOf } from '../support/jira-readings.ts'
import { MONDAY, playedJira } from '../support/simulated-jira.ts'

let jira: JiraSimulator
let events: WebhookEvent[]
let key: string

interface IssueEventBody {
  readonly timestamp: number
  readonly issue_event_type_name: string
  readonly issue: { readonly id: string; readonly key: string; readonly fields: Record<string, unknown> }
  readonly changelog: { readonly id: string; readonly items: readonly ChangelogItem[] }
}

const bodies = () => events.map(({ body }) => body as unknown as IssueEventBody)
const last = () => bodies().at(-1)!
const names = () => events.map(({ name }) => name)

function factsOf(event: WebhookEvent): readonly Fact[] {
  const reading = readingOf(event, fieldsOf(jira.history))
  expect(reading.kind).toBe('facts')
  return reading.kind === 'facts' ? reading.facts : []
}

beforeEach(() => {
  ;({ jira, events } = playedJira())
  key = jira.createIssue({
    at: MONDAY,
    projectKey: 'SHOP',
    summary: 'Basket',
    points: 5,
    labels: ['KR-1'],
  }).key
})

describe('creating an issue', () => {
  it('sends the whole issue with a changelog that REST does not list', () => {
    expect(names()).toEqual(['jira:issue_created'])
    expect(last()).toMatchObject({
      timestamp: MONDAY,
      issue_event_type_name: 'issue_created',
      issue: { key: 'SHOP-1', fields: { labels: ['KR-1'], customfield_10016: 5, summary: 'Basket' } },
    })
    expect(last().changelog.items).toContainEqual(
      expect.objectContaining({ field: 'Status', fieldId: 'status' }),
    )
    expect(jira.issue(key).histories).toEqual([])
  })

  it('numbers issues by project', () => {
    const next = jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Two' })
    const other = jira.createIssue({ at: MONDAY, projectKey: 'APP', summary: 'One' })
    expect([next.key, other.key]).toEqual(['SHOP-2', 'APP-1'])
  })
})

describe('changing an issue', () => {
  it('writes one history per call, with growing ids, and dates the issue by it', () => {
    jira.editIssue(key, { at: MONDAY + 1, labels: ['KR-2'], points: 8, summary: 'Basket of goods' })
    jira.transition(key, { at: MONDAY + 2, statusId: PLAIN_STATUS.inProgress })
    const { histories } = jira.issue(key)
    expect(histories.map(({ items }) => items.map(({ field }) => field))).toEqual([
      ['summary', 'labels', 'Story Points'],
      ['status'],
    ])
    expect(Number(histories[1]!.id)).toBeGreaterThan(Number(histories[0]!.id))
    expect(updatedAt(jira.issue(key))).toBe(MONDAY + 2)
    expect(last()).toMatchObject({
      timestamp: MONDAY + 2,
      issue_event_type_name: 'issue_generic',
      issue: { fields: { updated: '2026-10-05T09:00:00.002+0000' } },
      changelog: { id: histories[1]!.id, items: histories[1]!.items },
    })
  })

  it('carries points in the strings alone', () => {
    jira.editIssue(key, { at: MONDAY + 1, points: 13 })
    expect(last().changelog.items).toEqual([
      {
        field: 'Story Points',
        fieldtype: 'custom',
        fieldId: 'customfield_10016',
        from: null,
        fromString: '5',
        to: null,
        toString: '13',
      },
    ])
    expect(factsOf(events.at(-1)!)).toContainEqual(
      expect.objectContaining({
        kind: 'changes',
        changes: [expect.objectContaining({ field: 'points', from: 5, to: 13 })],
      }),
    )
  })

  it('sends nothing for what stays as it is', () => {
    jira.editIssue(key, { at: MONDAY + 1, labels: ['KR-1'], points: 5, summary: 'Basket' })
    jira.transition(key, { at: MONDAY + 1, statusId: PLAIN_STATUS.toDo })
    expect(names()).toEqual(['jira:issue_created'])
  })

  it('sets a parent with its epic link, and a select field with its option', () => {
    const epic = jira.createIssue({
      at: MONDAY,
      projectKey: 'SHOP',
      summary: 'Epic',
      typeId: PLAIN_TYPE.epic,
    })
    const option = { id: '10401', value: 'KR-3' }
    jira.editIssue(key, { at: MONDAY + 1, parent: epic.key, custom: { customfield_10900: option } })
    expect(last().issue.fields).toMatchObject({
      parent: { id: epic.id, key: epic.key, fields: { summary: 'Epic' } },
      customfield_10014: epic.key,
      customfield_10900: option,
    })
    expect(last().changelog.items.map((item) => [item.field, item.fieldId, item.to, item.toString])).toEqual([
      ['IssueParentAssociation', undefined, epic.id, epic.key],
      ['Epic Link', 'customfield_10014', epic.id, epic.key],
      ['Key result', 'customfield_10900', '10401', 'KR-3'],
    ])
    expect(last().changelog.items[0]).not.toHaveProperty('fieldId')
    jira.editIssue(key, { at: MONDAY + 2, parent: null })
    expect(last().issue.fields).not.toHaveProperty('parent')
  })

  it('resolves with the done status and unresolves when leaving it, in one changelog', () => {
    jira.transition(key, { at: MONDAY + 1, statusId: PLAIN_STATUS.done })
    expect(last().changelog.items).toMatchObject([
      { field: 'resolution', from: null, to: PLAIN_RESOLUTION.done },
      { field: 'status', to: PLAIN_STATUS.done },
    ])
    expect(last().issue.fields).toMatchObject({ resolutiondate: '2026-10-05T09:00:00.001+0000' })
    jira.transition(key, { at: MONDAY + 2, statusId: PLAIN_STATUS.toDo })
    expect(last().issue.fields).toMatchObject({ resolution: null, resolutiondate: null })
    jira.transition(key, {
      at: MONDAY + 3,
      statusId: PLAIN_STATUS.done,
      resolutionId: PLAIN_RESOLUTION.wontDo,
    })
    expect(last().issue.fields).toMatchObject({ resolution: { name: "Won't Do" } })
    jira.transition(key, { at: MONDAY + 4, statusId: PLAIN_STATUS.done })
    expect(jira.issue(key).values.resolutionId).toBe(PLAIN_RESOLUTION.wontDo)
  })

  it('never runs backwards in time', () => {
    jira.editIssue(key, { at: MONDAY + 10, labels: [] })
    expect(() => jira.editIssue(key, { at: MONDAY + 9, labels: ['KR-9'] })).toThrow('would come before it')
  })
})

describe('moving and deleting an issue', () => {
  it('changes project, status, workflow and key in one changelog and keeps the old key', () => {
    const { id } = jira.issue(key)
    const moved = jira.moveIssue(key, {
      at: MONDAY + 1,
      projectKey: 'APP',
      statusId: PLAIN_STATUS.inProgress,
    })
    expect(last()).toMatchObject({ issue_event_type_name: 'issue_moved', issue: { id, key: moved.key } })
    const { items } = last().changelog
    expect(items.map(({ field }) => field)).toEqual(['project', 'status', 'Workflow', 'Key'])
    expect(items.slice(2).every((item) => item.fieldId === undefined)).toBe(true)
    expect(items[3]).toMatchObject({ from: null, fromString: key, to: null, toString: 'APP-1' })
    expect(jira.issue(key).id).toBe(id)
    expect(jira.issue(moved.key).id).toBe(id)
  })

  it('says nothing but the issue when it is deleted, and takes its sub-tasks along', () => {
    jira.createIssue({
      at: MONDAY,
      projectKey: 'SHOP',
      summary: 'Part',
      typeId: PLAIN_TYPE.subtask,
      parent: key,
    })
    events.length = 0
    jira.deleteIssue(key, { at: MONDAY + 1 })
    expect(names()).toEqual(['jira:issue_deleted', 'jira:issue_deleted'])
    expect(bodies().map(({ issue }) => issue.key)).toEqual(['SHOP-2', 'SHOP-1'])
    expect(last()).not.toHaveProperty('changelog')
    expect(last()).not.toHaveProperty('issue_event_type_name')
    expect(() => jira.issue(key)).toThrow('no issue SHOP-1')
  })
})
