import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problemsOfRequest, problemsOfResponse } from './atlassian-openapi.ts'

export interface StubRequest {
  readonly method: string
  /** Path and query, without the base path. */
  readonly url: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface StubAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string or bytes are sent as they are. */
  readonly body?: unknown
  /** On purpose not what Atlassian documents: not judged. */
  readonly offSpec?: boolean
  /** Never answered, or cut before the answer. */
  readonly fault?: 'hang' | 'hang_in_body' | 'reset'
}

export interface JiraStub {
  readonly url: string
  readonly requests: StubRequest[]
  /** What Atlassian's documents find wrong with what was received and answered so far. */
  problems(): string[]
  /** The most requests that were under way at the same time. */
  mostAtOnce(): number
  close(): Promise<void>
}

/**
 * A real HTTP server on loopback that answers as a test tells it, records what it is asked, and has both judged by
 * Atlassian's OpenAPI documents.
 */
export async function startJiraStub(
  answer: (request: StubRequest, count: number) => StubAnswer | Promise<StubAnswer>,
  basePath = '',
): Promise<JiraStub> {
  const requests: StubRequest[] = []
  const problems: string[] = []
  let underWay = 0
  let mostAtOnce = 0

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await received(incoming, basePath)
    requests.push(request)
    const { method, url, body } = request
    problems.push(...problemsOfRequest({ method, url, body }))
    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    const given = await answer(request, requests.length)
    underWay--
    const { status = 200, headers = {}, body: answered, offSpec = false, fault } = given
    if (fault === 'hang') return
    if (fault === 'reset') {
      outgoing.destroy()
      return
    }
    outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
    if (fault === 'hang_in_body') {
      outgoing.write('{"values":')
      return
    }
    if (!offSpec) problems.push(...problemsOfResponse({ method, url, status, body: answered }))
    const isRaw = typeof answered === 'string' || Buffer.isBuffer(answered)
    outgoing.end(isRaw ? answered : answered === undefined ? '' : JSON.stringify(answered))
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch((error: unknown) => {
      problems.push(`the stub failed: ${String(error)}`)
      outgoing.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    requests,
    problems: () => problems,
    mostAtOnce: () => mostAtOnce,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function received(incoming: IncomingMessage, basePath: string): Promise<StubRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const target = incoming.url ?? '/'
  const url = target.startsWith(`${basePath}/`) ? target.slice(basePath.length) : target
  const { pathname, searchParams } = new URL(url, 'http://jira.example')
  return {
    method: incoming.method ?? 'GET',
    url,
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}
