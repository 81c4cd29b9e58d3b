import type { Bell, Doorbell, DoorbellListener } from '../../app/ports/doorbell.ts'
import type { Log } from '../../app/ports/log.ts'
import type { QueueBackend, RingQueue, RingWorker } from './backend.ts'
import { encodeJobId } from './job-id.ts'
import { mergeRuns } from './merge-runs.ts'

/**
 * How long rings of one id gather before they run, once. Bounded: a later ring never restarts the wait. Deliveries
 * run at once: the first thing a webhook waits for is this.
 */
const GATHERING_MS: Readonly<Record<Bell, number>> = { deliveries: 0, recompute: 100, comments: 100 }

/** A queue whose store is away waits without limit: after this a ring is given up and left to the sweeper. */
const RING_TIMEOUT_MS = 1_000

/** `keepLastIfActive`: never two runs of one id, and a run always follows the last ring. */
export function createDoorbell(backend: QueueBackend, log: Log): Doorbell {
  const bells = new Map<Bell, { queue: RingQueue; ring: (id: string) => Promise<void> }>()
  const bellOf = (bell: Bell) => {
    const known = bells.get(bell)
    if (known !== undefined) return known
    const queue = backend.queue(bell)
    queue.on('error', (error) => log.warn({ bell, error: error.name }, 'the queue reported an error'))
    const created = { queue, ring: mergeRuns(boundedRing(bell, queue, log)) }
    bells.set(bell, created)
    return created
  }
  return {
    ring: (bell, id) => bellOf(bell).ring(id),
    async free(bell, id) {
      await within(RING_TIMEOUT_MS, bellOf(bell).queue.removeDeduplicationKey(encodeJobId(id)))
    },
    async close() {
      await Promise.all([...bells.values()].map(({ queue }) => queue.close()))
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
  const workers: RingWorker[] = []
  return {
    async listen(bell, handle, { concurrency }) {
      const worker = backend.worker(bell, (job) => handle(job.data.id), concurrency)
      worker.on('error', (error) => log.warn({ bell, error: error.name }, 'the queue reported an error'))
      worker.on('failed', (job, error) =>
        log.error({ bell, id: job?.data.id, error: error.name }, 'a run failed; the sweeper tries again'),
      )
      workers.push(worker)
      await worker.waitUntilReady()
    },
    async close(timeoutMs) {
      await Promise.all(workers.map((worker) => closeWithin(worker, timeoutMs)))
    },
  }
}

/** `worker.close()` waits for running jobs without limit: a job that hangs is cut off and found by the sweeper. */
async function closeWithin(worker: RingWorker, timeoutMs: number): Promise<void> {
  if ((await within(timeoutMs, worker.close())) === 'late') await worker.close(true)
}
