import type { KeyResultKey } from '../../domain/ids.ts'
import type { Doorbell } from '../ports/doorbell.ts'

/** Each ring is a commit of the queue: those of many key results share them. */
const RINGS_AT_ONCE = 50

/** Asks for key results to be recomputed, after the commit of the marks that say so. */
export async function ringFor(
  doorbell: Pick<Doorbell, 'ring'>,
  keyResults: readonly KeyResultKey[],
): Promise<void> {
  for (let from = 0; from < keyResults.length; from += RINGS_AT_ONCE) {
    const some = keyResults.slice(from, from + RINGS_AT_ONCE)
    await Promise.all(some.map((keyResult) => doorbell.ring('recompute', keyResult)))
  }
}
