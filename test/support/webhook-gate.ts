import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, request } from 'undici'
import { createRandom } from '../../src/demo/jira-simulator/site/random.ts'
import { setTimeout as timer } from 'node:timers/promises'

interface GateDelivery {
  readonly body: Buffer
  readonly headers: Record<string, string>
}

/** What a delivery that had been acknowledged was answered when it was sent again. */
export interface Resent {
  readonly hasNewIdentifier: boolean
  readonly answer: string
}

/**
 * Stands between Jira and the service and passes every delivery on, bytes and headers untouched. It keeps the list
 * that counts: what the service acknowledged. Of that it sends some again.
 */
export interface WebhookGate {
  readonly url: string
  /** Identifiers the service answered with 2xx. */
  readonly acknowledged: ReadonlySet<string>
  readonly resent: readonly Resent[]
  /** Answers by status; `none` where a connection broke. */
  readonly answers: ReadonlyMap<string, number>
  /** Sends what Jira gave up until everything is acknowledged, and waits for everything that is sent again. */
  settle(): Promise<void>
  close(): Promise<void>
}

const PATIENCE_MS = 60_000
const RETRY_DELAY_MS = 300

const IDENTIFIER = 'x-atlassian-webhook-identifier'
const PASSED_ON = ['content-type', 'x-hub-signature', 'x-atlassian-webhook-flow', IDENTIFIER]

export async function startWebhookGate(options: {
  readonly target: string
  readonly seed: number
  /** Chance that an acknowledged delivery comes again. */
  readonly resend: number
}): Promise<WebhookGate> {
  const random = createRandom(options.seed)
  const agent = new Agent({ connections: 40 })
  const seen = new Map<string, GateDelivery>()
  const acknowledged = new Set<string>()
  const answers = new Map<string, number>()
  const resent: Resent[] = []
  const again: Promise<void>[] = []

  /** The status and body of the answer; null when none came. */
  const pass = async ({ body, headers }: GateDelivery) => {
    try {
      const answer = await request(options.target, {
        method: 'POST',
        dispatcher: agent,
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      })
      const text = await answer.body.text()
      count(String(answer.statusCode))
      return { status: answer.statusCode, text }
    } catch {
      count('none')
      return null
    }
  }
  const count = (answer: string) => answers.set(answer, (answers.get(answer) ?? 0) + 1)

  const acknowledge = (identifier: string, delivery: GateDelivery) => {
    const isFirst = !acknowledged.has(identifier)
    acknowledged.add(identifier)
    if (isFirst && random.next() < options.resend) again.push(sendAgain(identifier, delivery))
  }

  const sendAgain = async (identifier: string, delivery: GateDelivery) => {
    const hasNewIdentifier = random.next() < 0.5
    const headers = {
      ...delivery.headers,
      [IDENTIFIER]: hasNewIdentifier ? `again-${identifier}` : identifier,
    }
    const answer = await untilAcknowledged(() => pass({ body: delivery.body, headers }))
    resent.push({ hasNewIdentifier, answer })
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const delivery = { body: Buffer.concat(chunks), headers: passedOn(incoming.headers) }
      const identifier = delivery.headers[IDENTIFIER]!
      seen.set(identifier, delivery)
      void pass(delivery).then((answer) => {
        if (answer === null) {
          incoming.socket.destroy()
          return
        }
        if (answer.status < 300) acknowledge(identifier, delivery)
        outgoing.writeHead(answer.status).end(answer.text)
      })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acknowledged,
    resent,
    answers,
    async settle() {
      for (const [identifier, delivery] of seen) {
        if (acknowledged.has(identifier)) continue
        await untilAcknowledged(() => pass(delivery))
        acknowledge(identifier, delivery)
      }
      await Promise.all(again)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await agent.destroy()
    },
  }
}

/** Sends until there is a 2xx, as patient as Jira and not as slow. Gives its body. */
async function untilAcknowledged(
  send: () => Promise<{ status: number; text: string } | null>,
): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const answer = await send()
    if (answer !== null && answer.status < 300) return answer.text
    await timer(RETRY_DELAY_MS)
  }
  throw new Error(`a delivery was not acknowledged within ${PATIENCE_MS} ms`)
}

function passedOn(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  )
}
