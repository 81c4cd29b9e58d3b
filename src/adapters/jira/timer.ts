import { setTimeout as delay } from 'node:timers/promises'

/** Real, monotonic time for limits and waits. Not the application's clock, which a replay runs faster. */
export interface Timer {
  nowMs(): number
  /** Rejects when the signal aborts. */
  sleep(delayMs: number, signal: AbortSignal): Promise<void>
}

export const systemTimer: Timer = {
  nowMs: () => performance.now(),
  sleep: async (delayMs, signal) => {
    await delay(delayMs, undefined, { signal })
  },
}
