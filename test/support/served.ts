import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startThroughline, type Program, type StartOptions } from './command-line.ts'
import { eventually } from './eventually.ts'
import { freePort } from './redis-server.ts'
import { sign, WEBHOOK_SECRET } from './service.ts'

/** `throughline serve` as a process, and its doors as Jira and a client see them. */
export interface Served {
  readonly program: Program
  readonly address: string
  /** Posts a signed webhook; gives the status, null when the connection broke. */
  deliver(event: object): Promise<number | null>
  call(method: string, path: string, body?: object): Promise<unknown>
  /** SIGTERM; gives the exit code. */
  stop(): Promise<number | null>
}

/** Starts it in a data folder on a free port, and waits until it is ready. */
export async function serve(
  dataDir: string,
  { settings = {}, role = 'all', ...options }: StartOptions & { readonly role?: 'all' | 'web' } = {},
): Promise<Served> {
  const port = await freePort()
  const program = startThroughline(['serve', '--role', role], {
    ...options,
    settings: { DATA_DIR: dataDir, PORT: String(port), JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET, ...settings },
  })
  const address = `http://127.0.0.1:${port}`
  await eventually(
    'the service to be ready',
    async () => {
      if (program.process.exitCode !== null) return 'ended'
      return (await fetch(`${address}/readyz`)).ok
    },
    60_000,
  )
  if (program.process.exitCode !== null) throw new Error(`it ended: ${program.output()} ${program.errors()}`)
  return {
    program,
    address,
    async deliver(event) {
      const body = JSON.stringify(event)
      const headers = { 'content-type': 'application/json', 'x-hub-signature': sign(Buffer.from(body)) }
      const answer = await fetch(`${address}/webhooks/jira/main`, { method: 'POST', headers, body }).catch(
        () => null,
      )
      return answer === null ? null : answer.status
    },
    async call(method, path, body) {
      const token = readFileSync(join(dataDir, 'admin-token'), 'utf8')
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const answer = await fetch(`${address}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
      return answer.json()
    },
    async stop() {
      program.process.kill('SIGTERM')
      return (await program.exit).code
    },
  }
}
