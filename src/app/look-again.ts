import type { KeyResultKey } from '../domain/ids.ts'
import type { Clock } from './ports/clock.ts'
import type { Database } from './ports/records.ts'

/** Looked at in one go: the first minute of a day makes every key result due. */
const KEY_RESULTS_AT_ONCE = 500

/**
 * Marks the key results whose health time alone may have changed: time turns a key result red without an event. Gives
 * those that are to be recomputed.
 */
export async function lookAgain({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): Promise<readonly KeyResultKey[]> {
  const due = await database.records.progress.healthDue(clock.now(), KEY_RESULTS_AT_ONCE)
  if (due.length === 0) return due
  await database.transaction(async ({ progress }) => {
    // Marked first, as a recompute does: two locks that are always taken in one order.
    await progress.markDirty(due.map((keyResult) => ({ keyResult, day: null, relink: false })))
    await progress.clearHealthDue(due)
  })
  return due
}
