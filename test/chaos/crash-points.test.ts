import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAIN_TYPE } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { swallowAnswers } from '../support/answer-swallower.ts'
import { createKeyResults, issuesBehind } from '../support/crash-goals.ts'
import { openCrashStage, type CrashStage } from '../support/crash-stage.ts'
import { inboxOutcomes, isDrained, lostDeliveries, timesApplied } from '../support/crash-verdict.ts'
import { eventually } from '../support/eventually.ts'
import { BY_COUNT } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { sign } from '../support/service.ts'

const KEYS = Array.from({ length: 8 }, (_, index) => `KR-${index + 1}`)
const MONDAY = Date.parse('2026-11-02T08:00:00Z')

let stage: CrashStage
let minutes = 0
const now = () => MONDAY + ++minutes * 60_000

beforeAll(async () => {
  stage = await openCrashStage({ queue: 'postgres', seed: 5 })
  await createKeyResults(stage, Object.fromEntries(KEYS.map((key) => [key, BY_COUNT])))
}, 60_000)
afterAll(() => stage.close())

/** An epic for a key result, with a first story: its comment is due. Gives the epic. */
function beginWork(key: string): string {
  const epic = {
    at: now(),
    projectKey: 'WEB',
    typeId: PLAIN_TYPE.epic,
    summary: `Epic of ${key}`,
    labels: [key],
  }
  const { key: parent } = stage.jira.createIssue(epic)
  stage.jira.createIssue({ at: now(), projectKey: 'WEB', summary: `Story of ${key}`, parent })
  return parent
}

const commentsOf = (epic: string) => stage.jira.commentsOf(epic).length

async function isRecorded(key: string): Promise<boolean> {
  const rows = await stage.query(
    'select 1 from jira_comments where subject = $1 and comment_id is not null and written_at is not null',
    [key],
  )
  return rows.length === 1
}

describe('a worker that is killed between Jira’s answer and its own record', () => {
  it.each([
    ['KR-1', 'hang'],
    ['KR-2', 'reset'],
    ['KR-3', 'hang'],
    ['KR-4', 'reset'],
  ] as const)(
    'leaves one comment for %s (the answer: %s)',
    async (key, kind) => {
      stage.jira.faults.add({ method: 'POST', url: /comment$/, afterEffect: true, fault: { kind } })
      const epic = beginWork(key)
      await eventually('the comment to be in Jira', () => commentsOf(epic) === 1)
      expect(await isRecorded(key)).toBe(false)
      stage.part('worker').kill()
      await eventually('the comment to be recorded', () => isRecorded(key), 40_000)
      expect(commentsOf(epic)).toBe(1)
    },
    60_000,
  )
})

describe('a web process that is killed between its commit and its answer', () => {
  it.each([101, 102, 103])(
    'has the delivery already when it comes again (%i)',
    async (id) => {
      const swallower = await swallowAnswers(Number(new URL(stage.address).port))
      const body = JSON.stringify(issueEvent({ id, at: '2026-11-05T09:00:00.000Z', labels: ['KR-5'] }))
      const post = (port: number) =>
        fetch(`http://127.0.0.1:${port}/webhooks/jira/main`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-hub-signature': sign(Buffer.from(body)),
            'x-atlassian-webhook-identifier': `unanswered-${id}`,
          },
          body,
        })
      const unanswered = post(swallower.port).then(
        () => 'answered',
        () => 'not answered',
      )
      await eventually('the commit', async () => {
        const rows = await stage.query('select 1 from inbox where delivery_id = $1', [`unanswered-${id}`])
        return rows.length === 1
      })
      stage.part('web').kill()
      expect(await unanswered).toBe('not answered')
      await swallower.close()

      const again = await eventually('the web process to be back', () =>
        post(Number(new URL(stage.address).port)),
      )
      expect(again.status).toBe(200)
      expect(await again.json()).toEqual({ status: 'duplicate' })
      await eventually('the issue to count', async () => (await issuesBehind(stage, 'KR-5')) === id - 100)
    },
    30_000,
  )
})

describe('a rolling restart under load', () => {
  const STORIES = 400
  const PACE_MS = 20
  const LONGEST_STOP_MS = 10_000

  it('loses nothing, doubles nothing, answers no 5xx but 503, and every process ends in time', async () => {
    const { jira, gate, part, untilUp } = stage
    const epic = beginWork('KR-6')
    let made = 1
    const load = new Promise<void>((done) => {
      const timer = setInterval(() => {
        jira.createIssue({ at: now(), projectKey: 'WEB', summary: `Story ${made}`, parent: epic })
        if (++made < STORIES) return
        clearInterval(timer)
        done()
      }, PACE_MS)
    })
    const before = new Map(gate.answers)
    const stops: { code: number | null; stopMs: number }[] = []
    for (const name of ['web', 'worker', 'web', 'worker'] as const) {
      await untilUp(name)
      stops.push(await part(name).terminate())
    }
    await load
    await jira.webhooks.flush()
    await gate.settle()
    await eventually('every story to count', async () => (await issuesBehind(stage, 'KR-6')) === STORIES)
    await eventually('everything to be done', () => isDrained(stage))

    expect(stops.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    expect(Math.max(...stops.map(({ stopMs }) => stopMs))).toBeLessThan(LONGEST_STOP_MS)
    const answered = [...gate.answers.keys()].filter(
      (answer) => gate.answers.get(answer) !== before.get(answer),
    )
    expect(answered.filter((answer) => !['200', '503', 'none'].includes(answer))).toEqual([])
    expect(await lostDeliveries(stage)).toEqual([])
    const { applied } = await inboxOutcomes(stage)
    expect(await timesApplied(stage)).toBe(applied)
    expect(await inboxOutcomes(stage)).toEqual({ applied })
    expect(commentsOf(epic)).toBe(1)
    const [movements] = await stage.query(
      "select count(*)::int as added from movements where key_result = 'KR-6' and movement->>'kind' = 'added'",
    )
    expect(movements).toEqual({ added: STORIES })
  }, 90_000)
})
