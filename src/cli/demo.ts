import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportSprint } from '../app/report-sprint.ts'
import { createDemoClock } from '../demo/demo-clock.ts'
import { DEMO_CYCLE, DEMO_OBJECTIVES } from '../demo/demo-goals.ts'
import { startServiceForJira, type RunningService } from '../demo/demo-service.ts'
import { demoSite, demoStory, STORY_START } from '../demo/demo-story.ts'
import { createJiraSimulator } from '../demo/jira-simulator/jira-simulator.ts'
import { createNarrator } from '../demo/narrator.ts'
import { placesToLook } from '../demo/places-to-look.ts'
import { quarterSite } from '../demo/quarter/backlog.ts'
import { QUARTER_EVE, runQuarter } from '../demo/quarter/run-quarter.ts'
import { untilSettled } from '../demo/settled.ts'
import { SPRINT_HEADER, sprintRow } from '../demo/sprint-lines.ts'
import { listenForStop, unlessStopped, type StopRequest } from '../lifecycle.ts'
import { say } from './one-off.ts'
import { table } from './table.ts'

const PREFERRED_PORT = 8080
const BEFORE_THE_STORY_MS = 4 * 86_400_000

export interface DemoOptions {
  /** It ends by itself. */
  readonly isOnce: boolean
  /** A whole quarter, told by the week, instead of two sprints told by the event. */
  readonly isQuarter: boolean
}

/** Plays two sprints, or a quarter, at the real service and tells what it makes of them; then serves on, or ends. */
export async function demo(options: DemoOptions): Promise<void> {
  const stop = listenForStop()
  const folder = mkdtempSync(join(tmpdir(), 'throughline-demo-'))
  try {
    await demoIn(folder, options, stop)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function demoIn(dataDir: string, { isOnce, isQuarter }: DemoOptions, stop: StopRequest): Promise<void> {
  say('Starting an embedded PostgreSQL, the service and a simulated Jira …')
  const startedAt = performance.now()
  const clock = createDemoClock(isQuarter ? QUARTER_EVE : STORY_START - BEFORE_THE_STORY_MS)
  const jira = createJiraSimulator({
    history: isQuarter ? quarterSite() : demoSite(),
    now: () => clock.now(),
  })
  const port = isOnce || !(await isFree(PREFERRED_PORT)) ? 0 : PREFERRED_PORT
  const running = await startServiceForJira({ jira, clock, dataDir, port })
  try {
    if (isQuarter) {
      await unlessStopped(stop, runQuarter({ running, jira, clock }, say))
      say(`A quarter in ${Math.round((performance.now() - startedAt) / 1_000)} s.`)
    } else {
      await unlessStopped(stop, play(running, jira, clock))
      await summarise(running)
    }
    if (isOnce) return
    say('')
    for (const line of placesToLook(running, { isQuarter })) say(line)
    say('Ctrl-C ends it.')
    await stop.requested
    say('Stopping …')
  } finally {
    await running.close()
  }
}

async function play(
  { service, call }: RunningService,
  jira: ReturnType<typeof createJiraSimulator>,
  clock: ReturnType<typeof createDemoClock>,
): Promise<void> {
  await createGoals(call)
  const narrator = createNarrator(service.database.records, jira, say)
  const report = async (value: number, note: string) => {
    await call('POST', '/api/v1/key-results/KR-3/check-ins', { value, note, confidence: 7 })
  }
  say('')
  for (const { at, happen } of demoStory(jira)) {
    clock.set(at)
    await happen(jira, report)
    await jira.webhooks.flush()
    await untilSettled(service)
    await narrator.tell()
  }
}

async function createGoals(call: RunningService['call']): Promise<void> {
  await call('POST', '/api/v1/cycles', DEMO_CYCLE)
  for (const { keyResults, ...objective } of DEMO_OBJECTIVES) {
    const { key } = (await call('POST', '/api/v1/objectives', { cycle: DEMO_CYCLE.key, ...objective })) as {
      key: string
    }
    for (const keyResult of keyResults)
      await call('POST', '/api/v1/key-results', { objective: key, ...keyResult })
  }
}

async function summarise({ service }: RunningService): Promise<void> {
  const { database, compileLinkRules, clock } = service
  const { records } = database
  const keyResults = await records.goals.keyResults(
    { after: null, limit: 50 },
    { cycle: null, objective: null, includeArchived: false },
  )
  const snapshots = await records.progress.latestSnapshots(keyResults.map(({ keyResult }) => keyResult.key))
  say('')
  say(
    table(
      ['key result', 'title', 'progress', 'expected', 'health', 'delivered of'],
      keyResults.map(({ keyResult: { key, title } }) => {
        const numbers = snapshots.get(key)?.numbers
        const { delivered, scope } = numbers?.delivery ?? { delivered: { issues: 0 }, scope: { issues: 0 } }
        return [
          key,
          title,
          percent(numbers?.progress),
          percent(numbers?.assessment.expected),
          (numbers?.assessment.health ?? 'no_data').replace('_', ' '),
          scope.issues > 0 ? `${delivered.issues} of ${scope.issues} issues` : '',
        ]
      }),
    ),
  )
  const sprints = await records.mirror.sprints({
    siteId: 'main',
    state: null,
    boardId: null,
    after: null,
    limit: 10,
  })
  const rows: string[][] = []
  for (const { sprintId, name } of sprints) {
    const { report } = await reportSprint({ records, compileLinkRules, now: clock.now() }, 'main', sprintId)
    rows.push(sprintRow(name, report))
  }
  say('')
  say(table(SPRINT_HEADER, rows))
}

function percent(share: number | null | undefined): string {
  return share == null ? '–' : `${Math.round(share * 100)} %`
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}
