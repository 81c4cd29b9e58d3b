import type { KeyResultKey } from '../../domain/ids.ts'
import { batchOf } from '../key-result-batches.ts'
import type { Bell, Doorbell } from '../ports/doorbell.ts'

/** Each ring is a commit of the queue: those of many key results share them. */
const RINGS_AT_ONCE = 50

/** What one person changes, or one event moves. More at once has a queue of its own, in which nobody waits. */
const A_FEW = 10

/** What as many persons as are read of together change. Runs for a few are over these in a second or two. */
const FEW_OF_MANY_PERSONS = 200

/**
 * Asks for key results to be recomputed, after the commit of the marks that say so: a few by themselves, many in
 * batches that no few wait behind.
 *
 * @param changes how many changes of persons have marked them: a few of each are a few
 */
export async function ringFor(
  doorbell: Pick<Doorbell, 'ring'>,
  keyResults: readonly KeyResultKey[],
  changes = 1,
): Promise<void> {
  const keys = [...new Set(keyResults)]
  if (keys.length <= Math.min(A_FEW * changes, FEW_OF_MANY_PERSONS))
    await ringAll(doorbell, 'recompute', keys)
  else await ringAll(doorbell, 'recompute-many', [...new Set(keys.map(batchOf))])
}

async function ringAll(doorbell: Pick<Doorbell, 'ring'>, bell: Bell, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += RINGS_AT_ONCE) {
    await Promise.all(ids.slice(from, from + RINGS_AT_ONCE).map((id) => doorbell.ring(bell, id)))
  }
}
