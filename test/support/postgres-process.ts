import { spawn, type ChildProcess } from 'node:child_process'
import { openSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { postgresAccount, reachablePlaces } from '../../src/adapters/postgres/embedded-account.ts'
import { findPostgresBinaries } from '../../src/adapters/postgres/embedded-binaries.ts'
import { startEmbeddedPostgres } from '../../src/adapters/postgres/embedded.ts'
import { freePort } from './redis-server.ts'

/** A PostgreSQL on a port that stays, for somebody to start, kill and start again. */
export interface PostgresProcess {
  readonly url: string
  start(): ChildProcess
  /** Throws while it takes no work. */
  ping(): Promise<void>
}

/** Makes the cluster, with fsync on as everywhere, and leaves it stopped. */
export async function preparePostgres(folder: string): Promise<PostgresProcess> {
  const embedded = await startEmbeddedPostgres(folder)
  await embedded.close()
  const account = await postgresAccount()
  const wanted = { binaries: await findPostgresBinaries(), dataFolder: resolve(folder, 'postgres') }
  const { binaries, dataFolder } = await reachablePlaces(account, wanted)
  const port = await freePort()
  const url = new URL(embedded.url)
  url.port = String(port)
  const flags = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${port}`,
    'max_connections=200',
  ]
  const log = openSync(resolve(dataFolder, 'postgres.log'), 'a')
  return {
    url: url.toString(),
    start: () =>
      spawn(
        binaries.postgres,
        ['-D', resolve(dataFolder, 'cluster'), ...flags.flatMap((flag) => ['-c', flag])],
        {
          ...account,
          cwd: dataFolder,
          stdio: ['ignore', log, log],
        },
      ),
    ping: () => ping(url.toString()),
  }
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select')
  } finally {
    await client.end().catch(() => undefined)
  }
}
