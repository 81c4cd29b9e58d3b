import { systemClock } from '../../src/adapters/system/clock.ts'
import { backfillSite, WHOLE_SITE_JQL } from '../../src/app/backfill-site.ts'
import { unconnectedSite } from '../../src/app/site-context.ts'
import { composeService } from '../../src/compose.ts'
import { readSettings } from '../../src/config.ts'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { WEBHOOK_SECRET } from '../load/signed-event.ts'
import { silentLog } from '../record/bench-record.ts'
import { fieldsOf } from '../record/connected-jira.ts'
import { answerParent } from './child.ts'

export interface BackfillQuestion {
  readonly databaseUrl: string
  readonly jiraUrl: string
}

export interface BackfillReport {
  readonly issues: number
  readonly changes: number
  readonly seconds: number
  /** Resident memory of this process after each page. */
  readonly memoryBytes: readonly number[]
}

/** The real backfill on an empty record, as `throughline backfill` runs it. */
answerParent(async ({ databaseUrl, jiraUrl }: BackfillQuestion): Promise<BackfillReport> => {
  const settings = readSettings({
    DATABASE_URL: databaseUrl,
    JIRA_URL: jiraUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    JIRA_WEBHOOK_SECRET: WEBHOOK_SECRET,
  })
  const service = await composeService({ settings, log: silentLog, clock: systemClock })
  const jira = service.jira!
  const { sites } = service.database.records
  const site = (await sites.site('main')) ?? unconnectedSite('main')
  await sites.save({ ...site, fields: await fieldsOf(jira), connectedAt: Date.now() })

  const memoryBytes: number[] = []
  const startAt = performance.now()
  const { issues, changes } = await backfillSite(
    { ...service, jira },
    {
      siteId: 'main',
      jql: WHOLE_SITE_JQL,
      onProgress: ({ stage }) => {
        if (stage === 'issues') memoryBytes.push(process.memoryUsage.rss())
      },
    },
  )
  const seconds = (performance.now() - startAt) / 1_000
  await service.close()
  return { issues, changes, seconds, memoryBytes }
})
