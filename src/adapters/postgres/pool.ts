import pg from 'pg'
import type { Log } from '../../app/ports/log.ts'

/** An error on a checked-out client that nobody listens to ends the process: every client gets a listener. */
export function createPool(url: string, options: { max: number; log: Log; config?: pg.PoolConfig }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'throughline',
    ...options.config,
  })
  const note = (error: Error) =>
    options.log.warn({ code: errorCode(error) }, 'a database connection was lost')
  pool.on('error', note)
  pool.on('connect', (client) => client.on('error', note))
  return pool
}

/** PostgreSQL's five-character code or Node's system code; never the message, which may quote data. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
