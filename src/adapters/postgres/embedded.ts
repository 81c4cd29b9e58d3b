import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { postgresAccount, reachablePlaces, type PostgresAccount } from './embedded-account.ts'
import { findPostgresBinaries, type PostgresBinaries } from './embedded-binaries.ts'

const run = promisify(execFile)

const USER = 'throughline'
const START_TIMEOUT_MS = 60_000
const POLL_MS = 50

/** A PostgreSQL of our own in a folder. Processes that use the same folder share one server. */
export interface EmbeddedPostgres {
  readonly url: string
  /** The server's process, for tests that kill it. */
  readonly pid: number
  /** Stops the server unless another process still uses it. */
  close(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with npm in `dataFolder`, or joins the one that already runs there. The last user
 * to leave stops it; one that was killed is not counted. Listens on 127.0.0.1 only, with a password of its own.
 */
export async function startEmbeddedPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const account = await postgresAccount()
  const wanted = { binaries: await findPostgresBinaries(), dataFolder: resolve(dataFolder, 'postgres') }
  const { binaries, dataFolder: folder } = await reachablePlaces(account, wanted)
  const users = resolve(folder, 'users')
  const cluster = resolve(folder, 'cluster')
  await mkdir(users, { recursive: true })
  await writeFile(resolve(users, String(process.pid)), '')

  const password = await clusterPassword(folder)
  if (!existsSync(cluster)) await initialise(binaries, account, folder, cluster, password)
  const server = await joinOrStart(binaries, account, folder, cluster, password)
  return {
    url: urlOf(server.port, password, 'throughline'),
    pid: server.pid,
    close: async () => {
      await rm(resolve(users, String(process.pid)), { force: true })
      const others = readdirSync(users).map(Number).filter(isAlive)
      if (others.length === 0) await stop(cluster)
    },
  }
}

interface Server {
  readonly pid: number
  readonly port: number
}

async function joinOrStart(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  folder: string,
  cluster: string,
  password: string,
): Promise<Server> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (runningServer(cluster) === null) await launch(binaries, account, folder, cluster)
    const server = await untilReady(cluster, password, deadline)
    if (server !== null) return server
  }
  throw new Error(`PostgreSQL did not start within ${START_TIMEOUT_MS / 1000} s; see ${folder}/postgres.log`)
}

/** Detached: a Ctrl-C in the terminal must reach us first, so that we finish what we hold before PostgreSQL stops. */
async function launch(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  folder: string,
  cluster: string,
): Promise<void> {
  // PostgreSQL clears a stale lock itself, unless its process id meanwhile belongs to another program.
  if (existsSync(resolve(cluster, 'postmaster.pid')) && runningServer(cluster) === null) {
    await rm(resolve(cluster, 'postmaster.pid'), { force: true })
  }
  const log = openSync(resolve(folder, 'postgres.log'), 'a')
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: await freePort(),
    max_connections: 200,
    shared_buffers: '128MB',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(binaries.postgres, ['-D', cluster, ...flags], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.on('error', () => undefined)
  child.unref()
}

async function untilReady(cluster: string, password: string, deadline: number): Promise<Server | null> {
  let wasRunning = false
  while (Date.now() < deadline) {
    const server = runningServer(cluster)
    if (server !== null) {
      wasRunning = true
      if (await answers(server.port, password)) return server
    } else if (wasRunning) return null
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
  return null
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(port, password, 'postgres') })
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

/** Line 1 of `postmaster.pid` is the process, line 4 the port. A stale file names a process that is gone. */
function runningServer(cluster: string): Server | null {
  try {
    const lines = readFileSync(resolve(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    return isAlive(pid) && isPostgres(pid) && port > 0 ? { pid, port } : null
  } catch {
    return null
  }
}

/** Process ids are reused, above all in containers. Where there is no /proc, being alive has to do. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return !existsSync('/proc')
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint. */
async function stop(cluster: string): Promise<void> {
  const server = runningServer(cluster)
  if (server === null) return
  process.kill(server.pid, 'SIGINT')
  while (isAlive(server.pid)) await new Promise((done) => setTimeout(done, POLL_MS))
}

/** A cluster appears complete or not at all: initdb that was killed leaves a folder nobody will use. */
async function initialise(
  binaries: PostgresBinaries,
  account: PostgresAccount,
  folder: string,
  cluster: string,
  password: string,
): Promise<void> {
  const unfinished = resolve(folder, `cluster.new.${process.pid}`)
  const passwordFile = resolve(folder, `password.${process.pid}`)
  await rm(unfinished, { recursive: true, force: true })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account !== null) {
    await chown(folder, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  await chmod(binaries.initdb, 0o755).catch(() => undefined)
  await chmod(binaries.postgres, 0o755).catch(() => undefined)
  const flags = ['--auth=scram-sha-256', `--username=${USER}`, `--pwfile=${passwordFile}`, '--encoding=UTF8']
  try {
    await run(binaries.initdb, ['-D', unfinished, ...flags, '--locale=C'], { ...account, cwd: folder })
    await rename(unfinished, cluster).catch((error: unknown) => {
      if (!existsSync(cluster)) throw error
    })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function clusterPassword(folder: string): Promise<string> {
  const file = resolve(folder, 'password')
  const fresh = randomBytes(24).toString('base64url')
  await writeFile(file, fresh, { mode: 0o600, flag: 'wx' }).catch(() => undefined)
  return readFileSync(file, 'utf8')
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
