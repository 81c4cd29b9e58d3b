import { spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import {
  createJiraSimulator,
  SIMULATOR_CREDENTIALS,
  type JiraSimulator,
} from '../../src/demo/jira-simulator/jira-simulator.ts'
import { plainSite } from '../../src/demo/jira-simulator/site/plain-site.ts'
import { runThroughline, shellEnvironment } from './command-line.ts'
import { eventually } from './eventually.ts'
import { preparePostgres } from './postgres-process.ts'
import { signalWithChildren } from './processes.ts'
import { freePort, spawnRedis } from './redis-server.ts'
import { WEBHOOK_SECRET } from './service.ts'
import { supervise, type Supervised } from './supervisor.ts'
import { startWebhookGate, type WebhookGate } from './webhook-gate.ts'
import { ROOT } from './working-tree.ts'

export type Role = 'web' | 'worker'
export type Part = 'web' | 'worker' | 'postgres' | 'redis'

/** The whole service as real processes on loopback, each of which can be killed and comes back, and a simulated Jira. */
export interface CrashStage {
  readonly jira: JiraSimulator
  readonly gate: WebhookGate
  readonly parts: ReadonlyMap<Part, Supervised>
  /** The web process itself. */
  readonly address: string
  readonly settings: Readonly<Record<string, string>>
  part(name: Part): Supervised
  /** Resolves when this process of the service has started all the way. */
  untilUp(role: Role): Promise<void>
  call(method: string, path: string, body?: object): Promise<unknown>
  /** Looks into the database, whenever it is there. */
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export interface StageOptions {
  readonly queue: 'redis' | 'postgres'
  readonly seed: number
  /** Chance that an acknowledged delivery is sent again. */
  readonly resend?: number
}

/** What each says once it has started. */
const UP: Readonly<Record<Role, string>> = { web: '"listening"', worker: '"workers started"' }

const LAST_WORDS_CHARACTERS = 2_000
const ADMIN_TOKEN = 'token-of-the-crash-test'
/** What is refused longer than this the gate sends again when the crashes are over. */
const RETRY_DELAYS_MS = [300, 600, 1_000, 1_500, 2_000]

export async function openCrashStage({ queue, seed, resend = 0 }: StageOptions): Promise<CrashStage> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-crash-'))
  const postgres = await preparePostgres(folder)
  const [webPort, redisPort] = [await freePort(), await freePort()]
  const parts = new Map<Part, Supervised>()
  parts.set(
    'postgres',
    supervise(postgres.start, { killAll: (child) => signalWithChildren(child.pid!, 'SIGKILL') }),
  )
  if (queue === 'redis')
    parts.set(
      'redis',
      supervise(() => spawnRedis(folder, redisPort)),
    )
  await eventually('PostgreSQL', () => postgres.ping().then(() => true))

  const jira = createJiraSimulator({
    history: plainSite({ projects: [{ key: 'WEB', name: 'Web' }] }),
    seed,
    dispatch: { backoffMs: (retry) => RETRY_DELAYS_MS[retry - 1]!, timeoutMs: 15_000 },
  })
  const { baseUrl } = await jira.start()
  const address = `http://127.0.0.1:${webPort}`
  const gate = await startWebhookGate({ target: `${address}/webhooks/jira/main`, seed: seed + 1, resend })
  const settings = {
    PORT: String(webPort),
    DATABASE_URL: postgres.url,
    ...(queue === 'redis' ? { REDIS_URL: `redis://127.0.0.1:${redisPort}` } : {}),
    DATA_DIR: join(folder, 'data'),
    PUBLIC_URL: gate.url,
    LOG_LEVEL: 'info',
    ADMIN_TOKEN,
    JIRA_URL: baseUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
  }
  const connected = await runThroughline(['connect'], settings)
  if (connected.code !== 0) throw new Error(connected.errors)

  const starts = { web: 0, worker: 0 }
  const logOf = (role: Role) => join(folder, `${role}.log`)
  for (const role of ['web', 'worker'] as const) {
    const log = openSync(logOf(role), 'a')
    const lastWords = () => readFileSync(logOf(role), 'utf8').slice(-LAST_WORDS_CHARACTERS)
    const command = [resolve(ROOT, 'src/main.ts'), 'serve', '--role', role]
    const options = {
      cwd: folder,
      env: shellEnvironment(settings),
      stdio: ['ignore', log, log] as ['ignore', number, number],
    }
    parts.set(
      role,
      supervise(
        () => {
          starts[role]++
          return spawn('node', command, options)
        },
        { lastWords },
      ),
    )
  }
  const untilUp = (role: Role) =>
    eventually(
      `the ${role}`,
      () => {
        const log = readFileSync(logOf(role), 'utf8')
        return parts.get(role)!.pid() !== null && log.split(UP[role]).length - 1 === starts[role]
      },
      30_000,
    ).then(() => undefined)
  const call: CrashStage['call'] = (method, path, body) => callApi(`${address}${path}`, method, body)
  await Promise.all([untilUp('web'), untilUp('worker')])

  return {
    jira,
    gate,
    parts,
    part(name) {
      const part = parts.get(name)
      if (part === undefined) throw new Error(`there is no ${name} on this stage`)
      return part
    },
    address,
    settings,
    untilUp,
    call,
    query: (text, values) => queryOnce(postgres.url, text, values),
    async close() {
      for (const part of [...parts.values()].toReversed()) await part.stop()
      await gate.close()
      await jira.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function callApi(url: string, method: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' }
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}

/** A connection for each question: one that is kept would be cut with the server. */
async function queryOnce(url: string, text: string, values?: unknown[]) {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 1_000,
    query_timeout: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(text, values)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}
