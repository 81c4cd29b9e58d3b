import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyResults, issuesBehind } from '../support/crash-goals.ts'
import { openCrashStage, type CrashStage } from '../support/crash-stage.ts'
import { isDrained } from '../support/crash-verdict.ts'
import { eventually } from '../support/eventually.ts'
import { BY_COUNT } from '../support/goals.ts'
import { issueEvent } from '../support/issue-events.ts'
import { signalWithChildren } from '../support/processes.ts'
import { hasRedisServer } from '../support/redis-server.ts'
import { sign } from '../support/service.ts'

const KEY = 'KR-1'
/** Jira gives up waiting for an answer after 20 s at the latest. */
const ANSWER_LIMIT_MS = 8_000
/** A bell reaches the workers in less than the age from which the sweeper takes work. */
const BELL_LIMIT_MS = 900
const STOP_LIMIT_MS = 10_000

let stage: CrashStage
let issues = 0

beforeAll(async () => {
  stage = await openCrashStage({ queue: hasRedisServer() ? 'redis' : 'postgres', seed: 8 })
  await createKeyResults(stage, { [KEY]: BY_COUNT })
  await eventually('the key result to be linked', () => isDrained(stage))
}, 60_000)
afterAll(() => stage.close())

/** An issue of the key result, posted as Jira would; the answer with how long it took. */
async function deliver(id = ++issues) {
  const body = JSON.stringify(issueEvent({ id, at: '2026-11-05T09:00:00.000Z', labels: [KEY] }))
  const startedAt = performance.now()
  const answer = await fetch(`${stage.address}/webhooks/jira/main`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature': sign(Buffer.from(body)) },
    body,
  })
  const tookMs = performance.now() - startedAt
  return { id, status: answer.status, retryAfter: answer.headers.get('retry-after'), tookMs }
}

const readiness = async () => (await fetch(`${stage.address}/readyz`)).status
const servicePids = () => [stage.part('web').pid(), stage.part('worker').pid()]
const untilCounted = (withinMs?: number) =>
  eventually('every issue to count', async () => (await issuesBehind(stage, KEY)) === issues, withinMs)

/** Expects every webhook to be refused in the way that makes Jira send it again; gives which they were. */
async function expectRefusals(): Promise<number[]> {
  const [notReady, ...answers] = await Promise.all([
    readiness(),
    ...Array.from({ length: 20 }, () => deliver()),
  ])
  for (const { status, retryAfter, tookMs } of answers) {
    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: '5' })
    expect(tookMs).toBeLessThan(ANSWER_LIMIT_MS)
  }
  expect(notReady).toBe(503)
  return answers.map(({ id }) => id)
}

/** Expects the service to be as before, without anybody having restarted it, once Jira has sent again what it holds. */
async function expectRecovery(pids: (number | null)[], held: readonly number[]): Promise<void> {
  for (const id of held) {
    await eventually('a webhook to be taken', async () => (await deliver(id)).status === 200)
  }
  await untilCounted()
  await eventually('the service to be ready', async () => (await readiness()) === 200)
  expect(servicePids()).toEqual(pids)
}

/** Whether a webhook reached its key result by the bell, before the sweeper would have taken it. */
async function rings(): Promise<boolean> {
  const startedAt = performance.now()
  expect((await deliver()).status).toBe(200)
  await untilCounted()
  return performance.now() - startedAt < BELL_LIMIT_MS
}

describe('while PostgreSQL', () => {
  it('hangs, no webhook is answered 2xx, and everything goes on when it wakes', async () => {
    const pids = servicePids()
    const postgres = stage.part('postgres').pid()!
    signalWithChildren(postgres, 'SIGSTOP')
    const held = await expectRefusals().finally(() => signalWithChildren(postgres, 'SIGCONT'))
    await expectRecovery(pids, held)
  }, 60_000)

  it('is down, no webhook is answered 2xx, and everything goes on when it is back', async () => {
    const pids = servicePids()
    await stage.part('postgres').stop()
    const held = await expectRefusals()
    stage.part('postgres').start()
    await expectRecovery(pids, held)
    await eventually('a bell to ring', rings, 30_000)
  }, 60_000)
})

describe.skipIf(!hasRedisServer() && process.env.CI !== 'true')('while Redis is down', () => {
  it('key results keep moving, and bells ring again when it is back', async () => {
    const pids = servicePids()
    await stage.part('redis').stop()
    for (let round = 0; round < 2; round++) {
      expect((await deliver()).status).toBe(200)
      await untilCounted(5_000)
    }
    expect(await readiness()).toBe(200)
    stage.part('redis').start()
    await expectRecovery(pids, [])
    await eventually('a bell to ring', rings, 30_000)
  }, 60_000)

  it('processes end in time when they are told to, and new ones do the work', async () => {
    await stage.part('redis').stop()
    const [worker, web] = await Promise.all([stage.part('worker').terminate(), stage.part('web').terminate()])
    expect([worker.code, web.code]).toEqual([0, 0])
    expect(Math.max(worker.stopMs, web.stopMs)).toBeLessThan(STOP_LIMIT_MS)
    await Promise.all([stage.untilUp('worker'), stage.untilUp('web')])
    expect((await deliver()).status).toBe(200)
    await untilCounted()

    const pids = servicePids()
    stage.part('redis').start()
    await expectRecovery(pids, [])
    await eventually('a bell to ring', rings, 30_000)
  }, 60_000)
})

describe('after every outage', () => {
  it('no process has ended by itself', () => {
    expect(stage.part('web').unplannedExits()).toEqual([])
    expect(stage.part('worker').unplannedExits()).toEqual([])
  })
})
