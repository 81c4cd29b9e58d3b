/**
 * Merges what is asked for while the same is under way: at most one run of a key at a time and one waiting, which
 * starts after the last request. Under load a thousand requests cost two runs.
 */
export function mergeRuns(run: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const active = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()
  const start = (key: string): Promise<void> => {
    const running = run(key).finally(() => active.delete(key))
    active.set(key, running)
    return running
  }
  return (key) => {
    const queued = waiting.get(key)
    if (queued !== undefined) return queued
    const running = active.get(key)
    if (running === undefined) return start(key)
    const next = running.then(() => {
      waiting.delete(key)
      return start(key)
    })
    waiting.set(key, next)
    return next
  }
}
