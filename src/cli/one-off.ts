import { systemClock } from '../adapters/system/clock.ts'
import { createLog } from '../adapters/system/log.ts'
import { ThroughlineError } from '../app/errors.ts'
import type { Jira } from '../app/ports/jira.ts'
import { composeService, type Service } from '../compose.ts'
import type { Settings } from '../config.ts'
import { listenForStop, unlessStopped } from '../lifecycle.ts'

/**
 * Runs one command against the stores and closes them, whatever happens, a Ctrl-C included. Logs only warnings: its
 * output is for people.
 */
export async function withService<T>(settings: Settings, work: (service: Service) => Promise<T>): Promise<T> {
  const stop = listenForStop()
  const log = createLog(settings.config.logLevel === 'info' ? 'warn' : settings.config.logLevel)
  const service = await composeService({ settings, log, clock: systemClock, stopping: stop.signal })
  try {
    return await unlessStopped(stop, work(service))
  } finally {
    await service.close()
  }
}

/** @throws ThroughlineError when no Jira is configured */
export function requireJira(service: Service): Jira {
  if (service.jira !== null) return service.jira
  throw new ThroughlineError(
    'OKR_CONFIG_INVALID',
    'This command talks to Jira: set JIRA_URL, JIRA_EMAIL, JIRA_API_TOKEN and JIRA_WEBHOOK_SECRET (see .env.example).',
  )
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}
