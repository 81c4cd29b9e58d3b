import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readIssue } from '../../src/contracts/jira/issue.ts'
import { FETCHED_RANK } from '../../src/domain/mirror/facts.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../../src/demo/jira-simulator/loading/devlake-history.ts'
import { historyAsWebhooks } from '../../src/demo/jira-simulator/loading/history-as-webhooks.ts'
import type { JiraHistory, StoredIssue } from '../../src/demo/jira-simulator/site/jira-history.ts'
import type { WebhookEvent } from '../../src/demo/jira-simulator/webhooks/webhook-event.ts'
import { fieldsOf, readingOf } from '../support/jira-readings.ts'
import { judgedJira } from '../support/judged-jira.ts'
import { hasSharedData, sharedData } from '../support/shared-data.ts'

const SPRINT = 'customfield_10020'

interface IssueEventBody {
  readonly issue: {
    readonly id: string
    readonly fields: Record<string, unknown> & { status: { id: string } }
  }
  readonly changelog?: { readonly id: string; readonly items: readonly { fieldId?: string; to: string }[] }
}

const bodyOf = (event: WebhookEvent) => event.body as unknown as IssueEventBody

describe.skipIf(!hasSharedData)('a history of raw REST answers', () => {
  let history: JiraHistory
  let events: WebhookEvent[]

  const issue = (idOrKey: string): StoredIssue => history.issues.at(history.issues.find(idOrKey)!)
  const eventsOf = (id: string) =>
    events.filter((event) => event.name.startsWith('jira:') && bodyOf(event).issue.id === id)

  beforeAll(async () => {
    history = await loadDevlakeHistory(sharedData('rest/devlake'))
    events = [...historyAsWebhooks(history)]
  })

  it('holds the 33 issues of the board, the 30 sprints listed, and sprint 175 found inside issues', () => {
    const issues = Array.from({ length: history.issues.count }, (_, position) => history.issues.at(position))
    expect(issues.filter(({ isSynthesised }) => !isSynthesised)).toHaveLength(33)
    expect(history.sprints).toHaveLength(31)
    expect(history.sprints.at(-1)).toMatchObject({ id: 175, state: 'active', originBoardId: 92 })
    const nora = history.sprints.find(({ id }) => id === 15)
    expect(nora).toMatchObject({ originBoardId: 13, boardIds: [13, 8] })
  })

  it('makes stand-ins of issues known by their changelog alone', () => {
    for (const id of ['13383', '13491', '13954']) {
      expect(issue(id)).toMatchObject({ isSynthesised: true, values: { key: `UNKNOWN-${id}` } })
    }
    expect(issue('13383').values).toMatchObject({
      statusId: '10068',
      resolutionId: '10000',
      priorityId: '2',
      sprintIds: [34],
      more: { timeestimate: 7200 },
    })
    expect(history.projects.find(({ key }) => key === 'UNKNOWN')?.id).toBe(issue('13383').values.projectId)
  })

  it('follows 13954 through ten sprints and out of the last', () => {
    const updates = eventsOf('13954').filter((event) =>
      bodyOf(event).changelog?.items.some(({ fieldId }) => fieldId === SPRINT),
    )
    const chain = updates.map((event) =>
      (bodyOf(event).issue.fields[SPRINT] as { id: number }[]).map(({ id }) => id),
    )
    const carried = [38, 40, 41, 42, 43, 46, 47, 50, 57, 60]
    expect(chain).toEqual([...carried.map((_, index) => carried.slice(0, index + 1)), carried.slice(0, 9)])
    expect(issue('13954').values.sprintIds).toEqual(carried.slice(0, 9))
  })

  it('keeps hostile text and repairs no value', () => {
    expect(issue('EE-4').values.summary).toContain('\u0000')
    expect(issue('EE-1').values.summary.startsWith('\u200b')).toBe(true)
    expect(issue('EE-1').values.more.customfield_10024).toBe('-1')
    const created = bodyOf(eventsOf(issue('EE-4').id)[0]!)
    expect(created.issue.fields.summary).toContain('\u0000')
  })

  it('leads to no real host', () => {
    expect(JSON.stringify(events.map(({ body }) => body))).not.toContain('merlot.atlassian.net')
    expect(JSON.stringify(history.statuses)).not.toContain('merlot.atlassian.net')
  })

  it('knows parents that are not part of it by their id and key', () => {
    expect(issue('K5-2').values).toMatchObject({ parentId: '20707', epicKey: 'K5-1' })
    expect(history.outsideIssues.get('20707')).toMatchObject({
      key: 'K5-1',
      fields: { summary: 'test epic' },
    })
    const created = bodyOf(eventsOf(issue('K5-2').id)[0]!)
    expect(created.issue.fields).not.toHaveProperty('parent')
  })

  it('gives statuses that only changelogs remember a category', () => {
    const category = (id: string) => history.statuses.find((status) => status.id === id)?.category
    expect(category('10000')).toBe('new')
    expect(category('5')).toBe('done')
    expect(category('10075')).toBe('indeterminate')
  })

  it('tells the whole story in order of time, every event readable', () => {
    const counts = new Map<string, number>()
    let previous = 0
    for (const event of events) {
      expect(event.at).toBeGreaterThanOrEqual(previous)
      previous = event.at
      counts.set(event.name, (counts.get(event.name) ?? 0) + 1)
      expect(readingOf(event, fieldsOf(history)).kind).toBe('facts')
    }
    const histories = Array.from({ length: history.issues.count }, (_, at) => history.issues.at(at).histories)
    expect(Object.fromEntries(counts)).toEqual({
      'jira:issue_created': 36,
      'jira:issue_updated': histories.flat().length,
      sprint_created: 31,
      sprint_updated: 31,
      sprint_started: 31,
      sprint_closed: 30,
    })
  })

  it('embeds each status as the catalogue has it, and each sprint as it was', () => {
    const catalogue = new Map(history.statuses.map(({ id, json }) => [id, json]))
    for (const event of events.filter(({ name }) => name.startsWith('jira:'))) {
      const { fields } = bodyOf(event).issue
      expect(fields.status).toEqual(catalogue.get(fields.status.id))
      for (const sprint of (fields[SPRINT] ?? []) as { id: number; state: string }[]) {
        const { completeAt, startAt } = history.sprints.find(({ id }) => id === sprint.id)!
        const isOver = completeAt !== null && completeAt <= event.at
        const hasBegun = startAt !== null && startAt <= event.at
        expect(sprint.state).toBe(isOver ? 'closed' : hasBegun ? 'active' : 'future')
      }
    }
  })

  it('begins each issue with what its first changes came from', () => {
    const [created] = eventsOf(issue('EE-17').id)
    const fields = bodyOf(created!).issue.fields
    expect(fields).toMatchObject({ resolution: null, issuetype: { id: '10002' }, updated: fields.created })
    expect(fields[SPRINT]).toBeNull()
  })

  describe('served over REST', () => {
    let jira: JiraSimulator

    beforeAll(() => {
      jira = createJiraSimulator({ history })
    })
    afterAll(() => jira.stop())

    it('shows each issue as the last of its webhooks left it', async () => {
      const call = judgedJira((await jira.start()).baseUrl)
      const jql = 'project in (EE, K5, UNKNOWN) ORDER BY created ASC'
      const answer = await call('POST', '/rest/api/3/search/jql', { jql, fields: ['*all'], maxResults: 100 })
      const { issues } = answer.body as { issues: { id: string }[] }
      expect(issues).toHaveLength(36)
      for (const rest of issues) {
        const fetched = readIssue(rest, fieldsOf(history), FETCHED_RANK)
        const reading = readingOf(eventsOf(rest.id).at(-1)!, fieldsOf(history))
        const told = reading.kind === 'facts' ? reading.facts.find(({ kind }) => kind === 'issue') : undefined
        expect(fetched).toMatchObject({ kind: 'issue' })
        if (fetched.kind !== 'issue') continue
        expect(told).toMatchObject({ state: fetched.issue.state, createdAt: fetched.issue.createdAt })
        expect(told).toMatchObject({ version: { at: fetched.issue.version.at } })
      }
    })
  })
})

describe.skipIf(!hasSharedData)('a folder', () => {
  let folder: string
  const file = (name: string) => `_raw_jira_api_${name}.csv`

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jira-history-'))
    await copyFile(sharedData('rest/devlake', file('issues')), join(folder, file('issues')))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('without sprints is refused by name, and needs nothing beside issues and sprints', async () => {
    await expect(loadDevlakeHistory(folder)).rejects.toThrow(file('sprints'))
    await copyFile(sharedData('rest/devlake', file('sprints')), join(folder, file('sprints')))
    const history = await loadDevlakeHistory(folder, { baseUrl: 'https://other.example' })
    expect(history.issues.count).toBe(33)
    expect([...historyAsWebhooks(history)].length).toBeGreaterThan(500)
    expect(history.projects.map(({ key }) => key)).toEqual(['EE', 'K5'])
    expect(JSON.stringify(history.statuses)).toContain('https://other.example')
  })
})
