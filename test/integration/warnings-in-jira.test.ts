import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJiraSimulator, type JiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { plainSite, PLAIN_STATUS, PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { DAY_MS, dayOf, HOUR_MS } from '../../src/domain/time.ts'
import { startConnectedService, type ConnectedService } from '../support/connected-service.ts'
import { BY_COUNT, storeGoals } from '../support/goals.ts'

const MONDAY = Date.parse('2026-10-05T08:00:00Z')
const MID_QUARTER = Date.parse('2026-11-16T08:00:00Z')

let jira: JiraSimulator
let service: ConnectedService
let echoes: object[]
let now: number
let epic: string
let stories: string[]

/** Everything Jira has told so far reaches the service, which does all its work, comments included. */
async function settle(): Promise<void> {
  for (const body of echoes.splice(0)) await service.deliver(body)
  await service.work.sweep()
  await service.drain()
  await service.store.query('update jira_comments set due_at = now() where is_due')
  await service.work.comments()
}

function setNow(at: number): void {
  now = at
  service.setNow(at)
}

const finish = (story: string) => jira.transition(story, { at: now, statusId: PLAIN_STATUS.done })

/** Writes that told people, each as its kind and topic. */
function told(): { what: string; day: string }[] {
  return jira.commentWrites
    .filter(({ notifies }) => notifies)
    .map(({ kind, commentId, at }) => {
      const comment = jira.commentsOf(epic).find(({ id }) => id === commentId)
      const marker = comment?.properties.get('throughline') as { kind: string } | undefined
      return { what: `${kind} ${marker?.kind.replace(/-\d+$/, '') ?? 'gone'}`, day: dayOf(at, 'UTC') }
    })
}

const textOf = (topic: string) =>
  jira
    .commentsOf(epic)
    .filter(({ properties }) => (properties.get('throughline') as { kind: string }).kind.startsWith(topic))
    .map(({ text }) => text)

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
  setNow(MONDAY)
  await storeGoals(service.database, { keyResults: { 'KR-1': BY_COUNT } })
  const given = { at: now, projectKey: 'WEB' }
  epic = jira.createIssue({ ...given, summary: 'Epic', typeId: PLAIN_TYPE.epic, labels: ['KR-1'] }).key
  stories = Array.from(
    { length: 20 },
    (_, index) => jira.createIssue({ ...given, summary: `Story ${index}`, parent: epic }).key,
  )
  await settle()
  setNow(MID_QUARTER)
  finish(stories[0]!)
  await settle()
})
afterEach(async () => {
  await service.stop()
  await jira.stop()
})

describe('a key result that is far behind at half of its time', () => {
  it('gets one warning beside its status', () => {
    expect(told()).toEqual([
      { what: 'created status', day: '2026-10-05' },
      { what: 'created warning', day: '2026-11-16' },
    ])
    expect(textOf('warning')).toEqual([expect.stringContaining('▱ 5% reached')])
  })

  it('is told of once, however many of its issues are edited at once', async () => {
    for (let round = 0; round < 15; round++) {
      setNow(now + 60_000)
      for (const story of stories) jira.editIssue(story, { at: now, summary: `Round ${round}` })
    }
    expect(echoes.length).toBeGreaterThanOrEqual(300)
    await settle()
    await settle()
    expect(told()).toHaveLength(2)
    expect(textOf('warning')).toHaveLength(1)
  })

  it('causes no write by what it wrote', async () => {
    for (let round = 0; round < 3; round++) await settle()
    const before = jira.commentWrites.length
    for (let round = 0; round < 3; round++) await settle()
    expect(jira.commentWrites).toHaveLength(before)
  })

  it('has its warning ended in silence when it is reached', async () => {
    setNow(now + 2 * HOUR_MS)
    for (const story of stories) finish(story)
    await settle()
    expect(textOf('warning')).toEqual([expect.stringContaining('Health now: Done.')])
    expect(told()).toHaveLength(2)
  })
})

describe('a key result that swings around an edge for thirty days', () => {
  it('is told of once a day at most, and not for swings within a day', async () => {
    const reopen = (story: string) => jira.transition(story, { at: now, statusId: PLAIN_STATUS.toDo })
    for (const story of stories.slice(1, 10)) finish(story)
    await settle()
    for (let step = 0; step < 60; step++) {
      setNow(now + DAY_MS / 2)
      for (const story of stories.slice(7, 10)) (step % 2 === 0 ? reopen : finish)(story)
      await settle()
    }
    const days = told().map(({ day }) => day)
    expect(new Set(days).size).toBe(days.length)
    expect(textOf('warning').length).toBeLessThanOrEqual(30)
  }, 60_000)
})
