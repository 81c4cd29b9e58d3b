import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { KeyResultKey } from '../../src/domain/ids.ts'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { plainSite, PLAIN_STATUS, PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { problemsOfAdf } from '../support/adf-schema.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'
import { eventually } from '../support/eventually.ts'
import { hasSharedData } from '../support/shared-data.ts'

const KR = 'KR-1' as KeyResultKey
const HOUR_MS = 3_600_000
const MONDAY = Date.parse('2026-10-05T08:00:00Z')

let jira: JiraSimulator
let service: ConnectedService
let echoes: object[]
let now: number
let epic: string
let stories: string[]

beforeEach(async () => {
  now = MONDAY
  echoes = []
  jira = createJiraSimulator({
    history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }),
    now: () => now,
  })
  jira.webhooks.onEvent(({ body }) => echoes.push(body))
  const { baseUrl } = await jira.start()
  service = await startConnectedService(baseUrl)
  service.setNow(now)
  await storeGoals(service.database, { keyResults: { 'KR-1': BY_COUNT } })
  epic = jira.createIssue({
    at: now,
    projectKey: 'WEB',
    summary: 'Epic',
    typeId: PLAIN_TYPE.epic,
    labels: ['KR-1'],
  }).key
  stories = Array.from(
    { length: 10 },
    (_, index) =>
      jira.createIssue({ at: now, projectKey: 'WEB', summary: `Story ${index}`, parent: epic }).key,
  )
})

afterEach(async () => {
  await service.stop()
  await jira.stop()
})

/** Everything Jira has told so far reaches the service, which does all its work, comments included. */
async function settle(): Promise<void> {
  for (const body of echoes.splice(0)) await service.deliver(body)
  await service.drain()
  await service.work.comments()
}

async function deliverStory(index: number, afterHours: number): Promise<void> {
  now += afterHours * HOUR_MS
  service.setNow(now)
  jira.transition(stories[index]!, { at: now, statusId: PLAIN_STATUS.done })
  await settle()
}

/** Due times are the database's real time: an hour of the story is taken off them. */
async function passRealTime(): Promise<void> {
  await service.store.query("update jira_comments set due_at = now() - interval '1 second' where is_due")
  await service.work.comments()
}

const writes = () => jira.commentWrites.map(({ kind, notifies }) => ({ kind, notifies }))

describe('the status comment', () => {
  it('is created once on the epic and edited in place, in silence, when progress moves five points', async () => {
    await settle()
    expect(writes()).toEqual([{ kind: 'created', notifies: true }])

    await deliverStory(0, 2)
    expect(writes()).toEqual([
      { kind: 'created', notifies: true },
      { kind: 'updated', notifies: false },
    ])
    const comments = jira.commentsOf(epic)
    expect(comments).toHaveLength(1)
    expect(comments[0]?.text).toContain('10%')
    expect(comments[0]?.properties.get('throughline')).toEqual({ keyResult: 'KR-1', kind: 'status' })
  })

  it.skipIf(!hasSharedData)('is valid under the schema of the Atlassian Document Format', async () => {
    await settle()
    await deliverStory(0, 2)
    expect(problemsOfAdf(jira.commentsOf(epic)[0]?.document)).toEqual([])
  })

  it('is written at most once an hour, and then says everything', async () => {
    await settle()
    await deliverStory(0, 0.25)
    await deliverStory(1, 0.25)
    await passRealTime()
    expect(writes()).toHaveLength(1)

    now += HOUR_MS
    service.setNow(now)
    await passRealTime()
    expect(writes()).toHaveLength(2)
    expect(jira.commentsOf(epic)[0]?.text).toContain('20%')
  })

  it('never answers itself: its own echo and a copy by somebody else cause no write', async () => {
    await settle()
    await deliverStory(0, 2)
    expect(echoes.length).toBeGreaterThan(0)
    const copied = jira.commentsOf(epic)[0]!.text
    jira.addComment(epic, { at: now, text: copied })
    const before = writes().length
    for (let round = 0; round < 3; round++) await settle()
    await passRealTime()
    expect(writes().filter(({ kind }) => kind === 'updated')).toHaveLength(1)
    expect(writes().length - before).toBeLessThanOrEqual(1)
    const outcomes = await service.database.records.inbox.outcomes()
    expect(outcomes.find(({ reason }) => reason === 'own_comment')?.deliveries).toBeGreaterThan(0)
  })

  it('is found again after a crash between Jira’s answer and our commit, and not doubled', async () => {
    await settle()
    await service.store.query(
      `update jira_comments
        set comment_id = null, written = null, creating_until = now(), is_due = true, due_at = now()`,
    )
    await service.work.comments()
    expect(jira.commentsOf(epic)).toHaveLength(1)
    expect(writes().map(({ kind }) => kind)).toEqual(['created', 'updated'])
  })

  it('waits as long as Jira asks, without counting it as a failure', async () => {
    jira.faults.add({
      fault: { kind: 'rate_limited', reason: 'jira-per-issue-on-write', retryAfterSeconds: 6 },
      method: 'POST',
      url: /\/comment$/,
      times: 1,
    })
    await settle()
    expect(writes()).toEqual([])
    const [waiting] = await service.store.query(
      "select attempts, due_at > now() + interval '3 seconds' as waits, last_error from jira_comments",
    )
    expect(waiting).toEqual({ attempts: 0, waits: true, last_error: 'rate_limited' })
    await eventually('the comment after the wait', async () => {
      await service.work.comments()
      return writes().length === 1
    })
  })

  it('stays away when people delete it, until the health changes', async () => {
    await settle()
    const id = jira.commentsOf(epic)[0]!.id
    await fetch(
      `${(await service.database.records.sites.site('main'))!.baseUrl}/rest/api/3/issue/${epic}/comment/${id}`,
      {
        method: 'DELETE',
        headers: { authorization: `Basic ${btoa('bot@throughline.example:simulated-api-token')}` },
      },
    )
    await deliverStory(0, 2)
    expect(jira.commentsOf(epic)).toHaveLength(0)
    await deliverStory(1, 2)
    expect(jira.commentsOf(epic)).toHaveLength(0)
    for (let index = 2; index < 10; index++) await deliverStory(index, 2)
    const { numbers } = (await service.database.records.progress.latestSnapshot(KR))!
    expect(numbers.assessment.health).toBe('done')
    expect(jira.commentsOf(epic)).toHaveLength(1)
  })

  it('tells the audit log and the feed what was written', async () => {
    await settle()
    const filter = { subject: 'KR-1', action: null, from: null, until: null }
    const [entry] = await service.database.records.audit.list({ after: null, limit: 10 }, filter)
    expect(entry).toMatchObject({ actor: 'throughline', action: 'comment.create' })
    const feed = await service.database.records.feed.after(0, 100)
    expect(feed.at(-1)).toMatchObject({ kind: 'comment.written', subject: 'KR-1', data: { isNew: true } })
  })
})
