import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

const RESTART_DELAY_MS = 100

/** A process that is started again whenever it ends, as systemd would. */
export interface Supervised {
  /** null while it is down. */
  pid(): number | null
  /** How often it ended without having been killed here. */
  unplannedExits(): number
  /** Kills it at once; it is started again. */
  kill(): void
  /** SIGTERM; gives its exit code and how long it took. It is started again. */
  terminate(): Promise<{ code: number | null; stopMs: number }>
  /** Starts it again after it was stopped. */
  start(): void
  /** Kills it, and it stays down. */
  stop(): Promise<void>
}

/** @param killAll kills the process and what it started */
export function supervise(
  start: () => ChildProcess,
  killAll: (child: ChildProcess) => void = (child) => child.kill('SIGKILL'),
): Supervised {
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | undefined
  let isWanted = true
  let unplanned = 0
  const planned = new WeakSet<ChildProcess>()

  const run = () => {
    clearTimeout(timer)
    const started = start()
    child = started
    started.once('exit', () => {
      if (!planned.has(started)) unplanned++
      if (child === started) child = null
      if (isWanted) timer = setTimeout(run, RESTART_DELAY_MS)
    })
  }
  run()

  return {
    pid: () => child?.pid ?? null,
    unplannedExits: () => unplanned,
    kill() {
      if (child === null) return
      planned.add(child)
      killAll(child)
    },
    async terminate() {
      if (child === null) throw new Error('there is nothing to terminate: it is down')
      const ending = child
      planned.add(ending)
      const startedAt = performance.now()
      const exited = once(ending, 'exit')
      ending.kill('SIGTERM')
      const [code] = (await exited) as [number | null]
      return { code, stopMs: performance.now() - startedAt }
    },
    start() {
      isWanted = true
      if (child === null) run()
    },
    async stop() {
      isWanted = false
      clearTimeout(timer)
      if (child === null) return
      planned.add(child)
      const exited = once(child, 'exit')
      killAll(child)
      await exited
    },
  }
}
