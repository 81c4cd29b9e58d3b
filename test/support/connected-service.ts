import { backfillSite, WHOLE_SITE_JQL } from '../../src/app/backfill-site.ts'
import { connectSite } from '../../src/app/connect-site.ts'
import { SIMULATOR_CREDENTIALS } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { startTestService, type TestService } from './service.ts'

export interface ConnectedService extends TestService {
  backfill(): ReturnType<typeof backfillSite>
}

/** The service connected to a Jira: its fields are known, nothing has been read yet. */
export async function startConnectedService(
  baseUrl: string,
  environment: Record<string, string> = {},
): Promise<ConnectedService> {
  const service = await startTestService({
    JIRA_URL: baseUrl,
    JIRA_EMAIL: SIMULATOR_CREDENTIALS.email,
    JIRA_API_TOKEN: SIMULATOR_CREDENTIALS.apiToken,
    ...environment,
  })
  const jira = service.jira!
  const report = await connectSite(
    { jira },
    {
      keyResultField: null,
      blocks: null,
      webhook: { name: 'none', url: 'http://127.0.0.1:1', secret: null },
    },
  )
  if (report.kind === 'not_connected') throw new Error(report.message)
  const { sites } = service.database.records
  const site = (await sites.site('main'))!
  const { account, discovery } = report
  await sites.save({
    ...site,
    fields: discovery.fields,
    accountId: account.accountId,
    connectedAt: service.clock.now(),
  })
  return {
    ...service,
    backfill: async () => {
      const done = await backfillSite(
        { ...service, jira },
        { siteId: 'main', jql: WHOLE_SITE_JQL, onProgress: () => undefined },
      )
      await service.drain()
      return done
    },
  }
}
