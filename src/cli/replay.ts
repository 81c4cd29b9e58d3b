import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { ThroughlineError } from '../app/errors.ts'
import type { DayPoint } from '../app/goals/daily-series.ts'
import { readHistory } from '../app/goals/read-history.ts'
import { reportSprint } from '../app/report-sprint.ts'
import { linkFile, type LinkFile } from '../contracts/link-file.ts'
import { inputProblems } from '../contracts/problem-text.ts'
import { createDemoClock, type DemoClock } from '../demo/demo-clock.ts'
import { startServiceForJira, type RunningService } from '../demo/demo-service.ts'
import { createJiraSimulator, type JiraSimulator } from '../demo/jira-simulator/jira-simulator.ts'
import { loadDevlakeHistory } from '../demo/jira-simulator/loading/devlake-history.ts'
import { historyAsWebhooks } from '../demo/jira-simulator/loading/history-as-webhooks.ts'
import type { WebhookEvent } from '../demo/jira-simulator/webhooks/webhook-event.ts'
import { storeReplayGoals, type ReplayedKeyResult } from '../demo/replay-goals.ts'
import { untilSettled } from '../demo/settled.ts'
import { SPRINT_HEADER, sprintRow } from '../demo/sprint-lines.ts'
import { progressBar } from '../domain/writeback/status-comment.ts'
import { listenForStop, unlessStopped } from '../lifecycle.ts'
import { say } from './one-off.ts'
import { createProgressLine } from './progress-line.ts'
import { table } from './table.ts'

const OWN_LINKS = resolve(import.meta.dirname, '../../examples/devlake-links.yaml')
const EVENTS_AT_ONCE = 50

/**
 * Replays recorded Jira history as signed webhooks, in time order, at the real service on an embedded PostgreSQL of
 * its own, and prints what it made of sprints and key results.
 */
export async function replay(folder: string, links: string | null): Promise<void> {
  const rules = readLinkFile(links ?? OWN_LINKS)
  if (!existsSync(folder)) {
    throw new ThroughlineError(
      'OKR_INPUT_INVALID',
      `There is no folder ${folder}; expected one with recorded REST answers.`,
    )
  }
  const stop = listenForStop()
  const history = await loadDevlakeHistory(folder)
  const events = [...historyAsWebhooks(history)]
  const clock = createDemoClock(events[0]?.at ?? 0)
  const jira = createJiraSimulator({ history, now: () => clock.now(), dispatch: { concurrency: 1 } })
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-replay-'))
  try {
    const running = await startServiceForJira({ jira, clock, dataDir, port: 0 })
    try {
      await unlessStopped(stop, play(running, { jira, clock, events, rules }))
    } finally {
      await running.close()
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

interface Recording {
  readonly jira: JiraSimulator
  readonly clock: DemoClock
  readonly events: readonly WebhookEvent[]
  readonly rules: LinkFile
}

async function play(running: RunningService, { jira, clock, events, rules }: Recording): Promise<void> {
  const { history } = jira
  const keyResults = await storeReplayGoals(running.service.database.records, rules, history)
  const partial = Array.from({ length: history.issues.count }, (_, index) => history.issues.at(index))
  const unknown = partial.filter(({ isSynthesised }) => isSynthesised).length
  say(
    `${history.issues.count - unknown} issues, ${unknown} more known by their changelogs alone, ${history.sprints.length} sprints.`,
  )
  await deliver(running, jira, clock, events)
  await printSprints(running)
  for (const keyResult of keyResults) await printCurve(running, keyResult)
}

async function deliver(
  { service }: RunningService,
  jira: JiraSimulator,
  clock: DemoClock,
  events: readonly WebhookEvent[],
): Promise<void> {
  const line = createProgressLine()
  for (let start = 0; start < events.length; start += EVENTS_AT_ONCE) {
    const batch = events.slice(start, start + EVENTS_AT_ONCE)
    batch.forEach((event) => jira.webhooks.send(event))
    clock.set(batch.at(-1)!.at)
    const { givenUp } = await jira.webhooks.flush()
    if (givenUp > 0) throw new Error(`${givenUp} webhooks were refused`)
    await untilSettled(service)
    line.show(`${start + batch.length} of ${events.length} webhooks delivered and applied`)
  }
  line.end()
}

async function printSprints({ service }: RunningService): Promise<void> {
  const { database, compileLinkRules, clock } = service
  const { records } = database
  const sprints = await records.mirror.sprints({
    siteId: 'main',
    state: null,
    boardId: null,
    after: null,
    limit: 1000,
  })
  const rows: string[][] = []
  for (const { sprintId, name } of sprints) {
    const { report } = await reportSprint({ records, compileLinkRules, now: clock.now() }, 'main', sprintId)
    rows.push(sprintRow(`${sprintId} ${name}`, report))
  }
  say('')
  say('Sprints as of their start and completion; sub-tasks are part of their story.')
  say(table(SPRINT_HEADER, rows))
}

async function printCurve(
  { service }: RunningService,
  { key, title, issues }: ReplayedKeyResult,
): Promise<void> {
  const { database, clock } = service
  const question = { key, from: null, to: null, beforeSnapshot: null, snapshotLimit: 1 }
  const { days } = await readHistory({ records: database.records, clock }, question)
  say('')
  say(`${key} ${title} (${issues} issues)`)
  say(
    table(
      ['day', 'progress', '', 'delivered', 'of', 'expected'],
      days.filter((day, index) => index === 0 || !looksAlike(day, days[index - 1]!)).map(curveRow),
    ),
  )
}

/** A day is worth a line when something moved on it. */
function looksAlike(a: DayPoint, b: DayPoint): boolean {
  return a.current === b.current && a.target === b.target
}

function curveRow({ day, progress, current, target, expectedProgress }: DayPoint): string[] {
  const percent = progress === null ? null : Math.round(progress * 100)
  return [
    day,
    percent === null ? '–' : `${percent} %`,
    progressBar(percent ?? 0),
    current === null ? '–' : String(current),
    target === null ? '–' : String(target),
    expectedProgress === null ? '–' : `${Math.round(expectedProgress * 100)} %`,
  ]
}

function readLinkFile(file: string): LinkFile {
  let content: unknown
  try {
    content = parseYaml(readFileSync(file, 'utf8'))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new ThroughlineError('OKR_INPUT_INVALID', `The link file ${file} cannot be read: ${why}`, { cause })
  }
  const parsed = linkFile.safeParse(content)
  if (parsed.success) return parsed.data
  const problems = inputProblems(parsed.error.issues, content, 'yaml')
  const lines = problems.map(({ field, message }) => `  ${field}: ${message}`)
  throw new ThroughlineError(
    'OKR_INPUT_INVALID',
    `The link file ${file} does not work:\n${lines.join('\n')}`,
    { problems },
  )
}
