import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { WEBHOOK_SECRET } from '../load/signed-event.ts'

/** The real service in a process of its own, as `npm start` runs it. */
export interface Throughline extends AsyncDisposable {
  readonly address: string
  readonly webhookUrl: string
}

export interface ThroughlineOptions {
  readonly role: 'all' | 'web'
  readonly databaseUrl: string
  readonly redisUrl?: string | null
  /** Settings beside these. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Opens the API. */
export const ADMIN_TOKEN = 'only-for-this-benchmark'

const MAIN = resolve(import.meta.dirname, '../../src/main.ts')
const KILL_AFTER_MS = 30_000

/** Starts it on a free port and waits until it listens. */
export async function startThroughline(options: ThroughlineOptions): Promise<Throughline> {
  const { role, databaseUrl, redisUrl = null, environment = {} } = options
  const child = spawn(process.execPath, [MAIN, 'serve', '--role', role], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: databaseUrl,
      ADMIN_TOKEN,
      JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
      ...(redisUrl === null ? {} : { REDIS_URL: redisUrl }),
      ...environment,
    },
  })
  const ended = once(child, 'exit')
  // No channel leads to it, as to the other children: it would outlive a benchmark that was cut off.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const address = await addressIn(child.stdout)
  return {
    address,
    webhookUrl: `${address}/webhooks/jira/main`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      const timer = setTimeout(kill, KILL_AFTER_MS)
      await ended
      clearTimeout(timer)
      process.off('exit', kill)
    },
  }
}

/** Reads the log until the line that says where the service listens; what comes after is read and dropped. */
async function addressIn(output: Readable): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface(output)) {
    lines.push(line)
    const { address } = JSON.parse(line) as { address?: string }
    if (address === undefined) continue
    output.resume()
    return address
  }
  throw new Error(`the service ended before it listened:\n${lines.join('\n')}`)
}
