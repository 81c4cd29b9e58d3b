import pg from 'pg'
import type { Log } from '../../app/ports/log.ts'

/**
 * What a session asks of the server, so that a host that died without a word gives its locks back within a minute or
 * so: an idle transaction is ended, a peer that does not answer is noticed. An address with `options` of its own
 * replaces them.
 */
const SESSION_OPTIONS = [
  'idle_in_transaction_session_timeout=60s',
  'tcp_keepalives_idle=30',
  'tcp_keepalives_interval=10',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=30s',
]
  .map((option) => `-c ${option}`)
  .join(' ')

/** An error on a checked-out client that nobody listens to ends the process: every client gets a listener. */
export function createPool(url: string, options: { max: number; log: Log; config?: pg.PoolConfig }): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'throughline',
    options: SESSION_OPTIONS,
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
