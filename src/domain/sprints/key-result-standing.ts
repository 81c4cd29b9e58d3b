import type { CycleKey, KeyResultKey, ObjectiveKey } from '../ids.ts'
import type { Measure } from '../measures/measure.ts'
import type { Numbers } from '../snapshot.ts'
import type { EpochMs } from '../time.ts'

export type Health = Numbers['assessment']['health']

/** A key result as far as the sprints that work on it need to know it. */
export interface KeyResultStanding {
  readonly keyResult: KeyResultKey
  readonly title: string
  readonly objective: ObjectiveKey
  readonly cycle: CycleKey
  readonly measure: Measure
  /** The first instant of its cycle, in its own time zone. */
  readonly startAt: EpochMs
  /** The first instant after its due day. */
  readonly dueEndAt: EpochMs
  readonly isArchived: boolean
  /** Its latest numbers; null before the first. */
  readonly numbers: Numbers | null
}

export function healthOf({ numbers }: KeyResultStanding): Health {
  return numbers?.assessment.health ?? 'no_data'
}

const IN_DANGER: readonly Health[] = ['off_track', 'at_risk', 'stale']

/** 0 for the worst; null for a key result that is not at risk, off track or stale. */
export function dangerRank(standing: KeyResultStanding): number | null {
  const rank = IN_DANGER.indexOf(healthOf(standing))
  return rank === -1 ? null : rank
}
