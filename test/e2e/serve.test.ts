import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runThroughline } from '../support/command-line.ts'
import { eventually } from '../support/eventually.ts'
import { issueEvent } from '../support/issue-events.ts'
import { privateFolder, type PrivateFolder } from '../support/private-folder.ts'
import { processesNaming, signalWithChildren } from '../support/processes.ts'
import { serve, type Served } from '../support/served.ts'

let folder: PrivateFolder
let running: Served[]
beforeEach(() => {
  folder = privateFolder()
  running = []
})
afterEach(async () => {
  for (const { program } of running) program.process.kill('SIGKILL')
  for (const { program } of running) await program.exit
  const pid = postmaster()
  if (pid !== null) signalWithChildren(pid, 'SIGKILL')
  folder.remove()
})

async function started(settings: Record<string, string> = {}): Promise<Served> {
  const served = await serve(folder.path, { settings: { LOG_LEVEL: 'warn', ...settings } })
  running.push(served)
  return served
}

/** The process of the embedded PostgreSQL; null when it has stopped in order. */
function postmaster(): number | null {
  const file = join(folder.path, 'postgres/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

const story = (id: number, at = '2026-10-05T09:00:00.000Z') =>
  issueEvent({ id, at, labels: ['KR-1'], status: 'done' })

async function createGoals({ call }: Served): Promise<void> {
  await call('POST', '/api/v1/cycles', {
    key: '2026-Q4',
    title: 'Fourth quarter',
    startDay: '2026-10-01',
    endDay: '2026-12-31',
  })
  await call('POST', '/api/v1/objectives', { cycle: '2026-Q4', title: 'It runs' })
  const measure = { kind: 'delivery', size: 'count', target: { kind: 'scope' } }
  await call('POST', '/api/v1/key-results', { objective: 'O-1', title: 'One', measure })
}

/** How many issues stand behind KR-1. */
async function scope({ call }: Served): Promise<number> {
  const keyResult = (await call('GET', '/api/v1/key-results/KR-1')) as {
    progress: { delivery: { scope: { issues: number } } } | null
  }
  return keyResult.progress?.delivery.scope.issues ?? 0
}

describe('throughline serve', () => {
  it('takes a signed webhook, shows what it did, and ends with exit code 0 on SIGTERM', async () => {
    const served = await started()
    await createGoals(served)
    expect(await served.deliver(story(1))).toBe(200)
    await eventually('the issue to count', async () => (await scope(served)) === 1)
    expect(await served.stop()).toBe(0)
    expect(served.program.errors()).toBe('')
    expect(processesNaming(folder.path)).toEqual([])
  }, 60_000)

  it('shares its PostgreSQL with a second command, which leaves it running', async () => {
    const served = await started()
    const pid = postmaster()
    expect(await served.deliver(story(1))).toBe(200)
    await eventually('the delivery to be applied', async () => {
      const { code, output } = await runThroughline(['deliveries', 'list'], { DATA_DIR: folder.path })
      expect(code).toBe(0)
      return /^ +1 .*jira:issue_created.* applied$/m.test(output)
    })
    expect(postmaster()).toBe(pid)
    expect(await served.deliver(story(2))).toBe(200)
    expect(await served.stop()).toBe(0)
    expect(postmaster()).toBeNull()
  }, 60_000)

  it('can be started twice at the same instant in an empty folder', async () => {
    const [first, second] = await Promise.all([started(), started()])
    await createGoals(first)
    expect(await first.deliver(story(1))).toBe(200)
    expect(await second.deliver(story(2))).toBe(200)
    await eventually('both issues to count', async () => (await scope(second)) === 2)
    expect(await first.stop()).toBe(0)
    expect(await second.deliver(story(3))).toBe(200)
    await eventually('the third issue to count', async () => (await scope(second)) === 3)
    expect(await second.stop()).toBe(0)
    expect(processesNaming(folder.path)).toEqual([])
  }, 90_000)

  it('starts its PostgreSQL again when that was killed', async () => {
    const served = await started({ LOG_LEVEL: 'silent' })
    expect(await served.deliver(story(1))).toBe(200)
    const killed = postmaster()!
    signalWithChildren(killed, 'SIGKILL')
    const during = await served.deliver(story(2))
    expect([503, 200]).toContain(during)
    await eventually('a webhook to be taken again', async () => (await served.deliver(story(3))) === 200)
    expect(postmaster()).not.toBe(killed)
    await createGoals(served)
    await eventually('the issues to count', async () => (await scope(served)) === (during === 200 ? 3 : 2))
    expect(await served.stop()).toBe(0)
    expect(processesNaming(folder.path)).toEqual([])
  }, 60_000)
})
