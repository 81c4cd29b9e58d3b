import { JiraError } from '../../app/ports/jira.ts'
import type { Log } from '../../app/ports/log.ts'
import type { Failures } from './failures.ts'
import type { RateLimits } from './rate-limits.ts'
import { nameOf, type JiraRequest } from './request.ts'
import { retryDelayMs } from './retry-after.ts'
import type { Slots } from '../../app/slots.ts'
import type { Timer } from './timer.ts'
import type { Answer, Transport } from './transport.ts'

const MAX_ATTEMPTS = 4

/** Statuses of a Jira that is not there for the moment, by its own words or its gateway's. */
const PASSING_STATUSES = new Set([502, 503, 504])

/** How long a request waits in total before it becomes the caller's to repeat: a worker has a queue for that. */
const PATIENCE_MS = { read: 120_000, write: 5_000 } as const

export interface SenderDependencies {
  readonly transport: Transport
  readonly limits: RateLimits
  readonly slots: Slots
  readonly failures: Failures
  readonly timer: Timer
  readonly random: () => number
  readonly log: Log
  /** Aborts when Jira is closed: nothing waits any longer. */
  readonly closing: AbortSignal
}

type Attempt =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'not_admitted'; readonly waitMs: number }

/**
 * Sends within Jira's limits. Reads are tried up to four times after connection failures, 502, 503, 504 and 429.
 * Writes are tried once: a comment whose answer was lost may well be there. A 429 did nothing, but waiting it out
 * is left to the caller, with `retryAfterMs`. Everything else Jira says, 401 above all, is an answer.
 *
 * @throws JiraError `rate_limited`, `unavailable`, or what `Failures.ofAttempt` says of an attempt without answer
 */
export function createPatientSender(deps: SenderDependencies): (request: JiraRequest) => Promise<Answer> {
  const { transport, limits, slots, failures, timer, random, log, closing } = deps

  function attempt(request: JiraRequest): Promise<Attempt> {
    return slots.run(async (): Promise<Attempt> => {
      const waitMs = limits.admit(request, timer.nowMs())
      if (waitMs > 0) return { kind: 'not_admitted', waitMs }
      try {
        return { kind: 'answer', answer: await transport.send(request) }
      } catch (error) {
        return { kind: 'failed', error }
      }
    })
  }

  async function pause(request: JiraRequest, delayMs: number): Promise<void> {
    try {
      await timer.sleep(delayMs, closing)
    } catch (cause) {
      throw new JiraError('unavailable', `${nameOf(request)}: the service is stopping`, { cause })
    }
  }

  return async (request) => {
    const patientUntilMs = timer.nowMs() + PATIENCE_MS[request.access]
    const isTooLong = (delayMs: number) => timer.nowMs() + delayMs > patientUntilMs
    for (let tries = 1; ;) {
      const result = await attempt(request)
      if (result.kind === 'not_admitted') {
        if (isTooLong(result.waitMs)) throw notAdmitted(request, result.waitMs)
        await pause(request, result.waitMs)
        continue
      }
      const answer = result.kind === 'answer' ? result.answer : null
      if (answer !== null && answer.status !== 429 && !PASSING_STATUSES.has(answer.status)) return answer

      const delayMs = retryDelayMs(answer, tries, random)
      const failure =
        result.kind === 'answer'
          ? failures.ofAnswer(request, result.answer, delayMs)
          : failures.ofAttempt(request, result.error, delayMs)
      const slowed =
        answer?.status === 429
          ? limits.slowDown(request, answer.header('ratelimit-reason'), timer.nowMs(), delayMs)
          : null
      const isFinal = failure.failure !== 'rate_limited' && failure.failure !== 'unavailable'
      if (request.access === 'write' || isFinal || tries === MAX_ATTEMPTS || isTooLong(delayMs)) throw failure

      log.warn(
        { request: nameOf(request), status: answer?.status ?? null, tries, delayMs, slowed },
        'Jira did not answer a read; it is sent again',
      )
      tries++
      // After a 429 the closed gate does the waiting, for this request and its like.
      if (slowed === null) await pause(request, delayMs)
    }
  }
}

function notAdmitted(request: JiraRequest, waitMs: number): JiraError {
  const retryAfterMs = Math.ceil(waitMs)
  return new JiraError('rate_limited', `${nameOf(request)}: not sent, to stay within Jira's limits`, {
    retryAfterMs,
  })
}
