import { setTimeout as timer } from 'node:timers/promises'
import { createRandom, type Random } from '../site/random.ts'
import {
  deliveryIdentifier,
  makeDelivery,
  renamed,
  type WebhookDelivery,
  type WebhookTarget,
} from './webhook-delivery.ts'
import type { WebhookEvent } from './webhook-event.ts'
import { createWebhookPoster, isRetried } from './webhook-post.ts'

/** The disorder Jira is known for, on demand. Chances are from 0 to 1. */
interface Disorder {
  /** Holds everything back until `flush`, then sends it in random order. */
  readonly shuffle?: boolean
  /** Chance that a delivery comes twice, with the same identifier. */
  readonly duplicate?: number
  /** Chance that the same bytes come again under a new identifier. */
  readonly duplicateAsNew?: number
  /** Chance that an event is never sent. */
  readonly drop?: number
}

export interface DispatcherOptions {
  readonly seed: number
  /** Who is sent an event, asked for when it happens. */
  readonly targets: () => readonly WebhookTarget[]
  readonly disorder?: Disorder
  /** Holds events back until `flush` even in order. */
  readonly held?: boolean
  /** At most 20, as Jira posts to one host of one tenant. */
  readonly concurrency?: number
  /** Before the n-th retry. Jira waits 5 to 15 minutes; the default is that divided by 6,000. */
  readonly backoffMs?: (retry: number, random: Random) => number
  /** For tests that do not wait. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>
  readonly timeoutMs?: number
}

/** What became of the deliveries since the last report. */
interface DispatchReport {
  /** Deliveries that ended in a 2xx, copies included. */
  readonly delivered: number
  /** Attempts beyond the first. */
  readonly retried: number
  /** Deliveries refused for good, or still refused after the fifth retry. */
  readonly givenUp: number
  /** Copies made on purpose. */
  readonly duplicated: number
  /** Events left out on purpose. */
  readonly dropped: number
  readonly refusals: readonly Refusal[]
}

interface Refusal {
  readonly event: string
  readonly identifier: string
  /** A status, or why there was none. */
  readonly outcome: number | string
}

export interface WebhookDispatcher {
  /** Sends an event to every target that wants it, now or at the next `flush`. */
  send(event: WebhookEvent): void
  setDisorder(disorder: Disorder): void
  /** From here on events wait for `flush` (true) or go at once (false). */
  hold(held: boolean): void
  /** Sends what is held and resolves when everything is delivered or given up. */
  flush(): Promise<DispatchReport>
  /** Gives up what is under way. */
  close(): Promise<void>
}

const MAX_RETRIES = 5
const MAX_CONCURRENCY = 20

interface PendingDelivery {
  readonly delivery: WebhookDelivery
  readonly retry: number
}

export function createWebhookDispatcher(options: DispatcherOptions): WebhookDispatcher {
  const random = createRandom(options.seed)
  const backoffRandom = createRandom(options.seed + 1)
  const concurrency = Math.min(options.concurrency ?? MAX_CONCURRENCY, MAX_CONCURRENCY)
  const poster = createWebhookPoster({ timeoutMs: options.timeoutMs ?? 20_000, concurrency })
  const backoffMs = options.backoffMs ?? ((_, chance) => chance.between(50, 150))
  const wait = options.wait ?? ((delayMs, signal) => timer(delayMs, undefined, { signal }))
  const ended = new AbortController()
  const held: PendingDelivery[] = []
  const ready: PendingDelivery[] = []
  const idle = new Set<() => void>()
  let disorder = options.disorder ?? {}
  let isHeld = options.held ?? false
  let identified = 0
  let posting = 0
  let waiting = 0
  let report = emptyReport()

  const identify = (body: Uint8Array) => deliveryIdentifier(options.seed, identified++, body)
  const happens = (chance: number | undefined) => random.next() < (chance ?? 0)
  const isIdle = () => posting + waiting + ready.length === 0

  const enqueue = (event: WebhookEvent, target: WebhookTarget): void => {
    if (happens(disorder.drop)) {
      report.dropped++
      return
    }
    const delivery = makeDelivery(event, target, identify)
    const copies = [delivery]
    if (happens(disorder.duplicate)) copies.push(delivery)
    if (happens(disorder.duplicateAsNew)) copies.push(renamed(delivery, identify(delivery.body)))
    report.duplicated += copies.length - 1
    const pending = copies.map((copy) => ({ delivery: copy, retry: 0 }))
    if (isHeld || disorder.shuffle === true) held.push(...pending)
    else release(pending)
  }

  const release = (deliveries: readonly PendingDelivery[]): void => {
    for (const delivery of deliveries) ready.push(delivery)
    while (posting < concurrency && ready.length > 0) {
      posting++
      void attempt(ready.shift()!).finally(() => {
        posting--
        release([])
      })
    }
    if (!isIdle()) return
    for (const resolve of idle) resolve()
    idle.clear()
  }

  const attempt = async ({ delivery, retry }: PendingDelivery): Promise<void> => {
    const answer = await poster.post(delivery, retry)
    if (answer.kind === 'answered' && answer.status < 300) report.delivered++
    else if (isRetried(answer) && retry < MAX_RETRIES) void retryLater(delivery, retry + 1)
    else giveUp(delivery, answer.kind === 'answered' ? answer.status : answer.reason)
  }

  /** A delivery that waits for its retry does not keep others from being sent. */
  const retryLater = async (delivery: WebhookDelivery, retry: number): Promise<void> => {
    waiting++
    try {
      await wait(backoffMs(retry, backoffRandom), ended.signal)
      report.retried++
      ready.push({ delivery, retry })
    } catch (error) {
      giveUp(delivery, error instanceof Error ? error.message : String(error))
    } finally {
      waiting--
      release([])
    }
  }

  const giveUp = ({ event, identifier }: WebhookDelivery, outcome: Refusal['outcome']): void => {
    report.givenUp++
    report.refusals.push({ event, identifier, outcome })
  }

  return {
    send(event) {
      for (const target of options.targets()) {
        if (target.events === null || target.events.includes(event.name)) enqueue(event, target)
      }
    },
    setDisorder(wanted) {
      disorder = wanted
    },
    hold(wanted) {
      isHeld = wanted
      if (!wanted) release(held.splice(0))
    },
    async flush() {
      const batch = held.splice(0)
      release(disorder.shuffle === true ? random.shuffled(batch) : batch)
      if (!isIdle()) await new Promise<void>((resolve) => idle.add(resolve))
      const finished = report
      report = emptyReport()
      return finished
    },
    async close() {
      ended.abort()
      held.length = 0
      ready.length = 0
      await poster.close()
    },
  }
}

function emptyReport() {
  return { delivered: 0, retried: 0, givenUp: 0, duplicated: 0, dropped: 0, refusals: [] as Refusal[] }
}
