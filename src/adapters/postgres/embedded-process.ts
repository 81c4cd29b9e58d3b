import { spawn } from 'node:child_process'
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { PostgresAccount } from './embedded-account.ts'

/** A PostgreSQL that runs: its process and where it listens. */
export interface Server {
  readonly pid: number
  readonly port: number
}

export interface Launch {
  readonly postgres: string
  readonly account: PostgresAccount
  readonly folder: string
  readonly cluster: string
  readonly port: number
}

const POLL_MS = 25
/** A fast shutdown writes a checkpoint; one that takes longer is cut short, and the next start recovers. */
const STOP_TIMEOUT_MS = 8_000

/**
 * Detached: a Ctrl-C in the terminal must reach us first, so that we finish what we hold before PostgreSQL stops.
 * @returns whether the process is gone again
 */
export async function launch({ postgres, account, folder, cluster, port }: Launch): Promise<() => boolean> {
  const lockFile = resolve(cluster, 'postmaster.pid')
  // PostgreSQL clears a stale lock itself, unless its process id meanwhile belongs to another program.
  if (existsSync(lockFile) && runningServer(cluster) === null) await rm(lockFile, { force: true })
  const log = openSync(resolve(folder, 'postgres.log'), 'a')
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    shared_buffers: '128MB',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(postgres, ['-D', cluster, ...flags], {
    ...account,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let isGone = false
  const gone = () => {
    isGone = true
  }
  child.on('error', gone)
  child.on('exit', gone)
  child.unref()
  return () => isGone
}

/** SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint. SIGQUIT leaves that to recovery. */
export async function stop(cluster: string): Promise<void> {
  const server = runningServer(cluster)
  if (server === null) return
  process.kill(server.pid, 'SIGINT')
  const deadline = performance.now() + STOP_TIMEOUT_MS
  let isCutShort = false
  while (isAlive(server.pid) && isPostgres(server.pid)) {
    if (!isCutShort && performance.now() > deadline) {
      isCutShort = true
      process.kill(server.pid, 'SIGQUIT')
    }
    await new Promise((done) => setTimeout(done, POLL_MS))
  }
}

/** Line 1 of `postmaster.pid` is the process, line 4 the port. A stale file names a process that is gone. */
export function runningServer(cluster: string): Server | null {
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

export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
