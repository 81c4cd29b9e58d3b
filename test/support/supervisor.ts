import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

const RESTART_DELAY_MS = 100

/** A process that is started again whenever it ends, as systemd would. */
export interface Supervised {
  /** null while it is down. */
  pid(): number | null
  /** How it ended each time without having been killed here, with its last words. */
  unplannedExits(): readonly string[]
  /** Kills it at once; it is started again. */
  kill(): void
  /** SIGTERM; gives its exit code and how long it took. It is started again. */
  terminate(): Promise<{ code: number | null; stopMs: number }>
  /** Starts it again after it was stopped. */
  start(): void
  /** Kills it, and it stays down. */
  stop(): Promise<void>
}

interface Handling {
  /** Kills the process and what it started. */
  readonly killAll?: (child: ChildProcess) => void
  /** The end of its log. */
  readonly lastWords?: () => string
}

export function supervise(start: () => ChildProcess, handling: Handling = {}): Supervised {
  const { killAll = (running: ChildProcess) => running.kill('SIGKILL'), lastWords = () => '' } = handling
  let child: ChildProcess | null = null
  let timer: NodeJS.Timeout | undefined
  let isWanted = true
  const unplanned: string[] = []
  const planned = new WeakSet<ChildProcess>()

  const run = () => {
    clearTimeout(timer)
    const started = start()
    child = started
    started.once('exit', (code, signal) => {
      if (!planned.has(started)) unplanned.push(`${code ?? signal}: ${lastWords()}`)
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
