import { ThroughlineError } from '../../app/errors.ts'
import type { Log } from '../../app/ports/log.ts'
import { isOutage } from './outage.ts'
import { errorCode } from './pool.ts'

const RETRY_DELAY_MS = 250

/** Classes of PostgreSQL's error codes that speak of the address: wrong user or password, no such database. */
const WRONG_ADDRESS_CLASSES = ['28', '3D']

/**
 * Runs what a start needs of the database, again and again while it cannot be reached: after a power cut everything
 * comes up at once, in any order.
 *
 * @throws ThroughlineError `OKR_UNAVAILABLE` when patience runs out, `OKR_CONFIG_INVALID` when PostgreSQL refuses the
 *   address; neither quotes the password
 */
export async function whenReachable<T>(
  url: string,
  work: () => Promise<T>,
  { patienceMs, stopping, log }: { patienceMs: number; stopping: AbortSignal | undefined; log: Log },
): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const refusal = refusalOf(url, error)
      if (refusal !== null) throw refusal
      if (!isOutage(error)) throw error
      if (performance.now() > deadline || stopping?.aborted === true) throw unreachable(url, error)
      if (tries === 1) log.warn({ code: errorCode(error) }, 'the database cannot be reached yet')
      await new Promise((done) => setTimeout(done, RETRY_DELAY_MS))
    }
  }
}

function refusalOf(url: string, error: unknown): ThroughlineError | null {
  const code = errorCode(error)
  if (!WRONG_ADDRESS_CLASSES.includes(code.slice(0, 2))) return null
  return new ThroughlineError(
    'OKR_CONFIG_INVALID',
    `DATABASE_URL: PostgreSQL at ${placeOf(url)} refuses it: ${reasonOf(error)} (${code}).`,
    { cause: error },
  )
}

function unreachable(url: string, error: unknown): ThroughlineError {
  return new ThroughlineError(
    'OKR_UNAVAILABLE',
    `PostgreSQL at ${placeOf(url)} cannot be reached (${errorCode(error)}). Check that it runs, and DATABASE_URL.`,
    { cause: error },
  )
}

/** Of these classes PostgreSQL's message names the user or the database, never the password. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it does not say why'
}

function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
