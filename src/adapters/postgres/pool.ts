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
  // What the last one to leave stops is not lost: the embedded server ends connections that are just being closed.
  const note = (error: Error) => {
    if (!pool.ending) options.log.warn({ code: errorCode(error) }, 'a database connection was lost')
  }
  pool.on('error', note)
  pool.on('connect', (client) => {
    client.on('error', note)
    takeTurns(client)
  })
  return pool
}

/**
 * Statements sent side by side on one connection, as key results that are recomputed together do in their transaction,
 * wait for each other here: pg warns of it now and will not queue them from version 9 on.
 */
function takeTurns(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  let last: Promise<unknown> = Promise.resolve()
  const sendInTurn = (...args: unknown[]): Promise<unknown> => {
    // The pool's own queries: it gives each a connection.
    if (typeof args.at(-1) === 'function') return send(...args)
    const answer = last.then(() => send(...args))
    last = answer.catch(() => undefined)
    return answer
  }
  client.query = sendInTurn as typeof client.query
}

/** PostgreSQL's five-character code or Node's system code; never the message, which may quote data. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
