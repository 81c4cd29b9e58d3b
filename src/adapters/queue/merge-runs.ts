/** Runs by key, merged. */
export interface MergedRuns {
  /** Resolves when a run that started after this call has ended. */
  run(key: string): Promise<void>
  /** Resolves when nothing runs or waits. */
  settled(): Promise<void>
}

/**
 * Merges what is asked for while the same is under way: at most one run of a key at a time and one waiting, which
 * starts after the last request. Under load a thousand requests cost a few runs.
 *
 * @param restMs how long a key rests after a run, so that a stream of requests costs a bounded number of runs
 */
export function mergeRuns(run: (key: string) => Promise<void>, restMs: number): MergedRuns {
  const busy = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()
  const start = (key: string): Promise<void> => {
    const running = run(key)
    const free = () => busy.delete(key)
    const over = running.then(() => rest(restMs))
    busy.set(
      key,
      over.then(free, free).then(() => undefined),
    )
    return running
  }
  return {
    run(key) {
      const queued = waiting.get(key)
      if (queued !== undefined) return queued
      const over = busy.get(key)
      if (over === undefined) return start(key)
      const next = over.then(() => {
        waiting.delete(key)
        return start(key)
      })
      waiting.set(key, next)
      return next
    },
    async settled() {
      while (busy.size + waiting.size > 0) await Promise.allSettled([...busy.values(), ...waiting.values()])
    },
  }
}

function rest(delayMs: number): Promise<void> | undefined {
  return delayMs === 0 ? undefined : new Promise((done) => setTimeout(done, delayMs))
}
