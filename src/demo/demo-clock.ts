import type { Clock } from '../app/ports/clock.ts'
import type { EpochMs } from '../domain/time.ts'

/** Time that somebody sets: two sprints pass in half a minute, and everybody reads the same clock. */
export interface DemoClock extends Clock {
  set(at: EpochMs): void
}

export function createDemoClock(start: EpochMs): DemoClock {
  let now = start
  return {
    now: () => now,
    set: (at) => {
      now = Math.max(now, at)
    },
  }
}
