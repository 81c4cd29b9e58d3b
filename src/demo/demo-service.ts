import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createLog } from '../adapters/system/log.ts'
import { connectSite } from '../app/connect-site.ts'
import type { Clock } from '../app/ports/clock.ts'
import { unconnectedSite } from '../app/site-context.ts'
import { composeService, type Service } from '../compose.ts'
import { composeWeb } from '../compose/web.ts'
import { readSettings } from '../config.ts'
import { startWorkers } from '../../workers/start-workers.ts'
import { SIMULATOR_CREDENTIALS, type JiraSimulator } from './jira-simulator/jira-simulator.ts'

/** The real service in this process, connected to a simulated Jira. */
export interface RunningService {
  readonly service: Service
  readonly address: string
  readonly adminToken: string
  /** Calls the REST API as a client would. */
  call(method: string, path: string, body?: object): Promise<unknown>
  close(): Promise<void>
}

export interface ServiceForJira {
  readonly jira: JiraSimulator
  readonly clock: Clock
  readonly dataDir: string
  /** 0 for any free port. */
  readonly port: number
}

const WORKERS_TIMEOUT_MS = 5_000

/** Starts web and workers on an embedded PostgreSQL and connects them to the simulator, webhook included. */
export async function startServiceForJira({
  jira,
  clock,
  dataDir,
  port,
}: ServiceForJira): Promise<RunningService> {
  const adminToken = randomBytes(18).toString('base64url')
  const { baseUrl } = await jira.start()
  const settings = readSettings({
    DATA_DIR: dataDir,
    PORT: String(port),
    LOG_LEVEL: 'error',
    ADMIN_TOKEN: adminToken,
    JIRA_URL: baseUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    JIRA_WEBHOOK_SECRET: randomBytes(32).toString('hex'),
  })
  const log = createLog(settings.config.logLevel)
  const closers = [() => jira.stop()]
  const close = async () => {
    for (const closeOne of closers.splice(0)) await closeOne()
  }
  try {
    const service = await composeService({ settings, log, clock })
    closers.push(() => service.close())
    const app = composeWeb(service, settings, { adminToken, logger: log })
    closers.unshift(() => app.close())
    await app.listen({ port, host: '127.0.0.1' })
    const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    const workers = await startWorkers(service)
    closers.splice(1, 0, () => workers.stop(WORKERS_TIMEOUT_MS))
    await connect(service, `${address}/webhooks/jira/main`, settings.secrets.webhookSecrets[0]!)
    return {
      service,
      address,
      adminToken,
      call: (method, path, body) => call(`${address}${path}`, adminToken, method, body),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function connect({ jira, database, clock }: Service, url: string, secret: string): Promise<void> {
  const report = await connectSite(
    { jira: jira! },
    { keyResultField: null, blocks: null, webhook: { name: 'Throughline', url, secret } },
  )
  if (report.kind === 'not_connected') throw new Error(report.message)
  const { sites } = database.records
  const site = (await sites.site('main')) ?? unconnectedSite('main')
  const { account, discovery } = report
  await sites.save({
    ...site,
    fields: discovery.fields,
    accountId: account.accountId,
    connectedAt: clock.now(),
  })
}

async function call(url: string, token: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${await response.text()}`)
  return response.json()
}
