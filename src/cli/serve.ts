import { keptAdminToken } from '../adapters/system/admin-token.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createLog } from '../adapters/system/log.ts'
import { startWorkers } from '../../workers/start-workers.ts'
import { composeService } from '../compose.ts'
import { composeWeb } from '../compose/web.ts'
import type { Settings } from '../config.ts'
import { shutDown, untilSignal, type ShutdownPhase } from '../lifecycle.ts'

export type Role = 'all' | 'web' | 'worker'

/** After a power cut the database may take its time to recover. */
const PATIENCE_MS = 60_000
const REQUESTS_TIMEOUT_MS = 10_000
const JOBS_TIMEOUT_MS = 15_000
const STORES_TIMEOUT_MS = 10_000

/** Runs the service until a signal, then ends it in phases: no new requests, no new jobs, stores last. */
export async function serve(settings: Settings, role: Role): Promise<void> {
  const { config, secrets } = settings
  const log = createLog(config.logLevel)
  const service = await composeService({ settings, log, clock: systemClock, patienceMs: PATIENCE_MS })
  const phases: ShutdownPhase[] = []

  if (role !== 'worker') {
    const kept = secrets.adminToken === null ? keptAdminToken(config.dataDir) : null
    const app = composeWeb(service, settings, {
      adminToken: secrets.adminToken ?? kept!.token,
      logger: log,
    })
    const address = await app.listen({ port: config.http.port, host: config.http.host })
    if (kept !== null) log.info({ file: kept.file }, 'ADMIN_TOKEN is not set: the API token is in this file')
    log.info({ address, publicUrl: config.http.publicUrl, docs: `${address}/docs` }, 'listening')
    phases.push({ name: 'requests', timeoutMs: REQUESTS_TIMEOUT_MS, run: () => app.close() })
  }
  if (role !== 'web') {
    const workers = await startWorkers(service)
    log.info({ queue: config.queue }, 'workers started')
    phases.push({
      name: 'jobs',
      timeoutMs: JOBS_TIMEOUT_MS + 1_000,
      run: () => workers.stop(JOBS_TIMEOUT_MS),
    })
  }
  phases.push({ name: 'stores', timeoutMs: STORES_TIMEOUT_MS, run: () => service.close() })
  describeJira(settings, log)

  const signal = await untilSignal()
  log.info({ signal }, 'stopping')
  await shutDown(phases, log)
  process.exit(0)
}

function describeJira({ config, secrets }: Settings, log: ReturnType<typeof createLog>): void {
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
