import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

interface ReceivedDelivery {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What the receiver does with the n-th request of one identifier, counted from 0: a status, or no answer at all. */
export type Answering = (delivery: ReceivedDelivery, earlier: number) => Answer | Promise<Answer>

type Answer = number | 'hang' | 'reset'

export interface WebhookReceiver {
  readonly url: string
  readonly received: readonly ReceivedDelivery[]
  /** The most requests that were open at once. */
  mostAtOnce(): number
  close(): Promise<void>
}

/** A real HTTP server on loopback that keeps what it is sent. */
export async function startWebhookReceiver(answering: Answering = () => 200): Promise<WebhookReceiver> {
  const received: ReceivedDelivery[] = []
  let open = 0
  let most = 0
  const server = createServer((request, response) => {
    most = Math.max(most, ++open)
    response.once('close', () => open--)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const delivery = { headers: request.headers, body: Buffer.concat(chunks) }
      const identifier = request.headers['x-atlassian-webhook-identifier']
      const earlier = received.filter(
        ({ headers }) => headers['x-atlassian-webhook-identifier'] === identifier,
      ).length
      received.push(delivery)
      void Promise.resolve(answering(delivery, earlier)).then((answer) => {
        if (answer === 'reset') request.socket.destroy()
        else if (answer !== 'hang') response.writeHead(answer).end()
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/jira/main`,
    received,
    mostAtOnce: () => most,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
