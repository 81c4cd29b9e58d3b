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
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((done) => {
      timer = setTimeout(() => done('late'), timeoutMs)
    })
    try {
      if ((await Promise.race([run(), late])) === 'late') {
        log.warn({ phase: name, timeoutMs }, 'a shutdown phase took too long and was left')
      }
    } catch (error) {
      log.warn({ phase: name, error: nameOf(error) }, 'a shutdown phase failed')
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A terminal and the npm under it both pass one Ctrl-C on: what follows this soon is the same signal. */
const ECHO_MS = 500

/** That somebody wants this process to end. */
export interface StopRequest {
  /** Resolves at the first SIGINT or SIGTERM; the second one ends the process at once. */
  readonly requested: Promise<NodeJS.Signals>
  /** Aborted by it, for work that waits. */
  readonly signal: AbortSignal
}

/** To be called before anything is opened: until then a signal ends the process and leaves behind what it started. */
export function listenForStop(): StopRequest {
  const stopping = new AbortController()
  const requested = new Promise<NodeJS.Signals>((done) => {
    let firstAt: number | null = null
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (firstAt !== null && performance.now() - firstAt > ECHO_MS) process.exit(exitCodeOf(signal))
        firstAt ??= performance.now()
        stopping.abort()
        done(signal)
      })
    }
  })
  return { requested, signal: stopping.signal }
}

/** Work was left because of a signal. */
export class Interrupted extends Error {
  readonly exitCode: number

  constructor(signal: NodeJS.Signals) {
    super(`interrupted by ${signal}`)
    this.name = 'Interrupted'
    this.exitCode = exitCodeOf(signal)
  }
}

/**
 * Waits for work, but no longer than until the process is to end: it is then left where it is, as a kill would.
 * @throws Interrupted
 */
export async function unlessStopped<T>({ requested }: StopRequest, work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  const outcome = await Promise.race([work.then((value) => ({ value })), requested])
  if (typeof outcome === 'string') throw new Interrupted(outcome)
  return outcome.value
}

/** As shells count it. */
function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + (signal === 'SIGINT' ? 2 : 15)
}
