import { drizzle } from 'drizzle-orm/node-postgres'
import type { Log } from '../../app/ports/log.ts'
import type { Database, Records } from '../../app/ports/records.ts'
import { createAlignmentRecords } from './alignment.ts'
import { createAuditRecords } from './audit.ts'
import { createCheckInReminderRecords } from './check-in-reminders.ts'
import { createCommentRecords } from './comments.ts'
import { createContributionRecords } from './contributions.ts'
import { createCoverageRecords } from './coverage.ts'
import { createCycleClosingRecords } from './cycle-closings.ts'
import { createDigestRecords } from './digests.ts'
import type { Executor } from './executor.ts'
import { createFeedRecords } from './feed.ts'
import { createGoalRecords } from './goals.ts'
import { createInboxRecords } from './inbox.ts'
import { createInitiativeRecords } from './initiatives.ts'
import { createKpiRecords } from './kpis.ts'
import { createMirrorRecords } from './mirror.ts'
import { createOkrSetRecords } from './okr-sets.ts'
import { createPool } from './pool.ts'
import { createProgressRecords } from './progress.ts'
import * as schema from './schema.ts'
import { createSprintResultRecords } from './sprint-results.ts'
import { createBackfillRecords, createSiteRecords } from './sites.ts'
import { createTemplateRecords } from './templates.ts'
import { createTransfers } from './transfers.ts'
import { createWarningRecords } from './warnings.ts'

export interface PostgresDatabase extends Database {
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** The record on PostgreSQL. One pool; intake has a pool of its own, so that workers cannot starve it. */
export function connectDatabase(options: {
  url: string
  maxConnections: number
  /** After this a statement has failed; without limit when unset. */
  queryTimeoutMs?: number
  log: Log
}): PostgresDatabase {
  const { url, maxConnections: max, queryTimeoutMs, log } = options
  const config = queryTimeoutMs === undefined ? {} : { query_timeout: queryTimeoutMs }
  const pool = createPool(url, { max, log, config })
  const db = drizzle(pool, { schema, casing: 'snake_case' })
  return {
    records: recordsOn(db),
    transaction: (work) => db.transaction((transaction) => work(recordsOn(transaction))),
    ping: async () => {
      await pool.query('select')
    },
    close: () => pool.end(),
  }
}

function recordsOn(db: Executor): Records {
  return {
    inbox: createInboxRecords(db),
    sites: createSiteRecords(db),
    backfills: createBackfillRecords(db),
    mirror: createMirrorRecords(db),
    goals: createGoalRecords(db),
    closings: createCycleClosingRecords(db),
    templates: createTemplateRecords(db),
    initiatives: createInitiativeRecords(db),
    kpis: createKpiRecords(db),
    okrSets: createOkrSetRecords(db),
    transfers: createTransfers(db),
    checkInReminders: createCheckInReminderRecords(db),
    contributions: createContributionRecords(db),
    progress: createProgressRecords(db),
    coverage: createCoverageRecords(db),
    alignment: createAlignmentRecords(db),
    sprintResults: createSprintResultRecords(db),
    warnings: createWarningRecords(db),
    digests: createDigestRecords(db),
    comments: createCommentRecords(db),
    feed: createFeedRecords(db),
    audit: createAuditRecords(db),
  }
}
