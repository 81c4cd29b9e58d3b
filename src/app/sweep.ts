import type { Bell, Doorbell } from './ports/doorbell.ts'
import type { Database } from './ports/records.ts'

export interface SweepDeps {
  readonly database: Database
  readonly doorbell: Doorbell
  readonly run: {
    deliveries(siteId: string): Promise<void>
    recompute(key: string): Promise<void>
    comments(): Promise<void>
  }
}

const KEY_RESULTS_AT_ONCE = 100

/** How old work must be before the sweeper takes it: younger work has a bell on its way. */
const STALE_AFTER_MS = 1_000

/** Work this old was not merely late: its bell may be blocked by a ring that died with the queue's store. */
const BLOCKED_AFTER_MS = 10_000

/**
 * Finds work that no bell reached (deliveries, dirty key results, due comments) and does it here and now, so that
 * progress needs PostgreSQL alone.
 */
export async function sweep({ database, doorbell, run }: SweepDeps): Promise<void> {
  const { inbox, progress, comments } = database.records
  const free = async (bell: Bell, id: string, ageMs: number) => {
    if (ageMs >= BLOCKED_AFTER_MS) await doorbell.free(bell, id)
  }

  const deliveriesAgeMs = (await inbox.oldestUnprocessedAgeMs()) ?? 0
  if (deliveriesAgeMs >= STALE_AFTER_MS) {
    for (const siteId of await inbox.sitesWithDueDeliveries()) {
      await free('deliveries', siteId, deliveriesAgeMs)
      await run.deliveries(siteId)
    }
  }
  const dirtyAgeMs = (await progress.oldestDirtyAgeMs()) ?? 0
  if (dirtyAgeMs >= STALE_AFTER_MS) {
    for (const key of await progress.dirtyKeyResults(KEY_RESULTS_AT_ONCE)) {
      await free('recompute', key, dirtyAgeMs)
      await run.recompute(key)
    }
  }
  if (((await comments.oldestDueAgeMs()) ?? 0) >= STALE_AFTER_MS) await run.comments()
}
