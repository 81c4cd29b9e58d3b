import type { KeyResultKey } from '../domain/ids.ts'
import { HOUR_MS, type EpochMs } from '../domain/time.ts'
import { retryDelayMs } from './failure.ts'
import type { Clock } from './ports/clock.ts'

/** When no bell is heard, whoever mends a key result waits no longer than this to see it. */
const LONGEST_WAIT_MS = 60_000

/** What did not fail for so long was mended by another run. */
const FORGET_AFTER_MS = HOUR_MS

/** Which key results a sweep could not recompute. In this process: after a restart each is tried once more. */
export interface FailingKeyResults {
  /** Those that are not to be tried yet: each that fails again is tried more rarely. */
  waiting(): KeyResultKey[]
  note(tried: readonly KeyResultKey[], failed: readonly KeyResultKey[]): void
}

export function createFailingKeyResults(clock: Clock): FailingKeyResults {
  const failing = new Map<KeyResultKey, { failures: number; retryAt: EpochMs }>()
  return {
    waiting() {
      const now = clock.now()
      for (const [key, { retryAt }] of failing) {
        if (retryAt <= now - FORGET_AFTER_MS) failing.delete(key)
      }
      return [...failing].filter(([, { retryAt }]) => retryAt > now).map(([key]) => key)
    },

    note(tried, failed) {
      const hasFailed = new Set(failed)
      for (const key of tried) {
        if (!hasFailed.has(key)) failing.delete(key)
      }
      for (const key of failed) {
        const failures = failing.get(key)?.failures ?? 0
        const waitMs = Math.min(LONGEST_WAIT_MS, retryDelayMs(failures))
        failing.set(key, { failures: failures + 1, retryAt: clock.now() + waitMs })
      }
    },
  }
}
