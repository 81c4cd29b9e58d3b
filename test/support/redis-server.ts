import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { createConnection } from 'node:net'
import { once } from 'node:events'

export interface RedisServer {
  readonly url: string
  readonly process: ChildProcess
  stop(): void
}

export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0
}

/** Starts Debian's redis-server on a free port, without persistence; null where it is not installed. */
export async function startRedis(folder: string): Promise<RedisServer | null> {
  if (!hasRedisServer()) return null
  const port = await freePort()
  const process = spawnRedis(folder, port)
  await untilListening(port)
  return { url: `redis://127.0.0.1:${port}`, process, stop: () => process.kill('SIGKILL') }
}

/** Without persistence: a kill empties it. */
export function spawnRedis(folder: string, port: number): ChildProcess {
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
    folder,
  ]
  return spawn('redis-server', flags, { stdio: 'ignore' })
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((done) => {
      socket.once('connect', () => done(true))
      socket.once('error', () => done(false))
    })
    socket.destroy()
    if (isOpen) return
    await new Promise((done) => setTimeout(done, 20))
  }
}
