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
  const log = createLog(settings.config.logLevel === 'info' ? 'warn' : settings.config.logLevel, 'stderr')
  const service = await composeService({ settings, log, clock: systemClock, stopping: stop.signal })
  try {
    return await unlessStopped(stop, work(service))
  } finally {
    await service.close()
  }
}

/**
 * The same for a command that talks to Jira.
 * @throws ThroughlineError `OKR_CONFIG_INVALID` when no Jira is configured, before anything is started
 */
export async function withJira<T>(
  settings: Settings,
  work: (service: Service, jira: Jira) => Promise<T>,
): Promise<T> {
  if (settings.config.jira.baseUrl === '' || settings.secrets.jiraApiToken === null) {
    throw new ThroughlineError(
      'OKR_CONFIG_INVALID',
      'This command talks to Jira: set JIRA_URL, JIRA_EMAIL, JIRA_API_TOKEN and JIRA_WEBHOOK_SECRET (see .env.example).',
    )
  }
  return withService(settings, (service) => work(service, service.jira!))
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}
