import { keptAdminToken } from '../adapters/system/admin-token.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createLog } from '../adapters/system/log.ts'
import { startWorkers } from '../../workers/start-workers.ts'
import { ThroughlineError } from '../app/errors.ts'
import { composeService, type Service } from '../compose.ts'
import { composeWeb } from '../compose/web.ts'
import type { Settings } from '../config.ts'
import { listenForStop, shutDown, type ShutdownPhase } from '../lifecycle.ts'

type Logger = ReturnType<typeof createLog>

export type Role = 'all' | 'web' | 'worker'

/** After a power cut the database may take its time to recover. */
const PATIENCE_MS = 60_000
const REQUESTS_TIMEOUT_MS = 10_000
const JOBS_TIMEOUT_MS = 15_000
const STORES_TIMEOUT_MS = 22_000

/** Runs the service until a signal, then ends it in phases: no new requests, no new jobs, stores last. */
export async function serve(settings: Settings, role: Role): Promise<void> {
  const stop = listenForStop()
  const log = createLog(settings.config.logLevel)
  const service = await composeService({
    settings,
    log,
    clock: systemClock,
    patienceMs: PATIENCE_MS,
    stopping: stop.signal,
  })
  const stores = { name: 'stores', timeoutMs: STORES_TIMEOUT_MS, run: () => service.close() }
  const opened: ShutdownPhase[] = []
  try {
    if (role !== 'worker') opened.push(await openWeb(service, settings, log))
    if (role !== 'web') opened.push(await openWorkers(service, settings, log))
    describeJira(settings, log)
    const signal = await stop.requested
    log.info({ signal }, 'stopping')
  } finally {
    await shutDown([...opened, stores], log)
  }
}

async function openWeb(service: Service, { config, secrets }: Settings, log: Logger): Promise<ShutdownPhase> {
  const { port, host, publicUrl } = config.http
  const kept = secrets.adminToken === null ? keptAdminToken(config.dataDir) : null
  const adminToken = secrets.adminToken ?? kept!.token
  const app = composeWeb(service, { config, secrets }, { adminToken, logger: log })
  const address = await app.listen({ port, host }).catch((error: unknown) => {
    throw cannotListen(error, port, host)
  })
  if (kept !== null) log.info({ file: kept.file }, 'ADMIN_TOKEN is not set: the API token is in this file')
  log.info({ address, publicUrl, docs: `${address}/docs` }, 'listening')
  return { name: 'requests', timeoutMs: REQUESTS_TIMEOUT_MS, run: () => app.close() }
}

function cannotListen(error: unknown, port: number, host: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const setting = { EADDRINUSE: 'PORT', EACCES: 'PORT', EADDRNOTAVAIL: 'HOST', ENOTFOUND: 'HOST' }[
    String(code)
  ]
  if (setting === undefined) return error
  const why = code === 'EADDRINUSE' ? 'another program listens there' : String(code)
  return new ThroughlineError(
    'OKR_CONFIG_INVALID',
    `${setting}: the service cannot listen on ${host}:${port} (${why}). Choose another, or end that program.`,
    { cause: error },
  )
}

async function openWorkers(service: Service, { config }: Settings, log: Logger): Promise<ShutdownPhase> {
  const workers = await startWorkers(service)
  log.info({ queue: config.queue }, 'workers started')
  return {
    name: 'jobs',
    timeoutMs: JOBS_TIMEOUT_MS + 1_000,
    run: () => workers.stop(JOBS_TIMEOUT_MS),
  }
}

function describeJira({ config, secrets }: Settings, log: Logger): void {
  const { siteId, baseUrl } = config.jira
  if (secrets.webhookSecrets.length === 0) {
    log.warn({}, 'JIRA_WEBHOOK_SECRET is not set: no webhook is accepted')
    return
  }
  log.info(
    { webhook: `${config.http.publicUrl}/webhooks/jira/${siteId}`, jira: baseUrl },
    'webhooks are accepted',
  )
  if (secrets.jiraApiToken === null)
    log.warn({}, 'JIRA_API_TOKEN is not set: nothing is read from or written to Jira')
}
