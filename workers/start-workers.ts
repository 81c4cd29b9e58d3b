import type { DoorbellListener } from '../src/app/ports/doorbell.ts'
import type { Log } from '../src/app/ports/log.ts'
import { nameOf } from '../src/app/failure.ts'

export interface WorkersDeps {
  readonly listener: DoorbellListener
  readonly work: {
    deliveries(siteId: string): Promise<void>
    recompute(key: string): Promise<void>
    recomputeBatch(batch: string): Promise<void>
    comments(): Promise<void>
    sweep(): Promise<void>
  }
  readonly log: Log
}

export interface Workers {
  /** Stops taking work and lets what runs finish, within `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

/**
 * Deliveries of one site never run side by side; more than one run serves several sites. Each bell has runs of its own:
 * what one person did never waits for a change of thousands, and that goes on whatever people do.
 */
const CONCURRENCY = { deliveries: 4, recompute: 4, batches: 2, comments: 1 }

const SWEEP_INTERVAL_MS = 500

/** Listens to the doorbell and sweeps for what no bell reached. The sweep is a plain timer: it must run without a queue. */
export async function startWorkers({ listener, work, log }: WorkersDeps): Promise<Workers> {
  const sweeper = startSweeper(() => work.sweep(), log)
  const { deliveries, recompute, batches, comments } = CONCURRENCY
  await Promise.all([
    listener.listen('deliveries', (siteId) => work.deliveries(siteId), { concurrency: deliveries }),
    listener.listen('recompute', (key) => work.recompute(key), { concurrency: recompute }),
    listener.listen('recompute-many', (batch) => work.recomputeBatch(batch), { concurrency: batches }),
    listener.listen('comments', () => work.comments(), { concurrency: comments }),
  ])
  return {
    stop: async (timeoutMs) => {
      await Promise.all([sweeper.stop(), listener.close(timeoutMs)])
    },
  }
}

/** One sweep at a time, the next after a pause; a sweep that fails (the database is away) is followed by another. */
function startSweeper(sweep: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running = Promise.resolve()
  const run = async () => {
    try {
      await sweep()
    } catch (error) {
      log.warn({ error: nameOf(error) }, 'a sweep failed')
    }
    schedule()
  }
  const schedule = () => {
    if (isStopped) return
    timer = setTimeout(() => {
      running = run()
    }, SWEEP_INTERVAL_MS)
  }
  schedule()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
