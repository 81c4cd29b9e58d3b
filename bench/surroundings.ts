import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import pg from 'pg'
import { startEmbeddedPostgres } from '../src/adapters/postgres/embedded.ts'

/** A database of its own on the run's PostgreSQL, empty at first and dropped at the end. */
export interface BenchDatabase extends AsyncDisposable {
  readonly url: string
  /** Runs SQL beside the stores. */
  query(text: string): Promise<Record<string, unknown>[]>
}

/** Where benchmarks run: one PostgreSQL with fsync on, one Redis if there is one, nothing else. */
export interface Surroundings extends AsyncDisposable {
  /** Small sizes: shows that the benchmarks work, not how fast anything is. */
  readonly isQuick: boolean
  /** null where redis-server is not installed. */
  readonly redisUrl: string | null
  createDatabase(): Promise<BenchDatabase>
  /** Tells how far a benchmark is. */
  say(line: string): void
  /** The same as leaving it, for a signal. */
  close(): Promise<void>
}

/** Starts both servers in a temporary folder that is removed at the end. */
export async function startSurroundings({
  isQuick,
  say,
}: Pick<Surroundings, 'isQuick' | 'say'>): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  // PostgreSQL runs under an account of its own when this is root's; it has to get through.
  chmodSync(folder, 0o711)
  const postgres = await startEmbeddedPostgres(folder)
  const redis = await startRedis(folder)
  let databases = 0
  let closed: Promise<void> | undefined
  const stop = async () => {
    await redis?.stop()
    await postgres.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const close = () => (closed ??= stop())
  return {
    isQuick,
    redisUrl: redis?.url ?? null,
    say,
    createDatabase: () => createDatabase(postgres.url, `bench_${++databases}`),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<BenchDatabase> {
  const server = new pg.Client({ connectionString: serverUrl })
  await server.connect()
  server.on('error', () => undefined)
  await server.query(`create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  client.on('error', () => undefined)
  return {
    url: url.toString(),
    query: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    async [Symbol.asyncDispose]() {
      await client.end()
      await server.query(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}

/** As it is installed, without persistence: the queue is a doorbell. */
async function startRedis(folder: string): Promise<{ url: string; stop(): Promise<void> } | null> {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null
  const data = join(folder, 'redis')
  mkdirSync(data)
  const port = await freePort()
  const flags = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    data,
  ]
  const server = spawn('redis-server', flags, { stdio: 'ignore' })
  const url = `redis://127.0.0.1:${port}`
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  await client.ping()
  client.disconnect()
  return {
    url,
    async stop() {
      server.kill('SIGKILL')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
