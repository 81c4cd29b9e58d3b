import { connectDatabase, type PostgresDatabase } from '../adapters/postgres/database.ts'
import { startEmbeddedPostgres } from '../adapters/postgres/embedded.ts'
import { migrateDatabase } from '../adapters/postgres/migrate.ts'
import { whenReachable } from '../adapters/postgres/reach.ts'
import { connectQueueBackend, type QueueBackend } from '../adapters/queue/backend.ts'
import type { Log } from '../app/ports/log.ts'
import type { Settings } from '../config.ts'
import { shutDown } from '../lifecycle.ts'
import { ensureSite } from './ensure-site.ts'

export interface Stores {
  readonly databaseUrl: string
  readonly database: PostgresDatabase
  /** Connections of intake and of probes, that work cannot starve. They answer or fail within seconds. */
  readonly prompt: PostgresDatabase
  readonly queue: QueueBackend
  close(): Promise<void>
}

const WORK_CONNECTIONS = 12
const PROMPT_CONNECTIONS = 12

/** Jira waits longer for an answer, but what is not stored in this time is better sent again. */
const PROMPT_TIMEOUT_MS = 4_000

const CONNECTIONS_TIMEOUT_MS = 3_000
/** Longer than the fast shutdown may take before it is cut short. */
const SERVER_TIMEOUT_MS = 12_000

/** Opens the stores and brings their schemas up to date. What was opened is closed again when that fails. */
export async function openStores(
  { config, secrets }: Settings,
  options: { log: Log; patienceMs: number; stopping: AbortSignal | undefined },
): Promise<Stores> {
  const { log } = options
  const embedded = secrets.databaseUrl === null ? await startEmbeddedPostgres(config.dataDir) : null
  const url = secrets.databaseUrl ?? embedded!.url
  const database = connectDatabase({ url, maxConnections: WORK_CONNECTIONS, log })
  const prompt = connectDatabase({
    url,
    maxConnections: PROMPT_CONNECTIONS,
    queryTimeoutMs: PROMPT_TIMEOUT_MS,
    log,
  })
  const store =
    secrets.redisUrl === null
      ? { kind: 'postgres' as const, url }
      : { kind: 'redis' as const, url: secrets.redisUrl }
  // A connection that does not close must not keep us from stopping the server, which would then outlive us.
  const close = () =>
    shutDown(
      [
        {
          name: 'connections',
          timeoutMs: CONNECTIONS_TIMEOUT_MS,
          run: async () => {
            await Promise.all([database.close(), prompt.close()])
          },
        },
        { name: 'embedded PostgreSQL', timeoutMs: SERVER_TIMEOUT_MS, run: async () => embedded?.close() },
      ],
      log,
    )
  try {
    const prepare = async () => {
      await migrateDatabase(url)
      await ensureSite(database.records.sites, config.jira)
      return connectQueueBackend(store, log)
    }
    const queue = await whenReachable(url, prepare, options)
    return {
      databaseUrl: url,
      database,
      prompt,
      queue,
      close: async () => {
        await shutDown([{ name: 'queue', timeoutMs: CONNECTIONS_TIMEOUT_MS, run: () => queue.close() }], log)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
