import type { CycleKey } from '../../domain/ids.ts'
import { buildRetrospective } from '../../domain/retrospective/build-retrospective.ts'
import type { Retrospective } from '../../domain/retrospective/retrospective.ts'
import { findCycle } from '../goals/find-goals.ts'
import type { Clock } from '../ports/clock.ts'
import type { RolledOver } from '../ports/cycle-closings.ts'
import type { Records } from '../ports/records.ts'
import { closingInstant, gatherCyclePast, type TellProgress } from './gather-cycle-past.ts'

export interface KnownRetrospective {
  readonly retrospective: Retrospective
  readonly rolledOver: readonly RolledOver[]
}

/**
 * What a cycle came to: as it was frozen when it was closed, or, while it is open, how it would be graded now.
 * Throws `OKR_CYCLE_NOT_FOUND`.
 */
export async function readRetrospective(
  { records, clock }: { readonly records: Records; readonly clock: Clock },
  key: CycleKey,
  tell?: TellProgress,
): Promise<KnownRetrospective> {
  const cycle = await findCycle(records, key)
  const closing = cycle.closedAt === null ? null : await records.closings.closing(key)
  if (closing !== null) return closing
  const past = await gatherCyclePast(records, cycle, closingInstant(cycle, clock.now()), tell)
  return { retrospective: buildRetrospective(past, null), rolledOver: [] }
}
