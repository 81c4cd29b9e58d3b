import type { Jira } from '../../src/app/ports/jira.ts'
import { connectSite } from '../../src/app/connect-site.ts'
import type { SiteFields } from '../../src/domain/site.ts'

/** The fields that `throughline connect` finds, without registering a webhook. */
export async function fieldsOf(jira: Jira): Promise<SiteFields> {
  const report = await connectSite(
    { jira },
    { keyResultField: null, blocks: null, webhook: { name: 'none', url: 'http://127.0.0.1', secret: null } },
  )
  if (report.kind === 'not_connected') throw new Error(report.message)
  return report.discovery.fields
}
