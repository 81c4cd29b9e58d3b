import { beforeEach, describe, expect, it } from 'vitest'
import type { JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import type { ChangelogItem } from '../../src/demo/jira-simulator/site/jira-history.ts'
import { PLAIN_STATUS } from '../../src/demo/jira-simulator/site/plain-site.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { fieldsOf, readingOf } from '../support/jira-readings.ts'
import { MONDAY, playedJira } from '../support/simulated-jira.ts'

const HOUR_MS = 3_600_000

let jira: JiraSimulator
let events: WebhookEvent[]
let key: string

const names = () => events.map(({ name }) => name)
const sprintItemsOf = (issue: string): ChangelogItem[] =>
  jira.issue(issue).histories.flatMap(({ items }) => items)

beforeEach(() => {
  ;({ jira, events } = playedJira())
  key = jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Basket' }).key
})

describe('the life of a sprint', () => {
  const startOf = (sprintId: number, at: number) =>
    jira.startSprint(sprintId, { at, endAt: at + 14 * 24 * HOUR_MS })

  it('shows its start twice, as an update with the old value and as a start', () => {
    const sprintId = jira.createSprint({ at: MONDAY, boardId: 1, name: 'Sprint 1' })
    startOf(sprintId, MONDAY + 1)
    jira.updateSprint(sprintId, { at: MONDAY + 2, name: 'Sprint One', goal: 'KR-1 first' })
    jira.closeSprint(sprintId, { at: MONDAY + 3, carryOverTo: null })
    const sprints = events.filter(({ name }) => name.startsWith('sprint_'))
    expect(sprints.map(({ name }) => name)).toEqual([
      'sprint_created',
      'sprint_updated',
      'sprint_started',
      'sprint_updated',
      'sprint_closed',
    ])
    expect(sprints[0]!.body).toMatchObject({ sprint: { state: 'future', originBoardId: 1 } })
    expect(sprints[0]!.body.sprint).not.toHaveProperty('goal')
    expect(sprints[0]!.body.sprint).not.toHaveProperty('startDate')
    expect(sprints[1]!.body).toMatchObject({ sprint: { state: 'active' }, oldValue: { state: 'future' } })
    expect(sprints[3]!.body).toMatchObject({
      sprint: { name: 'Sprint One', goal: 'KR-1 first' },
      oldValue: { name: 'Sprint 1', goal: '' },
    })
    expect(sprints[4]!.body).toMatchObject({ sprint: { completeDate: '2026-10-05T09:00:00.003Z' } })
    expect(sprints.every(({ body }) => !('user' in body))).toBe(true)
  })

  it('carries unfinished issues over 3 to 13 s after the close and keeps the closed sprint', () => {
    const [one, two, three] = [1, 2, 3].map((number) =>
      jira.createSprint({ at: MONDAY, boardId: 1, name: `Sprint ${number}` }),
    ) as [number, number, number]
    const done = jira.createIssue({ at: MONDAY, projectKey: 'SHOP', summary: 'Done in time' }).key
    jira.moveToSprint([key, done], one, { at: MONDAY + 1 })
    startOf(one, MONDAY + 2)
    jira.transition(done, { at: MONDAY + 3, statusId: PLAIN_STATUS.done })
    const closedAt = MONDAY + HOUR_MS
    expect(jira.closeSprint(one, { at: closedAt, carryOverTo: two })).toEqual([jira.issue(key).id])
    startOf(two, closedAt + HOUR_MS)
    jira.closeSprint(two, { at: closedAt + 2 * HOUR_MS, carryOverTo: three })

    expect(
      sprintItemsOf(key)
        .slice(1)
        .map((item) => [item.from, item.to, item.toString]),
    ).toEqual([
      ['1', '1, 2', 'Sprint 1, Sprint 2'],
      ['1, 2', '1, 2, 3', 'Sprint 1, Sprint 2, Sprint 3'],
    ])
    const carried = jira.issue(key).histories.slice(1)
    for (const [index, { at }] of carried.entries()) {
      const delayMs = at - (closedAt + index * 2 * HOUR_MS)
      expect(delayMs).toBeGreaterThanOrEqual(3_000)
      expect(delayMs).toBeLessThanOrEqual(13_000)
    }
    expect(events.at(-1)?.flow).toBe('Secondary')
    expect(jira.issue(done).values.sprintIds).toEqual([1])
  })

  it('replaces an open sprint and keeps a closed one when an issue is moved', () => {
    const [one, two] = [1, 2].map((number) =>
      jira.createSprint({ at: MONDAY, boardId: 1, name: `Sprint ${number}` }),
    ) as [number, number]
    jira.moveToSprint(key, one, { at: MONDAY + 1 })
    jira.moveToSprint(key, two, { at: MONDAY + 2 })
    jira.moveToSprint(key, null, { at: MONDAY + 3 })
    expect(sprintItemsOf(key).map(({ from, to }) => [from, to])).toEqual([
      ['', '1'],
      ['1', '2'],
      ['2', ''],
    ])
    jira.moveToSprint(key, one, { at: MONDAY + 4 })
    startOf(one, MONDAY + 5)
    jira.closeSprint(one, { at: MONDAY + 6, carryOverTo: null })
    jira.moveToSprint(key, two, { at: MONDAY + 7 })
    expect(jira.issue(key).values.sprintIds).toEqual([1, 2])
  })

  it('sends its issues to the backlog when it is deleted', () => {
    const sprintId = jira.createSprint({ at: MONDAY, boardId: 1, name: 'Sprint 1' })
    jira.moveToSprint(key, sprintId, { at: MONDAY + 1 })
    jira.deleteSprint(sprintId, { at: MONDAY + 2 })
    expect(names().slice(-2)).toEqual(['jira:issue_updated', 'sprint_deleted'])
    expect(events.at(-1)?.body.sprint).not.toHaveProperty('self')
    expect(jira.issue(key).values.sprintIds).toEqual([])
  })

  it('refuses what Jira would refuse', () => {
    const sprintId = jira.createSprint({ at: MONDAY, boardId: 1, name: 'Sprint 1' })
    expect(() => jira.closeSprint(sprintId, { at: MONDAY, carryOverTo: null })).toThrow('is future')
    expect(() => jira.createSprint({ at: MONDAY, boardId: 9, name: 'x' })).toThrow('board 9')
  })

  it.each(['objects', 'strings'] as const)('is read from an issue as %s', (sprintForm) => {
    ;({ jira, events } = playedJira({ sprintForm }))
    const sprintId = jira.createSprint({ at: MONDAY, boardId: 2, name: 'Sprint [1], a=b', goal: 'x,y' })
    jira.createIssue({ at: MONDAY, projectKey: 'APP', summary: 'One', sprintId })
    startOf(sprintId, MONDAY + 1)
    jira.editIssue('APP-1', { at: MONDAY + 2, labels: ['KR-1'] })
    const issue = events.at(-1)!.body.issue as { fields: { customfield_10020: unknown[] } }
    const [entry] = issue.fields.customfield_10020
    expect(typeof entry).toBe(sprintForm === 'objects' ? 'object' : 'string')
    const reading = readingOf(events.at(-1)!, fieldsOf(jira.history))
    expect(reading).toMatchObject({ kind: 'facts' })
    expect(reading.kind === 'facts' ? reading.facts : []).toContainEqual({
      kind: 'sprint',
      version: expect.anything() as unknown,
      sprint: {
        sprintId,
        name: 'Sprint [1], a=b',
        state: 'active',
        startAt: MONDAY + 1,
        endAt: MONDAY + 1 + 14 * 24 * HOUR_MS,
        completeAt: null,
        goal: 'x,y',
        boardId: 2,
      },
    })
  })
})
