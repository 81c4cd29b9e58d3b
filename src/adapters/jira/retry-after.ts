import type { Answer } from './transport.ts'

/** Without a word from Jira: 2 s, doubled with each try. */
const BASE_DELAY_MS = 2_000

/**
 * How long to wait before the next try.
 *
 * @param answer what Jira said; null when nothing came
 * @param attempt 1 for the first try
 * @param random from 0 up to 1. What Jira asks for is never shortened; our own guess is spread by 0.7 to 1.3, so
 *   that many processes do not come back in the same instant
 */
export function retryDelayMs(answer: Answer | null, attempt: number, random: () => number): number {
  const askedMs = answer === null ? null : askedDelayMs(answer)
  if (askedMs !== null) return Math.ceil(askedMs * (1 + 0.3 * random()))
  return Math.ceil(BASE_DELAY_MS * 2 ** (attempt - 1) * (0.7 + 0.6 * random()))
}

/** `Retry-After` in seconds or as a date, else the ISO date in `X-RateLimit-Reset`; null when neither says. */
function askedDelayMs(answer: Answer): number | null {
  const retryAfter = answer.header('retry-after')
  if (retryAfter !== null && /^\d+(\.\d+)?$/.test(retryAfter.trim())) return Number(retryAfter) * 1_000
  const until = Date.parse(retryAfter ?? answer.header('x-ratelimit-reset') ?? '')
  // Measured against Jira's own clock: this machine's may be wrong.
  const delayMs = until - Date.parse(answer.header('date') ?? '')
  return delayMs >= 0 ? delayMs : null
}
