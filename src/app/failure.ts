/** What becomes of a piece of work that failed. */
export type FailureDecision =
  { readonly kind: 'retry'; readonly delayMs: number } | { readonly kind: 'park'; readonly reason: string }

const FIRST_DELAY_MS = 2_000
const LONGEST_DELAY_MS = 15 * 60_000

/** Doubling delays from two seconds to a quarter of an hour; after the last attempt the work is parked. */
export function afterFailure(attemptsBefore: number, maxAttempts: number, error: unknown): FailureDecision {
  const attempts = attemptsBefore + 1
  if (attempts >= maxAttempts) {
    return { kind: 'park', reason: `failed ${attempts} times, last with ${nameOf(error)}` }
  }
  return { kind: 'retry', delayMs: retryDelayMs(attemptsBefore) }
}

/** How long work that has failed once more waits, after this many failures before. */
export function retryDelayMs(attemptsBefore: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attemptsBefore)
}

/** The kind of an error and its code. Messages may quote payloads, so they stay out of the record and the log. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error'
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string' ? `${cause.name} (${cause.code})` : cause.name
}
