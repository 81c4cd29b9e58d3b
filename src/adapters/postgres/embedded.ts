import { readdirSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import pg from 'pg'
import { ThroughlineError } from '../../app/errors.ts'
import { postgresAccount, reachablePlaces } from './embedded-account.ts'
import { findPostgresBinaries } from './embedded-binaries.ts'
import { ensureCluster, USER } from './embedded-cluster.ts'
import { exclusively } from './embedded-lock.ts'
import { isAlive, launch, runningServer, stop, type Server } from './embedded-process.ts'

const START_TIMEOUT_MS = 60_000
const POLL_MS = 50
const CONNECT_TIMEOUT_MS = 3_000
/** After a kill its children may hold the memory for a moment; something that ends this often is broken. */
const MAX_LAUNCHES = 20
const RELAUNCH_DELAY_MS = 250
const WATCH_INTERVAL_MS = 500

/** A PostgreSQL of our own in a folder. Processes that use the same folder share one server. */
export interface EmbeddedPostgres {
  readonly url: string
  /** Stops the server unless another process still uses it. */
  close(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with npm in `dataFolder`, or joins the one that already runs there. Nobody else
 * looks after it, so its users do: one that died is started again on the same port. The last user to leave stops it;
 * one that was killed is not counted. Listens on 127.0.0.1 only, with a password of its own.
 *
 * @throws ThroughlineError `OKR_UNAVAILABLE` when it does not start
 */
export async function startEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const account = await postgresAccount()
  const wanted = { binaries: await findPostgresBinaries(), dataFolder: resolve(dataFolder, 'postgres') }
  const { binaries, dataFolder: folder } = await reachablePlaces(account, wanted)
  const users = resolve(folder, 'users')
  const ourselves = resolve(users, String(process.pid))
  await mkdir(users, { recursive: true })

  const { cluster, server } = await exclusively(folder, async () => {
    await writeFile(ourselves, '')
    const cluster = await ensureCluster(binaries, account, folder)
    const place = { postgres: binaries.postgres, account, folder, cluster: cluster.path }
    return { cluster, server: await joinOrStart(place, cluster.password, await freePort()) }
  })
  const place = { postgres: binaries.postgres, account, folder, cluster: cluster.path }
  const watch = watchOver(cluster.path, () =>
    exclusively(folder, () => joinOrStart(place, cluster.password, server.port)),
  )
  return {
    url: urlOf(server.port, cluster.password, 'throughline'),
    close: async () => {
      await watch.end()
      await exclusively(folder, async () => {
        await rm(ourselves, { force: true })
        if (!(await hasUsers(users))) await stop(cluster.path)
      })
    },
  }
}

type Place = Omit<Parameters<typeof launch>[0], 'port'>

/** To be called while no other process does. */
async function joinOrStart(place: Place, password: string, port: number): Promise<Server> {
  const { cluster, folder } = place
  const deadline = performance.now() + START_TIMEOUT_MS
  let launches = 0
  while (performance.now() < deadline && launches < MAX_LAUNCHES) {
    const isThere = runningServer(cluster) !== null
    const isGone = isThere ? () => runningServer(cluster) === null : await launch({ ...place, port })
    if (!isThere) launches++
    const server = await untilReady(cluster, password, isGone, deadline)
    if (server !== null) return server
    await pause(RELAUNCH_DELAY_MS)
  }
  throw new ThroughlineError(
    'OKR_UNAVAILABLE',
    `The embedded PostgreSQL does not start. Its log says why: ${resolve(folder, 'postgres.log')}`,
  )
}

async function untilReady(
  cluster: string,
  password: string,
  isGone: () => boolean,
  deadline: number,
): Promise<Server | null> {
  while (performance.now() < deadline && !isGone()) {
    const server = runningServer(cluster)
    if (server !== null && (await answers(server.port, password))) return server
    await pause(POLL_MS)
  }
  return null
}

async function answers(port: number, password: string): Promise<boolean> {
  const connectionString = urlOf(port, password, 'postgres')
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query("select from pg_database where datname = 'throughline'")
    if (found.rowCount === 0) await client.query('create database throughline').catch(() => undefined)
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Starts PostgreSQL again when it is found dead; a start that fails is tried again at the next look. */
function watchOver(cluster: string, start: () => Promise<unknown>): { end(): Promise<void> } {
  let starting: Promise<unknown> | null = null
  const timer = setInterval(() => {
    if (starting !== null || runningServer(cluster) !== null) return
    starting = start()
      .catch(() => undefined)
      .finally(() => {
        starting = null
      })
  }, WATCH_INTERVAL_MS).unref()
  return {
    end: async () => {
      clearInterval(timer)
      await starting
    },
  }
}

/** Processes that use the server; marks of those that were killed are taken away. */
async function hasUsers(users: string): Promise<boolean> {
  const marks = readdirSync(users)
  const dead = marks.filter((pid) => !isAlive(Number(pid)))
  for (const pid of dead) await rm(resolve(users, pid), { force: true })
  return dead.length < marks.length
}

function urlOf(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

function pause(delayMs: number): Promise<void> {
  return new Promise((done) => setTimeout(done, delayMs))
}
