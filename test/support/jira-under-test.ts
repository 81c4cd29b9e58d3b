import { createJira, type JiraOptions } from '../../src/adapters/jira/create-jira.ts'
import type { Timer } from '../../src/adapters/jira/timer.ts'
import type { Jira } from '../../src/app/ports/jira.ts'
import type { Log } from '../../src/app/ports/log.ts'
import { renderAdf } from '../../src/domain/writeback/adf.ts'
import { renderWiki } from '../../src/domain/writeback/wiki.ts'
import { startJiraStub, type JiraStub } from './jira-stub.ts'

export const API_TOKEN = 'ATATT3xFfGF0-canary-token'

/** Time that passes only when somebody sleeps. */
export interface ManualTimer extends Timer {
  readonly sleepsMs: number[]
}

export function createManualTimer(): ManualTimer {
  let nowMs = 0
  const sleepsMs: number[] = []
  return {
    sleepsMs,
    nowMs: () => nowMs,
    sleep(delayMs) {
      sleepsMs.push(delayMs)
      nowMs += delayMs
      return Promise.resolve()
    },
  }
}

export interface JiraUnderTest extends AsyncDisposable {
  readonly jira: Jira
  readonly stub: JiraStub
  readonly timer: ManualTimer
  /** Every line logged, as text. */
  readonly logged: string[]
}

/** The adapter against a stub that answers as told, with time that never really passes. */
export async function jiraUnderTest(
  answer: Parameters<typeof startJiraStub>[0],
  options: Partial<JiraOptions> & { basePath?: string } = {},
): Promise<JiraUnderTest> {
  const { basePath, ...overrides } = options
  const stub = await startJiraStub(answer, basePath)
  const timer = createManualTimer()
  const logged: string[] = []
  const jira = createJira({
    baseUrl: stub.url,
    deployment: 'cloud',
    credentials: { email: 'bot@example.com', apiToken: API_TOKEN },
    renderComment: { adf: renderAdf, wiki: renderWiki },
    clock: { now: () => 1_700_000_000_000 },
    log: recordingLog(logged),
    random: () => 0.5,
    timer,
    ...overrides,
  })
  return {
    jira,
    stub,
    timer,
    logged,
    async [Symbol.asyncDispose]() {
      await jira.close()
      await stub.close()
    },
  }
}

function recordingLog(lines: string[]): Log {
  const write = (facts: object, message: string) => lines.push(`${message} ${JSON.stringify(facts)}`)
  return { info: write, warn: write, error: write }
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[][]> {
  const all: T[][] = []
  for await (const page of pages) all.push([...page])
  return all
}
