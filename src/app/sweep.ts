import type { Database } from './ports/records.ts'

export interface SweepDeps {
  readonly database: Database
  /** Runs the work itself when the queue cannot: the sweeper is what guarantees progress while Redis is down. */
  readonly run: {
    deliveries(siteId: string): Promise<void>
    recompute(key: string): Promise<void>
    comments(): Promise<void>
  }
}

const KEY_RESULTS_AT_ONCE = 100

/** How old work must be before the sweeper takes it: younger work has a bell on its way. */
const STALE_AFTER_MS = 1_000

/**
 * Finds work that no bell reached: deliveries, dirty key results, due comments. It runs the work here and now, so
 * that progress needs PostgreSQL alone.
 */
export async function sweep({ database, run }: SweepDeps): Promise<void> {
  const { inbox, progress, comments } = database.records
  if (((await inbox.oldestUnprocessedAgeMs()) ?? 0) >= STALE_AFTER_MS) {
    for (const siteId of await inbox.sitesWithDueDeliveries()) await run.deliveries(siteId)
  }
  if (((await progress.oldestDirtyAgeMs()) ?? 0) >= STALE_AFTER_MS) {
    for (const key of await progress.dirtyKeyResults(KEY_RESULTS_AT_ONCE)) await run.recompute(key)
  }
  if (((await comments.oldestDueAgeMs()) ?? 0) >= STALE_AFTER_MS) await run.comments()
}
