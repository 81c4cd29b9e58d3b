import { backfillSite, WHOLE_SITE_JQL, type BackfillProgress } from '../app/backfill-site.ts'
import { ThroughlineError } from '../app/errors.ts'
import type { Service } from '../compose.ts'
import type { Settings } from '../config.ts'
import { say, withJira } from './one-off.ts'
import { createProgressLine } from './progress-line.ts'

/** Fills the mirror and recomputes what moved. Safe to kill and to run again, also beside a running service. */
export async function backfill(settings: Settings, jql: string | null): Promise<void> {
  await withJira(settings, async (service, jira) => {
    const { siteId } = settings.config.jira
    const site = await service.database.records.sites.site(siteId)
    if (site?.connectedAt == null) {
      throw new ThroughlineError(
        'OKR_SITE_UNKNOWN',
        'The fields of this Jira are not known yet. Run first: npx throughline connect',
      )
    }
    const line = createProgressLine()
    const done = await backfillSite(
      { ...service, jira },
      { siteId, jql: jql ?? WHOLE_SITE_JQL, onProgress: (progress) => line.show(describe(progress)) },
    )
    line.end()
    const keyResults = await recomputeDirty(service)
    say(
      `Done: ${done.issues} issues, ${done.changes} changes, ${done.sprints} sprints; ${keyResults} key results recomputed.`,
    )
    if (done.hidden > 0) {
      say(
        `${done.hidden} issues are in projects that this account does not see any more; they were left as they are. ` +
          'Give the account the permission Browse Projects there and run this again.',
      )
    }
    if (done.unreadable > 0)
      say(`${done.unreadable} issues could not be read; run with LOG_LEVEL=warn to see why.`)
  })
}

async function recomputeDirty(service: Service): Promise<number> {
  let recomputed = 0
  for (;;) {
    const keys = await service.database.records.progress.dirtyKeyResults(100)
    if (keys.length === 0) return recomputed
    for (const key of keys) await service.work.recomputeNow(key)
    recomputed += keys.length
  }
}

function describe({ stage, issues, changes, sprints, deleted }: BackfillProgress): string {
  const removed = deleted > 0 ? `, ${deleted} removed` : ''
  return `${stage}: ${sprints} sprints, ${issues} issues, ${changes} changes${removed}`
}
