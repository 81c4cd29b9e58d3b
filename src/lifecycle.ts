import { nameOf } from './app/failure.ts'
import type { Log } from './app/ports/log.ts'

/** One step of a shutdown, with the time it may take. */
export interface ShutdownPhase {
  readonly name: string
  readonly timeoutMs: number
  run(): Promise<void>
}

/**
 * Runs the phases of a shutdown in order. A phase that takes too long is left behind: a kill at any instant is safe,
 * so a slow end is no reason to hang.
 */
export async function shutDown(phases: readonly ShutdownPhase[], log: Log): Promise<void> {
  for (const { name, timeoutMs, run } of phases) {
    try {
      if ((await Promise.race([run(), late(timeoutMs)])) === 'late') {
        log.warn({ phase: name, timeoutMs }, 'a shutdown phase took too long and was left')
      }
    } catch (error) {
      log.warn({ phase: name, error: nameOf(error) }, 'a shutdown phase failed')
    }
  }
}

function late(timeoutMs: number): Promise<'late'> {
  return new Promise((done) => {
    setTimeout(() => done('late'), timeoutMs).unref()
  })
}

/** Resolves at the first SIGINT or SIGTERM; the second one ends the process at once. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((done) => {
    let isFirst = true
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (!isFirst) process.exit(130)
        isFirst = false
        done(signal)
      })
    }
  })
}
