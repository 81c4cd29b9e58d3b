import { eventually } from './eventually.ts'
import type { FreshDatabase } from './postgres.ts'

/** A place where work stops until the test lets it go on. */
export interface Pause {
  /** Called by the work; waits until the pause ends. */
  wait(): Promise<void>
  /** Resolves when the work has come to the pause. */
  readonly reached: Promise<void>
  end(): void
}

export function createPause(): Pause {
  const reached = Promise.withResolvers<undefined>()
  const ended = Promise.withResolvers<undefined>()
  return {
    wait: () => {
      reached.resolve(undefined)
      return ended.promise
    },
    reached: reached.promise,
    end: () => {
      ended.resolve(undefined)
    },
  }
}

/** Waits until the work is done, or the database says that somebody waits for a lock. */
export async function doneOrLockedOut(work: Promise<unknown>, store: FreshDatabase): Promise<void> {
  let isDone = false
  const note = () => (isDone = true)
  work.then(note, note)
  await eventually('the work is done or waits for a lock', async () => {
    if (isDone) return true
    const waiting = await store.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return waiting.length > 0
  })
}
