import type { Service } from '../../compose.ts'
import { untilSettled } from '../settled.ts'

const KEY_RESULTS_AT_ONCE = 100

/**
 * Does what waits, as a sweep would, instead of waiting for the bell of each piece: a quarter has hundreds of moments.
 * Resolves when nothing waits any more.
 */
export async function workOff(service: Service): Promise<void> {
  const { database, work } = service
  const { inbox, progress, comments } = database.records
  if ((await inbox.countWaiting()) > 0) {
    for (const siteId of await inbox.sitesWithDueDeliveries()) await work.deliveries(siteId)
  }
  const dirty = await progress.dirtyKeyResults(KEY_RESULTS_AT_ONCE)
  if (dirty.length > 0) await work.recomputeAll(dirty)
  if ((await comments.oldestDueAgeMs()) !== null) await work.comments()
  await untilSettled(service)
}
