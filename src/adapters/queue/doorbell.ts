import type { Bell, Doorbell, DoorbellListener } from '../../app/ports/doorbell.ts'
import type { Log } from '../../app/ports/log.ts'
import type { QueueBackend, RingHandler, RingQueue, RingWorker } from './backend.ts'
import { encodeJobId } from './job-id.ts'
import { mergeRuns, type MergedRuns } from './merge-runs.ts'

/**
 * How long rings of one id gather before they run, once. Bounded: a later ring never restarts the wait. Deliveries
 * run at once: the first thing a webhook waits for is this.
 */
const GATHERING_MS: Readonly<Record<Bell, number>> = {
  deliveries: 0,
  recompute: 100,
  'recompute-many': 100,
  comments: 100,
}

/**
 * How long an id is not rung for again after a ring. A stream of webhooks rings all the time: each ring costs the
 * store a commit, which on PostgreSQL is as much as taking in ten webhooks.
 */
const REST_MS: Readonly<Record<Bell, number>> = {
  deliveries: 20,
  recompute: 0,
  'recompute-many': 0,
  comments: 0,
}

/** A queue whose store is away waits without limit: after this a ring is given up and left to the sweeper. */
const RING_TIMEOUT_MS = 1_000

/** Nothing is lost when a connection to a queue is not closed in order. */
const CLOSE_TIMEOUT_MS = 1_000

/** Between two attempts to listen while the store is away; the sweeper does the work meanwhile. */
const LISTEN_RETRY_MS = 1_000

interface OpenBell {
  readonly queue: RingQueue
  readonly rings: MergedRuns
}

/** `keepLastIfActive`: never two runs of one id, and a run always follows the last ring. */
export function createDoorbell(backend: QueueBackend, log: Log): Doorbell {
  const bells = new Map<Bell, OpenBell>()
  const bellOf = (bell: Bell): OpenBell => {
    const known = bells.get(bell)
    if (known !== undefined) return known
    const queue = backend.queue(bell)
    queue.on('error', (error) => log.warn({ bell, error: error.name }, 'the queue reported an error'))
    const opened = { queue, rings: mergeRuns(boundedRing(bell, queue, log), REST_MS[bell]) }
    bells.set(bell, opened)
    queue.waitUntilReady().catch(() => {
      // The next ring opens it anew.
      if (bells.get(bell) === opened) bells.delete(bell)
    })
    return opened
  }
  return {
    ring: (bell, id) => bellOf(bell).rings.run(id),
    async free(bell, id) {
      await within(RING_TIMEOUT_MS, bellOf(bell).queue.removeDeduplicationKey(encodeJobId(id)))
    },
    async close() {
      await Promise.all(
        [...bells.values()].map(async ({ queue, rings }) => {
          await within(CLOSE_TIMEOUT_MS, rings.settled())
          await within(CLOSE_TIMEOUT_MS, queue.close())
        }),
      )
    },
  }
}

function boundedRing(bell: Bell, queue: RingQueue, log: Log): (id: string) => Promise<void> {
  let isStuck = false
  return async (id) => {
    if (isStuck) return
    const added = queue.add(
      bell,
      { id },
      {
        deduplication: { id: encodeJobId(id), keepLastIfActive: true },
        delay: GATHERING_MS[bell],
        removeOnComplete: true,
        removeOnFail: 100,
        attempts: 1,
      },
    )
    const outcome = await within(RING_TIMEOUT_MS, added)
    if (outcome === 'done') return
    log.warn({ bell, outcome }, 'a ring was lost; the sweeper will find its work')
    if (outcome !== 'late') return
    // Until the store answers, more rings would only pile up behind this one.
    isStuck = true
    const clear = () => {
      isStuck = false
    }
    added.then(clear, clear)
  }
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<'done' | 'failed' | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => {
    timer = setTimeout(() => done('late'), timeoutMs)
  })
  const done = work.then(
    () => 'done' as const,
    () => 'failed' as const,
  )
  const outcome = await Promise.race([done, late])
  clearTimeout(timer)
  return outcome
}

export function createDoorbellListener(backend: QueueBackend, log: Log): DoorbellListener {
  const workers = new Set<RingWorker>()
  const running = new Set<Promise<void>>()
  let isClosed = false

  const open = async (bell: Bell, handler: RingHandler, concurrency: number): Promise<void> => {
    const worker = backend.worker(bell, handler, concurrency)
    worker.on('error', (error) => log.warn({ bell, error: error.name }, 'the queue reported an error'))
    worker.on('failed', (job, error) =>
      log.error({ bell, id: job?.data.id, error: error.name }, 'a run failed; the sweeper tries again'),
    )
    workers.add(worker)
    try {
      await worker.waitUntilReady()
    } catch {
      workers.delete(worker)
      await within(CLOSE_TIMEOUT_MS, worker.close())
      await pause(LISTEN_RETRY_MS)
      if (!isClosed) await open(bell, handler, concurrency)
    }
  }

  return {
    async listen(bell, handle, { concurrency }) {
      const handler: RingHandler = ({ data }) => {
        const run = handle(data.id).finally(() => running.delete(run))
        running.add(run)
        return run
      }
      const opening = open(bell, handler, concurrency)
      if ((await within(LISTEN_RETRY_MS, opening)) === 'late') {
        log.warn({ bell }, 'the queue cannot be listened to yet; the sweeper does its work')
      }
    },
    async close(timeoutMs) {
      isClosed = true
      // A worker waits without limit, for what runs and for a store that is away. What hangs is left to the sweeper.
      const closing = [...workers].map((worker) => worker.close())
      await within(timeoutMs, Promise.allSettled(running))
      await Promise.all(closing.map((closed) => within(CLOSE_TIMEOUT_MS, closed)))
    },
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, delayMs).unref()
  })
}
