import { createJira } from '../adapters/jira/create-jira.ts'
import type { Clock } from '../app/ports/clock.ts'
import type { Jira } from '../app/ports/jira.ts'
import type { Log } from '../app/ports/log.ts'
import type { Settings } from '../config.ts'
import { renderAdf } from '../domain/writeback/adf.ts'
import { renderWiki } from '../domain/writeback/wiki.ts'

/** The configured Jira; null without an address or a token. Cloud wants e-mail and token, Data Center a Bearer. */
export function connectJira({ config, secrets }: Settings, deps: { clock: Clock; log: Log }): Jira | null {
  const { baseUrl, deployment } = config.jira
  const { jiraEmail: email, jiraApiToken: apiToken } = secrets
  if (baseUrl === '' || apiToken === null) return null
  return createJira({
    baseUrl,
    deployment,
    credentials: email === null ? { bearer: apiToken } : { email, apiToken },
    renderComment: { adf: renderAdf, wiki: renderWiki },
    ...deps,
  })
}
