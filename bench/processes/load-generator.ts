import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import { eventOf, type EventPlan } from '../load/event-plan.ts'
import { signed } from '../load/signed-event.ts'
import { answerParent } from './child.ts'

export interface Load {
  readonly url: string
  readonly plan: EventPlan
  /** Of the plan, from its first event on. */
  readonly events: number
  readonly connections: number
}

export interface LoadReport {
  /** From the first request to the last answer. */
  readonly seconds: number
  readonly p99Ms: number
  /** Smallest and largest body sent. */
  readonly bytes: readonly [number, number]
}

/** Bodies are made and signed before the clock starts, so that the load costs the machine as little as it can. */
answerParent(async ({ url, plan, events, connections }: Load): Promise<LoadReport> => {
  const prepared = Array.from({ length: events }, (_, n) => signed(eventOf(plan, n)))
  const sizes = prepared.map(({ body }) => body.length)
  await sleep(200)
  let next = 0
  let answered = 0
  let lastAnswerAt = 0
  const startAt = performance.now()
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const run = autocannon(
      {
        url,
        method: 'POST',
        connections,
        amount: events,
        requests: [{ setupRequest: (request) => ({ ...request, ...prepared[next++] }) }],
      },
      (error: unknown, value) =>
        error === null ? done(value) : fail(new Error('the load could not be sent', { cause: error })),
    )
    run.on('response', () => {
      answered++
      lastAnswerAt = performance.now()
    })
  })
  if (result['2xx'] !== events || answered !== events) {
    throw new Error(`${events} events were sent and ${result['2xx']} accepted (${result.errors} errors)`)
  }
  return {
    seconds: (lastAnswerAt - startAt) / 1_000,
    p99Ms: result.latency.p99,
    bytes: [Math.min(...sizes), Math.max(...sizes)],
  }
})
