import {
  createPostgresBackend,
  Queue,
  runMigrations,
  Worker,
  type JobProgress,
  type JobsOptions,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Bell } from '../../app/ports/doorbell.ts'
import type { Log } from '../../app/ports/log.ts'

/** Where the doorbell's jobs live: Redis when there is one, else the PostgreSQL that holds the record. */
export type QueueStore =
  { readonly kind: 'redis'; readonly url: string } | { readonly kind: 'postgres'; readonly url: string }

/** What a job carries: one id. It is clear text in the store, and a forged job is a no-op. */
export interface Ring {
  readonly id: string
}

/** The part of a BullMQ queue that rings, the same on both stores. */
export interface RingQueue {
  add(name: string, ring: Ring, options: JobsOptions): Promise<unknown>
  on(event: 'error', listener: (error: Error) => void): unknown
  removeDeduplicationKey(id: string): Promise<unknown>
  /** Rejects when the store was lost while it was opened: this queue will never work. */
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

/** The part of a BullMQ worker that listens, the same on both stores. */
export interface RingWorker {
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: { data: Ring } | undefined, error: Error) => void): unknown
  /** Rejects when the store was lost while it was opened: this worker will never run. */
  waitUntilReady(): Promise<unknown>
  close(): Promise<void>
}

export type RingHandler = (job: { readonly data: Ring }) => Promise<void>

/**
 * A job cut off by a kill runs again after this long. BullMQ's default of 30 s would leave a key result standing
 * for half a minute after a crash; the sweeper's interval is the shorter bound anyway.
 */
const STALLED_INTERVAL_MS = 3_000
const LOCK_DURATION_MS = 15_000

/** After a lost connection; BullMQ's default of 15 s leaves the work to the sweeper for as long. */
const RETRY_DELAY_MS = 1_000

const PREFIX = 'throughline'
const SCHEMA = 'bullmq'

export interface QueueBackend {
  queue(bell: Bell): RingQueue
  worker(bell: Bell, handler: RingHandler, concurrency: number): RingWorker
  close(): Promise<void>
}

export async function connectQueueBackend(store: QueueStore, log: Log): Promise<QueueBackend> {
  return store.kind === 'redis' ? connectRedis(store.url, log) : connectPostgres(store.url, log)
}

const WORKER_OPTIONS = {
  lockDuration: LOCK_DURATION_MS,
  stalledInterval: STALLED_INTERVAL_MS,
  maxStalledCount: 100,
  runRetryDelay: RETRY_DELAY_MS,
}

function connectRedis(url: string, log: Log): QueueBackend {
  // A producer must fail at once while Redis is down: the webhook has been stored, the sweeper will find it.
  const producer = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false })
  const connections = [producer]
  producer.on('error', (error: Error) => noteLoss(log, error))
  return {
    queue: (bell) => new Queue<Ring>(bell, { connection: producer, prefix: PREFIX }),
    worker: (bell, handler, concurrency) => {
      const consumer = new Redis(url, { maxRetriesPerRequest: null })
      consumer.on('error', (error: Error) => noteLoss(log, error))
      connections.push(consumer)
      return new Worker<Ring>(bell, handler, {
        connection: consumer,
        prefix: PREFIX,
        concurrency,
        ...WORKER_OPTIONS,
      })
    },
    close: async () => {
      for (const connection of connections) connection.disconnect()
      return Promise.resolve()
    },
  }
}

const PostgresQueue = Queue<
  Ring,
  void,
  string,
  Ring,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>
const PostgresWorker = Worker<
  Ring,
  void,
  string,
  PostgresQueueBackend,
  JobProgress,
  PostgresConnectionOptions
>

async function connectPostgres(url: string, log: Log): Promise<QueueBackend> {
  const pools: pg.Pool[] = []
  const createPool = (max: number) => {
    const pool = new pg.Pool({
      connectionString: url,
      max,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
      application_name: 'throughline-queue',
      options: `-c search_path=${SCHEMA}`,
    })
    const note = (error: Error) => noteLoss(log, error)
    pool.on('error', note)
    pool.on('connect', (client) => client.on('error', note))
    pools.push(pool)
    // BullMQ describes the pool it takes structurally and stricter than pg's own types under our compiler settings.
    return pool as unknown as PgPool
  }
  await migrateQueue(url)
  const producerPool = createPool(4)
  return {
    queue: (bell) =>
      new PostgresQueue(bell, { connection: producerPool, prefix: PREFIX }, createPostgresBackend),
    worker: (bell, handler, concurrency) => {
      const options = {
        connection: createPool(concurrency + 2),
        prefix: PREFIX,
        concurrency,
        ...WORKER_OPTIONS,
      }
      return new PostgresWorker(bell, handler, options, createPostgresBackend)
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}

/** BullMQ keeps its tables in a schema of its own and upgrades them itself, under its own lock. */
async function migrateQueue(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await runMigrations(client, SCHEMA)
  } finally {
    await client.end()
  }
}

function noteLoss(log: Log, error: Error): void {
  log.warn({ code: 'code' in error ? error.code : error.name }, 'a queue connection was lost')
}
